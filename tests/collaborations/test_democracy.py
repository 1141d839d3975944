"""The democracy conditions in a case: findings, measures, the ledger (domain 4.2, I-53)."""

from datetime import timedelta

import pytest
from django.db import transaction

from audit import clock
from audit.models import Event
from casework.moves import NotAllowed
from checklists.answer_checks import AnswerInput
from checklists.findings import FindingRefused, StaleFinding
from checklists.models import Finding, Measures
from collaborations import standing
from collaborations.models import Form, Step
from collaborations.steps import measures
from collaborations.steps.check import add_finding, check, correct_finding, given_of
from collaborations.steps.decide import decide
from collaborations.steps.declare import declare
from collaborations.steps.hand_over import hand_over
from notifications.models import Notice, Obligation
from notifications.reminders import sweep
from tests.factories.accounts import UserFactory
from tests.factories.collaborations import (
    REFRAIN,
    answer_all,
    case_at,
    decision_to_start,
    free_answers,
    place,
)
from tests.factories.democracy import (
    CHECK,
    a_finding,
    against,
    allow_measures,
    assessed,
    check_of,
    declared,
    demanded,
    examined,
    judged,
    outcome,
    reported,
    today,
)
from tests.factories.organisations import OrganisationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(at):
    allow_measures(at)
    return examined(at)


def in_days(days: int):
    return clock.telling(clock.now() + timedelta(days=days))


def finished(case, at):
    check(case, by=at.officer, version=case.version)
    return case


def start(case, at):
    decide(case, **decision_to_start(at), by=at.manager, version=case.version)


# --- findings -------------------------------------------------------------------------------------


def test_a_finding_withdraws_the_presumption_whatever_was_answered(at):
    case, _ = case_at(Step.MOTIVATED, at)
    declared(case, at.officer)
    answer_all(case, at)
    assert outcome(case) == "antas_uppfyllt"

    add_finding(case, CHECK, given=a_finding(), by=at.officer)

    assert outcome(case) == "utreds"


def test_a_finding_is_of_the_cases_only_organisation_without_asking(case, at):
    finding = add_finding(case, CHECK, given=a_finding(), by=at.officer)

    assert finding.organisation == case.organisations.get()


def test_with_several_organisations_it_must_be_said_whose_it_is(at):
    several = [OrganisationFactory(), OrganisationFactory()]
    case = examined(at, organisations=several)

    with pytest.raises(FindingRefused, match="Välj vilken organisation"):
        add_finding(case, CHECK, given=a_finding(), by=at.officer)
    strange = a_finding(organisation=OrganisationFactory())
    with pytest.raises(FindingRefused, match="Välj vilken organisation"):
        add_finding(case, CHECK, given=strange, by=at.officer)

    finding = add_finding(case, CHECK, given=a_finding(organisation=several[1]), by=at.officer)
    assert finding.organisation == several[1]


def test_a_corrected_finding_keeps_what_was_said_before_and_is_judged_anew(case, at):
    finding = against(case, at)
    given = a_finding(comment="Det var ett skämt.", comment_on=today())

    correct_finding(case, finding, given=given, version=finding.version, by=at.officer)

    finding.refresh_from_db()
    assert (finding.comment, finding.verdict) == ("Det var ett skämt.", "")
    event = Event.objects.of(case).last()
    assert event.details["fields"] == ["comment", "comment_on"]


def test_a_correction_without_a_change_leaves_the_judgement_and_no_trace(case, at):
    finding = against(case, at)
    events = Event.objects.of(case).count()

    correct_finding(case, finding, given=given_of(finding), version=finding.version, by=at.officer)

    finding.refresh_from_db()
    assert (finding.verdict, Event.objects.of(case).count()) == ("against", events)


def test_of_two_who_correct_at_once_the_second_is_told(case, at):
    finding = against(case, at)
    version = finding.version
    correct_finding(case, finding, given=a_finding(what="A."), version=version, by=at.officer)

    with pytest.raises(StaleFinding):
        correct_finding(case, finding, given=a_finding(what="B."), version=version, by=at.officer)

    assert Finding.objects.get().what == "A."


# --- the measures path ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("where", "form", "allowed"),
    [
        (Measures.NOWHERE, Form.INFORMAL, False),
        (Measures.NOWHERE, Form.IOP, False),
        (Measures.PARTNERSHIPS, Form.INFORMAL, False),
        (Measures.PARTNERSHIPS, Form.IOP, True),
        (Measures.EVERYWHERE, Form.INFORMAL, True),
        (Measures.EVERYWHERE, Form.IOP, True),
        (None, Form.INFORMAL, False),
        (None, Form.IOP, True),
    ],
)
def test_measures_are_used_where_the_rule_set_says(at, where, form, allowed):
    case = examined(at)
    finding = against(case, at)
    type(case).objects.filter(pk=case.pk).update(form=form)
    case.refresh_from_db()
    standing.forget(case)
    if where:
        allow_measures(at, where)

    try:
        demanded(case, at, finding)
        refused = []
    except NotAllowed as refusal:
        refused = [reason.sources for reason in refusal.reasons]

    assert refused == ([] if allowed else [("I-53",)])


