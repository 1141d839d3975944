"""The feed holds a person's own open obligations, without a login and without secrets."""

import logging
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.http import http_date
from icalendar import Calendar

from collaborations.models import Collaboration, Step
from collaborations.steps.hand_over import mark_secret
from notifications import calendar_link
from notifications.models import CalendarLink, Obligation
from notifications.obligations import hand_over, meet, oblige, waive
from samverkan.logs import WithoutSecrets
from tests.factories.accounts import UserFactory
from tests.factories.collaborations import case_at, place
from tests.factories.ledger import more_owed
from tests.factories.once import made_once

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture(scope="module")
def city(django_db_setup, django_db_blocker):
    with made_once(django_db_blocker):
        at = place()
        case, _ = case_at(Step.ONGOING, at)
        yield at, case.pk


@pytest.fixture
def at(city):
    return city[0]


@pytest.fixture
def case(city):
    return Collaboration.objects.get(pk=city[1])


@pytest.fixture
def owed(case):
    return Obligation.objects.get(about=case.chain, kind="follow_up")


@pytest.fixture
def token(at):
    return calendar_link.make(at.officer)


def answer(client, token, **headers):
    return client.get(reverse("dashboard:calendar_feed", args=[token]), headers=headers)


def events(client, token) -> list:
    page = answer(client, token)
    assert page.status_code == 200
    return Calendar.from_ical(page.content).walk("VEVENT")


def test_an_obligation_is_an_event_of_the_whole_day_with_what_when_and_where(
    client, settings, case, owed, token
):
    settings.BASE_URL = "https://samverkan.staden.example"
    (event,) = events(client, token)

    assert (event["SUMMARY"], event.decoded("DTSTART"), event.decoded("DTEND")) == (
        f"Uppföljning av {case.number}",
        owed.day,
        owed.day + timedelta(days=1),
    )
    assert event["UID"] == f"atagande-{owed.pk}@samverkan"
    assert event["URL"] == f"https://samverkan.staden.example/ataganden/{owed.pk}/"
    assert event["TRANSP"] == "TRANSPARENT"


def test_the_planned_day_is_the_events_and_the_last_day_is_said(client, at, owed, token):
    Obligation.objects.filter(pk=owed.pk).update(planned_on=TODAY, due_on=TODAY + timedelta(days=9))

    (event,) = events(client, token)

    assert event.decoded("DTSTART") == TODAY
    assert "Senast" in event["DESCRIPTION"]


def test_of_a_secret_case_only_the_number_is_told_and_never_a_persons_name(client, at, case, token):
    mark_secret(case, provision="OSL 26:1", by=at.registrar, version=case.version)

    text = answer(client, token).content.decode()

    assert [event["SUMMARY"] for event in events(client, token)] == [f"Ärende {case.number}"]
    assert [name for name in (at.officer.name, at.manager.name, case.title) if name in text] == []


def test_what_is_met_waived_handed_over_or_out_of_sight_is_no_longer_in_it(
    client, at, case, owed, token
):
    def more(key, **facts):
        ordinary = {"kind": "advice", "about": case.chain, "unit": at.unit, "owner": at.officer}
        return oblige(key, **ordinary | {"what": key, "path": "/", "due_on": TODAY} | facts)

    meet(more("met"), ref="svar")
    waive(more("waived"), reason="Nej.", by=at.manager)
    hand_over([more("given")], to=at.manager, note="Byter.", by=at.manager)
    more("unseen", about="collaborations.collaboration:999999")
    more("organisation's", kind="document_request", about="organisations.organisation:1")

    said = [str(event["SUMMARY"]) for event in events(client, token)]

    assert said == ["organisation's", owed.what]


def test_who_is_asked_for_an_opinion_has_it_in_the_calendar_without_seeing_the_case(
    client, at, case
):
    asked = UserFactory(legal_at=at.administration.root_unit)
    facts = {"about": case.chain, "unit": at.unit, "owner": asked, "path": "/", "due_on": TODAY}
    oblige("opinion", kind="opinion", what=f"Yttrande i {case.number}", **facts)
    oblige("other", kind="advice", what="Annat", **facts)

    said = [event["SUMMARY"] for event in events(client, calendar_link.make(asked))]

    assert said == [f"Yttrande i {case.number}"]


@pytest.mark.parametrize("guess", ["x", "å" * 300, "None", "%00", "a.ics"])
def test_a_guessed_address_is_nobodys(client, token, guess):
    page = answer(client, guess)

    assert (page.status_code, page.content) == (404, b"")


def test_a_revoked_or_renewed_address_and_that_of_one_who_left_lead_nowhere(client, at, token):
    newer = calendar_link.make(at.officer)
    assert [answer(client, one).status_code for one in (token, newer)] == [404, 200]
    at.officer.grants.update(ends_on=TODAY)
    assert answer(client, newer).status_code == 404
    at.officer.grants.update(ends_on=None)
    calendar_link.revoke(at.officer)
    assert answer(client, newer).status_code == 404
    assert calendar_link.revoke(at.officer) is False


def test_only_the_hash_is_kept(token):
    kept = CalendarLink.objects.get()

    assert token not in (kept.token_hash, str(kept))
    assert len(kept.token_hash) == 64


def test_an_unchanged_calendar_is_not_sent_again_and_a_changed_one_is(client, at, owed, token):
    first = answer(client, token)
    known = {"if-none-match": first["ETag"]}

    assert "private" in first["Cache-Control"]
    assert answer(client, token, **known).status_code == 304
    meet(owed, ref="uppföljning", now=timezone.now() + timedelta(seconds=2))
    assert answer(client, token, **known).status_code == 200


def test_a_date_alone_never_keeps_an_old_calendar(client, owed, token):
    answer(client, token)
    tomorrow = http_date((timezone.now() + timedelta(days=1)).timestamp())

    assert answer(client, token, **{"if-modified-since": tomorrow}).status_code == 200


@pytest.mark.parametrize("many", [1, 5])
def test_it_costs_the_same_for_one_and_for_many(
    client, at, case, token, many, django_assert_num_queries
):
    more_owed(case, at, many, owners=[at.officer])
    url = reverse("dashboard:calendar_feed", args=[token])

    with django_assert_num_queries(8):
        client.get(url)


def test_the_log_does_not_hold_the_secret_part(token):
    handlers = [one for one in logging.getLogger().handlers if one.filters]
    line = logging.LogRecord("x", 30, "", 0, "Not Found: %s", (f"/kalender/{token}.ics",), None)

    assert any(isinstance(f, WithoutSecrets) for one in handlers for f in one.filters)
    assert WithoutSecrets().filter(line)
    assert line.getMessage() == "Not Found: /kalender/…"


def test_the_page_shows_an_address_once_and_takes_it_away(client, at, case):
    client.force_login(at.officer)
    url = reverse("dashboard:calendar")

    shown = client.post(url, {"ny": "1"})
    address = shown.context["address"]
    feed = address[address.index("/kalender/") :]

    assert "no-store" in shown["Cache-Control"]
    assert address in shown.content.decode()
    assert "ics" not in client.get(url).content.decode()
    assert client.get(feed).status_code == 200
    assert client.post(url, {"ta_bort": "1"}).status_code == 302
    assert client.get(feed).status_code == 404
