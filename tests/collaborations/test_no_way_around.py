"""No path by which a partnership is decided or signed with a gate unmet.

People press in any order, leave things out and spoil what was done. What must hold is read from
the table of test_every_gate.py, typed by hand, and not from gates.py. The delegation order has an
item that names partnerships, so that nothing but the gate sends them to the board.
"""

from contextlib import contextmanager
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from agreements import reading
from casework.moves import NotAllowed, Stale
from checklists.answer_checks import AnswerInput
from checklists.sample import acceptable_answers
from collaborations import gates, rules, standing
from collaborations.models import Collaboration, Form, Outcome, Reexamination, Step
from collaborations.steps.agree import drop, write_section
from collaborations.steps.check import answer, check
from collaborations.steps.consult import ask_for_advice
from collaborations.steps.decide import decide
from collaborations.steps.declare import declare
from collaborations.steps.motivate import motivate
from collaborations.steps.partnership import dismiss
from collaborations.steps.reexamine import report_finding
from collaborations.steps.tell import start_formal
from tests.collaborations.test_every_gate import TABLE
from tests.factories.agreements import sign_it, whole_proposal
from tests.factories.broken import CONTRACT, YES
from tests.factories.collaborations import (
    decision_to_start,
    deliver_everything,
    free_answers,
    place,
    registered,
    write,
)
from tests.factories.democracy import a_finding
from tests.factories.formal import PREMISES, board_decides, delegated, formal_motivation
from tests.factories.forms import advised, before_motivated, declared, steered, tell_head
from tests.factories.held import handed_in, taken_back
from tests.factories.once import made_once
from tests.factories.whole import FORMS

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
# What a partnership needs before the decision: the rules with B in its column.
MUST_HOLD = [
    one.rule
    for one in TABLE
    if one.cells[FORMS.index(Form.IOP)] == "B"
    and one.rule not in {rule.name for rule in gates.ASKED_ELSEWHERE}
]


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker):
    """An initiative of the association's, motivated as far as the form page needs."""
    with made_once(django_db_blocker):
        at = place()
        delegated(at, Form.IOP)
        case = registered(at)
        write(case, at, **formal_motivation(Form.IOP))
        yield SimpleNamespace(at=at, case=case.pk)


def being_drafted(case):
    agreement = reading.being_drafted(case.terms)
    if agreement is None:
        raise NotAllowed([])
    return agreement


def propose(case, at):
    if reading.proposal(case.terms) is None:
        whole_proposal(case, at)


def answered(case, at, only=None, **own):
    for code, assessment in standing.assessments(case).items():
        if only in (None, code):
            versions = {given.code: given.version for given in assessment.answers.all()}
            inputs = acceptable_answers(assessment, standing.facts_with_outcomes(case), **own)
            answer(case, code, inputs=inputs, versions=versions, by=at.officer)


def everybody_declares(case, at):
    declared(case, at.officer)
    declared(case, at.manager)


def everybody_leaves(case, at):
    for member in case.partnership.members.filter(left_on=None) if case.partnership else ():
        dismiss(case, member, by=at.manager, version=case.version)


def a_section_is_emptied(case, at):
    agreement = being_drafted(case)
    base = agreement.drafts.first().number
    write_section(case, agreement, "syfte", base=base, text="", by=at.officer)


def asked_again(case, at):
    due_on = TODAY + timedelta(days=5)
    ask_for_advice(case, question="Än?", due_on=due_on, by=at.officer, version=case.version)


def reported(case, at):
    friends = AnswerInput("ja", companions={"text": "Vänskap."})
    declare(case, inputs={**free_answers(), "JV-4": friends}, by=at.manager)


