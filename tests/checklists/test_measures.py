"""Measures with a last day: demanded, reported, assessed, moved, lapsed (domain 4.2, step 3)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from checklists.answering import AssessmentLocked, begin, lock
from checklists.facts import Facts
from checklists.findings import add_finding, judge_finding
from checklists.guards import FINDING_COLUMNS, MEASURE_COLUMNS
from checklists.measures import (
    Demand,
    MeasureRefused,
    assess_report,
    demand_measure,
    measurable,
    report_measure,
    set_new_day,
)
from checklists.models import (
    Assessment,
    Finding,
    Level,
    Measure,
    MeasureReport,
    MeasureVerdict,
)
from checklists.summary import finding_states, measure_state
from tests.factories.accounts import UserFactory
from tests.factories.checklists import NOW, TODAY, a_finding
from tests.factories.organisations import OrganisationFactory

pytestmark = pytest.mark.django_db

LAST_DAY = TODAY + timedelta(days=20)
IOP = Facts(form="iop", level=Level.FORMAL, today=TODAY, measures_allowed=True)


@pytest.fixture
def assessment(loaded):
    return begin("demokrati", "stadsdel", TODAY, now=NOW)


@pytest.fixture
def person():
    return UserFactory()


@pytest.fixture
def finding(assessment, person):
    """Judged to speak against the organisation."""
    added = add_finding(assessment, a_finding(), by=person, now=NOW)
    return judge_finding(added, "against", "Uttalandet står kvar.", by=person, now=NOW)


@pytest.fixture
def measure(assessment, finding, person):
    return demand_measure(assessment, a_demand([finding]), by=person, now=NOW)


def a_demand(findings, **more) -> Demand:
    return Demand(
        **{
            "findings": findings,
            "required": "Ta avstånd från uttalandet på webbplatsen.",
            "reasons": "En enstaka händelse, och styrelsen har redan bett om ursäkt.",
            "due_on": LAST_DAY,
            **more,
        }
    )


def report(measure, person, **more) -> MeasureReport:
    return report_measure(
        measure,
        **{
            "what": "Föreningen har publicerat ett avståndstagande.",
            "reference": "Webbplatsen, skärmbild i akten",
            "reported_on": TODAY,
            "by": person,
            "now": NOW,
            **more,
        },
    )


def assess(given, person, sufficient=True):
    return assess_report(given, sufficient=sufficient, reasons="Skäl.", by=person, now=NOW)


def states(assessment, facts=IOP) -> list[str]:
    fresh = Assessment.objects.with_answers().get(pk=assessment.pk)
    return [str(one) for one in finding_states(fresh, facts)]


def in_days(days: int) -> Facts:
    return Facts("iop", Level.FORMAL, TODAY + timedelta(days=days), measures_allowed=True)


def test_a_demand_says_what_why_by_whom_and_the_last_day(measure, finding, person):
    measure.refresh_from_db()

    assert measure.required == "Ta avstånd från uttalandet på webbplatsen."
    assert measure.reasons.startswith("En enstaka händelse")
    assert (measure.decided_by, measure.decided_at, measure.decided_on) == (person, NOW, TODAY)
    assert (measure.due_on, list(measure.findings.all())) == (LAST_DAY, [finding])


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"findings": []}, "Välj minst en uppgift som åtgärden gäller."),
        ({"required": " "}, "Skriv vilken åtgärd som krävs."),
        ({"required": "Uteslut 850101-1234"}, "Det ser ut som ett personnummer"),
        ({"reasons": ""}, "Skriv varför ett undantag är befogat."),
        ({"due_on": TODAY}, "Sista dagen måste ligga framåt i tiden."),
    ],
)
def test_half_a_demand_is_refused_at_its_field(assessment, finding, person, wrong, sentence):
    with pytest.raises(MeasureRefused) as refused:
        demand_measure(assessment, a_demand(**{"findings": [finding], **wrong}), by=person, now=NOW)

    assert list(refused.value.errors) == list(wrong)
    assert refused.value.errors[list(wrong)[0]].startswith(sentence)
    assert Measure.objects.count() == 0


def test_only_what_speaks_against_the_organisation_can_be_measured(assessment, finding, person):
    unjudged = add_finding(assessment, a_finding(what="Annat."), by=person, now=NOW)

    with pytest.raises(MeasureRefused, match="som har bedömts tala mot"):
        demand_measure(assessment, a_demand([finding, unjudged]), by=person, now=NOW)

    assert measurable(assessment) == [finding]


def test_the_same_demand_sent_twice_is_made_once(assessment, finding, measure, person):
    again = demand_measure(assessment, a_demand([finding]), by=person, now=NOW)

    assert (again, Measure.objects.count()) == (measure, 1)


def test_the_finding_waits_until_what_was_reported_is_sufficient(assessment, measure, person):
    assert states(assessment) == ["waiting"]

    told = report(measure, person)
    assert states(assessment) == ["waiting"]

    assess(told, person)
    assert states(assessment) == ["mended"]
    assert states(assessment, in_days(400)) == ["mended"]


def test_what_was_not_sufficient_can_be_reported_again_until_the_last_day(
    assessment, measure, person
):
    assess(report(measure, person), person, sufficient=False)
    assert states(assessment, in_days(20)) == ["waiting"]
    assert states(assessment, in_days(21)) == ["against"]

    again = report(measure, person)  # in the same words: they say that it is enough
    assess(again, person, sufficient=False)
    assess(report(measure, person, what="Nu även i medlemsbrevet."), person)
    assert states(assessment, in_days(21)) == ["mended"]
    assert measure.reports.count() == 3


def test_without_a_report_the_measure_lapses_after_the_last_day(assessment, measure):
    assert states(assessment, in_days(20)) == ["waiting"]
    assert states(assessment, in_days(21)) == ["against"]


def test_what_was_reported_in_time_does_not_lapse_because_we_are_slow(assessment, measure, person):
    report(measure, person, reported_on=TODAY)

    assert states(assessment, in_days(40)) == ["waiting"]


def test_without_measures_in_the_rule_set_the_finding_is_what_it_was(assessment, measure, person):
    assess(report(measure, person), person)
    informal = Facts(form="informal", level=Level.INFORMAL, today=TODAY)

    assert states(assessment, informal) == ["against"]


@pytest.mark.parametrize(
    ("wrong", "field", "sentence"),
    [
        ({"what": " "}, "what", "Skriv vad organisationen har gjort."),
        ({"reference": "x" * 301}, "reference", "Högst 300 tecken"),
        ({"reported_on": TODAY + timedelta(days=1)}, "reported_on", "Datumet kan inte ligga fram"),
        ({"reported_on": TODAY - timedelta(days=1)}, "reported_on", "Datumet kan inte ligga före"),
    ],
)
def test_half_a_report_is_refused_at_its_field(measure, person, wrong, field, sentence):
    with pytest.raises(MeasureRefused) as refused:
        report(measure, person, **wrong)

    assert list(refused.value.errors) == [field]
    assert refused.value.errors[field].startswith(sentence)
    assert MeasureReport.objects.count() == 0


def test_a_late_report_is_refused_until_there_is_a_new_last_day(measure, person):
    late = {"reported_on": LAST_DAY + timedelta(days=1), "now": NOW + timedelta(days=21)}
    with pytest.raises(MeasureRefused, match="Sista dagen har passerat"):
        report(measure, person, **late)

    new = set_new_day(
        measure,
        LAST_DAY + timedelta(days=30),
        "Styrelsen bytte ordförande.",
        by=person,
        now=late["now"],
    )
    report(new, person, **late)

    measure.refresh_from_db()
    assert (measure.due_on, measure.is_current, new.is_current) == (LAST_DAY, False, True)
    assert (new.supersedes, new.change_reason) == (measure, "Styrelsen bytte ordförande.")


def test_a_new_last_day_counts_for_the_same_findings(assessment, measure, person, finding):
    new = set_new_day(measure, LAST_DAY + timedelta(days=9), "Skäl.", by=person, now=NOW)

    assert list(new.findings.all()) == [finding]
    assert states(assessment, in_days(25)) == ["waiting"]
    assert measure_state(measure, TODAY + timedelta(days=25)) == "lapsed"


@pytest.mark.parametrize(
    ("due_on", "reason", "field"),
    [
        (LAST_DAY, "Skäl.", "due_on"),
        (TODAY, "Skäl.", "due_on"),
        (LAST_DAY + timedelta(days=1), " ", "change_reason"),
    ],
)
def test_a_new_day_must_be_another_in_the_future_with_a_reason(
    measure, person, due_on, reason, field
):
    with pytest.raises(MeasureRefused) as refused:
        set_new_day(measure, due_on, reason, by=person, now=NOW)

    assert list(refused.value.errors) == [field]


def test_the_day_cannot_be_set_twice_from_the_same_page(measure, person):
    set_new_day(measure, LAST_DAY + timedelta(days=1), "Skäl.", by=person, now=NOW)

    with pytest.raises(MeasureRefused, match="har fått en ny sista dag"):
        set_new_day(measure, LAST_DAY + timedelta(days=2), "Skäl.", by=person, now=NOW)
    with pytest.raises(MeasureRefused, match="har fått en ny sista dag"):
        report(measure, person)


def test_a_report_is_assessed_before_the_next_and_before_a_new_day(measure, person):
    told = report(measure, person)

    assert report(measure, person) == told
    with pytest.raises(MeasureRefused, match="väntar på bedömning"):
        report(measure, person, what="Mer.")
    with pytest.raises(MeasureRefused, match="väntar på bedömning"):
        set_new_day(measure, LAST_DAY + timedelta(days=1), "Skäl.", by=person, now=NOW)


def test_a_report_is_assessed_once(measure, person):
    told = report(measure, person)
    assess(told, person, sufficient=False)

    with pytest.raises(MeasureRefused, match="redan bedömd"):
        assess(told, person)
    assert MeasureVerdict.objects.get().sufficient is False


def test_nothing_of_a_measure_happens_under_a_decision(assessment, finding, measure, person):
    told = report(measure, person)
    lock([assessment], now=NOW)

    with pytest.raises(AssessmentLocked):
        demand_measure(assessment, a_demand([finding], required="Mer."), by=person, now=NOW)
    with pytest.raises(AssessmentLocked):
        assess(told, person)
    with pytest.raises(AssessmentLocked):
        set_new_day(measure, LAST_DAY + timedelta(days=1), "Skäl.", by=person, now=NOW)


# --- what the database holds ----------------------------------------------------------------------


def refused(do) -> bool:
    try:
        with transaction.atomic():
            do()
    except IntegrityError:
        return True
    return False


@pytest.mark.parametrize(
    "change",
    [
        {"due_on": LAST_DAY + timedelta(days=90)},
        {"required": "Något lättare."},
        {"reasons": "Andra skäl."},
        {"change_reason": "Skäl."},
    ],
)
def test_a_measure_is_never_changed_or_removed(measure, change):
    rows = Measure.objects.filter(pk=measure.pk)

    assert refused(lambda: rows.update(**change))
    assert refused(lambda: measure.findings.through.objects.all().delete())
    assert refused(lambda: rows._raw_delete("default"))


def test_a_measure_may_move_with_its_assessment_until_it_is_locked(assessment, measure, loaded):
    newer = begin("demokrati", "stadsdel", TODAY, now=NOW)
    rows = Measure.objects.filter(pk=measure.pk)

    assert rows.update(assessment=newer) == 1

    lock([newer], now=NOW)
    assert refused(lambda: rows.update(assessment=assessment))


def test_the_database_keeps_no_measure_without_a_day_after_the_decision(assessment, person):
    facts = {"required": "X", "reasons": "Y", "decided_by": person, "decided_at": NOW}
    days = {"decided_on": TODAY, "due_on": TODAY}

    assert refused(lambda: Measure.objects.create(assessment=assessment, **facts, **days))


def test_reports_and_verdicts_are_append_only_and_in_time(measure, person):
    told = report(measure, person)
    verdict = assess(told, person, sufficient=False)
    facts = {"measure": measure, "what": "Sent.", "noted_by": person, "noted_at": NOW}

    assert refused(lambda: MeasureReport.objects.filter(pk=told.pk).update(what="Annat."))
    assert refused(lambda: MeasureVerdict.objects.filter(pk=verdict.pk).update(sufficient=True))
    assert refused(lambda: verdict.delete())
    assert refused(
        lambda: MeasureReport.objects.create(reported_on=LAST_DAY + timedelta(days=1), **facts)
    )


def test_the_database_takes_no_report_on_a_superseded_measure(measure, person):
    set_new_day(measure, LAST_DAY + timedelta(days=1), "Skäl.", by=person, now=NOW)
    facts = {"measure": measure, "what": "Sent.", "noted_by": person, "noted_at": NOW}

    assert refused(lambda: MeasureReport.objects.create(reported_on=TODAY, **facts))


def test_a_measure_concerns_findings_of_its_own_assessment(measure, person):
    elsewhere = begin("demokrati", "stadsdel", TODAY, now=NOW)
    stranger = add_finding(elsewhere, a_finding(), by=person, now=NOW)

    assert refused(lambda: measure.findings.add(stranger))


def test_a_merge_re_points_locked_findings_and_changes_nothing_else(assessment, finding):
    lock([assessment], now=NOW)
    rows = Finding.objects.filter(pk=finding.pk)

    assert rows.update(organisation=OrganisationFactory()) == 1
    assert refused(lambda: rows.update(what="Något annat."))


@pytest.mark.parametrize(
    ("model", "kept", "free"),
    [(Finding, FINDING_COLUMNS, "organisation_id"), (Measure, MEASURE_COLUMNS, "assessment_id")],
)
def test_every_column_but_one_is_kept_by_the_guard(model, kept, free):
    columns = {field.column for field in model._meta.concrete_fields}

    assert columns - set(kept) == {free}


def test_the_summary_costs_as_much_for_one_measure_as_for_three(
    assessment, finding, measure, person, django_assert_num_queries
):
    assess(report(measure, person), person, sufficient=False)

    def read(expected):
        with django_assert_num_queries(expected):
            fresh = Assessment.objects.with_answers().get(pk=assessment.pk)
            finding_states(fresh, IOP)

    read(QUERIES)
    for number in (2, 3):
        other = add_finding(assessment, a_finding(what=f"{number}"), by=person, now=NOW)
        judge_finding(other, "against", "Skäl.", by=person, now=NOW)
        demanded = demand_measure(
            assessment, a_demand([other], required=f"{number}"), by=person, now=NOW
        )
        assess(report(demanded, person), person, sufficient=False)
    read(QUERIES)


QUERIES = 14
