"""Child processes that never outlive the one that started them."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

PATIENCE = 20  # seconds to finish what is being done; after that it is killed


class Children:
    """Start commands with a log file each, notice when one dies, stop them all."""

    def __init__(
        self,
        logs: Path,
        environment: dict[str, str],
        folder: Path,
        patience: float = PATIENCE,
    ):
        self.logs, self.environment, self.folder = logs, environment, folder
        self.patience = patience
        self.running: dict[str, subprocess.Popen] = {}
        logs.mkdir(parents=True, exist_ok=True)

    def start(self, name: str, command: list[str]) -> None:
        """Give each child a group of its own: Ctrl-C then reaches only us, and we tell them."""
        with self.log(name).open("wb") as log:
            self.running[name] = subprocess.Popen(
                command,
                cwd=self.folder,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=die_with_parent,
            )

    def log(self, name: str) -> Path:
        return self.logs / f"{name}.log"

    def dead(self) -> str | None:
        """Name of a child that has ended by itself, if any."""
        return next(
            (name for name, child in self.running.items() if child.poll() is not None), None
        )

    def last_words(self, name: str) -> str:
        return "\n".join(self.log(name).read_text(errors="replace").splitlines()[-15:])

    def stop(self) -> None:
        """Ask all to finish, wait, then kill what is left, also grandchildren."""
        for child in self.running.values():
            with contextlib.suppress(ProcessLookupError):
                child.terminate()
        end = time.monotonic() + self.patience
        for child in self.running.values():
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.wait(max(0.1, end - time.monotonic()))
        for child in self.running.values():
            with contextlib.suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)
            child.wait()


def die_with_parent() -> None:
    """On Linux the kernel ends the child even when we ourselves are killed without a word."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)  # 1 = PR_SET_PDEATHSIG
