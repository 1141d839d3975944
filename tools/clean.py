"""`make clean`: throw away what a run left behind, so that the next one starts anew."""

import sys

from tools.saying import CannotGoOn, say
from tools.var import empty, only_one, var_folder


def main() -> int:
    var = var_folder()
    try:
        with only_one(var):
            empty(var)
    except CannotGoOn as refusal:
        print(refusal, file=sys.stderr)
        return 1
    say(f"{var} är tömd på databas, dokument och mejl.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
