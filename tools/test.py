"""`make test`: get all that the tests need, then run them."""

import os
import sys

from tools.environment import ROOT, ensure_environment
from tools.front import ensure_front
from tools.saying import CannotGoOn
from tools.system import (
    PANGO,
    ensure_chromium,
    ensure_clamd,
    ensure_magic,
    ensure_pdfs,
    install,
    may_install,
    pdfs_work,
)


def main(chosen: list[str]) -> int:
    try:
        python = ensure_environment("test")
        ensure_front(ROOT / "var", tests=True)
        ensure_pdfs(python)
        if may_install() and not pdfs_work(python, without_warnings=True):
            install(*PANGO, why="En varning från PDF-biblioteket är ett fel i testerna.")
        ensure_magic(python)
        ensure_clamd()
        os.environ["SAMVERKAN_CHROMIUM"] = ensure_chromium()
    except CannotGoOn as refusal:
        print(refusal, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    os.chdir(ROOT)
    return os.execv(
        python, [str(python), "-m", "pytest", "-n", "2", "--dist", "worksteal", *chosen]
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
