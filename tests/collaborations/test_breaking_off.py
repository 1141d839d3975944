"""Breaking off waits for assessment, dialogue, procurement and, in a partnership, the head."""

from datetime import timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from accounts.models import Administration
from agreements import reading
from agreements.models import Termination
from audit import clock
from casework.moves import NotAllowed, Stale
from collaborations import rules
from collaborations.models import Collaboration, DialogueNote, Form
from collaborations.steps.after_follow_up import note_reported, take_stand
from collaborations.steps.amend import amend
from collaborations.steps.break_off import break_off
from collaborations.steps.dialogue import note_dialogue
from collaborations.steps.end import close, end
from collaborations.steps.partnership import read_information
from notifications.models import Notice, Obligation
from tests.factories.collaborations import FOLLOWED_UP, deliver_everything, place
from tests.factories.formal import ongoing
from tests.factories.forms import declared
from tests.factories.once import made_once
from tests.factories.shortcoming import assessed, reported

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate
Kind = DialogueNote.Kind


@pytest.fixture(scope="module")
def city(django_db_setup, django_db_blocker):
    """Two collaborations that run, made once; each test's deeds are undone."""
    with made_once(django_db_blocker):
        at = place()
        yield SimpleNamespace(at=at, case=ongoing(at).pk, iop=ongoing(at, Form.IOP).pk)


@pytest.fixture
def partnership(city):
    return Collaboration.objects.get(pk=city.iop)


def note(case, at, kind, **facts):
    return note_dialogue(
        case,
        **{
            "form_key": uuid4(),
            "kind": kind,
            "held_on": TODAY(),
            "who": "föreningens styrelse",
            "how": "meeting",
            "text": "Vi gick igenom vad som inte fungerar.",
            "by": at.officer,
            **facts,
        },
    )


def broken_off(case, at, **facts):
    return break_off(
        case,
        **{
            "reasons": "Föreningen har inte längre några volontärer.",
            "ended_on": TODAY(),
            "given_on": TODAY(),
            "by_side": "us",
            "appealable": "no",
            "by": at.manager,
            "version": case.version,
            **facts,
        },
    )


def refused(raised) -> set[str]:
    return {reason.rule for reason in raised.value.reasons}


NEEDED = {
    "assessed": "shortcoming_is_assessed",
    Kind.DIALOGUE: "dialogue_is_held",
    Kind.PROCUREMENT: "procurement_is_contacted",
}


def done(case, at, what) -> None:
    assessed(case, at) if what == "assessed" else note(case, at, what)


def all_done(case, at) -> None:
    for what in NEEDED:
        done(case, at, what)


@pytest.mark.parametrize("lacking", [*NEEDED, None])
def test_each_thing_that_is_not_done_stops_it_alone(case, at, lacking):
    for what in NEEDED:
        if what != lacking:
            done(case, at, what)

    if lacking is None:
        assert broken_off(case, at).kind == "break_off"
        return
    with pytest.raises(NotAllowed) as raised:
        broken_off(case, at)
    assert refused(raised) == {NEEDED[lacking]}


def test_of_a_partnership_the_head_is_informed_first(partnership, at):
    all_done(partnership, at)
    with pytest.raises(NotAllowed) as raised:
        broken_off(partnership, at)
    assert refused(raised) == {"director_is_informed"}

    note(partnership, at, Kind.DIRECTOR)
    assert broken_off(partnership, at)


def test_after_a_partnerships_end_the_closing_follow_up_goes_the_same_way(partnership, at):
    all_done(partnership, at)
    note(partnership, at, Kind.DIRECTOR)
    broken_off(partnership, at)
    deliver_everything(partnership)
    facts = {**FOLLOWED_UP, "conclusion": "end", "lessons": "Mycket.", "held_on": TODAY()}
    said = {"compliance": "Ingen höll det.", "by": at.officer, "version": partnership.version}
    made = close(partnership, **facts, **said)
    kinds = Obligation.objects.open().filter(about=partnership.chain)
    assert set(kinds.values_list("kind", flat=True)) == {"follow_up_stand", "follow_up_to_board"}

    stand = take_stand(partnership, made, text="Slut.", head=at.head, by=at.manager)
    read_information(partnership, stand.information, by=at.head)
    board = {"to": "board", "on": TODAY(), "reference": "§ 9"}
    note_reported(partnership, made, **board, by=at.manager)
    assert not kinds.all().exists()


