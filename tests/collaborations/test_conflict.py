"""Jäv: declared in this very case, ruled on by another, kept by the database too."""

import pytest
from django.db import IntegrityError, transaction

from casework.moves import NotAllowed
from checklists.answer_checks import AnswerInput
from collaborations.models import ConflictRuling, Decision, Step
from collaborations.steps.check import check
from collaborations.steps.decide import decide
from collaborations.steps.declare import declare, rule_on
from collaborations.steps.hand_over import hand_over
from collaborations.steps.motivate import motivate
from notifications.models import Notice
from tests.factories.accounts import UserFactory
from tests.factories.collaborations import (
    answer_all,
    case_at,
    decision_to_start,
    free_answers,
    write,
)

REPORTED = {
    **free_answers(),
    "JV-1": AnswerInput("ja", companions={"text": "En närstående sitter i styrelsen."}),
}


def sentences(refusal) -> list[str]:
    return [reason.sentence for reason in refusal.value.reasons]


def test_who_has_not_declared_can_neither_answer_check_nor_decide(at):
    case, _ = case_at(Step.MOTIVATED, at)
    with pytest.raises(NotAllowed, match="Lämna först din jävsförklaring"):
        answer_all(case, at)

    case, _ = case_at(Step.CHECKED, at)
    with pytest.raises(NotAllowed) as refusal:
        decide(case, **decision_to_start(at), by=at.manager, version=case.version)
    assert sentences(refusal) == ["Lämna först din jävsförklaring för det här ärendet."]


def test_a_reported_conflict_closes_the_case_for_that_person_until_it_is_ruled_on(at):
    case, _ = case_at(Step.REGISTERED, at)
    write(case, at)
    declaration = declare(case, inputs=REPORTED, by=at.officer)

    with pytest.raises(NotAllowed, match="Du har anmält jäv"):
        motivate(case, by=at.officer, version=case.version)
    with pytest.raises(NotAllowed, match="Du har anmält jäv"):
        declare(case, inputs=free_answers(), by=at.officer)  # it cannot be taken back

    rule_on(declaration, outcome="insignificant", reasons="Avlägset släktskap.", by=at.manager)
    motivate(case, by=at.officer, version=case.version)
    assert case.step == Step.MOTIVATED


def test_a_confirmed_conflict_closes_the_case_for_good(at):
    case, _ = case_at(Step.CHECKED, at)
    declaration = declare(case, inputs=REPORTED, by=at.manager)
    rule_on(declaration, outcome="conflict", reasons="Maken är ordförande.", by=at.head)

    with pytest.raises(NotAllowed) as refusal:
        decide(case, **decision_to_start(at), by=at.manager, version=case.version)
    assert sentences(refusal) == [
        "Du har anmält jäv i ärendet. Du kan inte handlägga det förrän frågan är avgjord."
    ]


def test_the_responsible_manager_rules_on_others_and_the_superior_on_the_manager(at):
    case, _ = case_at(Step.REGISTERED, at)
    of_officer = declare(case, inputs=REPORTED, by=at.officer)
    of_manager = declare(case, inputs=REPORTED, by=at.manager)

    for who in (at.officer, at.adviser, at.registrar):
        with pytest.raises(NotAllowed):
            rule_on(of_officer, outcome="no_conflict", reasons="Nej.", by=who)
    with pytest.raises(NotAllowed):
        rule_on(of_manager, outcome="no_conflict", reasons="Nej.", by=at.manager)
    with pytest.raises(NotAllowed):  # the manager is out, so the superior rules on the others too
        rule_on(of_officer, outcome="no_conflict", reasons="Nej.", by=at.manager)

    rule_on(of_manager, outcome="no_conflict", reasons="Gammal koppling.", by=at.head)
    rule_on(of_officer, outcome="no_conflict", reasons="Gammal koppling.", by=at.manager)
    assert ConflictRuling.objects.count() == 2


def test_the_one_who_rules_is_told_and_so_is_the_one_concerned(at):
    case, _ = case_at(Step.REGISTERED, at)
    declaration = declare(case, inputs=REPORTED, by=at.officer)
    own = declare(case, inputs=REPORTED, by=at.manager)
    rule_on(own, outcome="conflict", reasons="Ordförande.", by=at.head)

    told = Notice.objects.about(case.chain).filter(person__isnull=False).order_by("pk")
    assert [(n.kind, n.person) for n in told] == [
        ("conflict_reported", at.manager),
        ("conflict_reported", at.head),
        ("conflict_ruled", at.manager),
    ]
    assert "styrelsen" not in "".join(notice.body for notice in told)
    assert declaration.is_open


