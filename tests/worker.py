"""A real Celery worker in a process of its own, on the test's database, queue and folders."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from samverkan.celery import app

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 40


class Worker:
    """`stop()` lets it finish what it is doing; `kill()` is a power cut."""

    def __init__(self, log: Path, environment: dict[str, str]):
        self.log, self.environment = log, environment
        self.process = None

    def start(self) -> None:
        command = [sys.executable, "-m", "celery", "-A", "samverkan", "worker"]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*command, "--concurrency", "1", "--loglevel", "INFO", "--without-mingle"],
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        wait_until(lambda: "ready." in self.said() or self.process.poll() is not None)
        assert self.process.poll() is None, self.said()

    def said(self) -> str:
        return self.log.read_text(errors="replace")

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(START_SECONDS)

    def kill(self) -> None:
        """Without a word, the children that carry out the tasks too."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(20)


def wait_until(true, seconds=START_SECONDS) -> None:
    """Ask every 50 ms. Raises AssertionError when it never becomes true."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, f"not true in {seconds} s: {true}"
        time.sleep(0.05)


@pytest.fixture
def worker(transactional_db, tmp_path, monkeypatch):
    """Not started yet: `worker.start()`. What earlier tests left in the queue is thrown away."""
    monkeypatch.setattr(settings, "MAIL_FOLDER", tmp_path / "mail")
    app.control.purge()
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "SAMVERKAN_TEST_DATABASE": str(connection.settings_dict["NAME"]),
        "SAMVERKAN_MAIL": "folder",
        "SAMVERKAN_MAIL_FOLDER": str(settings.MAIL_FOLDER),
    }
    worker = Worker(tmp_path / "worker.log", environment)
    yield worker
    if worker.process:
        worker.kill()
