"""Guidelines are revised in time: someone owes it, is reminded, and is free when it is done."""

from datetime import date, timedelta

import pytest

from notifications import guidelines
from notifications.models import Notice, Obligation
from notifications.tasks import sweep_reminders
from tests.factories.accounts import GoverningDocumentFactory, UserFactory

pytestmark = pytest.mark.django_db

DAY = date(2026, 6, 1)
A_DAY = timedelta(days=1)


@pytest.fixture
def document(administration):
    return GoverningDocumentFactory(administration=administration, next_review_on=DAY)


def test_a_review_is_owed_from_two_months_before_and_not_earlier(document, admin):
    assert guidelines.sweep(DAY - timedelta(days=61)) == 0
    assert guidelines.sweep(DAY - timedelta(days=60)) == 1

    owed = Obligation.objects.get()
    assert (owed.owner, owed.due_on, owed.what) == (
        admin,
        DAY,
        "Översyn av Riktlinjer för samverkan",
    )
    assert owed.path.endswith(f"/accounts/governingdocument/{document.pk}/change/")


def test_a_second_sweep_writes_nothing_more(document, admin):
    assert [guidelines.sweep(DAY), guidelines.sweep(DAY + A_DAY)] == [1, 0]


def test_a_new_day_meets_the_review_and_the_next_one_is_owed_in_its_turn(document, admin):
    guidelines.sweep(DAY)
    document.next_review_on = date(2027, 6, 1)
    document.save()

    assert guidelines.sweep(DAY + A_DAY) == 1
    assert list(Obligation.objects.open()) == []
    assert guidelines.sweep(date(2027, 5, 1)) == 1
    assert [one.due_on for one in Obligation.objects.open()] == [date(2027, 6, 1)]


def test_a_document_that_is_gone_is_owed_by_nobody(document, admin):
    guidelines.sweep(DAY)
    document.delete()

    assert guidelines.sweep(DAY + A_DAY) == 1
    assert list(Obligation.objects.open()) == []


def test_without_anyone_to_owe_it_the_next_sweep_asks_again(document, administration):
    assert guidelines.sweep(DAY) == 0
    UserFactory(admin_at=administration.root_unit)

    assert guidelines.sweep(DAY) == 1


def test_the_timetable_reminds_of_a_review_that_is_late(administration, admin):
    GoverningDocumentFactory(administration=administration, overdue=True)

    sweep_reminders()

    assert {notice.to_address for notice in Notice.objects.filter(kind="reminder_last")} == {
        admin.email
    }