def test_procurement_that_could_not_be_reached_counts_when_it_is_described(case, at):
    tried = {"reached": False, "text": "Ringde tre gånger den 3 mars.", "how": "phone"}
    with pytest.raises(NotAllowed) as raised:
        note(case, at, Kind.PROCUREMENT, **{**tried, "how": ""})
    assert refused(raised) == {"fruitless_attempt_is_described"}

    note(case, at, Kind.PROCUREMENT, **tried)
    assert rules.procurement_is_contacted(case)
    row = DialogueNote.objects.values().get()
    with pytest.raises(DatabaseError), transaction.atomic():
        DialogueNote.objects.create(**{**row, "id": None, "form_key": uuid4(), "how": ""})


@pytest.mark.parametrize("away", [-400, 1])
def test_a_talk_is_noted_on_a_day_that_can_be(case, at, away):
    with pytest.raises(NotAllowed) as raised:
        note(case, at, Kind.DIALOGUE, held_on=TODAY() + timedelta(days=away))
    assert refused(raised) == {"dialogue_was_held_meanwhile"}


def test_a_talk_before_the_shortcoming_was_seen_is_no_talk_about_it(case, at):
    note(case, at, Kind.DIALOGUE)
    with clock.telling(timezone.now() + timedelta(days=30)):
        assessed(case, at, seen_on=clock.today())
        assert not rules.dialogue_is_held(case)
        note(case, at, Kind.DIALOGUE, held_on=clock.today())
        assert rules.dialogue_is_held(case)


def test_what_it_was_broken_off_for_is_concluded_by_it_and_other_shortcomings_lapse(case, at):
    all_done(case, at)
    reported(case, at)
    broken_off(case, at)

    assert list(case.shortcomings.values_list("outcome", flat=True)) == ["ending", "lapsed"]
    assert case.shortcomings.first().answer == "Samverkan har avbrutits."


def test_one_above_the_responsible_manager_breaks_off_too(case, at):
    all_done(case, at)
    declared(case, at.head)

    assert broken_off(case, at, by=at.head).decided_by == at.head


def test_how_long_it_is_kept_follows_from_the_administrations_years(case, at):
    Administration.objects.filter(pk=at.administration.pk).update(retention_years=10)
    all_done(case, at)
    broken_off(case, at)

    assert Collaboration.objects.get(pk=case.pk).kept_until == clock.years_after(TODAY(), 10)


@pytest.mark.parametrize("kind", list(Kind))
def test_a_dispute_and_what_the_head_is_to_know_are_mailed_without_the_words(case, at, kind):
    made = note(case, at, kind, text="Hemligt gräl.")

    mails = Notice.objects.filter(key__contains=f"dialogue:{made.pk}:")
    assert [mail.person for mail in mails] == (
        [at.head] if kind in (Kind.DISPUTE, Kind.DIRECTOR) else []
    )
    assert all("Hemligt" not in mail.body for mail in mails)


def test_a_note_sent_twice_is_kept_once_and_never_changed(case, at):
    key = uuid4()
    made = note(case, at, Kind.DISPUTE, form_key=key)

    assert note(case, at, Kind.DISPUTE, form_key=key) == made
    assert Notice.objects.filter(key__contains=f"dialogue:{made.pk}:").count() == 1
    with pytest.raises(DatabaseError), transaction.atomic():
        DialogueNote.objects.filter(pk=made.pk).update(text="Annat.")