WAY = {
    "inform": before_motivated,
    "motivate": lambda case, at: motivate(case, by=at.officer, version=case.version),
    "advise": advised,
    "steer": steered,
    "papers": handed_in,
    "propose": propose,
    "declare": everybody_declares,
    "answer": answered,
    "check": lambda case, at: check(case, by=at.officer, version=case.version),
    "board": board_decides,
    "decide": lambda case, at: decide(
        case, **decision_to_start(at), by=at.manager, version=case.version
    ),
    "sign": lambda case, at: sign_it(case, at, being_drafted(case)),
}
SPOILS = {
    "favour": lambda case, at: write(case, at, **formal_motivation(Form.IOP, equal_chance=False)),
    "alone": lambda case, at: write(
        case, at, **formal_motivation(Form.IOP, contributions=[PREMISES])
    ),
    "leave": everybody_leaves,
    "drop": lambda case, at: drop(case, being_drafted(case), by=at.officer),
    "empty": a_section_is_emptied,
    "ask": asked_again,
    "a purchase": lambda case, at: answered(case, at, "offentligt_kontrakt", **CONTRACT, OK_5=YES),
    "report": reported,
    "the board refuses": lambda case, at: board_decides(case, at, outcome="refrain"),
    "tell the head anew": tell_head,
    "take back": lambda case, at: taken_back(case, "audit"),
    "find": lambda case, at: report_finding(case, given=a_finding(), by=at.officer),
}
DEEDS = WAY | SPOILS
LINE = list(WAY)
paths = st.tuples(
    st.sets(st.sampled_from(LINE), max_size=1),
    st.lists(st.tuples(st.integers(0, len(LINE)), st.sampled_from(list(DEEDS))), max_size=4),
)


@contextmanager
def undone(keep=False):
    """What is done inside is undone, or kept where nothing is refused."""
    inside = transaction.atomic()
    inside._from_testcase = True  # the outbox commits for itself
    with inside:
        yield
        transaction.set_rollback(not keep)


def carried(case, at, path, held=lambda case, deed: None) -> Collaboration:
    """The whole way with one deed left out and others done at any time. held: looks on."""
    left_out, extra = path
    deeds = [deed for deed in LINE if deed not in left_out]
    for place_in_line, deed in extra:
        deeds.insert(place_in_line, deed)
    for deed in deeds:
        try:
            with undone(keep=True):
                DEEDS[deed](Collaboration.objects.get(pk=case), at)
        except (NotAllowed, Stale):
            continue
        held(Collaboration.objects.get(pk=case), deed)
    return Collaboration.objects.get(pk=case)


def is_signed(case) -> bool:
    return reading.latest_signed(case.terms) is not None


def every_gate_holds(case, deed: str) -> None:
    """When it has just been decided, all that the table says; when signed, that it was so."""
    if deed == "decide" and case.outcome == Outcome.START:
        assert {name for name in MUST_HOLD if not getattr(rules, name)(case)} == set()
    if is_signed(case):
        (decision,) = case.decisions.all()
        assert (decision.kind, decision.board_decision.outcome) == ("start", "start")
        assert decision.declaration.is_free
    if deed == "sign":
        assert not Reexamination.objects.open().exists()


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(path=paths)
@example(path=(set(), [(11, "find")]))
@example(path=(set(), [(10, "the board refuses"), (12, "board")]))
@example(path=(set(), [(9, "a purchase"), (10, "check")]))
@example(path=(set(), [(9, "take back"), (9, "take back")]))
def test_whatever_is_pressed_no_partnership_is_signed_with_a_gate_unmet(made, path):
    with undone():
        carried(made.case, made.at, path, every_gate_holds)


@pytest.mark.parametrize("deed", [deed for deed in LINE if deed != "sign"])
def test_with_any_one_deed_left_out_it_is_never_signed(made, deed):
    case = carried(made.case, made.at, ({deed}, []), every_gate_holds)

    assert (is_signed(case), case.outcome) == (False, "")


def test_the_whole_way_is_one_of_those_paths(made):
    case = carried(made.case, made.at, (set(), []), every_gate_holds)
    assert is_signed(case)
    deliver_everything(case)
    start_formal(case, by=made.at.manager, version=case.version)

    assert case.step == Step.ONGOING
    assert case.next_follow_up_on <= TODAY + timedelta(days=366)
