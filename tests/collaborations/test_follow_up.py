"""A follow-up says what came of every promise, never changes, and leads on (domain 4.9)."""

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from agreements import reading
from audit import clock
from casework.moves import NotAllowed, Stale
from collaborations import goal_chart
from collaborations.models import (
    CommitmentOutcome,
    FollowUp,
    FollowUpDraft,
    FollowUpReported,
    GoalResult,
    ManagersStand,
)
from collaborations.models.follow_up import number_said
from collaborations.steps.after_follow_up import (
    note_reported,
    take_stand,
)
from collaborations.steps.amend import amend
from collaborations.steps.end import end
from collaborations.steps.follow_up import (
    CommitmentInput,
    GoalInput,
    correct_follow_up,
    follow_up,
    save_draft,
)
from collaborations.steps.partnership import read_information
from iop.models import HeadInformation
from notifications.models import Notice, Obligation
from tests.factories.agreements import fill, sign_it
from tests.factories.collaborations import (
    FOLLOWED_UP,
    followed_up,
)
from tests.factories.follow_up import (
    WHOLE,
    a_remedy,
    in_three_forms,
    outcomes,
    wholly_followed_up,
)
from tests.factories.ledger import due
from tests.factories.once import made_once
from tests.refusals import places_of, rules_of

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.fixture(scope="module")
def city(django_db_setup, django_db_blocker):
    with made_once(django_db_blocker):
        yield in_three_forms()


# --- what it says -------------------------------------------------------------------------------


def test_it_keeps_what_came_of_every_commitment_and_goal(formal, at):
    made = wholly_followed_up(formal, at, number="64.5")

    assert [one.state for one in made.commitments.all()] == ["done", "done"]
    assert [one.said for one in made.goals.all()] == ["64,5"]
    assert made.principles_in_words == "dialog, kvalitet"
    assert (made.next_on, formal.next_follow_up_on) == (clock.years_after(TODAY(), 1),) * 2


WRONG_DAYS = {
    "in the future": ({"held_on": 1}, "follow_up_has_been_held"),
    "before the start": ({"held_on": -1}, "follow_up_comes_after_the_start"),
    "the next one more than a year away": ({"next_on": 367}, "next_follow_up_comes_within_a_year"),
    "the next one on the same day": ({"next_on": 0}, "next_follow_up_comes_within_a_year"),
}


@pytest.mark.parametrize("wrong", WRONG_DAYS)
def test_days_that_cannot_be_are_refused_beside_their_field(formal, at, wrong):
    days, rule = WRONG_DAYS[wrong]
    facts = {name: TODAY() + timedelta(days=away) for name, away in days.items()}

    with pytest.raises(NotAllowed) as raised:
        wholly_followed_up(formal, at, **facts)
    assert rule in rules_of(raised)
    assert places_of(raised) <= set(days)
    assert not formal.follow_ups.exists()


@pytest.mark.parametrize("broken", ["still_meets_requirements", "democracy_holds"])
def test_requirements_that_no_longer_hold_are_described(formal, at, broken):
    with pytest.raises(NotAllowed) as raised:
        wholly_followed_up(formal, at, **{broken: False})
    assert rules_of(raised) == {"unmet_requirements_are_described"}

    made = wholly_followed_up(formal, at, **{broken: False}, shortcomings="Stadgarna saknas.")
    assert not made.requirements_hold
    row = FollowUp.objects.filter(pk=made.pk).values().get()
    with pytest.raises(DatabaseError), transaction.atomic():
        FollowUp.objects.create(**{**row, "id": None, "shortcomings": ""})


@pytest.mark.parametrize("number", ["-1", "1000000001"])
def test_a_result_that_cannot_be_is_refused_here_and_in_the_database(formal, at, number):
    with pytest.raises(NotAllowed) as raised:
        wholly_followed_up(formal, at, number=number)
    (goal,) = outcomes(formal)["goals"]
    assert places_of(raised) == {f"goal_{goal}_number"}

    made = followed_up(formal, at)
    with pytest.raises(DatabaseError), transaction.atomic():
        GoalResult.objects.create(follow_up=made, goal_id=goal, number=Decimal(number))


