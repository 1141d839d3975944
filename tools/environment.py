"""The Python environment in .venv, made from the hashed requirements files."""

import hashlib
import importlib.util
import subprocess
import sys
from pathlib import Path

from tools.saying import CannotGoOn, run_quietly, say
from tools.system import how_to_install, install, may_install

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"


def ensure_environment(name: str) -> Path:
    """Bring .venv up to requirements/<name>.txt and return its Python. Nothing to do: no net."""
    if works():
        if is_installed(name) or (name == "run" and is_installed("test")):  # test holds run
            return PYTHON
    else:
        make_environment()
    say(f"Hämtar Pythonpaket (requirements/{name}.txt) …")
    wanted = fingerprint(name)  # before: the file may change while pip reads it
    run_quietly(
        [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        + ["--require-hashes", "--no-deps", "-r", ROOT / "requirements" / f"{name}.txt"],
        otherwise="Pythonpaketen kunde inte hämtas; vad pip säger står ovan. "
        "Är maskinen uppkopplad? Försök igen: det som redan hämtats sparas.",
    )
    stamp(name).write_text(wanted)
    return PYTHON


def is_installed(name: str) -> bool:
    return stamp(name).is_file() and stamp(name).read_text() == fingerprint(name)


def stamp(name: str) -> Path:
    return VENV / f"{name}.installed"


def fingerprint(name: str) -> str:
    """Changes when the file does, and when the environment gets another Python."""
    requirements = (ROOT / "requirements" / f"{name}.txt").read_bytes()
    return hashlib.sha256(requirements + sys.version.encode()).hexdigest()


def works() -> bool:
    """An environment can be half made, moved, or point at a Python that was removed."""
    if not PYTHON.exists():
        return False
    asked = [PYTHON, "-c", "import pip, sys; print(sys.version)"]
    answer = subprocess.run(asked, capture_output=True, text=True, check=False)
    return answer.returncode == 0 and answer.stdout.strip() == sys.version.strip()


def make_environment() -> None:
    """Make .venv anew. Raises CannotGoOn with what to install where Python cannot."""
    if importlib.util.find_spec("ensurepip") is None:
        get_ensurepip()
    say("Skapar en egen Pythonmiljö i .venv …")
    run_quietly(
        [sys.executable, "-m", "venv", "--clear", VENV],
        otherwise=f"Pythonmiljön kunde inte skapas i {VENV}; vad Python säger står ovan.",
    )


def get_ensurepip() -> None:
    """Debian leaves out of Python the part that makes environments."""
    package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    missing = "Python saknar den del som gör egna miljöer (venv och ensurepip)."
    if not may_install():
        raise CannotGoOn(f"{missing}\n  {how_to_install(package)}\nKör sedan samma kommando igen.")
    install(package, why=missing)
