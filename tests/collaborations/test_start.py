"""A formal collaboration starts by its manager (G-75); the mailbox hears of it (G-65)."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from casework.moves import NotAllowed, Stale
from collaborations.models import Step
from collaborations.steps.end import end
from collaborations.steps.tell import start, start_formal
from notifications.models import Notice, Obligation
from tests.factories.accounts import UserFactory
from tests.factories.agreements import sign_it
from tests.factories.collaborations import REFRAIN, case_at, deliver_everything
from tests.factories.democracy import ended, judged, opened, the_finding
from tests.factories.formal import checked, delegated, told

TODAY = timezone.localdate


@pytest.fixture
def waiting(at):
    case = told(at)
    sign_it(case, at)
    return case


def test_it_waits_for_its_manager_and_then_begins_with_a_follow_up(at, waiting):
    assert waiting.step == Step.TOLD
    start_formal(waiting, by=at.manager, version=waiting.version)

    due = Obligation.objects.get(kind="follow_up", about=waiting.chain)
    assert (waiting.step, waiting.started_on) == (Step.ONGOING, timezone.localdate())
    assert due.due_on == waiting.next_follow_up_on == timezone.localdate() + timedelta(days=182)
    assert Notice.objects.about(waiting.chain).filter(kind="started", person=None).count() == 1


def test_it_does_not_start_without_the_signed_agreement(at):
    case = told(at)
    with pytest.raises(NotAllowed, match="undertecknade överenskommelsen är inte registrerad"):
        start_formal(case, by=at.manager, version=case.version)
    case.refresh_from_db()
    assert (case.step, Obligation.objects.filter(kind="follow_up").count()) == (Step.TOLD, 0)


def test_nobody_else_starts_it_and_an_old_page_does_not(at, waiting):
    for person in (at.officer, at.head, UserFactory(manager_at=at.unit)):
        with pytest.raises(NotAllowed):
            start_formal(waiting, by=person, version=waiting.version)
    with pytest.raises(Stale):
        start_formal(waiting, by=at.manager, version=waiting.version - 1)
    assert waiting.step == Step.TOLD


def test_what_is_refrained_from_is_not_started(at):
    from collaborations.steps.decide import decide

    delegated(at)
    case = checked(at)
    decide(case, **REFRAIN, by=at.manager, version=case.version)
    deliver_everything(case)
    with pytest.raises(NotAllowed, match="Beslutet är att avstå"):
        start_formal(case, by=at.manager, version=case.version)


def test_an_informal_one_is_not_started_twice(at):
    case, _ = case_at(Step.ONGOING, at)
    with pytest.raises(NotAllowed):
        start(case)
    with pytest.raises(NotAllowed):
        start_formal(case, by=at.manager, version=case.version)


def test_the_page_starts_it(at, waiting, client):
    client.force_login(at.manager)
    page = client.get(waiting.get_absolute_url()).content.decode()
    url = reverse("collaborations:start", args=[waiting.pk])
    assert url in page
    assert client.post(url, {"version": waiting.version}).status_code == 302
    assert client.post(url, {"version": waiting.version}).status_code == 409
    waiting.refresh_from_db()
    assert waiting.step == Step.ONGOING


def test_it_waits_while_something_new_is_examined(at, waiting):
    opened(waiting, at)

    with pytest.raises(NotAllowed, match="Vänta tills prövningen är avslutad"):
        start_formal(waiting, by=at.manager, version=waiting.version)


def test_what_proved_to_be_against_the_conditions_is_ended_and_not_started(at):
    case = told(at)
    matter = opened(case, at)
    judged(case, at, the_finding(matter))
    ended(matter, at)
    case.refresh_from_db()

    with pytest.raises(NotAllowed, match="demokrativillkoren inte är uppfyllda"):
        sign_it(case, at)
    with pytest.raises(NotAllowed, match="demokrativillkoren inte är uppfyllda"):
        start_formal(case, by=at.manager, version=case.version)

    end(case, reasons="Prövningen.", ended_on=TODAY(), by=at.manager, version=case.version)
    case.refresh_from_db()
    assert (case.step, case.started_on) == (Step.ENDED, None)
    (notice,) = Notice.objects.about(case.chain).filter(kind="end")
    assert "Började aldrig. Avslutad: " in notice.body


def test_one_that_never_gets_its_signatures_comes_to_an_end(at, client):
    case = told(at)
    client.force_login(at.manager)
    url = reverse("collaborations:end", args=[case.pk])
    assert url in client.get(case.get_absolute_url()).content.decode()
    assert "Samverkan började aldrig" in client.get(url).content.decode()

    client.post(
        url, {"version": case.version, "ended_on": TODAY().isoformat(), "reasons": "Inga namn."}
    )
    case.refresh_from_db()
    assert (case.step, case.started_on, case.ended_on) == (Step.ENDED, None, TODAY())


def test_what_was_refrained_from_and_what_has_its_agreement_are_not_ended_there(at, waiting):
    refrained, _ = case_at(Step.TOLD, at, outcome="refrain")
    for case in (refrained, waiting):
        with pytest.raises(NotAllowed):
            end(case, reasons="Nej.", ended_on=TODAY(), by=at.manager, version=case.version)