def test_what_another_agreement_promises_is_no_part_of_it(formal, iop, at):
    others = outcomes(iop)
    wholly_followed_up(iop, at)
    with pytest.raises(NotAllowed):
        wholly_followed_up(formal, at, goals=others["goals"])
    with pytest.raises(NotAllowed):
        wholly_followed_up(formal, at, commitments=others["commitments"])

    made = wholly_followed_up(formal, at)
    for model, facts in (
        (GoalResult, {"goal_id": next(iter(others["goals"])), "text": "Bra"}),
        (CommitmentOutcome, {"commitment_id": next(iter(others["commitments"])), "state": "done"}),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            model.objects.create(follow_up=made, **facts)


def test_an_amendment_that_repeats_the_goals_replaces_what_is_followed_up(formal, at):
    main = reading.latest_signed(formal.terms)
    old = outcomes(formal)
    amendment = amend(formal, main, form_key=uuid4(), sections=["mal"], by=at.officer)
    fill(formal, amendment, at, ["mal"])
    sign_it(formal, at, amendment)

    assert set(outcomes(formal)["goals"]) == {one.pk for one in amendment.goals.all()}
    assert set(outcomes(formal)["commitments"]) == set(old["commitments"])
    with pytest.raises(NotAllowed):
        wholly_followed_up(formal, at, goals=old["goals"])


def test_nothing_of_a_finished_one_changes_and_a_correction_comes_in_its_place(formal, at):
    wrong = wholly_followed_up(formal, at, number="46")
    said = {**WHOLE, **outcomes(formal, "64"), "held_on": TODAY()}
    right = correct_follow_up(formal, wrong, **said, by=at.officer, version=formal.version)

    assert list(formal.follow_ups.standing()) == [right]
    assert right.next_on == wrong.next_on
    assert [row.said for rows in goal_chart.results(formal).values() for row in rows] == ["64"]
    with pytest.raises(NotAllowed) as raised:
        correct_follow_up(formal, wrong, **said, by=at.officer, version=formal.version)
    assert rules_of(raised) == {"follow_up_is_the_latest_version"}
    for rows, change in (
        (FollowUp.objects.filter(pk=wrong.pk), {"done": "Annat."}),
        (GoalResult.objects.filter(follow_up=wrong), {"number": 1}),
        (CommitmentOutcome.objects.filter(follow_up=wrong), {"state": "not_done"}),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(**change)
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.delete()


def test_after_a_correction_the_next_follow_up_is_still_owed_and_can_be_met(formal, at):
    wrong = wholly_followed_up(formal, at)
    said = {**WHOLE, **outcomes(formal), "held_on": TODAY()}
    correct_follow_up(formal, wrong, **said, by=at.officer, version=formal.version)
    assert due(formal, "follow_up").count() == 1

    for _ in range(2):
        wholly_followed_up(formal, at)

    assert due(formal, "follow_up").get().due_on == clock.years_after(TODAY(), 1)
    assert Obligation.objects.filter(about=formal.chain, kind="follow_up").count() == 4


def test_a_follow_up_from_an_old_page_or_of_an_ended_case_saves_nothing(informal, at):
    with pytest.raises(Stale):
        follow_up(
            informal,
            **{**FOLLOWED_UP, "conclusion": "continue", "held_on": TODAY()},
            next_on=None,
            by=at.officer,
            version=informal.version - 1,
        )
    end(informal, reasons="Klart.", ended_on=TODAY(), by=at.manager, version=informal.version)
    with pytest.raises(NotAllowed):
        followed_up(informal, at)
    assert not informal.follow_ups.exists()


def test_a_correction_to_another_conclusion_waits_for_a_stand_and_one_taken_stands(formal, at):
    wrong = wholly_followed_up(formal, at)
    said = {**WHOLE, **outcomes(formal), "held_on": TODAY(), "conclusion": "change"}
    facts = {"by": at.officer, "version": formal.version}
    right = correct_follow_up(formal, wrong, **said, **facts)
    assert due(formal, "follow_up_stand").count() == 1

    take_stand(formal, right, text="Vi ändrar.", by=at.manager)
    correct_follow_up(formal, right, **said, by=at.officer, version=formal.version)
    assert not due(formal, "follow_up_stand").exists()


# --- the draft ----------------------------------------------------------------------------------


def test_a_draft_is_shared_and_the_later_of_two_writers_is_told(formal, at):
    first = save_draft(formal, content={"done": "Halva"}, revision=0, by=at.officer)
    with pytest.raises(NotAllowed) as raised:
        save_draft(formal, content={"done": "Annat"}, revision=0, by=at.manager)
    assert str(at.officer) in str(raised.value)

    save_draft(formal, content={"done": "Allt"}, revision=first.revision, by=at.manager)
    assert FollowUpDraft.objects.get().content == {"done": "Allt"}
    with pytest.raises(NotAllowed):
        wholly_followed_up(formal, at, revision=first.revision)
    wholly_followed_up(formal, at, revision=2)
    assert not FollowUpDraft.objects.exists()


# --- results over the years ---------------------------------------------------------------------


def test_results_are_drawn_over_the_years_between_baseline_and_target(formal, at):
    wholly_followed_up(formal, at, number="62")
    with clock.telling(timezone.now() + timedelta(days=365)):
        day = clock.today()
        wholly_followed_up(formal, at, number="70", held_on=day)
    (chart,) = goal_chart.charts(formal)

    assert [point["said"] for point in chart["points"]] == ["62", "70"]
    assert [level["said"] for level in chart["levels"]] == ["61 procent", "70 procent"]
    first, last = chart["points"]
    assert first["x"] < last["x"]
    assert first["y"] > last["y"] == chart["levels"][1]["y"]


@pytest.mark.parametrize(
    ("written", "number"),
    [("70 procent", 70), ("1 200 besök", 1200), ("minst 2,5", Decimal("2.5")), ("fler", None)],
)
def test_a_level_is_the_first_number_of_what_is_written(written, number):
    assert goal_chart.number_in(written) == number


@pytest.mark.parametrize(
    ("number", "said"),
    [("1200", "1200"), ("1200.00", "1200"), ("62.50", "62,5"), ("0", "0"), (None, "")],
)
def test_a_result_is_said_the_swedish_way(number, said):
    assert number_said(number and Decimal(number)) == said


# --- what follows -------------------------------------------------------------------------------


def test_what_goes_on_as_it_is_waits_for_nobody(formal, at):
    wholly_followed_up(formal, at)

    assert not due(formal, "follow_up_stand").exists()
    assert not Notice.objects.filter(kind="follow_up_made").exists()


@pytest.mark.parametrize("conclusion", ["change", "end"])
def test_a_conclusion_to_do_otherwise_waits_for_the_managers_stand(formal, at, conclusion):
    made = wholly_followed_up(formal, at, conclusion=conclusion)
    assert due(formal, "follow_up_stand").get().owner == at.manager
    with pytest.raises(NotAllowed):
        take_stand(formal, made, text="Ja.", by=at.officer)
    with pytest.raises(NotAllowed):
        take_stand(formal, made, text="  ", by=at.manager)

    take_stand(formal, made, text="Vi gör ett tillägg.", by=at.manager)

    assert not due(formal, "follow_up_stand").exists()
    with pytest.raises(NotAllowed):
        take_stand(formal, made, text="En gång till.", by=at.manager)


def test_a_partnerships_way_from_the_officer_to_the_manager_the_head_and_the_board(iop, at):
    with pytest.raises(NotAllowed) as raised:
        wholly_followed_up(iop, at, compliance="")
    assert rules_of(raised) == {"compliance_is_assessed"}

    made = wholly_followed_up(iop, at)
    assert Notice.objects.get(kind="follow_up_made").person == at.manager
    assert {one.kind for one in Obligation.objects.open().filter(owner=at.manager)} >= {
        "follow_up_stand",
        "follow_up_to_board",
    }
    with pytest.raises(NotAllowed) as raised:
        take_stand(iop, made, text="Det går bra.", by=at.manager)
    assert rules_of(raised) == {"head_is_chosen"}

    take_stand(
        iop, made, text="Det går bra.", measures="En kväll till.", head=at.head, by=at.manager
    )
    told = HeadInformation.objects.get(kind="follow_up")
    assert "En kväll till." in told.assessment
    assert due(iop, "head_reads").get().owner == at.head
    with pytest.raises(NotAllowed):
        read_information(iop, told, by=at.manager)
    read_information(iop, told, by=at.head)
    assert not due(iop, "head_reads").exists()

    remedy = a_remedy(iop, at, follow_up=made, by=at.head, owner=at.manager)
    assert remedy.decided_by == at.head

    board = {"to": FollowUpReported.To.BOARD, "on": TODAY()}
    with pytest.raises(NotAllowed) as raised:
        note_reported(iop, made, **board, by=at.manager)
    assert rules_of(raised) == {"board_is_told_by_paragraph"}
    note_reported(iop, made, **board, reference="§ 22", by=at.manager)
    assert not due(iop, "follow_up_to_board").exists()
    for rows in (ManagersStand.objects.all(), FollowUpReported.objects.all()):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.delete()


@pytest.mark.parametrize("away", [-1, 1])
def test_nobody_has_it_before_it_is_made_nor_tomorrow(formal, at, away):
    made = wholly_followed_up(formal, at)
    with pytest.raises(NotAllowed) as raised:
        note_reported(formal, made, to="group", on=TODAY() + timedelta(days=away), by=at.officer)
    assert places_of(raised) == {"on"}


def test_a_result_in_words_is_a_result(formal, at):
    goals = {pk: GoalInput(text="Fler än väntat") for pk in outcomes(formal)["goals"]}
    late = {
        pk: CommitmentInput("partly", comment="Halva") for pk in outcomes(formal)["commitments"]
    }
    made = wholly_followed_up(formal, at, goals=goals, commitments=late)

    assert [one.said for one in made.goals.all()] == ["Fler än väntat"]
    (chart,) = goal_chart.charts(formal)
    assert (chart["points"], len(chart["rows"])) == ([], 1)


def test_an_end_before_the_beginning_is_refused_beside_its_day(informal, at):
    before = informal.started_on - timedelta(days=1)
    with pytest.raises(NotAllowed) as raised:
        end(informal, reasons="Klart.", ended_on=before, by=at.manager, version=informal.version)
    assert places_of(raised) == {"ended_on"}


def test_a_report_sent_twice_is_noted_once_and_another_is_another(formal, at):
    made = wholly_followed_up(formal, at)
    facts = {"to": "manager", "on": TODAY(), "by": at.officer}

    assert note_reported(formal, made, **facts) == note_reported(formal, made, **facts)
    note_reported(formal, made, **facts, reference="vid mötet")
    assert [one.reference for one in made.reports.all()] == ["", "vid mötet"]
