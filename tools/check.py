"""`make check`: everything that can be seen without running the program."""

import os
import subprocess
import sys

from tools.environment import ROOT, ensure_environment
from tools.saying import CannotGoOn, say

CHECKS = {
    "Kodregler": ["ruff", "check"],
    "Kodens form": ["ruff", "format", "--check"],
    "Mallar": ["djlint", "--lint", "--quiet", "templates"],
    "Djangos egna kontroller": ["django", "check", "--fail-level", "WARNING"],
    "Migreringar är skrivna": ["django", "makemigrations", "--check", "--dry-run"],
    "docs/ är lika med koden": ["django", "print_docs", "--check"],
}


def main() -> int:
    try:
        python = ensure_environment("test")
    except CannotGoOn as refusal:
        print(refusal, file=sys.stderr)
        return 1
    # No database is asked: the checks are the same on a machine that has none.
    settings = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    failed = []
    for name, command in CHECKS.items():
        say(f"== {name}")
        if subprocess.run([python, "-m", *command], cwd=ROOT, env=settings, check=False).returncode:
            failed.append(name)
    say(f"Inte godkänt: {', '.join(failed)}" if failed else "Allt godkänt.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
