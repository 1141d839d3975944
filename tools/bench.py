"""`make bench`: what pages and PDFs cost, on demo data of its own in var/bench."""

import subprocess
import sys

from tools.environment import ROOT, ensure_environment
from tools.run import environment, fill
from tools.saying import CannotGoOn


def main() -> int:
    var = ROOT / "var" / "bench"
    var.mkdir(parents=True, exist_ok=True)
    try:
        python = ensure_environment("run")
        settings = environment(var, "http://localhost:8000")
        fill(python, settings)
    except CannotGoOn as refusal:
        print(refusal, file=sys.stderr)
        return 1
    pages = [python, ROOT / "tools" / "measure.py"]
    documents = [python, "-m", "tests.bench_pdf"]
    return max(
        subprocess.run(measure, cwd=ROOT, env=settings, check=False).returncode
        for measure in (pages, documents)
    )


if __name__ == "__main__":
    sys.exit(main())
