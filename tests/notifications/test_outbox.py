"""Written exactly once; sent at least once and at most twice (product §6)."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from casework.moves import NotAllowed
from notifications import outbox
from notifications.models import DeliveryAttempt, Notice, Outcome, State
from notifications.outbox import Answer

NOW = timezone.now().replace(microsecond=0)
YES = Answer(Outcome.ACCEPTED, "250 ok")
NO = Answer(Outcome.REFUSED, "550 5.1.1 no such mailbox")
LATER = Answer(Outcome.LATER, "451 try again")
UNREACHED = Answer(Outcome.UNREACHED, "connection refused")
LONG_SINCE = timedelta(hours=1)  # far more than MAIL_ANSWER_SECONDS

pytestmark = pytest.mark.django_db


def attempt(notice, answer, now=NOW):
    claimed = outbox.claim(notice.pk, now=now)
    outbox.settle(claimed, answer, now=now)
    notice.refresh_from_db()
    return claimed


def fall_silent(notice, now):
    """A worker claims the notice and is never heard of again."""
    claimed = outbox.claim(notice.pk, now=now)
    assert outbox.give_up_waiting(now=now + LONG_SINCE) == 1
    notice.refresh_from_db()
    return claimed


def test_a_notice_is_written_once_however_often_it_is_queued(write):
    first = write(now=NOW)
    second = write(subject="Något annat", now=NOW)

    assert (first, first.state, first.next_try_at) == (second, State.WAITING, NOW)
    assert [n.subject for n in Notice.objects.all()] == ["Beslut: språkcafé"]


def test_a_notice_has_its_message_id_from_the_start(write):
    one, other = write("a"), write("b")

    assert one.message_id != other.message_id
    assert one.message_id.endswith("@127.0.0.1>")


def test_a_subject_of_many_lines_becomes_one(write):
    assert write(subject="Beslut:\r\nBcc: någon@annan.example").subject == (
        "Beslut: Bcc: någon@annan.example"
    )
    assert len(write("long", subject="å" * 500).subject) == 200


@pytest.mark.parametrize("address", ["", "ingen adress", "@staden.example", "x" * 400])
def test_a_decision_is_saved_though_the_mailbox_is_no_address(write, address):
    notice = write(to=address)

    assert (notice.state, notice.next_try_at) == (State.REFUSED, None)
    assert notice.server_words.startswith("Det finns ingen giltig e-postadress")


def test_a_mailbox_written_with_loose_dots_is_the_same_mailbox(write):
    assert write(to=" brevla\u030ada@staden.example ").to_address == "brevlåda@staden.example"


def test_one_worker_gets_the_notice_and_the_others_none(write):
    notice = write(now=NOW)

    claimed = outbox.claim(notice.pk, now=NOW)

    notice.refresh_from_db()
    assert outbox.claim(notice.pk, now=NOW) is None
    assert (claimed.number, claimed.outcome, notice.state) == (1, "", State.SENDING)


def test_the_servers_yes_is_kept_with_its_words(write):
    notice = write(now=NOW)

    attempt(notice, YES)

    assert (notice.state, notice.sent_at, notice.server_words) == (State.SENT, NOW, "250 ok")
    assert outbox.claim(notice.pk, now=NOW + LONG_SINCE) is None


def test_a_no_is_not_tried_again_and_shows_the_servers_words(write, manager):
    notice = write(responsible=manager, now=NOW)

    attempt(notice, NO)

    assert (notice.state, notice.server_words) == (State.REFUSED, "550 5.1.1 no such mailbox")
    assert outbox.claim(notice.pk, now=NOW + timedelta(days=30)) is None
    assert list(Notice.objects.refused_for(manager)) == [notice]


@pytest.mark.parametrize("answer", [LATER, UNREACHED])
def test_the_pauses_grow_and_in_the_end_a_person_has_to_look(write, answer):
    notice, now, pauses = write(now=NOW), NOW, []

    while notice.next_try_at:
        assert outbox.claim(notice.pk, now=notice.next_try_at - timedelta(seconds=1)) is None
        now = notice.next_try_at
        attempt(notice, answer, now)
        if notice.next_try_at:
            pauses.append((notice.next_try_at - now) // timedelta(minutes=1))

    assert pauses == [1, 5, 15, 60, 120, 240, 480, 960, 1440]
    assert (notice.state, notice.tries) == (State.REFUSED, 10)
    assert notice.server_words == f"{answer.words} Programmet slutade efter 10 försök."


def test_an_attempt_without_an_answer_is_unclear_and_sent_once_more_with_the_same_id(write):
    notice = write(now=NOW)
    name = notice.message_id

    fall_silent(notice, NOW)

    assert (notice.state, notice.server_words) == (State.UNCLEAR, outbox.NO_ANSWER)
    attempt(notice, YES, NOW + LONG_SINCE)
    assert (notice.state, notice.message_id) == (State.SENT, name)
    assert [a.outcome for a in notice.attempts.all()] == [Outcome.UNANSWERED, Outcome.ACCEPTED]


def test_after_a_second_silence_it_is_never_sent_again_by_itself(write, manager):
    notice = write(responsible=manager, now=NOW)

    fall_silent(notice, NOW)
    fall_silent(notice, NOW + LONG_SINCE)

    assert (notice.state, notice.next_try_at, notice.is_stuck) == (State.UNCLEAR, None, True)
    assert outbox.claim(notice.pk, now=NOW + timedelta(days=365)) is None
    assert (list(Notice.objects.stuck_for(manager)), notice.attempts.count()) == ([notice], 2)


def test_an_attempt_that_is_still_under_way_is_left_in_peace(write, settings):
    settings.MAIL_ANSWER_SECONDS = 300
    notice = write(now=NOW)
    outbox.claim(notice.pk, now=NOW)

    assert outbox.give_up_waiting(now=NOW + timedelta(seconds=300)) == 0
    assert outbox.give_up_waiting(now=NOW + timedelta(seconds=301)) == 1


def test_an_unclear_notice_that_is_put_off_stays_unclear_while_it_waits(write):
    notice = write(now=NOW)
    fall_silent(notice, NOW)

    attempt(notice, LATER, NOW + LONG_SINCE)

    assert (notice.state, notice.is_stuck) == (State.UNCLEAR, False)
    fall_silent(notice, notice.next_try_at)
    assert (notice.state, notice.is_stuck) == (State.UNCLEAR, True)


def test_an_unclear_notice_that_is_never_taken_stays_unclear_for_good(write):
    notice = write(now=NOW)
    fall_silent(notice, NOW)

    while notice.next_try_at:
        attempt(notice, UNREACHED, notice.next_try_at)

    assert (notice.state, notice.is_stuck) == (State.UNCLEAR, True)


def test_a_yes_counts_also_when_it_comes_late(write):
    notice = write(now=NOW)
    slow = fall_silent(notice, NOW)
    second = outbox.claim(notice.pk, now=NOW + LONG_SINCE)

    outbox.settle(slow, YES, now=NOW + LONG_SINCE)
    outbox.settle(second, NO, now=NOW + LONG_SINCE)

    notice.refresh_from_db()
    assert (notice.state, notice.server_words) == (State.SENT, "250 ok")
    assert [a.outcome for a in notice.attempts.all()] == [Outcome.ACCEPTED, Outcome.REFUSED]


def test_a_no_that_comes_late_changes_nothing(write):
    notice = write(now=NOW)
    slow = fall_silent(notice, NOW)

    outbox.settle(slow, NO, now=NOW + LONG_SINCE)

    notice.refresh_from_db()
    assert (notice.state, notice.attempts.get().outcome) == (State.UNCLEAR, Outcome.UNANSWERED)


def test_a_person_sends_a_refused_notice_again_to_the_mended_mailbox(write, manager):
    notice = write(to="fel@staden.example", now=NOW)
    attempt(notice, NO)

    again = outbox.resend(notice, by=manager, to="rätt@staden.example", now=NOW + LONG_SINCE)

    assert (again.state, again.to_address, again.resent_by) == (
        State.WAITING,
        "rätt@staden.example",
        manager,
    )
    assert (again.tries, again.message_id) == (0, notice.message_id)
    attempt(notice, YES, NOW + LONG_SINCE)
    assert [(a.number, a.outcome) for a in notice.attempts.all()] == [
        (1, Outcome.REFUSED),
        (2, Outcome.ACCEPTED),
    ]


def test_a_notice_is_sent_again_to_the_mailbox_that_the_administration_has_now(
    write, manager, administration
):
    notice = write(to="fel@staden.example", now=NOW)
    attempt(notice, NO)

    assert outbox.resend(notice, by=manager).to_address == administration.mailbox


def test_a_letter_to_an_organisation_is_sent_again_and_copied_to_its_own_address(write, manager):
    notice = write(kind="document_request", to="kim@forening.example", now=NOW)
    attempt(notice, NO)

    assert outbox.resend(notice, by=manager).to_address == "kim@forening.example"
    copy, _ = outbox.copy_of(notice, key="copy", subject="Begäran", body="Igen", attachment=None)
    assert copy.to_address == "kim@forening.example"


def test_a_persons_notice_is_sent_again_to_the_address_they_have_now(write, manager):
    notice = write(to=manager.email, person=manager, now=NOW)
    attempt(notice, NO)
    manager.email = "maj.ny@staden.example"
    manager.save()

    assert outbox.resend(Notice.objects.get(), by=manager).to_address == "maj.ny@staden.example"


def test_a_notice_that_became_unclear_twice_may_be_sent_again_by_a_person_twice_more(
    write, manager
):
    notice = write(now=NOW)
    fall_silent(notice, NOW)
    fall_silent(notice, NOW + LONG_SINCE)
    tomorrow = NOW + timedelta(days=1)

    outbox.resend(notice, by=manager, now=tomorrow)
    fall_silent(notice, tomorrow)

    assert (notice.state, notice.is_stuck) == (State.UNCLEAR, False)
    fall_silent(notice, tomorrow + LONG_SINCE)
    assert (notice.is_stuck, notice.attempts.count()) == (True, 4)


def test_what_is_told_is_not_sent_again(write, manager):
    notice = write(now=NOW)
    attempt(notice, YES)

    with pytest.raises(NotAllowed, match="Meddelandet är redan klart: Skickat."):
        outbox.resend(notice, by=manager)


def test_what_is_on_its_way_is_not_sent_again(write, manager):
    notice = write(now=NOW)
    outbox.claim(notice.pk, now=NOW)

    with pytest.raises(NotAllowed, match="skickas just nu"):
        outbox.resend(notice, by=manager)


def test_a_person_notes_that_it_was_told_otherwise(write, manager):
    notice = write(now=NOW)
    attempt(notice, NO)

    outbox.tell_otherwise(notice, how=" Ringde Eva. ", on=date(2026, 3, 1), by=manager)

    notice.refresh_from_db()
    assert (notice.state, notice.told_otherwise_how, notice.told_otherwise_on) == (
        State.TOLD_OTHERWISE,
        "Ringde Eva.",
        date(2026, 3, 1),
    )
    assert (notice.told_otherwise_by, list(Notice.objects.untold())) == (manager, [])
    assert outbox.claim(notice.pk, now=NOW + LONG_SINCE) is None


def test_a_yes_after_that_is_noted_on_the_attempt_alone(write, manager):
    notice = write(now=NOW)
    claimed = outbox.claim(notice.pk, now=NOW)
    outbox.tell_otherwise(notice, how="Ringde.", on=date(2026, 3, 1), by=manager)

    outbox.settle(claimed, YES, now=NOW)

    notice.refresh_from_db()
    assert notice.state == State.TOLD_OTHERWISE
    assert notice.attempts.get().outcome == Outcome.ACCEPTED


@pytest.mark.parametrize(
    ("how", "on", "refusal"),
    [
        (" ", date(2026, 3, 1), "Skriv hur meddelandet lämnades."),
        ("Ringde.", timezone.localdate() + timedelta(days=1), "framåt i tiden"),
    ],
)
def test_told_otherwise_takes_a_word_on_how_and_a_day_that_has_been(
    write, manager, how, on, refusal
):
    notice = write()

    with pytest.raises(NotAllowed, match=refusal):
        outbox.tell_otherwise(notice, how=how, on=on, by=manager)

    notice.refresh_from_db()
    assert notice.state == State.WAITING


def test_each_kind_of_state_has_its_list(write, manager):
    sent, refused, unclear, waiting = (write(key, now=NOW) for key in "abcd")
    attempt(sent, YES)
    attempt(refused, NO)
    fall_silent(unclear, NOW)
    attempt(waiting, LATER)

    notices = Notice.objects
    assert list(notices.told()) == [sent]
    assert list(notices.untold()) == [refused, unclear, waiting]
    assert list(notices.unclear()) == [unclear]
    assert list(notices.delayed()) == [waiting]
    assert list(notices.stuck()) == [refused]
    assert list(notices.due(NOW + timedelta(days=1))) == [waiting, unclear]
    assert notices.about("collaborations.collaboration:12").count() == 4
    assert list(DeliveryAttempt.objects.open_since_before(NOW + LONG_SINCE)) == []


def test_what_is_not_sent_when_a_case_becomes_secret_says_no_more_than_its_number(write):
    sent, waiting = write("a", now=NOW), write("b")
    write("c", about="collaborations.collaboration:13")
    attempt(sent, YES)

    changed = outbox.redact(waiting.about, subject="Ärende FFA-12", body="Logga in för att läsa.")

    words = {n.key: (n.subject, n.body) for n in Notice.objects.all()}
    assert changed == 1
    assert words["b"] == ("Ärende FFA-12", "Logga in för att läsa.\n")
    assert words["a"] == words["c"] == ("Beslut: språkcafé", "Beslut har fattats.\n")
