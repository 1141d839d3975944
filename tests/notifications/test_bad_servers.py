"""What mail servers do, over a real line: what is then sent, and what a person reads of it.

Nothing is ever taken more than twice, and what the server said stands in plain Swedish on
*Min sida* and on the notice's own page, beside the server's words.
"""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from notifications import tasks
from notifications.models import Notice, Outcome, State
from notifications.plain_words import in_plain_words
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db

ADDRESS = "mottagare@staden.example"
WIRE = ADDRESS.encode()


@pytest.fixture
def person(unit):
    return UserFactory(officer_at=unit)


@pytest.fixture
def notice(write, person):
    facts = {"to": ADDRESS, "person": person, "responsible": person, "kind": "sent_back"}
    return write("sent_back:1", about="accounts.user:1", **facts)


def again(notice, times=1):
    """The sweeps that follow, each when its pause is over."""
    for _ in range(times):
        Notice.objects.filter(pk=notice.pk, next_try_at__isnull=False).update(
            next_try_at=timezone.now()
        )
        tasks.deliver_leftovers()
    notice.refresh_from_db()
    return notice


def read(client, notice, person):
    """What the person reads of it on *Min sida* two hours later, and on its own page."""
    two_hours_ago = timezone.now() - timedelta(hours=2)
    Notice.objects.filter(pk=notice.pk).update(created_at=two_hours_ago)
    client.force_login(person)
    mine = client.get(reverse("dashboard:mine")).content.decode()
    own = client.get(reverse("notices:notice", args=[notice.pk])).content.decode()
    return mine, own


def test_a_full_mailbox_is_tried_for_days_and_then_a_person_must_look(
    client, mail_server, notice, person
):
    words = b"452 4.2.2 The mailbox is over its storage limit"
    mail_server.refuses = {WIRE: words}

    again(notice)
    assert notice.state == State.WAITING
    for page in read(client, notice, person):
        assert "Mottagarens brevlåda är full." in page
    again(notice, 10)

    assert (notice.state, notice.tries, mail_server.mails) == (State.REFUSED, 10, [])
    for page in read(client, notice, person):
        assert "Mottagarens brevlåda är full." in page
        assert words.decode() in page


@pytest.mark.parametrize(
    ("words", "plainly"),
    [
        (b"552 5.2.2 Mailbox full", "Mottagarens brevlåda är full."),
        (b"552 5.3.4 Message size exceeds limit", "Mejlet är för stort"),
        (b"554 5.7.1 Rejected as spam", "släpper inte in mejlet."),
    ],
)
def test_a_no_after_the_whole_mail_is_a_no(client, mail_server, notice, person, words, plainly):
    mail_server.says_to_mails = [words]

    again(notice, 3)

    assert (notice.state, notice.attempts.count()) == (State.REFUSED, 1)
    for page in read(client, notice, person):
        assert plainly in page
        assert words.decode() in page


def test_a_mailbox_that_is_gone_is_said_at_once_and_not_tried_again(
    client, mail_server, notice, person
):
    mail_server.refuses = {WIRE: b"550 5.1.1 User unknown"}

    again(notice, 3)

    assert (notice.state, notice.attempts.count()) == (State.REFUSED, 1)
    for page in read(client, notice, person):
        assert "Adressen finns inte hos mottagaren." in page
        assert "550 5.1.1 User unknown" in page


def test_who_is_greylisted_comes_back_and_is_let_in_once(client, mail_server, notice, person):
    mail_server.refuses_once = {WIRE: b"451 4.7.1 Greylisted, please come back in five minutes"}

    again(notice)
    assert (notice.state, notice.server_words[:3]) == (State.WAITING, "451")
    for page in read(client, notice, person):
        assert "bad oss vänta, som den ofta gör första gången." in page
    again(notice, 3)

    assert (notice.state, len(mail_server.mails)) == (State.SENT, 1)
    mine, own = read(client, notice, person)
    assert notice.subject not in mine
    assert "Greylisted" in own  # the attempt keeps it


def test_a_server_that_answers_after_the_time_limit_gets_the_mail_twice_and_no_more(
    client, mail_server, notice, person, settings
):
    settings.EMAIL_TIMEOUT = 0.2
    mail_server.dawdles = 5

    again(notice)
    assert (notice.state, notice.is_stuck) == (State.UNCLEAR, False)
    again(notice, 4)

    assert (notice.is_stuck, len(mail_server.mails)) == (True, 2)
    mine, own = read(client, notice, person)
    assert "det kan ha kommit fram" in mine
    assert "svarade inte, två gånger" in own


def test_a_slow_server_that_mends_its_ways_gets_the_second_and_the_same_message_id(
    mail_server, notice, settings
):
    settings.EMAIL_TIMEOUT = 0.2
    mail_server.dawdles = 5
    again(notice)
    mail_server.dawdles = 0
    settings.EMAIL_TIMEOUT = 5
    again(notice, 3)

    assert (notice.state, len(mail_server.mails)) == (State.SENT, 2)
    assert all(notice.message_id.encode() in mail for mail in mail_server.mails)


def test_a_line_closed_in_the_middle_of_the_mail_is_unclear_and_sent_once_more(
    mail_server, notice, write
):
    """The server has half a mail, and keeps none; whether it had the last dot we cannot know."""
    Notice.objects.filter(pk=notice.pk).update(body="Rad\n" * 200_000)
    mail_server.cuts_mails = 1

    again(notice)
    assert (notice.state, mail_server.mails) == (State.UNCLEAR, [])
    again(notice, 3)

    assert (notice.state, len(mail_server.mails)) == (State.SENT, 1)


def test_a_server_that_takes_mails_and_says_nothing_gets_two(mail_server, notice):
    mail_server.loses_answers = 10

    again(notice, 5)

    assert (notice.is_stuck, len(mail_server.mails), notice.attempts.count()) == (True, 2, 2)


def test_a_server_that_is_busy_at_the_door_is_not_reached_and_said_so_in_words(mail_server, notice):
    mail_server.greets = b"421 4.3.2 Try later"

    again(notice)

    attempt = notice.attempts.get()
    assert (notice.state, attempt.outcome) == (State.WAITING, Outcome.UNREACHED)
    assert attempt.server_words == "E-postservern gick inte att nå: 421 4.3.2 Try later"


@pytest.mark.parametrize(
    ("said", "plainly"),
    [
        ("452 4.2.2 full", "Mottagarens brevlåda är full."),
        ("452 Insufficient storage", "har inte plats för mejlet just nu."),
        ("550 no such user", "Adressen finns inte"),
        ("550 5.7.1 relay denied", "släpper inte in"),
        ("450 4.7.1 greylisted", "bad oss vänta"),
        ("450 4.2.0 greylisted", "bad oss vänta"),
        ("421 busy", "är upptagen"),
        ("550 5.2.1 disabled", "är avstängd"),
        ("550 5.4.4 no route", "gick inte att nå"),
        ("250 2.0.0 ok", ""),
        ("599 what", ""),
        ("", ""),
        ("E-postservern hann aldrig svara.", ""),
        ("Det finns ingen giltig e-postadress att skicka till: ”550 5.1.1”.", ""),
    ],
)
def test_what_servers_say_is_said_in_plain_swedish(said, plainly):
    assert plainly in in_plain_words(said)
    assert bool(in_plain_words(said)) == bool(plainly)