def test_a_measure_makes_the_case_wait_and_stops_a_start_with_the_day(case, at):
    measure = demanded(case, at, against(case, at))
    finished(case, at)

    assert outcome(case) == "vantar_pa_atgard"
    with pytest.raises(NotAllowed) as refusal:
        start(case, at)
    sentences = [reason.sentence for reason in refusal.value.reasons]
    day = measure.due_on
    assert any(
        s.startswith("Demokrativillkoren väntar på en åtgärd som ska redovisas senast")
        and s.endswith(f"{day.year}.")
        for s in sentences
    )


def test_to_refrain_is_open_while_a_measure_waits_and_lets_it_go(case, at):
    demanded(case, at, against(case, at))
    finished(case, at)

    decide(case, **REFRAIN, by=at.manager, version=case.version)

    waived = Obligation.objects.get(kind="measure")
    assert waived.waived_reason == "Ärendet har beslutats innan åtgärden var klar."


def test_a_sufficient_measure_opens_the_way_to_a_start(case, at):
    measure = demanded(case, at, against(case, at))
    reported(case, at, measure)
    assessed(case, at, measure)
    finished(case, at)

    assert outcome(case) == "uppfyllt_efter_atgard"
    start(case, at)
    assert case.step == Step.DECIDED


def test_after_the_last_day_the_outcome_is_not_met_and_says_so(case, at):
    demanded(case, at, against(case, at), days=10)

    with in_days(10):
        assert outcome(case) == "vantar_pa_atgard"
    with in_days(11):
        assert outcome(case) == "ej_uppfyllt"
        reasons = standing.measures(case)
    assert [state for _, state in reasons] == ["lapsed"]


def test_only_the_responsible_manager_demands_moves_and_assesses(case, at):
    finding = against(case, at)
    given = measures.Demand([finding], "X.", "Y.", today() + timedelta(days=9))
    with pytest.raises(NotAllowed):
        measures.demand(case, finding.assessment, given=given, by=at.officer)

    measure = demanded(case, at, finding)
    reported(case, at, measure)
    for by in (at.officer, at.head):
        with pytest.raises(NotAllowed):
            measures.assess(case, measure, sufficient=True, reasons="Skäl.", by=by)
        with pytest.raises(NotAllowed):
            measures.set_new_day(case, measure, due_on=today(), reason="Skäl.", by=by)


def test_one_with_an_unresolved_conflict_neither_registers_judges_nor_reports(case, at):
    measure = demanded(case, at, against(case, at))
    out = UserFactory(officer_at=at.unit)
    answers = {**free_answers(), "JV-1": AnswerInput("ja", companions={"text": "En vän."})}
    declare(case, inputs=answers, by=out)
    standing.forget(case)

    with pytest.raises(NotAllowed, match="anmält jäv"):
        add_finding(case, CHECK, given=a_finding(what="Mer."), by=out)
    facts = {"what": "X.", "reference": "", "reported_on": today()}
    with pytest.raises(NotAllowed, match="anmält jäv"):
        measures.report(case, measure, **facts, by=out)


# --- the ledger -----------------------------------------------------------------------------------


def obligation(**which) -> Obligation:
    return Obligation.objects.get(kind="measure", **which)


def test_the_last_day_is_the_managers_obligation(case, at):
    measure = demanded(case, at, against(case, at))

    owed = obligation()
    assert (owed.owner, owed.due_on, owed.about) == (at.manager, measure.due_on, case.chain)
    assert owed.what == f"Redovisning av åtgärd i {case.number}"


def test_a_sufficient_report_meets_it_and_an_insufficient_one_does_not(case, at):
    measure = demanded(case, at, against(case, at))

    reported(case, at, measure)
    assessed(case, at, measure, sufficient=False)
    assert obligation().is_open

    reported(case, at, measure, what="Nu även i brevet.")
    assessed(case, at, measure)
    assert obligation().met_by == f"redovisning {today()}"


def test_a_new_day_waives_the_old_obligation_and_makes_another(case, at):
    measure = demanded(case, at, against(case, at))
    later = measure.due_on + timedelta(days=30)

    measures.set_new_day(case, measure, due_on=later, reason="Styrelsen är ny.", by=at.manager)

    old, new = Obligation.objects.filter(kind="measure").order_by("pk")
    assert old.waived_reason == "Åtgärden har fått en ny sista dag."
    assert (new.is_open, new.due_on, new.owner) == (True, later, at.manager)


