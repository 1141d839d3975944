"""Step 3 of the democracy check: an exception through measures, with a last day (I-53, 0.7).

Who may, and whether the rule set has measures for the form, is for the caller to say.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from checklists.answer_checks import line_fault, long_text_fault
from checklists.answering import locked
from checklists.models import (
    Assessment,
    Finding,
    Measure,
    MeasureReport,
    MeasureVerdict,
    Verdict,
)


class MeasureRefused(Exception):
    """errors: field → Swedish sentence. Nothing was saved."""

    def __init__(self, errors: dict[str, str]):
        self.errors = errors
        super().__init__(" ".join(errors.values()))


@dataclass(frozen=True)
class Demand:
    """findings: those that the measure is to mend. reasons: why an exception is justified."""

    findings: list[Finding]
    required: str
    reasons: str
    due_on: date


@transaction.atomic
def demand_measure(assessment: Assessment, given: Demand, *, by, now: datetime) -> Measure:
    """Decide that a measure is required. The same demand sent twice is made once.

    Raises AssessmentLocked, MeasureRefused.
    """
    assessment = locked(assessment)
    facts = {
        "required": given.required.strip(),
        "reasons": given.reasons.strip(),
        "due_on": given.due_on,
    }
    if same := assessment.measures.current().filter(**facts, decided_by=by, reports=None).first():
        return same
    today = timezone.localdate(now)
    refuse(
        {
            "findings": findings_fault(assessment, given.findings),
            "required": text_fault(facts["required"], "Skriv vilken åtgärd som krävs."),
            "reasons": text_fault(facts["reasons"], "Skriv varför ett undantag är befogat."),
            "due_on": day_fault(given.due_on, today),
        }
    )
    measure = Measure.objects.create(
        assessment=assessment, decided_by=by, decided_at=now, decided_on=today, **facts
    )
    measure.findings.set(given.findings)
    return measure


@transaction.atomic
def set_new_day(measure: Measure, due_on: date, reason: str, *, by, now: datetime) -> Measure:
    """A new last day: a new measure that supersedes the one before, which stays as it was.

    Raises AssessmentLocked, MeasureRefused; also when somebody has set another day meanwhile.
    """
    measure = in_force(measure)
    today, reason = timezone.localdate(now), reason.strip()
    refuse(
        {
            "due_on": day_fault(due_on, today) or ("" if due_on != measure.due_on else SAME_DAY),
            "change_reason": text_fault(reason, "Skriv varför sista dagen ändras."),
            "": WAITING_REPORT if measure.waiting_report else "",
        }
    )
    new = Measure.objects.create(
        assessment=measure.assessment,
        required=measure.required,
        reasons=measure.reasons,
        due_on=due_on,
        decided_by=by,
        decided_at=now,
        decided_on=today,
        supersedes=measure,
        change_reason=reason,
    )
    new.findings.set(measure.findings.all())
    return new


@transaction.atomic
def report_measure(
    measure: Measure, *, what: str, reference: str, reported_on: date, by, now: datetime
) -> MeasureReport:
    """Note what the organisation has reported. The same report sent twice is noted once.

    reported_on: the day it came, no later than the last day. Raises AssessmentLocked,
    MeasureRefused.
    """
    what, reference = what.strip(), reference.strip()
    measure = in_force(measure)
    same = {"what": what, "reference": reference, "reported_on": reported_on, "verdict": None}
    if already := measure.reports.filter(**same).first():
        return already
    refuse(
        {
            "what": text_fault(what, "Skriv vad organisationen har gjort."),
            "reference": line_fault(reference) if reference else "",
            "reported_on": reported_fault(measure, reported_on, timezone.localdate(now)),
            "": WAITING_REPORT if measure.waiting_report else "",
        }
    )
    return MeasureReport.objects.create(
        measure=measure,
        what=what,
        reference=reference,
        reported_on=reported_on,
        noted_by=by,
        noted_at=now,
    )


@transaction.atomic
def assess_report(
    report: MeasureReport, *, sufficient: bool, reasons: str, by, now: datetime
) -> MeasureVerdict:
    """Say whether what was reported is sufficient, and why. Once for each report.

    Raises AssessmentLocked, MeasureRefused; also when somebody has assessed it meanwhile.
    """
    measure, reasons = in_force(report.measure), reasons.strip()
    waiting = measure.waiting_report
    refuse(
        {
            "reasons": text_fault(reasons, "Skriv skälen för bedömningen."),
            "": "" if waiting and waiting.pk == report.pk else ASSESSED,
        }
    )
    return MeasureVerdict.objects.create(
        report=report, sufficient=sufficient, reasons=reasons, by=by, at=now
    )


SAME_DAY = "Det är redan sista dagen."
SUPERSEDED = "Åtgärden har fått en ny sista dag. Öppna den som gäller."
ASSESSED = "Redovisningen är redan bedömd."
WAITING_REPORT = "En redovisning väntar på bedömning. Bedöm den först."
LATE = (
    "Sista dagen har passerat. Sätt först en ny sista dag, med skäl, om redovisningen ändå ska "
    "kunna godtas."
)


def in_force(measure: Measure) -> Measure:
    """The measure as it stands, its assessment locked. Raises AssessmentLocked, MeasureRefused."""
    locked(measure.assessment)
    found = Measure.objects.select_related("superseded_by", "assessment").get(pk=measure.pk)
    if not found.is_current:
        raise MeasureRefused({"": SUPERSEDED})
    return found


def measurable(assessment: Assessment) -> list[Finding]:
    """The findings that a measure may mend: those judged to speak against the organisation."""
    return [one for one in assessment.findings.all() if one.verdict == Verdict.AGAINST]


def findings_fault(assessment: Assessment, findings: list[Finding]) -> str:
    if not findings:
        return "Välj minst en uppgift som åtgärden gäller."
    there = {one.pk for one in measurable(assessment)}
    if not {one.pk for one in findings} <= there:
        return "Välj bland de uppgifter som har bedömts tala mot organisationen."
    return ""


def text_fault(text: str, if_empty: str) -> str:
    return long_text_fault(text) if text else if_empty


def day_fault(due_on: date, today: date) -> str:
    return "" if due_on > today else "Sista dagen måste ligga framåt i tiden."


def reported_fault(measure: Measure, reported_on: date, today: date) -> str:
    if reported_on > today:
        return "Datumet kan inte ligga framåt i tiden."
    if reported_on < measure.decided_on and not measure.supersedes_id:
        return "Datumet kan inte ligga före beslutet om åtgärden."
    return LATE if reported_on > measure.due_on else ""


def refuse(errors: dict[str, str]) -> None:
    errors = {field: sentence for field, sentence in errors.items() if sentence}
    if errors:
        raise MeasureRefused(errors)
