"""What pip and npm cannot fetch: libraries and programs of the operating system."""

import os
import shutil
import subprocess
from pathlib import Path

from tools.saying import CannotGoOn, run_quietly, say

PANGO = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0")
MAGIC = "libmagic1"
CLAMD = "clamav-daemon"
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def may_install() -> bool:
    """True as root on Debian or its relatives, unless SAMVERKAN_APT=no forbids it."""
    return (
        os.geteuid() == 0
        and shutil.which("apt-get") is not None
        and os.environ.get("SAMVERKAN_APT") != "no"
    )


def install(*packages: str, why: str) -> None:
    """Install Debian packages, after saying so. Raises CannotGoOn if apt cannot."""
    line = f"apt-get install -y --no-install-recommends {' '.join(packages)}"
    say(f"{why} Installerar med: {line}")
    quiet = {"env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}}
    failed = f"Det gick inte. Kör själv: {line}"
    run_quietly(["apt-get", "update"], otherwise=failed, **quiet)
    run_quietly(line.split(), otherwise=failed, **quiet)


def how_to_install(*packages: str) -> str:
    """The line that a person without root, or on another system, can use."""
    return f"På Debian och Ubuntu: sudo apt install {' '.join(packages)}"


def pdfs_work(python: Path, *, without_warnings: bool = False) -> bool:
    """Ask WeasyPrint itself, because where libraries lie differs between systems."""
    strict = ["-W", "error"] if without_warnings else []
    asked = [python, *strict, "-c", "import weasyprint"]
    return subprocess.run(asked, capture_output=True, check=False).returncode == 0


def ensure_pdfs(python: Path) -> None:
    """Make PDFs possible, or say what is needed and go on without them."""
    if pdfs_work(python):
        return
    missing = "PDF-dokument kräver biblioteket Pango, som saknas på maskinen."
    if may_install():
        try:
            install(*PANGO, why=missing)
        except CannotGoOn as refusal:
            say(f"{refusal} Fortsätter utan PDF.")
        return
    say(
        f"{missing} Fortsätter utan PDF: beslutsdokument blir liggande tills det finns.\n"
        f"  {how_to_install(*PANGO)}\n  På macOS: brew install pango"
    )


def ensure_magic(python: Path) -> None:
    """Make uploads possible, or say what is needed and go on without them."""
    asked = subprocess.run([python, "-c", "import magic"], capture_output=True, check=False)
    if asked.returncode == 0:
        return
    missing = "Uppladdning av filer kräver biblioteket libmagic, som saknas på maskinen."
    if may_install():
        try:
            install(MAGIC, why=missing)
        except CannotGoOn as refusal:
            say(f"{refusal} Fortsätter utan uppladdning.")
        return
    say(
        f"{missing} Fortsätter utan: den som laddar upp en fil får veta varför det inte går.\n"
        f"  {how_to_install(MAGIC)}\n  På macOS: brew install libmagic"
    )


def clamd() -> str | None:
    """Path of the virus scanner, if it is here."""
    return shutil.which("clamd") or shutil.which("clamd", path="/usr/sbin:/usr/local/sbin")


def ensure_clamd() -> None:
    """Install the virus scanner that its tests need; without it they say that they were skipped."""
    if clamd():
        return
    missing = "Testerna av virussökningen kräver clamd, som saknas på maskinen."
    if may_install():
        install(CLAMD, why=missing)
    else:
        say(f"{missing} De hoppas över.\n  {how_to_install(CLAMD)}")


def chromium() -> str | None:
    """Path of a Chromium that is already here, if any."""
    if chosen := os.environ.get("SAMVERKAN_CHROMIUM"):
        return chosen
    return next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)


def ensure_chromium() -> str:
    """Path of a Chromium. Raises CannotGoOn with what to do where none can be installed."""
    if found := chromium():
        return found
    missing = "Webbläsartesterna kräver Chromium, som saknas på maskinen."
    if may_install():
        install("chromium", why=missing)
        if found := chromium():
            return found
    raise CannotGoOn(
        f"{missing}\n  {how_to_install('chromium')}\n"
        "  Eller peka ut en: SAMVERKAN_CHROMIUM=/sökväg/till/chrome make test\n"
        "  Eller kör utan dem: make test ARGS=\"-m 'not browser and not axe'\""
    )