def test_a_lapsed_measure_stays_in_the_ledger_until_something_is_done(case, at):
    demanded(case, at, against(case, at), days=10)

    assert list(Obligation.objects.overdue(today() + timedelta(days=11))) == [obligation()]


def test_a_finding_that_no_longer_speaks_against_lets_the_measure_go(case, at):
    finding = against(case, at)
    demanded(case, at, finding)

    judged(case, at, finding, "not_against")

    assert obligation().waived_reason == "Uppgiften talar inte längre mot organisationen."
    assert outcome(case) == "uppfyllt"


def test_a_measure_for_two_findings_is_owed_until_neither_speaks_against(case, at):
    first, second = against(case, at), against(case, at, what="Ännu ett uttalande.")
    demanded(case, at, first, second)

    judged(case, at, first, "not_against")
    assert obligation().is_open
    judged(case, at, second, "not_against")
    assert not obligation().is_open


def test_a_handed_over_case_takes_its_measures_along(case, at):
    demanded(case, at, against(case, at))
    other = UserFactory(manager_at=at.unit)

    hand_over(case, manager=other, reason="Ledig.", by=at.manager, version=case.version)

    assert obligation().owner == other


def reminders() -> list[str]:
    found = Notice.objects.filter(kind__startswith="reminder").order_by("pk")
    return list(found.values_list("kind", flat=True))


def test_reminders_come_before_on_and_after_the_day_each_once(case, at):
    demanded(case, at, against(case, at), days=60)
    first = Obligation.objects.get(kind="measure").due_on

    for day in (first - timedelta(days=31), first - timedelta(days=30), first - timedelta(days=1)):
        sweep(day)
        sweep(day)
    assert reminders() == ["reminder_before"]

    sweep(first)
    sweep(first)
    assert reminders() == ["reminder_before", "reminder_on"]

    sweep(first + timedelta(days=14))
    sweep(first + timedelta(days=15))
    # The manager, and the nearest above.
    assert reminders() == ["reminder_before", "reminder_on", *["reminder_after"] * 2]


def test_a_met_measure_reminds_nobody(case, at):
    measure = demanded(case, at, against(case, at), days=60)
    reported(case, at, measure)
    assessed(case, at, measure)

    sweep(measure.due_on + timedelta(days=30))

    assert reminders() == []


# --- what is known in other cases -----------------------------------------------------------------


def presumed(at, organisation):
    case, _ = case_at(Step.MOTIVATED, at, organisations=[organisation])
    declared(case, at.officer)
    answer_all(case, at)
    return case


def test_what_speaks_against_in_one_case_withdraws_the_presumption_in_the_others(at):
    organisation = OrganisationFactory()
    other = presumed(at, organisation)
    assert outcome(other) == "antas_uppfyllt"

    first = examined(at, organisations=[organisation])
    finding = add_finding(first, CHECK, given=a_finding(), by=at.officer)
    assert outcome(other) == "utreds"

    judged(first, at, finding, "not_against")
    assert outcome(other) == "antas_uppfyllt"


def test_a_measure_that_was_sufficient_there_is_nothing_against_here(at):
    allow_measures(at)
    organisation = OrganisationFactory()
    other, first = presumed(at, organisation), examined(at, organisations=[organisation])
    measure = demanded(first, at, against(first, at))
    assert outcome(other) == "utreds"

    reported(first, at, measure)
    assessed(first, at, measure)

    assert outcome(other) == "antas_uppfyllt"


def test_what_is_taken_up_and_judged_here_settles_it_here(at):
    organisation = OrganisationFactory()
    other, first = presumed(at, organisation), examined(at, organisations=[organisation])
    against(first, at)

    against(other, at, "not_against")

    assert outcome(other) == "uppfyllt"


def test_nothing_is_known_across_administrations_or_of_other_organisations(at):
    organisation, elsewhere = OrganisationFactory(), place()
    here, beside = presumed(at, organisation), presumed(at, OrganisationFactory())
    there = examined(elsewhere, organisations=[organisation])

    against(there, elsewhere)

    assert (outcome(here), outcome(beside)) == ("antas_uppfyllt", "antas_uppfyllt")


def test_what_comes_after_the_decision_changes_nothing_of_what_was_decided(at):
    organisation = OrganisationFactory()
    decided, _ = case_at(Step.DECIDED, at, organisations=[organisation])
    first = examined(at, organisations=[organisation])

    against(first, at)

    assert outcome(decided) == "antas_uppfyllt"


def test_the_check_itself_survives_a_refusal_whole(case, at):
    """A refused demand leaves neither a measure nor an obligation."""
    finding = against(case, at)
    with pytest.raises(measures.measures.MeasureRefused), transaction.atomic():
        demanded(case, at, finding, days=0)

    assert not check_of(case).measures.exists()
    assert not Obligation.objects.filter(kind="measure").exists()
