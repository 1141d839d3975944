"""A secret case in reminders, lists of obligations, digests and copies: its number and a link."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.conf import settings
from django.urls import reverse

from audit import clock
from collaborations import notices
from collaborations.models import Step
from collaborations.steps.hand_over import mark_secret
from collaborations.steps.ledger import hand_over_all, movable
from collaborations.steps.notices import send_copy
from notifications import digests, reminders
from notifications.models import Notice, Obligation, State
from tests.factories.accounts import UserFactory
from tests.factories.collaborations import case_at, place
from tests.factories.democracy import opened

TITLE = "Stödsamtal för unga"


@pytest.fixture
def case(at):
    return case_at(Step.ONGOING, at, title=TITLE)[0]


def mark(case, at):
    case.refresh_from_db()
    mark_secret(case, provision="OSL 31 kap. 16 §", by=at.registrar, version=case.version)


def remind_of_all():
    """In a year; what was written, as (subject, body)."""
    reminders.sweep(clock.today() + timedelta(days=500))
    return list(Notice.objects.filter(kind__startswith="reminder").values_list("subject", "body"))


def alone(case, path):
    return (
        f"Ärende {case.number}",
        "Något har hänt i ett ärende som är sekretessmarkerat.\n\n"
        f"Ärende: {case.number}\n\nLogga in för att läsa: {settings.BASE_URL}{path}\n",
    )


def test_a_reminder_tells_the_number_of_a_secret_case_and_leads_to_what_is_to_be_done(case, at):
    mark(case, at)
    owed = Obligation.objects.get(kind="follow_up")

    assert set(remind_of_all()) == {alone(case, owed.path)}


def test_a_matter_of_a_secret_case_is_as_secret_before_and_after_the_mark(case, at):
    matter = opened(case, at)
    Obligation.objects.exclude(about=matter.chain).update(reminded=4)
    owed = Obligation.objects.get(about=matter.chain)
    mark(case, at)
    assert set(remind_of_all()) == {alone(case, owed.path)}

    Notice.objects.filter(about=matter.chain).update(subject="Ny prövning", body=owed.what)
    mark(case, at)

    left = Notice.objects.filter(about=matter.chain).values_list("subject", "body")
    assert set(left) == {alone(case, case.get_absolute_url())}


def all_handed_over(at, *, to):
    head = UserFactory(head_at=at.administration.root_unit)
    for giver in {owed.owner for owed in movable(head)}:
        seen = set(movable(head).filter(owner=giver).values_list("pk", flat=True))
        hand_over_all(giver, taker=to, note="Slutar.", seen=seen, by=head)
    return Notice.objects.filter(kind="obligations_handed_over", person=to)


def lines_of(notice):
    """What the mail lists, one line for each obligation."""
    return [line for line in notice.body.split("\n") if "2026-" in line]


def test_a_list_of_obligations_names_a_secret_case_by_its_number(case, at):
    other = case_at(Step.ONGOING, at)[0]
    due = Obligation.objects.get(about=other.chain)
    mark(case, at)

    told = all_handed_over(at, to=UserFactory(manager_at=at.unit)).get()

    assert f"\nÄrende {case.number}\n" in told.body
    assert f"Uppföljning av {case.number}" not in told.body
    assert due.what in told.body


def test_a_list_that_is_not_sent_when_the_case_is_marked_loses_its_line_alone(case, at):
    later = case_at(Step.ONGOING, at)[0]
    taker = UserFactory(manager_at=at.unit, daily_digest=True)
    told = all_handed_over(at, to=taker).get()
    digest = digests.gather(taker.pk, clock.now())
    assert f"Uppföljning av {later.number}" in digest.body

    mark(later, at)

    told.refresh_from_db()
    digest.refresh_from_db()
    for mail in (told, digest):
        assert f"\nÄrende {later.number}\n" in mail.body
        assert f"Uppföljning av {later.number}" not in mail.body
        assert f"Uppföljning av {case.number}" in mail.body


def as_sent(notice):
    facts = {"state": State.SENT, "next_try_at": None, "sent_at": clock.now()}
    Notice.objects.filter(pk=notice.pk).update(**facts)
    notice.gathered.update(**facts)
    notice.refresh_from_db()


def test_a_copy_of_a_digest_tells_only_the_number_of_what_became_secret_since(case, at):
    person, other = at.officer, case_at(Step.ONGOING, at, title="Språkcafé")[0]
    digests.choose(person, daily=True)
    person.refresh_from_db()
    for one in (case, other):
        notices.tell_person(one, "x", person, "ready_for_decision", {"handläggare": "A"})
    digest = digests.gather(person.pk, clock.now())
    as_sent(digest)
    assert TITLE in digest.body
    mark(case, at)

    copy = send_copy(digest, None, form_key=str(uuid4()), by=person)

    assert TITLE not in copy.subject + copy.body
    assert f"1. Ärende {case.number}\n" in copy.body
    assert "Språkcafé" in copy.body
    digest.refresh_from_db()
    assert TITLE in digest.body


def test_a_copy_of_a_list_tells_only_the_number_of_what_became_secret_since(case, at):
    later = case_at(Step.ONGOING, at)[0]
    taker = UserFactory(manager_at=at.unit)
    told = all_handed_over(at, to=taker).get()
    as_sent(told)
    mark(later, at)

    copy = send_copy(told, case, form_key=str(uuid4()), by=taker)

    assert f"\nÄrende {later.number}\n" in copy.body
    assert f"Uppföljning av {later.number}" not in copy.body
    assert f"Uppföljning av {case.number}" in copy.body


def test_the_program_shows_no_more_than_the_number_to_whom_the_secret_case_is_not_shown(
    client, case, at
):
    other = case_at(Step.ONGOING, at, title="Språkcafé")[0]
    elsewhere = UserFactory(officer_at=place().unit, daily_digest=True)
    for person in (elsewhere, at.officer):
        digests.choose(person, daily=True)
        person.refresh_from_db()
        for one in (case, other):
            notices.tell_person(one, "x", person, "ready_for_decision", {"handläggare": "A"})
        as_sent(digests.gather(person.pk, clock.now()))
    mark(case, at)

    for person, shown in ((elsewhere, False), (at.officer, True)):
        client.force_login(person)
        digest = Notice.objects.get(kind="digest", person=person)
        page = client.get(reverse("notices:notice", args=[digest.pk])).content.decode()
        assert (TITLE in page, f"Ärende {case.number}" in page) == (shown, not shown)
        assert "Språkcafé" in page
        one = digest.gathered.get(about=case.chain)
        page = client.get(reverse("notices:notice", args=[one.pk])).content.decode()
        assert (TITLE in page, f"<h1>Ärende {case.number}</h1>" in page) == (shown, not shown)
        page = client.get(reverse("notices:list")).content.decode()
        assert (TITLE in page, "Språkcafé" in page) == (shown, True)
        digest.refresh_from_db()
        assert TITLE in digest.body  # what was sent stays as it was
