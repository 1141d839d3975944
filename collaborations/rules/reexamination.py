"""What is asked when something new speaks against an organisation we work with (G-31, G-82)."""

from django.utils import timezone

from casework.rules import rule
from casework.swedish import long_date
from checklists.outcomes import MeasureState
from checklists.outcomes import Outcome as CheckOutcome
from collaborations import standing
from collaborations.models import Outcome, Reexamination


def being_reexamined(case):
    return Reexamination.objects.open().concerning(case).select_related("organisation")


def reexamined(matter) -> str:
    opened_on = long_date(timezone.localdate(matter.opened_at))
    return f"En ny uppgift om {matter.organisation} prövas sedan {opened_on}."


def reexamined_sentences(case):
    return [
        f"{reexamined(matter)} Inget nytt beslut att inleda kan fattas förrän prövningen är "
        "avslutad."
        for matter in being_reexamined(case)
    ]


@rule(
    "G-31",
    unmet="En ny uppgift om organisationen prövas.",
    at="reexamination",
    explain=reexamined_sentences,
)
def organisation_is_not_being_reexamined(case):
    return not being_reexamined(case).exists()


def speaking_sentences(case):
    found = [
        f"{reexamined(matter)} Vänta tills prövningen är avslutad."
        for matter in being_reexamined(case)
    ]
    return found + [
        f"Prövningen av {matter.organisation} kom {long_date(timezone.localdate(matter.closed_at))}"
        " fram till att demokrativillkoren inte är uppfyllda. Avsluta ärendet."
        for matter in found_wanting(case).select_related("organisation")
    ]


def found_wanting(case):
    """What was examined anew after the decision, and came to that the conditions are not met."""
    decided = case.decisions.filter(kind=Outcome.START).first()
    closed = Reexamination.objects.concerning(case).filter(outcome=CheckOutcome.NOT_MET)
    return closed.filter(closed_at__gte=decided.decided_at) if decided else closed.none()


@rule(
    "G-31",
    unmet="Något nytt talar mot organisationen sedan beslutet.",
    at="reexamination",
    explain=speaking_sentences,
)
def nothing_new_speaks_against(case):
    """Weighed before we bind ourselves by signing, and before we start."""
    return not being_reexamined(case).exists() and not found_wanting(case).exists()


@rule(
    "G-31",
    unmet="Vi avstod från den här samverkan. Registrera uppgiften i ett ärende som pågår.",
)
def was_decided_to_start(case):
    return case.outcome == Outcome.START


@rule("G-31", unmet="Alla uppgifter är inte bedömda.", at="findings")
def findings_are_judged(matter):
    return all(finding.verdict for finding in matter.assessment.findings.all())


def open_measure_sentences(matter):
    return [
        f"En åtgärd väntar på redovisning till och med {long_date(measure.due_on)}."
        if state == MeasureState.WAITING
        else "En redovisad åtgärd är inte bedömd."
        for measure, state in standing.measures_of(matter.assessment)
        if state in (MeasureState.WAITING, MeasureState.REPORTED) and standing.is_needed(measure)
    ]


@rule(
    "I-53",
    unmet="En åtgärd är inte redovisad och bedömd.",
    at="measures",
    explain=open_measure_sentences,
)
def measures_are_assessed(matter):
    return not open_measure_sentences(matter)
