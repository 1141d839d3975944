"""Make the database and its demo content ready. Run with .venv's Python by tools/run.py."""

import os
import sys
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command, get_commands

# The demo first: it begins years ago, and so loads its questions from an earlier day. The others
# then add only what a newer version of the program has brought.
CONTENT = ("load_demo", "load_question_sets", "load_texts")


def main() -> None:
    call_command("migrate", interactive=False, verbosity=0)
    for name in CONTENT:
        if name in get_commands():
            call_command(name)
        else:
            print(f"Kommandot {name} finns inte än; går vidare.")
    call_command("collectstatic", interactive=False, verbosity=0)
    with (settings.VAR / "logins.txt").open("w", encoding="utf-8") as file:
        if "logins" in get_commands():
            call_command("logins", stdout=file)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samverkan.settings")
    django.setup()
    main()
