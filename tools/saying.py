"""One way of talking to the person at the keyboard."""

import subprocess
import sys
from pathlib import Path


class CannotGoOn(Exception):
    """The message says in plain words what is wrong and what to do about it."""


def say(text: str) -> None:
    """Print at once, also when the output goes to a file."""
    print(text, flush=True)


def run_quietly(command: list[str | Path], *, otherwise: str, **options) -> None:
    """Run a command and show its output only if it fails; then raise CannotGoOn(otherwise)."""
    result = subprocess.run(
        [str(part) for part in command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
        **options,
    )
    if result.returncode:
        print(result.stdout, file=sys.stderr, flush=True)
        raise CannotGoOn(otherwise)
