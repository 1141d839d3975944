"""`make run` for real: the whole program on a free port, and nothing left when it stops."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from tests.worker import wait_until
from tools.processes import Children

ROOT = Path(__file__).resolve().parent.parent
RUN = [sys.executable, "-m", "tools.run"]
PARENT = """
import os, pathlib, sys, time
from tools.processes import Children
children = Children(pathlib.Path(sys.argv[1]), dict(os.environ), pathlib.Path.cwd())
for name in ("first", "second"):
    children.start(name, ["sleep", "600"])
time.sleep(600)
"""

pytestmark = pytest.mark.timeout(600)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def environment(var):
    """As in a shell of its own: nothing of what the test run has set."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("SAMVERKAN_")}
    own.pop("DJANGO_SETTINGS_MODULE", None)
    return own | {"SAMVERKAN_VAR": str(var)}


@pytest.fixture
def started(tmp_path):
    """The program, up and running: its process, its output so far and its address."""
    port, output = free_port(), tmp_path / "output"
    with output.open("wb") as file:
        process = subprocess.Popen(
            [*RUN, "--port", str(port)],
            cwd=ROOT,
            env=environment(tmp_path / "var"),
            stdout=file,
            stderr=subprocess.STDOUT,
        )
    wait_until(lambda: "Stoppa med Ctrl-C" in output.read_text() or process.poll() is not None, 400)
    assert process.poll() is None, output.read_text()
    yield process, output, f"http://localhost:{port}"
    process.send_signal(signal.SIGINT)
    process.wait(40)


def processes():
    """All living processes: pid to parent's pid. A zombie has ended and only awaits its parent."""
    found = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):  # it ended while we looked
            state, parent = stat.read_text(errors="replace").rpartition(")")[2].split()[:2]
            if state != "Z":
                found[int(stat.parent.name)] = int(parent)
    return found


def descendants(pid):
    """All living processes below that one, however deep."""
    parents, found, new = processes(), set(), {pid}
    while new := {child for child, parent in parents.items() if parent in new} - found:
        found |= new
    return found


def alive(pids):
    return pids & set(processes())


def test_it_starts_refuses_a_second_start_and_stops_without_a_trace(started, tmp_path):
    process, output, address = started

    page = urllib.request.urlopen(address, timeout=10)
    assert page.status == 200
    assert page.url.startswith(f"{address}/konto/logga-in/")
    assert address in output.read_text()
    assert "@" in output.read_text(), "the logins are listed"

    second = subprocess.run(
        RUN,
        cwd=ROOT,
        env=environment(tmp_path / "var"),
        capture_output=True,
        text=True,
        check=False,
    )
    assert second.returncode == 1
    assert f"Samverkan är redan igång här ({address})" in second.stderr

    children = descendants(process.pid)
    assert len(children) >= 3, "web, worker and beat"
    process.send_signal(signal.SIGINT)
    assert process.wait(40) == 0
    assert alive(children) == set()
    assert output.read_text().endswith("Stoppad.\n")


def test_a_start_that_is_killed_without_a_word_takes_its_children_with_it(tmp_path):
    parent = subprocess.Popen([sys.executable, "-c", PARENT, tmp_path], cwd=ROOT)
    wait_until(lambda: len(descendants(parent.pid)) == 2)
    children = descendants(parent.pid)

    parent.kill()
    parent.wait(10)

    wait_until(lambda: alive(children) == set(), 10)


def test_a_child_that_does_not_listen_is_ended_with_its_own_children(tmp_path):
    children = Children(tmp_path, dict(os.environ), ROOT, patience=1)
    children.start("deaf", ["sh", "-c", "trap '' TERM; sleep 600 & wait; wait"])
    wait_until(lambda: len(descendants(os.getpid())) >= 2)
    deaf = children.running["deaf"].pid
    wait_until(lambda: len(descendants(deaf)) == 1)
    below = descendants(deaf)

    children.stop()

    assert alive({deaf} | below) == set()


def test_a_child_that_dies_is_named_with_its_last_words(tmp_path):
    children = Children(tmp_path, dict(os.environ), ROOT)
    children.start("web", ["sh", "-c", "echo no room left; exit 3"])

    wait_until(lambda: children.dead() == "web")

    assert children.last_words("web") == "no room left"


def test_a_busy_port_is_named_with_a_way_out(tmp_path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        refused = subprocess.run(
            [*RUN, "--port", str(port)],
            cwd=ROOT,
            env=environment(tmp_path / "var"),
            capture_output=True,
            text=True,
            check=False,
        )

    assert refused.returncode == 1
    assert f"Port {port} är upptagen" in refused.stderr
    assert f"make run PORT={port + 1}" in refused.stderr
