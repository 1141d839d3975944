"""`make clean`: throw away what a run left behind, so that the next one starts anew."""

import os
import shutil
import sys
from pathlib import Path

from tools.environment import ROOT
from tools.run import only_one
from tools.saying import CannotGoOn, say

FETCHED = {"front", "run.lock", "secret-key"}


def main() -> int:
    var = Path(os.environ.get("SAMVERKAN_VAR", ROOT / "var")).resolve()
    if not var.is_dir():
        return 0
    try:
        with only_one(var):
            for thing in sorted(var.iterdir()):
                if thing.name not in FETCHED:
                    say(f"Tar bort {thing}")
                    shutil.rmtree(thing) if thing.is_dir() else thing.unlink()
    except CannotGoOn as refusal:
        print(refusal, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
