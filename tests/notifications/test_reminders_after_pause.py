"""A month without a sweep in a large installation: five thousand obligations due at once."""

from collections import Counter
from datetime import date, timedelta

import pytest

from notifications import reminders
from notifications.models import Notice, Obligation
from notifications.reminders import sweep
from tests.factories.accounts import UserFactory

TODAY = date(2026, 6, 30)
MANY, OWNERS, DAYS = 5000, 40, 30

pytestmark = pytest.mark.django_db


@pytest.fixture
def due(unit, administration):
    """Five thousand that came due in the last month, of forty people."""
    owners = [UserFactory(officer_at=unit) for _ in range(OWNERS)]
    UserFactory(head_at=administration.root_unit)
    Obligation.objects.bulk_create(
        Obligation(
            key=f"follow-up:{number}",
            kind="follow_up",
            about=f"collaborations.collaboration:{number}",
            administration=administration,
            unit=unit,
            owner=owners[number % OWNERS],
            what=f"Uppföljning av FFA-2026-{number:04}",
            path=f"/arenden/{number}/uppfoljning/",
            due_on=TODAY - timedelta(days=number % DAYS),
        )
        for number in range(MANY)
    )


def test_five_thousand_due_after_a_month_are_each_written_once_in_small_transactions(
    due, monkeypatch
):
    sizes, remind = [], reminders._remind

    def counted(numbers, today):
        sizes.append(len(numbers))
        return remind(numbers, today)

    monkeypatch.setattr(reminders, "_remind", counted)

    sweep(TODAY)

    assert (max(sizes), sum(sizes)) == (reminders.CHUNK, MANY)
    assert sweep(TODAY) == 0
    about = Counter(Notice.objects.values_list("about", "kind", "person__email"))
    late = len([n for n in range(MANY) if n % DAYS >= 14])  # the superior hears too
    assert (set(about.values()), len(about)) == ({1}, MANY + late)
    assert Obligation.objects.filter(reminded=0).count() == 0


def test_the_words_in_force_are_asked_for_once_however_many_are_written(
    promise, django_assert_max_num_queries
):
    for number in range(9):
        promise(f"follow-up:{number}", due_on=TODAY)

    with django_assert_max_num_queries(100) as queries:
        assert sweep(TODAY) == 9

    assert len([one for one in queries if "mailtext" in one["sql"]]) == 1