def test_breaking_off_ends_the_agreement_and_what_was_due(case, at):
    all_done(case, at)
    agreement = reading.latest_signed(case.terms)
    assert Obligation.objects.open().filter(about=case.chain, kind="agreement_ends").count() == 2

    broken_off(case, at)

    case = Collaboration.objects.get(pk=case.pk)
    assert case.step == "ended"
    assert Termination.objects.get(agreement=agreement).ends_on == TODAY()
    assert reading.last_day(reading.latest_signed(case.terms)) == TODAY()
    kinds = Obligation.objects.open().filter(about=case.chain).values_list("kind", flat=True)
    assert list(kinds) == ["closing_follow_up"]
    with pytest.raises(NotAllowed):
        amend(case, agreement, form_key=uuid4(), sections=["budget"], by=at.officer)


def test_an_ordinary_end_waits_for_the_agreements_last_day(case, at):
    facts = {"reasons": "Klart.", "by": at.manager, "version": case.version}
    last = reading.last_day(reading.latest_signed(case.terms))
    with pytest.raises(NotAllowed) as raised:
        end(case, ended_on=TODAY(), **facts)
    assert refused(raised) == {"agreement_has_run_out"}

    with clock.telling(timezone.now() + (last - TODAY())):
        assert end(case, ended_on=last, **facts)


def test_no_last_day_comes_before_the_first_here_and_in_the_database(case, at):
    all_done(case, at)
    before = case.started_on - timedelta(days=1)
    with pytest.raises(NotAllowed) as raised:
        broken_off(case, at, ended_on=before, given_on=before)
    assert refused(raised) == {"end_comes_after_the_start"}
    assert {reason.at for reason in raised.value.reasons} == {"ended_on"}
    assert not Termination.objects.exists()

    broken_off(case, at)
    with pytest.raises(DatabaseError), transaction.atomic():
        Collaboration.objects.filter(pk=case.pk).update(ended_on=before)


@pytest.mark.parametrize("who", ["officer", "adviser"])
def test_only_the_responsible_manager_breaks_off(case, at, who):
    all_done(case, at)

    with pytest.raises(NotAllowed):
        broken_off(case, at, by=getattr(at, who))


def test_without_reasons_or_on_a_stale_page_nothing_is_broken_off(case, at):
    all_done(case, at)
    with pytest.raises(NotAllowed) as raised:
        broken_off(case, at, reasons="  ")
    assert refused(raised) == {"breaking_off_has_reasons"}
    with pytest.raises(Stale):
        broken_off(case, at, version=case.version - 1)

    assert Collaboration.objects.get(pk=case.pk).step == "ongoing"
    assert not Termination.objects.exists()


def test_a_longer_period_moves_the_reminders(case, at):
    from tests.factories.agreements import fill, sign_it

    main = reading.latest_signed(case.terms)
    longer = main.ends_on + timedelta(days=365)
    amendment = amend(case, main, form_key=uuid4(), sections=["period"], by=at.officer)
    fill(case, amendment, at, ["period"], starts_on=main.starts_on, ends_on=longer)
    sign_it(case, at, amendment)

    open_ones = Obligation.objects.open().filter(about=case.chain, kind="agreement_ends")
    due = sorted(open_ones.values_list("due_on", flat=True))
    assert [(longer - day).days for day in due] == [182, 91]
    assert reading.last_day(reading.latest_signed(case.terms)) == longer


def test_the_page_says_how_long_the_agreement_goes_on_and_what_must_be_done_first(client, case, at):
    client.force_login(at.manager)

    page = client.get(f"/arenden/{case.pk}/avbryt/")

    assert page.context["last_day"] == reading.last_day(reading.latest_signed(case.terms))
    assert f"/arenden/{case.pk}/samtal/" in page.content.decode()
    assert "<form method" not in page.content.decode().split("<main", 1)[1].split("</main", 1)[0]

    all_done(case, at)
    page = client.get(f"/arenden/{case.pk}/avbryt/")

    assert page.context["missing"] == []
    assert "<form method" in page.content.decode().split("<main", 1)[1].split("</main", 1)[0]
