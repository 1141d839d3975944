"""The folder that a run leaves behind: var/, or where SAMVERKAN_VAR says."""

import contextlib
import fcntl
import os
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path

from tools.environment import ROOT
from tools.saying import CannotGoOn

KEPT = {"front", "run.lock", "secret-key"}


def var_folder() -> Path:
    """Its full path. Made if it is not there."""
    var = Path(os.environ.get("SAMVERKAN_VAR", ROOT / "var")).resolve()
    var.mkdir(parents=True, exist_ok=True)
    return var


@contextlib.contextmanager
def only_one(var: Path) -> Iterator:
    """Two workers on the same folder would send reminders twice: refuse the second start."""
    with (var / "run.lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            where = lock.read() or "på väg att starta"
            raise CannotGoOn(
                f"Samverkan är redan igång här ({where}). Stoppa den först med Ctrl-C,\n"
                "eller starta en till med egna data: SAMVERKAN_VAR=/annan/mapp make run"
            ) from None
        lock.truncate(0)
        yield lock
        lock.truncate(0)


def secret_key(var: Path) -> str:
    """Made once per folder and readable by the owner only, so that logins outlive a restart."""
    file = var / "secret-key"
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(50))
    return file.read_text()


def empty(var: Path) -> None:
    """Take away the database, documents, mails and queue; keep what was fetched, and the key."""
    for thing in var.iterdir():
        if thing.name in KEPT:
            continue
        if thing.is_dir():
            shutil.rmtree(thing)
        else:
            thing.unlink()
