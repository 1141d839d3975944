"""A later migration that rebuilds a table drops its triggers on SQLite; migrate makes them anew."""

import pytest
from django.core.management import call_command
from django.db import connection, models

from audit.guards import (
    Guard,
    all_guards,
    before_migrate,
    guards_are_in_place,
    in_place,
    lift,
    make_all,
    missing_guards,
    with_models,
)
from audit.models import Event


@pytest.mark.django_db(transaction=True)
def test_the_guards_are_there_after_a_migration_that_rebuilt_the_table():
    old = Event._meta.get_field("code")
    new = models.CharField(max_length=61)
    new.set_attributes_from_name("code")
    with connection.schema_editor() as editor:
        editor.alter_field(Event, old, new)
        editor.alter_field(Event, new, old)

    call_command("migrate", verbosity=0)

    assert missing_guards(connection) == set()


@pytest.mark.django_db(transaction=True)
def test_no_guard_stands_while_a_release_rebuilds_tables():
    """SQLite rebuilds no table that a trigger of another one names."""
    first = with_models()[0]

    before_migrate(app_config=first, using="default")
    gone = missing_guards(connection)
    call_command("migrate", verbosity=0)

    assert "guard_agreements_agreement_decided_first_update" in gone
    assert len(gone) > 20
    assert missing_guards(connection) == set()


@pytest.mark.django_db(transaction=True)
def test_a_guard_that_a_release_no_longer_has_refuses_nothing():
    retired = Guard("audit_event", "INSERT", "of_an_earlier_release")
    with connection.cursor() as cursor:
        for statement in retired.statements(connection.vendor):
            cursor.execute(statement)
    there = set(in_place(connection))

    call_command("migrate", verbosity=0)

    assert there - set(in_place(connection)) == {retired.name}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("to_come", "code"), [(True, "audit.W001"), (False, "audit.E001")])
def test_a_guard_that_a_release_brings_does_not_stop_the_migration(monkeypatch, to_come, code):
    lift(connection, all_guards()[:1])
    monkeypatch.setattr("audit.guards.is_to_be_migrated", lambda alias: to_come)

    assert [fault.id for fault in guards_are_in_place(["default"])] == [code]
    make_all(connection)
