"""A later migration that rebuilds a table drops its triggers on SQLite; migrate makes them anew."""

import pytest
from django.core.management import call_command
from django.db import connection, models

from audit.guards import missing_guards
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
