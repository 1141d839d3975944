"""No path by which a partnership is decided, signed or running with a gate unmet.

Each gate is taken away from a case that has everything else; and people press in any order.
"""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agreements import reading
from casework.moves import NotAllowed, Stale, missing
from collaborations import decision_right, gates, rules
from collaborations.models import Collaboration, Form, Outcome, Step
from collaborations.steps.check import check
from collaborations.steps.decide import decide
from collaborations.steps.motivate import motivate
from collaborations.steps.tell import start_formal
from collaborations.workflow import DECIDE
from tests.factories.agreements import sign_it, whole_proposal
from tests.factories.collaborations import (
    answer_all,
    decision_to_start,
    deliver_everything,
    place,
    registered,
    write,
)
from tests.factories.formal import board_decides, checked, formal_motivation
from tests.factories.forms import advised, before_motivated, declared, steered
from tests.factories.held import handed_in, taken_back

TODAY = timezone.localdate()


def unmet(case) -> set[str]:
    case = Collaboration.objects.get(pk=case.pk)
    case.outcome = Outcome.START
    return {reason.rule for reason in missing(case, DECIDE)}


def no_programme(case):
    type(case.partnership).objects.filter(pk=case.partnership_id).update(passage="")


def no_challenge(case):
    type(case.partnership).objects.filter(pk=case.partnership_id).update(challenge="")


def nobody_steers(case):
    case.partnership.members.update(left_on=TODAY)


def one_side_brings_nothing(case):
    case.terms.contributions.filter(party="organisation").delete()


def nothing_valued(case):
    case.terms.contributions.update(value=None)


def nobody_proposed(case):
    case.terms.agreements.update(dropped_at=timezone.now())


def our_own_initiative(case):
    Collaboration.objects.filter(pk=case.pk).update(initiated_by="ourselves")


def no_assignment_of_ours(case):
    Collaboration.objects.filter(pk=case.pk).update(within_area=False)


def another_is_left_out(case):
    Collaboration.objects.filter(pk=case.pk).update(equal_chance=False)


def no_audit(case):
    taken_back(case, "audit")


TAKEN_AWAY = {
    no_audit: "eight_documents_are_received",
    no_programme: "programme_passage_is_quoted",
    no_challenge: "challenge_is_described",
    nobody_steers: "steering_group_is_appointed",
    one_side_brings_nothing: "both_sides_contribute",
    nothing_valued: "what_we_hand_over_is_valued",
    nobody_proposed: "agreement_proposal_is_complete",
    our_own_initiative: "initiative_is_the_organisations",
    no_assignment_of_ours: "lies_within_our_task",
    another_is_left_out: "nobody_is_singled_out",
}


@pytest.mark.parametrize("take", TAKEN_AWAY, ids=lambda take: take.__name__)
def test_a_partnership_that_lacks_one_thing_is_not_decided(at, take):
    case = checked(at, Form.IOP)
    board_decides(case, at)
    assert unmet(case) == set()
    take(case)
    case = Collaboration.objects.get(pk=case.pk)

    assert TAKEN_AWAY[take] in unmet(case)
    with pytest.raises(NotAllowed):
        decide(case, **decision_to_start(at), by=at.manager, version=case.version)
    case.refresh_from_db()
    assert (case.step, case.outcome) == (Step.CHECKED, "")


@pytest.mark.parametrize("code", ["offentligt_kontrakt", "kommunallagen", "partnerskap"])
def test_a_partnership_with_an_unanswered_test_is_not_decided(at, code):
    case = checked(at, Form.IOP)
    board_decides(case, at)
    case.examinations.get(code=code).assessment.answers.all().delete()

    assert "every_question_is_answered" in unmet(case)


def begin(at):
    case = registered(at)
    write(case, at, **formal_motivation(Form.IOP))
    case.refresh_from_db()
    return case


def propose(case, at):
    if reading.proposal(case.terms) is None:
        whole_proposal(case, at)


DEEDS = {
    "inform": lambda case, at: before_motivated(case, at),
    "motivate": lambda case, at: motivate(case, by=at.officer, version=case.version),
    "advice": advised,
    "steer": steered,
    "papers": handed_in,
    "propose": propose,
    "declare": lambda case, at: [declared(case, one) for one in (at.officer, at.manager)],
    "answer": lambda case, at: answer_all(case, at),
    "check": lambda case, at: check(case, by=at.officer, version=case.version),
    "board": lambda case, at: board_decides(case, at),
    "decide": lambda case, at: decide(
        case, **decision_to_start(at), by=at.manager, version=case.version
    ),
    "deliver": lambda case, at: deliver_everything(case),
    "sign": lambda case, at: sign_it(case, at),
    "start": lambda case, at: start_formal(case, by=at.manager, version=case.version),
}
WAY = list(DEEDS)
# The whole way with some deeds left out and some done at the wrong time.
paths = st.tuples(
    st.sets(st.sampled_from(WAY), max_size=3),
    st.lists(st.tuples(st.integers(0, len(WAY)), st.sampled_from(WAY)), max_size=4),
)


def carried(case, at, path) -> None:
    left_out, extra = path
    deeds = [deed for deed in WAY if deed not in left_out]
    for place_in_line, deed in extra:
        deeds.insert(place_in_line, deed)
    for deed in deeds:
        fresh = Collaboration.objects.get(pk=case.pk)
        try:
            with transaction.atomic():
                DEEDS[deed](fresh, at)
        except (NotAllowed, Stale, AttributeError, AssertionError, KeyError):
            continue  # refused, or there was nothing to do it with


@pytest.mark.timeout(600)
@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(path=paths)
def test_whatever_is_pressed_no_partnership_is_signed_or_runs_with_a_gate_unmet(db, path):
    with transaction.atomic():
        at = place()
        case = begin(at)
        carried(case, at, path)
        case = Collaboration.objects.get(pk=case.pk)
        signed = reading.latest_signed(case.terms) is not None
        if signed or case.outcome == Outcome.START:
            assert case.decisions.filter(kind="start", board_decision__outcome="start").exists()
            assert gates_unmet(case) == set()
        if case.step == Step.ONGOING:
            assert signed
        transaction.set_rollback(True)


def gates_unmet(case) -> set[str]:
    asked = gates.of_strength(Form.IOP, gates.Strength.BLOCKS)
    return {rule.name for rule in asked if not rule(case)}


def test_the_whole_way_is_one_of_those_paths(at):
    case = begin(at)
    carried(case, at, (set(), []))
    case.refresh_from_db()

    assert case.step == Step.ONGOING
    assert decision_right.board_decision(case) is not None
    assert rules.agreement_is_signed(case)
    assert case.next_follow_up_on <= TODAY + timedelta(days=366)
