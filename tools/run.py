"""`make run`: the whole program on this machine, with demo data, until Ctrl-C."""

import argparse
import contextlib
import os
import signal
import socket
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from tools.environment import ROOT, ensure_environment
from tools.front import ensure_front
from tools.processes import Children
from tools.saying import CannotGoOn, run_quietly, say
from tools.system import ensure_magic, ensure_pdfs
from tools.var import empty, only_one, secret_key, var_folder

FIRST_PORT = 8000
START_SECONDS = 60


def main() -> int:
    options = arguments()
    var = var_folder()
    on_every_stop_signal(signal.default_int_handler)
    try:
        with only_one(var) as lock:
            python = ensure_environment("run")
            ensure_front(var)
            ensure_pdfs(python)
            ensure_magic(python)
            address = f"http://localhost:{free_port(options.port)}"
            settings = environment(var, address)
            fill(python, settings)
            lock.write(address)
            lock.flush()
            return serve(python, address, Children(var / "log", settings, ROOT))
    except CannotGoOn as refusal:
        print(refusal, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        say("\nAvbrutet.")
        return 0


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make run", description=__doc__)
    parser.add_argument("--port", type=int, help=f"i stället för {FIRST_PORT}: make run PORT=…")
    return parser.parse_args()


def on_every_stop_signal(handler) -> None:
    """Ctrl-C, `kill` and a closed window are treated alike."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, handler)


def free_port(wished: int | None) -> int:
    """The wished port, or the first free one from 8000. Raises CannotGoOn when it is busy."""
    if wished:
        if not is_free(wished):
            raise CannotGoOn(
                f"Port {wished} är upptagen av ett annat program. "
                f"Välj en annan: make run PORT={wished + 1}"
            )
        return wished
    for port in range(FIRST_PORT, FIRST_PORT + 100):
        if is_free(port):
            return port
        say(f"Port {port} är upptagen av ett annat program; provar {port + 1}.")
    raise CannotGoOn("Ingen ledig port hittades. Välj en själv: make run PORT=9000")


def is_free(port: int) -> bool:
    """Neither another server on this port, nor one that answers to the name localhost."""
    for family, host in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
        with contextlib.suppress(OSError), socket.socket(family) as knock:
            knock.settimeout(1)
            if knock.connect_ex((host, port)) == 0:
                return False
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def environment(var: Path, address: str) -> dict[str, str]:
    """The embedded mode: everything on this machine, whatever else the shell has set."""
    env = {**os.environ}
    for name in ("DATABASE_URL", "REDIS_URL"):
        if env.pop(name, ""):
            say(f"{name} används inte av make run, som kör på en inbäddad databas och kö.")
    return env | {
        "DJANGO_SETTINGS_MODULE": "samverkan.settings",
        "SAMVERKAN_VAR": str(var),
        "SAMVERKAN_DEMO": "yes",
        "SAMVERKAN_MAIL": "folder",
        "SAMVERKAN_BASE_URL": address,
        "SAMVERKAN_ALLOWED_HOSTS": "localhost,127.0.0.1",
        "SAMVERKAN_HTTPS": "no",
        "SAMVERKAN_SECRET_KEY": secret_key(var),
        "PYTHONUNBUFFERED": "1",
    }


def fill(python: Path, settings: dict[str, str]) -> None:
    """Make the database, its questions and its demo data. Nothing happens to what is there."""
    var = Path(settings["SAMVERKAN_VAR"])
    half_done, done = var / "half-loaded", var / "logins.txt"
    if half_done.exists():
        say("Demodatan blev inte färdig förra gången: börjar om.")
        empty(var)
    wait = ""
    if not done.exists():
        half_done.touch()
        wait = " (första gången tar det någon minut)"
    say(f"Gör i ordning databas och demodata{wait} …")
    run_quietly(
        [python, ROOT / "tools" / "fill.py"],
        cwd=ROOT,
        env=settings,
        otherwise="Databasen kunde inte göras i ordning; felet står ovan. Är det bara demodata kan "
        f"den göras om från början: make clean (tömmer {var}).",
    )
    half_done.unlink(missing_ok=True)


def serve(python: Path, address: str, children: Children) -> int:
    """Start the three processes and stay until one dies or someone stops us."""
    port = address.rsplit(":", 1)[1]
    schedule = children.logs.parent / "beat"
    schedule.mkdir(exist_ok=True)
    web = f"gunicorn samverkan.wsgi --bind 127.0.0.1:{port} --workers 2 --access-logfile -"
    commands = {
        "web": web.split(),
        "worker": ["celery", "-A", "samverkan", "worker", "--concurrency", "2", "-l", "INFO"],
        "beat": ["celery", "-A", "samverkan", "beat", "-s", f"{schedule}/schedule", "--pidfile="],
    }
    try:
        for name, command in commands.items():
            children.start(name, [str(python), "-m", *command])
        wait_for(address, children)
        if not children.dead():
            say(welcome(address, children.logs))
        return watch(children)
    except KeyboardInterrupt:
        say("\nStoppar …")
        return 0
    finally:
        on_every_stop_signal(signal.SIG_IGN)  # an impatient second Ctrl-C leaves no orphan
        children.stop()
        say("Stoppad.")


def wait_for(address: str, children: Children) -> None:
    """Until the first page answers."""
    browser = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    for _ in range(START_SECONDS * 5):
        if children.dead():
            return
        try:
            browser.open(address, timeout=30).close()
        except urllib.error.HTTPError as answer:
            raise CannotGoOn(
                f"Första sidan svarar med fel {answer.code}:\n{children.last_words('web')}"
            ) from None
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise CannotGoOn(f"Webbservern svarar inte:\n{children.last_words('web')}")


def welcome(address: str, logs: Path) -> str:
    """The address, and a login for each role, as fill.py wrote them down."""
    logins = (logs.parent / "logins.txt").read_text(encoding="utf-8")
    return (
        f"\nSamverkan är igång: {address}\n\n{logins}\n"
        f"Mejl som skickas hamnar i en mapp och visas i programmet. Loggar: {logs}\n"
        "Stoppa med Ctrl-C."
    )


def watch(children: Children) -> int:
    """Return 1 when a child ends by itself: half a program is worse than none."""
    while not (name := children.dead()):
        time.sleep(0.5)
    print(f"\n{name} slutade oväntat:\n{children.last_words(name)}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
