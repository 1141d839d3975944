"""`manage.py` in the project's own environment, made first if it is not there."""

import os
import sys

from tools.environment import ROOT, ensure_environment
from tools.saying import CannotGoOn


def main(command: list[str]) -> int:
    try:
        python = ensure_environment("test")
    except CannotGoOn as refusal:
        print(refusal, file=sys.stderr)
        return 1
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    os.chdir(ROOT)
    return os.execv(python, [str(python), "manage.py", *command])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
