"""Run a command on PostgreSQL and Redis: `.venv/bin/python -m tools.backends make test`.

Uses the servers on the standard loopback ports; where a port is closed it installs the server and
starts it. Makes a role of its own for the run, takes two empty Redis numbers, and cleans up.
Needs .venv, since it talks to both servers.
"""

import contextlib
import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

import psycopg
import redis

from tools.saying import CannotGoOn, run_quietly, say
from tools.system import install, may_install

POSTGRESQL, REDIS = 5432, 6379
OWNER = "samverkan_ci"


def main(command: list[str]) -> int:
    try:
        ensure_server(POSTGRESQL, "postgresql", start_postgresql)
        ensure_server(REDIS, "redis-server", start_redis)
        with own_role() as database_url, own_numbers() as redis_url:
            say(f"PostgreSQL och Redis {redis_url}: {' '.join(command)}")
            urls = {"DATABASE_URL": database_url, "REDIS_URL": redis_url}
            return subprocess.run(command, env=os.environ | urls, check=False).returncode
    except CannotGoOn as refusal:
        print(refusal, file=sys.stderr)
        return 1


def answers(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=2):
        return True
    return False


def ensure_server(port: int, package: str, start: Callable[[], None]) -> None:
    """Make the port answer. Raises CannotGoOn where that takes someone else's hands."""
    if answers(port):
        return
    if not may_install():
        raise CannotGoOn(
            f"Port {port} svarar inte. Installera och starta {package} och försök igen."
        )
    os.environ["LANG"] = "C.UTF-8"  # what a new PostgreSQL takes its encoding from
    install(package, why=f"Port {port} svarar inte.")
    if not answers(port):
        start()
    for _ in range(100):
        if answers(port):
            return
        time.sleep(0.2)
    raise CannotGoOn(f"{package} installerades men svarar inte på port {port}.")


def start_postgresql() -> None:
    listed = subprocess.run(
        ["pg_lsclusters", "--no-header"], capture_output=True, text=True, check=True
    )
    version, name = listed.stdout.split()[:2]
    run_quietly(["pg_ctlcluster", version, name, "start"], otherwise="PostgreSQL startar inte.")


def start_redis() -> None:
    address = ["--port", str(REDIS), "--bind", "127.0.0.1", "--save", ""]
    run_quietly(["redis-server", "--daemonize", "yes", *address], otherwise="Redis startar inte.")


@contextlib.contextmanager
def own_role() -> Iterator[str]:
    """A role that may make databases; its tests' databases take their name from the address."""
    name, password = f"samverkan_ci_{os.getpid()}", secrets.token_hex(12)
    as_administrator(f"CREATE ROLE {name} LOGIN CREATEDB PASSWORD '{password}'")
    # What a test writes need not survive a power cut, and waiting for the disk is half its time.
    as_administrator(f"ALTER ROLE {name} SET synchronous_commit = off")
    try:
        yield f"postgresql://{name}:{password}@127.0.0.1:{POSTGRESQL}/{name}"
    finally:
        try:
            as_administrator(f"DROP ROLE {name}")
        except (CannotGoOn, psycopg.Error):  # tests that were cut short leave their databases
            say(f"Rollen {name} och databaser med det i namnet är kvar i PostgreSQL.")


def as_administrator(sql: str) -> None:
    """Ask as postgres over TCP where the server trusts us, otherwise as its own system user."""
    with contextlib.suppress(psycopg.OperationalError):
        server = f"postgresql://postgres@127.0.0.1:{POSTGRESQL}/postgres"
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(sql)
            return
    run_quietly(
        ["runuser", "-u", "postgres", "--", "psql", "-v", "ON_ERROR_STOP=1", "-c", sql],
        otherwise="PostgreSQL släpper inte in oss, varken som postgres över TCP utan lösenord "
        "eller som systemanvändaren postgres.",
    )


@contextlib.contextmanager
def own_numbers() -> Iterator[str]:
    """Two neighbouring Redis numbers that nobody uses: one for each of pytest's two processes."""
    for number in range(14, 0, -2):
        pair = [redis.Redis(port=REDIS, db=each) for each in (number, number + 1)]
        if all(is_free(each) for each in pair):
            try:
                for each in pair:
                    each.flushdb()
                    each.set(OWNER, os.getpid())
                yield f"redis://127.0.0.1:{REDIS}/{number}"
            finally:
                for each in pair:
                    each.flushdb()
            return
    raise CannotGoOn("Inget ledigt nummer i Redis: alla mellan 2 och 15 används.")


def is_free(database: redis.Redis) -> bool:
    """Empty, or left behind by a run of ours that was killed."""
    owner = database.get(OWNER)
    if owner is None:
        return database.dbsize() == 0
    try:
        os.kill(int(owner), 0)
    except ProcessLookupError:
        return True
    return False


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
