"""What is asked when something new speaks against an organisation we work with (G-31, G-82)."""

from casework.rules import rule
from casework.swedish import long_date
from checklists.outcomes import MeasureState
from collaborations import standing
from collaborations.models import Outcome, Reexamination


def reexamined_sentences(case):
    return [
        f"En ny uppgift om {matter.organisation} prövas sedan {long_date(matter.opened_at.date())}."
        " Inget nytt beslut att inleda kan fattas förrän prövningen är avslutad."
        for matter in Reexamination.objects.open().concerning(case).select_related("organisation")
    ]


@rule(
    "G-31",
    unmet="En ny uppgift om organisationen prövas.",
    at="reexamination",
    explain=reexamined_sentences,
)
def organisation_is_not_being_reexamined(case):
    return not Reexamination.objects.open().concerning(case).exists()


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
