"""An index for the search in the middle of names, where the database has one to offer.

On SQLite, and where the extension or the right to add it is missing, the search reads the table.
"""

from django.db import ProgrammingError, migrations, transaction

INDEX = "organisation_search"


def add(apps, schema_editor):
    connection = schema_editor.connection
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_available_extensions WHERE name = 'pg_trgm'")
        if cursor.fetchone() is None:
            return
        try:
            with transaction.atomic(using=connection.alias):
                cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        except ProgrammingError:  # only the owner of the database may add it
            return
        cursor.execute(
            f"CREATE INDEX {INDEX} ON organisations_organisation USING gin (search_key gin_trgm_ops)"
        )


def remove(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP INDEX IF EXISTS {INDEX}")


class Migration(migrations.Migration):

    dependencies = [("organisations", "0001_initial")]

    operations = [migrations.RunPython(add, remove)]
