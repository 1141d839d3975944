"""What the program took before a constraint came is put right by the migration that brings it."""

from datetime import timedelta
from importlib import import_module
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import connection
from django.utils import timezone

from audit.guards import all_guards, lift
from collaborations.models import Collaboration, DialogueNote, Step
from tests.factories.collaborations import case_at, place

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite looks away when asked"),
]


@pytest.fixture
def case(db):
    """With neither guards nor checks, as in a migration before its constraint."""
    made, _ = case_at(Step.ONGOING, place())
    about = ("collaborations_collaboration", "collaborations_dialoguenote")
    lift(connection, [guard for guard in all_guards() if guard.table in about])
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA ignore_check_constraints=ON")
        yield made
        cursor.execute("PRAGMA ignore_check_constraints=OFF")


def migration(name: str):
    return import_module(f"collaborations.migrations.{name}")


def test_an_attempt_without_how_and_who_is_described_by_who_noted_it(case):
    facts = {"collaboration": case, "kind": "dialogue", "held_on": timezone.localdate()}
    said = {"who": "styrelsen", "text": "Ingen svarade.", "made_by": case.officer}
    old = DialogueNote.objects.create(form_key=uuid4(), reached=False, **facts, **said)
    reached = DialogueNote.objects.create(form_key=uuid4(), **facts, **said)

    migration("0014_shortcoming").describe_attempts(apps, None)

    for note in (old, reached):
        note.refresh_from_db()
    assert (old.how, old.ours) == ("other", case.officer.name)
    assert (reached.how, reached.ours) == ("", "")


def test_what_ended_before_it_began_ended_when_it_began(case):
    rows = Collaboration.objects.filter(pk=case.pk)
    rows.update(step=Step.ENDED, ended_on=case.started_on - timedelta(days=9))

    migration("0015_ended_after_it_began").end_no_earlier_than_it_began(apps, None)

    assert rows.get().ended_on == case.started_on
