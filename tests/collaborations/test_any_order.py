"""Whatever people press, in whatever order: the case keeps to its table, and jäv to its rules."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audit.models import Event
from audit.verify import first_break
from casework.moves import NotAllowed, Stale
from checklists.answer_checks import AnswerInput
from collaborations.models import Collaboration, Ruling, Step
from collaborations.steps.check import check
from collaborations.steps.consult import advise, ask_for_advice
from collaborations.steps.decide import decide
from collaborations.steps.declare import declare, rule_on
from collaborations.steps.end import end
from collaborations.steps.hand_over import hand_over
from collaborations.steps.motivate import motivate
from collaborations.steps.send_back import send_back, withdraw
from tests.factories.collaborations import (
    REFRAIN,
    answer_all,
    case_at,
    decision_to_start,
    free_answers,
    write,
)
from tests.test_workflow import MOVES

REPORTED = {**free_answers(), "JV-4": AnswerInput("ja", companions={"text": "Vänskap."})}
EDGES = {(a, move[1] or a) for move in MOVES.values() for a in move[0]}


def rule_on_the_first_open(case, at, by):
    waiting = case.declarations.open().first()
    if waiting is None:
        raise NotAllowed([])
    rule_on(waiting, outcome=Ruling.NO_CONFLICT, reasons="Avlägset.", by=by)


def advise_on_the_first(case, at, by):
    asked = case.consultations.unanswered().first()
    if asked is None:
        raise NotAllowed([])
    advise(asked, advice="suitable", reasons="Ja.", by=by)


def ask(case, at, by):
    due_on = timezone.localdate() + timedelta(days=5)
    ask_for_advice(case, question="Passar det?", due_on=due_on, by=by, version=case.version)


def answer_as(case, at, by):
    person, at.officer = at.officer, by
    try:
        answer_all(case, at)
    finally:
        at.officer = person


def end_today(case, at, by):
    end(case, reasons="Klart.", ended_on=timezone.localdate(), by=by, version=case.version)


DEEDS = {
    "write": lambda case, at, by: write(case, at),
    "motivate": lambda case, at, by: motivate(case, by=by, version=case.version),
    "declare nothing": lambda case, at, by: declare(case, inputs=free_answers(), by=by),
    "report": lambda case, at, by: declare(case, inputs=REPORTED, by=by),
    "rule": rule_on_the_first_open,
    "answer": answer_as,
    "check": lambda case, at, by: check(case, by=by, version=case.version),
    "ask": ask,
    "advise": advise_on_the_first,
    "start": lambda case, at, by: decide(
        case, **decision_to_start(at), by=by, version=case.version
    ),
    "refrain": lambda case, at, by: decide(case, **REFRAIN, by=by, version=case.version),
    "send back": lambda case, at, by: send_back(
        case, to="registered", comment="Komplettera.", by=by, version=case.version
    ),
    "withdraw": lambda case, at, by: withdraw(case, reason="Nej.", by=by, version=case.version),
    "hand over": lambda case, at, by: hand_over(
        case, manager=at.head, reason="Semester.", by=by, version=case.version
    ),
    "end": end_today,
    "stale": lambda case, at, by: motivate(case, by=by, version=case.version + 1),
}
# The way of a case weighs more than its detours, so that some examples get far.
ON_THE_WAY = ["write", "motivate", "declare nothing", "answer", "check", "start", "refrain"]
PEOPLE = ["officer", "manager", "head", "adviser", "registrar"]
deeds = st.lists(
    st.tuples(st.sampled_from([*DEEDS, *ON_THE_WAY]), st.sampled_from([*PEOPLE, "manager"])),
    min_size=4,
    max_size=14,
)


def state(case) -> tuple:
    row = Collaboration.objects.get(pk=case.pk)
    return row.step, row.version, row.outcome, row.responsible_manager_id, row.chain_count


def standing_of(case, person) -> bool:
    """Whether the person is out: reported, and not ruled free (read from the rows alone)."""
    latest = case.declarations.filter(person=person).order_by("pk").last()
    if latest is None or not latest.reported:
        return False
    ruling = getattr(latest, "ruling", None)
    return ruling is None or ruling.outcome == Ruling.CONFLICT


@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.sampled_from([Step.REGISTERED, Step.MOTIVATED, Step.CHECKED]), deeds)
def test_any_order_of_deeds_keeps_to_the_table(at, begins_at, deeds):
    with transaction.atomic():
        case, _ = case_at(begins_at, at)
        for name, role in deeds:
            person = getattr(at, role)
            before, was_out = state(case), standing_of(case, person)
            try:
                with transaction.atomic():
                    DEEDS[name](Collaboration.objects.get(pk=case.pk), at, person)
                done = True
            except (NotAllowed, Stale):
                done = False
            after = state(case)
            assert (before[0], after[0]) in EDGES | {(before[0], before[0])}
            if not done:
                assert after == before
            elif was_out and after != before:
                assert name in ("hand over", "write"), name
        keeps_its_promises(case)
        transaction.set_rollback(True)


def keeps_its_promises(case):
    assert first_break(Collaboration.objects.get(pk=case.pk)) is None
    for decision in case.decisions.all():
        assert decision.declaration.person == decision.decided_by
        assert decision.declaration.is_free
        assert Event.objects.filter(chain=case.chain, code="decided").count() == 1


@pytest.mark.django_db
def test_the_deeds_that_carry_a_case_are_all_among_the_tried():
    assert set(ON_THE_WAY) <= set(DEEDS)
