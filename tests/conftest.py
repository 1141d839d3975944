import gc
import logging

import pytest
from django.db import connection, transaction

from audit.guards import all_guards, existing_tables, lift
from checklists.load import load_all
from tests.factories.collaborations import contents
from tests.factories.versions import LONG_AGO, take_everything_loaded_away

pytest_plugins = ["tests.worker", "tests.clamd"]


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker, request):
    """A program that is set up has its question sets: a tenth of a second, for each of 2,500 tests.

    Tests that really commit empty all tables and come last; `place()` loads what is not there.
    """
    if not any(map(asks_the_database, request.session.items)):
        return  # then there is no database either
    with django_db_blocker.unblock(), transaction.atomic():
        list(load_all(contents(), LONG_AGO))


@pytest.fixture(scope="session", autouse=True)
def _tables_are_emptied_row_by_row():
    """TRUNCATE gives each of sixty tables a new file, in two seconds; a test leaves few rows."""
    if connection.vendor == "postgresql":
        quoted = connection.ops.quote_name
        connection.ops.sql_flush = lambda style, tables, **_: [
            f"DELETE FROM {quoted(table)}" for table in tables
        ]


@pytest.fixture(scope="session", autouse=True)
def _nobody_is_left_in_the_database(django_db_setup, django_db_blocker):
    """PostgreSQL drops no database while a server's thread or a worker is on its way out of it."""
    yield
    with django_db_blocker.unblock():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                    "WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
            connection.close()


class FieldsAreLacking(logging.Handler):
    """A mail without a value for each of its fields is sent all the same; in a test it is not."""

    def emit(self, record):
        raise AssertionError(record.getMessage())


logging.getLogger("notifications.texts.fields").addHandler(FieldsAreLacking())


@pytest.fixture(autouse=True)
def _guards_lifted_when_the_tables_are_emptied(request):
    """Tests that really commit end by emptying all tables, which append-only tables refuse.

    Django migrates nothing but says post_migrate afterwards, and that makes the guards anew.
    """
    if not commits(request):
        yield
        return
    request.getfixturevalue("transactional_db")  # set up before us, so torn down after us
    yield
    tables = existing_tables(connection)
    lift(connection, [guard for guard in all_guards() if guard.table in tables])


def commits(request) -> bool:
    marker = request.node.get_closest_marker("django_db")
    asked = marker is not None and (marker.kwargs.get("transaction") or marker.args[:1] == (True,))
    return asked or "transactional_db" in request.fixturenames


@pytest.fixture
def nothing_loaded(request):
    """The database without question sets and log, for who counts them or makes the first."""
    if not asks_the_database(request.node):
        return
    request.getfixturevalue("transactional_db" if commits(request) else "db")
    take_everything_loaded_away()


def asks_the_database(item) -> bool:
    asked = {"db", "transactional_db"} & set(item.fixturenames)
    return bool(asked) or item.get_closest_marker("django_db") is not None


def pytest_collection_modifyitems(items):
    """What asks no database has the same to say on both back ends: once is enough."""
    for item in items:
        if not asks_the_database(item):
            item.add_marker(pytest.mark.once)


def pytest_collection_finish():
    """What is loaded by now stays until the end; to look through it again and again takes time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)
