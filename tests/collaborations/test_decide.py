"""The decision: gates, reasons, plan, stale pages, double clicks, and what is locked by it."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from agreements.models import Contribution
from casework.moves import NotAllowed, Stale
from checklists.answer_checks import AnswerInput
from checklists.models import Answer
from collaborations import standing
from collaborations.models import Collaboration, Decision, Step
from collaborations.steps.check import answer, check, resolve
from collaborations.steps.decide import decide
from collaborations.steps.declare import declare
from collaborations.steps.motivate import motivate, write_motivation
from tests.factories.accounts import UserFactory
from tests.factories.collaborations import (
    REFRAIN,
    answer_all,
    case_at,
    decision_to_start,
    free_answers,
    motivation,
    registered,
    write,
)


def ready(at) -> Collaboration:
    case, _ = case_at(Step.CHECKED, at)
    declare(case, inputs=free_answers(), by=at.manager)
    return case


def refused(case, at, **facts) -> list[str]:
    with pytest.raises(NotAllowed) as refusal:
        decide(case, **{**decision_to_start(at), **facts}, by=at.manager, version=case.version)
    case.refresh_from_db()
    assert (case.step, case.outcome, Decision.objects.count()) == (Step.CHECKED, "", 0)
    return [reason.sentence for reason in refusal.value.reasons]


def test_a_decision_has_who_when_what_why_and_by_what_right(at):
    case = ready(at)
    decide(case, **decision_to_start(at), by=at.manager, version=case.version)

    made = case.decisions.get()
    assert (made.kind, made.decided_by, made.declaration.person) == (
        "start",
        at.manager,
        at.manager,
    )
    assert made.right
    assert (case.step, case.outcome) == (Step.DECIDED, "start")
    assert case.decided_on == timezone.localdate(made.decided_at)


def test_a_decision_needs_reasons(at):
    assert refused(ready(at), at, reasons="   ") == ["Skriv skälen för beslutet."]


@pytest.mark.parametrize(
    "lacking", [{"follow_up_method": " "}, {"follow_up_by": None}, {"follow_up_on": None}]
)
def test_a_decision_to_start_needs_a_whole_plan_for_the_follow_up(at, lacking):
    assert refused(ready(at), at, **lacking) == ["Ange hur samverkan följs upp, av vem och när."]


@pytest.mark.parametrize("days", [-1, 0, 400])
def test_the_follow_up_comes_after_today_and_within_a_year(at, days):
    on = timezone.localdate() + timedelta(days=days)
    assert refused(ready(at), at, follow_up_on=on) == [
        "Uppföljningen ska ske efter dagens datum och senast om tolv månader."
    ]


def test_only_the_responsible_manager_decides(at):
    case = ready(at)
    for person in (at.officer, at.head, at.adviser, UserFactory(manager_at=at.unit)):
        with pytest.raises(NotAllowed):
            decide(case, **REFRAIN, by=person, version=case.version)
    assert not Decision.objects.exists()


def test_to_refrain_takes_only_reasons(at):
    case, _ = case_at(Step.MOTIVATED, at)
    declare(case, inputs=free_answers(), by=at.officer)
    answer_all(case, at, GK_14=AnswerInput("nej"))
    check(case, by=at.officer, version=case.version)
    declare(case, inputs=free_answers(), by=at.manager)

    assert [s for s in refused(case, at) if "GK-14" in s]
    decide(case, **REFRAIN, by=at.manager, version=case.version)
    assert (case.step, case.outcome) == (Step.DECIDED, "refrain")


def test_a_deviation_is_motivated_by_the_responsible_manager_before_a_start(at):
    case, _ = case_at(Step.MOTIVATED, at)
    declare(case, inputs=free_answers(), by=at.officer)
    answer_all(case, at, GK_03=AnswerInput("nej"))
    check(case, by=at.officer, version=case.version)
    declare(case, inputs=free_answers(), by=at.manager)
    assert refused(case, at) == ["GK-03 behöver en skriftlig motivering av ansvarig chef."]

    given = Answer.objects.get(assessment__examination__collaboration=case, code="GK-03")
    why = {"kind": "motivation", "text": "Stadgar antas i mars.", "version": given.version}
    with pytest.raises(NotAllowed, match="Bara ansvarig chef"):
        resolve(case, given, **why, by=at.officer)
    resolve(case, given, **why, by=at.manager)

    decide(case, **decision_to_start(at), by=at.manager, version=case.version)
    assert standing.of(case)["grundkrav"].outcome == "uppfyllt_med_motivering"


def test_an_inquiry_is_made_before_a_start(at):
    case, _ = case_at(Step.MOTIVATED, at)
    declare(case, inputs=free_answers(), by=at.officer)
    answer_all(case, at, GK_08=AnswerInput("nej"))
    check(case, by=at.officer, version=case.version)
    declare(case, inputs=free_answers(), by=at.manager)

    assert refused(case, at) == ["GK-08 behöver utredas innan beslut."]


def test_a_stale_page_saves_nothing(at):
    case = ready(at)
    old = case.version
    case.refresh_from_db()
    Collaboration.objects.filter(pk=case.pk).update(version=old + 1)

    with pytest.raises(Stale):
        decide(case, **REFRAIN, by=at.manager, version=old)
    assert not Decision.objects.exists()


def test_a_double_click_decides_once(at):
    case = ready(at)
    version = case.version
    decide(case, **REFRAIN, by=at.manager, version=version)

    with pytest.raises(Stale):
        decide(Collaboration.objects.get(pk=case.pk), **REFRAIN, by=at.manager, version=version)
    assert Decision.objects.count() == 1


def test_the_same_registration_sent_twice_gives_one_case(at):
    first = registered(at, form_key="6e7f1c9e-0000-4000-8000-000000000001")
    second = registered(at, form_key="6e7f1c9e-0000-4000-8000-000000000001")

    assert first.pk == second.pk
    assert Collaboration.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_decisions_at_once_on_two_connections_give_one():
    from tests.factories.collaborations import place

    at = place()
    case = ready(at)
    barrier, outcomes = Barrier(2), []

    def click(**facts):
        try:
            own = Collaboration.objects.get(pk=case.pk)
            barrier.wait()
            decide(own, **facts, by=at.manager, version=case.version)
            outcomes.append("decided")
        except Stale:
            outcomes.append("stale")
        finally:
            connection.close()

    clicks = [
        Thread(target=click, kwargs=REFRAIN),
        Thread(target=click, kwargs=decision_to_start(at)),
    ]
    for one in clicks:
        one.start()
    for one in clicks:
        one.join()

    assert sorted(outcomes) == ["decided", "stale"]
    assert Decision.objects.count() == 1


def test_an_informal_case_with_something_handed_over_goes_no_further(at):
    case = registered(at)
    line = {"party": "us", "kind": "premises", "what": "Aulan på kvällar", "value": None}
    write_motivation(
        case,
        **motivation(at, contributions=[{**line, "hours": None}]),
        by=at.officer,
        version=case.version,
    )
    with pytest.raises(NotAllowed) as refusal:
        motivate(case, by=at.officer, version=case.version)
    assert [reason.sources for reason in refusal.value.reasons] == [("G-44",)]

    own = {**line, "kind": "meeting_time", "hours": 20}
    write_motivation(
        case, **motivation(at, contributions=[own]), by=at.officer, version=case.version
    )
    motivate(case, by=at.officer, version=case.version)
    assert case.step == Step.MOTIVATED


def test_association_grants_are_refused_and_nothing_is_saved(at):
    case = registered(at)
    with pytest.raises(NotAllowed, match="Föreningsbidrag ges inte här"):
        write(case, at, form="association_grant")
    case.refresh_from_db()
    assert (case.form, case.need) == ("informal", "")


def test_changing_what_an_earlier_step_rests_on_moves_the_case_back(at):
    case, _ = case_at(Step.CHECKED, at)
    answer(
        case,
        "grundkrav",
        inputs={"GK-14": AnswerInput("nej")},
        versions={"GK-14": 1},
        by=at.officer,
    )
    assert case.step == Step.MOTIVATED

    write(case, at, need="Ett annat behov.")
    assert case.step == Step.REGISTERED


CHANGES = {
    "title": lambda case: Collaboration.objects.filter(pk=case.pk).update(title="En annan"),
    "need": lambda case: Collaboration.objects.filter(pk=case.pk).update(need="Ett annat"),
    "organisations": lambda case: case.organisations.clear(),
    "target groups": lambda case: case.target_groups.clear(),
    "contributions": lambda case: Contribution.objects.create(
        terms=case.terms, party="us", kind="money", what="Bidrag"
    ),
    "an answer": lambda case: Answer.objects.filter(
        assessment__examination__collaboration=case, code="GK-14"
    ).update(note="Ändrad"),
    "the decision": lambda case: Decision.objects.filter(collaboration=case).update(
        reasons="Andra skäl"
    ),
    "the case itself": lambda case: Collaboration.objects.filter(pk=case.pk)._raw_delete("default"),
}


@pytest.mark.parametrize("what", CHANGES)
def test_nobody_changes_what_a_decision_rests_on(at, what):
    case = ready(at)
    decide(case, **decision_to_start(at), by=at.manager, version=case.version)

    with pytest.raises(IntegrityError), transaction.atomic():
        CHANGES[what](case)


FACTS = {
    "kind": "start",
    "reasons": "Skäl.",
    "right": "Rätt.",
    "appealable": "no",
    "follow_up_method": "Möte.",
}


@pytest.mark.parametrize(
    "lacking",
    [
        {"reasons": ""},
        {"right": ""},
        {"kind": "perhaps"},
        {"appealable": "perhaps"},
        {"follow_up_method": ""},
        {"follow_up_on": None},
        {"follow_up_by": None},
        {"kind": "refrain"},
    ],
)
def test_the_database_refuses_half_a_decision(at, lacking):
    case = ready(at)
    whole = {
        **FACTS,
        "collaboration": case,
        "decided_by": at.manager,
        "declaration": case.declarations.get(person=at.manager),
        "follow_up_by": at.officer,
        "follow_up_on": timezone.localdate() + timedelta(days=30),
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.create(**{**whole, **lacking})
    Decision.objects.create(**whole)
