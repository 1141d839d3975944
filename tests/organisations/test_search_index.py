"""On PostgreSQL, where pg_trgm can be had, searching in the middle of names has an index."""

import pytest
from django.db import connection


@pytest.mark.django_db
def test_the_search_has_an_index_where_the_database_offers_one():
    with connection.cursor() as cursor:
        offered = connection.vendor == "postgresql"
        if offered:
            cursor.execute("SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm'")
            offered = cursor.fetchone() is not None
        found = connection.introspection.get_constraints(cursor, "organisations_organisation")

    assert ("organisation_search" in found) is offered
