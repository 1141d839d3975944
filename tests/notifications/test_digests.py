"""One mail a day, and quiet outside working days: nothing lost, nothing twice."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.urls import reverse

from audit import clock
from casework.moves import NotAllowed
from notifications import digests, outbox
from notifications.digests import choose, sweep
from notifications.models import Notice, Outcome, State
from notifications.outbox import Answer
from tests.factories.accounts import UserFactory

MONDAY = datetime(2026, 11, 23, 9, tzinfo=ZoneInfo("Europe/Stockholm"))
SATURDAY = MONDAY - timedelta(days=2)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
YES = Answer(Outcome.ACCEPTED, "250 OK")
NO = Answer(Outcome.REFUSED, "550 5.1.1 No such user")

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_work(settings):
    settings.MAIL_HOURS = (7, 18)


@pytest.fixture(autouse=True)
def no_worker(monkeypatch):
    """The tests themselves are the worker."""
    monkeypatch.setattr("notifications.tasks.deliver.delay", lambda pk: None)


@pytest.fixture
def person(unit):
    return UserFactory(officer_at=unit, daily_digest=True)


@pytest.fixture
def tell(write, person):
    """A notice to the person that may wait; give other facts to change some."""

    def tell(key="a", *, now=MONDAY, **facts):
        ordinary = {
            "kind": "sent_back",
            "person": person,
            "to": person.email,
            "subject": f"Ämne {key}",
            "body": f"Text {key}\n",
            "now": now,
        }
        return write(key, **ordinary | facts)

    return tell


def deliver(answer=YES, *, now=MONDAY):
    """What the worker does with all that is due. Returns the subjects."""
    sent = []
    for notice in list(Notice.objects.due(now)):
        attempt = outbox.claim(notice.pk, now=now)
        outbox.settle(attempt, answer, now=now)
        sent.append(notice.subject)
    return sent


def states():
    return dict(Notice.objects.exclude(kind="digest").values_list("key", "state"))


def test_what_can_wait_is_gathered_in_one_mail_and_told_when_that_is(tell, person):
    tell("a")
    tell("b", kind="reminder_on")
    assert deliver() == []
    assert states() == {"a": State.HELD, "b": State.HELD}

    assert sweep(now=MONDAY) == 1

    digest = Notice.objects.get(kind="digest")
    assert digest.subject == "Samverkan: 2 meddelanden"
    assert "1. Ämne a\n\nText a\n\n2. Ämne b\n\nText b" in digest.body
    assert states() == {"a": State.GATHERED, "b": State.GATHERED}
    assert deliver() == ["Samverkan: 2 meddelanden"]
    assert states() == {"a": State.SENT, "b": State.SENT}
    assert set(digest.gathered.values_list("key", flat=True)) == {"a", "b"}


@pytest.mark.parametrize(
    "facts",
    [
        {"kind": "opinion_asked"},
        {"kind": "conflict_reported"},
        {"kind": "no_such_kind"},
        {"person": None, "to": "brevlåda@staden.example"},
    ],
)
def test_what_is_urgent_and_what_goes_to_the_mailbox_never_waits(tell, facts):
    tell("a", now=SATURDAY, **facts)

    assert deliver(now=SATURDAY) == ["Ämne a"]


def test_who_has_not_chosen_a_digest_gets_each_mail_at_once(tell, unit):
    other = UserFactory(officer_at=unit)
    tell("a", person=other, to=other.email, now=SATURDAY)

    assert deliver(now=SATURDAY) == ["Ämne a"]


def test_there_is_one_digest_a_day_and_what_comes_later_goes_the_next(tell):
    tell("a")
    assert [sweep(now=MONDAY), sweep(now=MONDAY)] == [1, 0]
    tell("b", now=MONDAY + HOUR)

    assert sweep(now=MONDAY + 2 * HOUR) == 0
    assert states() == {"a": State.GATHERED, "b": State.HELD}
    assert sweep(now=MONDAY + DAY) == 1
    assert Notice.objects.filter(kind="digest").count() == 2


def test_a_digest_is_written_in_working_hours_alone(tell):
    tell("a", now=SATURDAY)

    assert sweep(now=SATURDAY) == 0
    assert sweep(now=SATURDAY + DAY) == 0
    assert sweep(now=MONDAY) == 1


def test_nothing_is_lost_when_the_digest_is_refused_and_sent_again(tell, person):
    tell("a")
    sweep(now=MONDAY)
    deliver(NO)
    digest = Notice.objects.get(kind="digest")
    assert (digest.state, states()) == (State.REFUSED, {"a": State.GATHERED})
    assert list(Notice.objects.refused_for(person)) == [digest]

    outbox.resend(digest, by=person, now=MONDAY + HOUR)
    deliver(now=MONDAY + HOUR)

    assert states() == {"a": State.SENT}


def test_what_lies_in_a_digest_is_not_sent_by_itself_too(tell, person):
    notice = tell("a")
    sweep(now=MONDAY)

    with pytest.raises(NotAllowed, match="Det ligger i en sammanställning"):
        outbox.resend(notice, by=person)


def test_a_digest_that_was_told_otherwise_tells_what_is_in_it(tell, person):
    tell("a")
    sweep(now=MONDAY)
    digest = Notice.objects.get(kind="digest")

    outbox.tell_otherwise(digest, how="Läste upp.", on=clock.today(), by=person)

    assert states() == {"a": State.TOLD_OTHERWISE}


def test_who_wants_single_mails_again_gets_what_waits(tell, person):
    tell("a")
    tell("b", kind="reminder_on")

    choose(person, daily=False, now=SATURDAY)

    assert deliver(now=SATURDAY) == ["Ämne a"]
    assert deliver(now=MONDAY - 2 * HOUR) == ["Ämne b"]
    assert sweep(now=MONDAY) == 0
    person.refresh_from_db()
    assert person.daily_digest is False


def test_what_was_held_while_the_choice_was_changed_is_let_go_by_the_sweep(tell, person):
    tell("a")  # with the person as it was
    type(person).objects.filter(pk=person.pk).update(daily_digest=False)

    assert sweep(now=MONDAY) == 0
    assert deliver() == ["Ämne a"]


def test_what_a_person_asks_to_send_now_waits_no_longer(tell, person):
    notice = tell("a")

    outbox.resend(notice, by=person, now=MONDAY)

    assert deliver() == ["Ämne a"]


def test_a_mail_without_a_usable_address_is_refused_also_with_a_digest(tell):
    assert tell("a", to="").state == State.REFUSED


def test_a_digest_of_a_case_that_became_secret_says_no_more_than_the_case_does(tell):
    tell("a", about="collaborations.collaboration:12")
    tell("b", about="collaborations.collaboration:13")
    sweep(now=MONDAY)

    outbox.redact("collaborations.collaboration:12", subject="Ärende 12", body="Logga in.\n")
    digests.write_anew("collaborations.collaboration:12")

    body = Notice.objects.get(kind="digest").body
    assert "Text a" not in body
    assert "1. Ärende 12\n\nLogga in.\n\n2. Ämne b" in body


def test_reminders_are_written_as_ever_and_leave_when_people_work(tell, unit):
    other = UserFactory(officer_at=unit)
    tell("a", kind="reminder_on", person=other, to=other.email, now=SATURDAY)

    assert deliver(now=SATURDAY + DAY) == []
    assert deliver(now=MONDAY - 3 * HOUR) == []
    assert deliver(now=MONDAY - 2 * HOUR) == ["Ämne a"]


@pytest.mark.parametrize("people", [1, 3])
def test_each_person_gets_a_digest_of_their_own(tell, unit, people):
    for number in range(people):
        one = UserFactory(officer_at=unit, daily_digest=True)
        tell(f"{number}", person=one, to=one.email)

    assert sweep(now=MONDAY) == people
    assert set(Notice.objects.filter(kind="digest").values_list("subject", flat=True)) == {
        "Samverkan: 1 meddelande"
    }
    assert mail.outbox == []


def test_one_chooses_on_a_page(client, tell, person):
    tell("a")
    client.force_login(person)
    url = reverse("notices:choice")
    assert "1 meddelande väntar" in client.get(url).content.decode()
    assert client.post(url, {"how": "often"}).status_code == 422

    assert client.post(url, {"how": "single"}).status_code == 302

    person.refresh_from_db()
    assert person.daily_digest is False
    assert states() == {"a": State.WAITING}


def test_a_digest_that_cannot_be_written_silences_no_other(tell, person, unit, monkeypatch):
    other = UserFactory(officer_at=unit, daily_digest=True)
    tell("a")
    tell("b", person=other, to=other.email)
    gather = digests.gather

    def broken(person_id, now):
        if person_id == person.pk:
            raise RuntimeError
        return gather(person_id, now)

    monkeypatch.setattr(digests, "gather", broken)

    assert sweep(now=MONDAY) == 1
    assert states() == {"a": State.HELD, "b": State.GATHERED}
