"""A real clamd with one signature of our own: EICAR's, by its hash and by its text.

The signatures that clamd is delivered with are fetched from the net, which tests do not have.
"""

import hashlib
import os
import pwd
import socket
import subprocess
from pathlib import Path

import pytest

from tests.documents.files import EICAR
from tests.worker import wait_until
from tools.system import clamd as clamd_program
from tools.system import how_to_install, may_install

MISSING = f"clamd is not installed. {how_to_install('clamav-daemon')}"


class Clamd:
    """`address` is what SAMVERKAN_CLAMD is set to; `stop()` makes the scanner unreachable."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.address = str(folder / "clamd.sock")
        self.process = None

    def start(self) -> None:
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [clamd_program(), f"--config-file={self.folder}/clamd.conf", "--foreground"],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        wait_until(lambda: self.answers() or self.process.poll() is not None)
        assert self.process.poll() is None, (self.folder / "log").read_text()

    def answers(self) -> bool:
        with socket.socket(socket.AF_UNIX) as line:
            try:
                line.connect(self.address)
                line.sendall(b"nPING\n")
                return line.recv(10) == b"PONG\n"
            except OSError:
                return False

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(20)


def write_database(folder: Path) -> None:
    """Two lines: the hash of the whole string, and its text wherever it stands in a file."""
    database = folder / "database"
    database.mkdir()
    digest = hashlib.md5(EICAR, usedforsecurity=False).hexdigest()
    (database / "eicar.hdb").write_text(f"{digest}:{len(EICAR)}:Eicar-Own\n")
    (database / "eicar.ndb").write_text(f"Eicar-Own-Text:0:*:{EICAR.hex()}\n")
    (folder / "clamd.conf").write_text(
        f"DatabaseDirectory {database}\nLocalSocket {folder}/clamd.sock\n"
        f"User {pwd.getpwuid(os.geteuid()).pw_name}\nForeground yes\nStreamMaxLength 25M\n"
    )


@pytest.fixture(scope="session")
def _clamd(tmp_path_factory):
    if not clamd_program():
        if may_install():
            pytest.fail(f"{MISSING} `make test` installs it.")
        pytest.skip(MISSING)
    folder = tmp_path_factory.mktemp("clamd")
    write_database(folder)
    scanner = Clamd(folder)
    scanner.start()
    yield scanner
    scanner.stop()


@pytest.fixture
def clamd(_clamd, settings):
    """The scanner, running, and named in the settings."""
    if not _clamd.answers():
        _clamd.start()
    settings.CLAMD = _clamd.address
    return _clamd
