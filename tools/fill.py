"""Make the database and its demo content ready. Run with .venv's Python by tools/run.py."""

import os
import sys
from pathlib import Path

import django
from django.conf import settings
from django.core.management import CommandError, call_command

# The demo first: it begins years ago, and so loads its questions from an earlier day. The others
# then add only what a newer version of the program has brought.
CONTENT = ("load_demo", "load_question_sets", "load_texts")


def main() -> None:
    call_command("migrate", interactive=False, verbosity=0)
    for name in CONTENT:
        call_command(name)
    call_command("collectstatic", interactive=False, verbosity=0)
    with (settings.VAR / "logins.txt").open("w", encoding="utf-8") as file:
        call_command("logins", stdout=file)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samverkan.settings")
    django.setup()
    try:
        main()
    except CommandError as refusal:
        sys.exit(str(refusal))
