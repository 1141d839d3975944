"""Triggers that keep, in the database itself, what must never be false.

A migration that rebuilds a table on SQLite silently drops its triggers. So they are not part of
any migration: they are made anew after every `migrate`, and a system check misses them aloud.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from django.apps import apps
from django.core.checks import Error, Tags, Warning, register
from django.db import DatabaseError, connections
from django.db.migrations.executor import MigrationExecutor

LONGEST_NAME = 61
PG_REFUSE = """
CREATE OR REPLACE FUNCTION samverkan_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '%: % on % refused', TG_ARGV[0], TG_OP, TG_TABLE_NAME
  USING ERRCODE = 'integrity_constraint_violation';
END $$
"""


@dataclass(frozen=True)
class Guard:
    """Refuse `event` (INSERT, UPDATE, DELETE, TRUNCATE) on the table, when `when` holds.

    `when` is SQL over OLD and NEW that both SQLite and PostgreSQL understand; it may hold a
    subquery. `{differs}` stands for IS NOT / IS DISTINCT FROM. `first`: a statement of PL/pgSQL
    that comes before it, such as a lock; SQLite has one writer at a time and needs none.
    """

    table: str
    event: str
    says: str
    when: str = ""
    first: str = ""

    @property
    def name(self) -> str:
        """At most 61 signs, so that PostgreSQL keeps it whole with the _f of its function."""
        whole = f"guard_{self.table}_{self.says}_{self.event}".lower()
        if len(whole) <= LONGEST_NAME:
            return whole
        return f"{whole[:52]}_{hashlib.sha256(whole.encode()).hexdigest()[:8]}"

    def statements(self, vendor: str) -> list[str]:
        if vendor == "sqlite":
            return [] if self.event == "TRUNCATE" else [self._sqlite()]
        return self._postgresql()

    def _sqlite(self) -> str:
        when = f"WHEN {self.when.format(differs='IS NOT')}" if self.when else ""
        return (
            f'CREATE TRIGGER "{self.name}" BEFORE {self.event} ON "{self.table}" {when} '
            f"BEGIN SELECT RAISE(ABORT, '{self.says}: {self.event} on {self.table} refused'); END"
        )

    def _postgresql(self) -> list[str]:
        # PostgreSQL allows no subquery in WHEN, so a conditional guard has its own function.
        if not self.when:
            each = "STATEMENT" if self.event == "TRUNCATE" else "ROW"
            return [
                f'CREATE TRIGGER "{self.name}" BEFORE {self.event} ON "{self.table}" '
                f"FOR EACH {each} EXECUTE FUNCTION samverkan_refuse('{self.says}')"
            ]
        back = "OLD" if self.event == "DELETE" else "NEW"
        return [
            f'CREATE OR REPLACE FUNCTION "{self.name}_f"() RETURNS trigger LANGUAGE plpgsql AS $$ '
            f"BEGIN {self.first} IF {self.when.format(differs='IS DISTINCT FROM')} THEN "
            f"RAISE EXCEPTION '{self.says}: {self.event} on {self.table} refused' "
            f"USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN {back}; END $$",
            f'CREATE TRIGGER "{self.name}" BEFORE {self.event} ON "{self.table}" '
            f'FOR EACH ROW EXECUTE FUNCTION "{self.name}_f"()',
        ]


def append_only(table: str) -> tuple[Guard, ...]:
    return tuple(Guard(table, event, "append_only") for event in ("UPDATE", "DELETE", "TRUNCATE"))


def all_guards() -> list[Guard]:
    """Every guard of every installed app (`<app>/guards.py`: GUARDS), in order of the apps."""
    return [guard for config in apps.get_app_configs() for guard in getattr(config, "guards", ())]


def existing_tables(connection) -> set[str]:
    return set(connection.introspection.table_names())


def lift(connection, guards: Iterable[Guard]) -> None:
    """Take the guards away. For tests that empty the tables; nothing else."""
    with connection.cursor() as cursor:
        for guard in guards:
            on = f' ON "{guard.table}"' if connection.vendor == "postgresql" else ""
            cursor.execute(f'DROP TRIGGER IF EXISTS "{guard.name}"{on}')


def lift_all(connection) -> None:
    """Take away every guard that is there, also what an earlier release made and this one lacks."""
    there = in_place(connection)
    with connection.cursor() as cursor:
        for name, table in there.items():
            on = f" ON {table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f'DROP TRIGGER "{name}"{on}')


def make_all(connection) -> None:
    """Make every guard anew on tables that exist. Idempotent."""
    tables = existing_tables(connection)
    guards = [guard for guard in all_guards() if guard.table in tables]
    lift_all(connection)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(PG_REFUSE)
    make(connection, guards)


def make(connection, guards: Iterable[Guard]) -> None:
    """Put these guards, which are not there, in place."""
    with connection.cursor() as cursor:
        for guard in guards:
            for statement in guard.statements(connection.vendor):
                cursor.execute(statement)


def before_migrate(*, app_config, using, **_):
    """Taken away before the first app: SQLite cannot rebuild a table that a trigger of another
    table names. They are made anew after the last app; until then `guards_are_in_place` warns.
    """
    if app_config == with_models()[0]:
        lift_all(connections[using])


def with_models() -> list:
    return [config for config in apps.get_app_configs() if config.models_module]


def after_migrate(*, app_config, using, **_):
    """Django tells of every app in turn, whatever was migrated; the last one is the moment."""
    if app_config == with_models()[-1]:
        make_all(connections[using])


def in_place(connection) -> dict[str, str]:
    """The guards that are there: name → table, as the database writes it."""
    sql = {
        "sqlite": "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": (
            "SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal"
        ),
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return {name: table for name, table in cursor.fetchall() if name.startswith("guard_")}


def missing_guards(connection) -> set[str]:
    """Names of guards whose table exists in the database and that are not there."""
    tables = existing_tables(connection)
    wanted = {
        guard.name
        for guard in all_guards()
        if guard.table in tables and guard.statements(connection.vendor)
    }
    return wanted - set(in_place(connection))


def is_to_be_migrated(alias: str) -> bool:
    executor = MigrationExecutor(connections[alias])
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


@register(Tags.database)
def guards_are_in_place(databases=None, **_):
    faults = []
    for alias in databases or []:
        try:
            lost = missing_guards(connections[alias])
        except DatabaseError as problem:
            faults.append(Error(f"could not ask for the guards: {problem}", id="audit.E002"))
            continue
        # A release may bring a guard for a table that is there: that must not stop `migrate`.
        kind, code = (Warning, "W001") if lost and is_to_be_migrated(alias) else (Error, "E001")
        faults += [
            kind(f"guard {name} is missing; run `manage.py migrate`", id=f"audit.{code}")
            for name in sorted(lost)
        ]
    return faults