def test_a_case_whose_manager_is_out_is_handed_to_another(at):
    case, _ = case_at(Step.CHECKED, at)
    own = declare(case, inputs=REPORTED, by=at.manager)
    rule_on(own, outcome="conflict", reasons="Ordförande.", by=at.head)
    other = UserFactory(manager_at=at.unit)
    stranger = UserFactory(officer_at=at.unit)

    with pytest.raises(NotAllowed, match="ingen rätt att besluta"):
        hand_over(case, manager=stranger, reason="Jäv.", by=at.head, version=case.version)
    hand_over(case, manager=other, reason="Jäv.", by=at.manager, version=case.version)
    declare(case, inputs=free_answers(), by=other)
    decide(case, **decision_to_start(at), by=other, version=case.version)

    assert (case.step, case.decisions.get().decided_by) == (Step.DECIDED, other)
    with pytest.raises(NotAllowed, match="Den nya chefen har anmält jäv"):
        hand_over(case, manager=at.manager, reason="Åter.", by=at.head, version=case.version)


def test_every_question_must_be_answered_and_a_yes_described(at):
    case, _ = case_at(Step.REGISTERED, at)
    with pytest.raises(NotAllowed, match="Besvara alla frågor"):
        declare(case, inputs={"JV-1": AnswerInput("nej")}, by=at.officer)
    assert not case.declarations.exists()


@pytest.mark.parametrize("whose", ["another's", "another case's", "reported"])
def test_the_database_refuses_a_decision_without_the_deciders_own_free_declaration(at, whose):
    case, _ = case_at(Step.CHECKED, at)
    other_case, _ = case_at(Step.REGISTERED, at)
    declaration = {
        "another's": lambda: case.declarations.get(person=at.officer),
        "another case's": lambda: declare(other_case, inputs=free_answers(), by=at.manager),
        "reported": lambda: declare(case, inputs=REPORTED, by=at.manager),
    }[whose]()

    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.create(
            collaboration=case,
            kind="refrain",
            reasons="Skäl.",
            decided_by=at.manager,
            right="Rätt.",
            declaration=declaration,
            appealable="no",
        )


def test_the_database_refuses_that_somebody_rules_on_their_own_conflict(at):
    case, _ = case_at(Step.REGISTERED, at)
    declaration = declare(case, inputs=REPORTED, by=at.manager)

    with pytest.raises(IntegrityError), transaction.atomic():
        ConflictRuling.objects.create(
            declaration=declaration, outcome="no_conflict", reasons="Nej.", ruled_by=at.manager
        )


def test_a_declaration_cannot_be_changed_afterwards(at):
    case, _ = case_at(Step.REGISTERED, at)
    declaration = declare(case, inputs=REPORTED, by=at.officer)

    for change in (lambda: declaration.delete(), lambda: declaration.save()):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_the_adviser_declares_too(at):
    from collaborations.steps.consult import advise, ask_for_advice

    case, _ = case_at(Step.MOTIVATED, at)
    from datetime import timedelta

    from django.utils import timezone

    asked = ask_for_advice(
        case,
        question="Är det lämpligt?",
        due_on=timezone.localdate() + timedelta(days=14),
        by=at.officer,
        version=case.version,
    )
    with pytest.raises(NotAllowed, match="Lämna först din jävsförklaring"):
        advise(asked, advice="suitable", reasons="Ja.", by=at.adviser)
    declare(case, inputs=free_answers(), by=at.adviser)
    advise(asked, advice="suitable", reasons="Ja.", by=at.adviser)
    with pytest.raises(NotAllowed, match="redan besvarad"):
        advise(asked, advice="unsuitable", reasons="Nej.", by=at.adviser)
    assert asked.advice == "suitable"


def test_checking_needs_a_declaration_also_when_another_answered(at):
    case, _ = case_at(Step.MOTIVATED, at)
    declare(case, inputs=free_answers(), by=at.officer)
    answer_all(case, at)

    with pytest.raises(NotAllowed, match="Lämna först din jävsförklaring"):
        check(case, by=at.manager, version=case.version)
