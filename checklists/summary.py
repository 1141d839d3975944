"""Where an examination stands: its outcome, what remains, what blocks, motivates, takes inquiry.

The outcome is a proposal; the responsible manager decides (domain 0.9).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import SimpleNamespace

from django.utils import timezone

from checklists import legal, outcomes
from checklists.conditions import value_of
from checklists.facts import Facts
from checklists.models import Assessment, Measure, ResolutionKind
from checklists.outcomes import FindingState, MeasureState, Outcome, Standing, standings

ATTESTED, VALUES, SOURCES, CONTRARY = "DV-01", "DV-02", "DV-03", "DV-04"
RISK, MEASURE = "VB-13", "VB-14"
CONTRACT = tuple(f"OK-{number}" for number in range(1, 6))
AID, WAY = tuple(f"SS-{number}" for number in range(1, 6)), "SS-6"
PROPOSAL = "Utfallet är ett förslag. Ansvarig chef beslutar."


@dataclass(frozen=True)
class Line:
    """One question in a list of what remains, blocks, or is to be motivated or inquired."""

    code: str
    text: str


@dataclass(frozen=True)
class Summary:
    """The state of one assessment in one case. standings: code → Standing, in order."""

    set_code: str
    name: str
    outcome: Outcome
    standings: Mapping[str, Standing]
    remaining: tuple[Line, ...]
    blocking: tuple[Line, ...]
    to_motivate: tuple[Line, ...]
    to_inquire: tuple[Line, ...]
    answered: int
    total: int

    @property
    def is_settled(self) -> bool:
        """Nothing remains to answer, motivate, inquire into or have an opinion on."""
        left = self.remaining or self.to_motivate or self.to_inquire
        return not left and self.outcome != Outcome.UNCLEAR

    @property
    def allows_start(self) -> bool:
        """Settled, and nothing blocks. That one may start, never that one shall."""
        return self.is_settled and not self.blocking

    @property
    def in_words(self) -> str:
        return f"{self.outcome.label}. {PROPOSAL}"


def state(assessment: Assessment, facts: Facts) -> Summary:
    """Sum up one assessment. No query when it comes from `Assessment.objects.with_answers()`.

    A locked assessment is summed up as on the day it was locked. facts.outcomes holds those of
    the sets it fetches from; `states` fills them in.
    """
    if assessment.locked_at:
        facts = facts.as_on(timezone.localdate(assessment.locked_at))
    questions = sorted(assessment.version.questions.all(), key=lambda question: question.position)
    answers = {answer.code: answer for answer in assessment.answers.all()}
    findings = finding_states(assessment, facts)
    resolutions = {code: answer.current_resolution for code, answer in answers.items()}
    if assessment.set_code == "demokrati":
        resolutions[CONTRARY] = what_findings_came_to(findings)
    found = standings(questions, answers, facts, resolutions)
    if assessment.set_code in TESTS:
        opinion = facts.opinions.get(assessment.set_code)
        outcome = TESTS[assessment.set_code](found, answers, opinion)
    else:
        outcome = OUTCOMES.get(assessment.set_code, checklist)(found, answers, findings, facts)
    return summed_up(assessment, questions, found, outcome)


def states(assessments: Iterable[Assessment], facts: Facts) -> dict[str, Summary]:
    """Sum up the assessments of one case: set code → Summary. Fetched outcomes are filled in.

    Sets that fetch are summed up after those they fetch from.
    """
    found: dict[str, Summary] = {}
    for assessment in sorted(assessments, key=fetches):
        facts = facts.with_outcomes({code: one.outcome for code, one in found.items()})
        found[assessment.set_code] = state(assessment, facts)
    return found


def fetches(assessment: Assessment) -> bool:
    return any(question.fetches for question in assessment.version.questions.all())


def summed_up(assessment, questions, found, outcome: Outcome) -> Summary:
    def lines(standing: Standing) -> tuple[Line, ...]:
        return tuple(
            Line(question.code, question.text)
            for question in questions
            if found.get(question.code) == standing
        )

    asked = [one for one in found.values() if one not in (Standing.NOT_ASKED, Standing.OPTIONAL)]
    return Summary(
        set_code=assessment.set_code,
        name=assessment.version.question_set.name,
        outcome=outcome,
        standings=found,
        remaining=lines(Standing.REMAINING),
        blocking=lines(Standing.BLOCKING),
        to_motivate=lines(Standing.TO_MOTIVATE),
        to_inquire=lines(Standing.TO_INQUIRE),
        answered=sum(one != Standing.REMAINING for one in asked),
        total=len(asked),
    )


def measure_state(measure: Measure, today: date) -> MeasureState:
    """Where a measure stands that day, whatever supersedes it."""
    return outcomes.measure_state(
        measure.due_on, [report.sufficient for report in measure.reports.all()], today
    )


def finding_states(assessment: Assessment, facts: Facts) -> list[FindingState]:
    """What each finding has come to, in order. As many queries, however many findings."""
    measures: dict[int, list[MeasureState]] = {}
    for measure in assessment.measures.all():
        if measure.is_current:
            for finding in measure.findings.all():
                stands = measure_state(measure, facts.today)
                measures.setdefault(finding.pk, []).append(stands)
    # What a decision rests on was allowed when it was decided.
    allowed = facts.measures_allowed or assessment.locked_at is not None
    return [
        outcomes.finding_state(
            finding.verdict, finding.connected, measures.get(finding.pk, ()), allowed=allowed
        )
        for finding in assessment.findings.all()
    ]


def what_findings_came_to(findings: Iterable[FindingState]):
    """DV-04's inquiry is the judging of findings (domain 4.2); None until all are settled."""
    here = set(findings)
    if FindingState.AGAINST in here:
        return SimpleNamespace(kind=ResolutionKind.INQUIRY, acceptable=False)
    if here and here <= {FindingState.NOT_AGAINST, FindingState.MENDED}:
        return SimpleNamespace(kind=ResolutionKind.INQUIRY, acceptable=True)
    return None


# --- From standings to the arguments of the pure functions ---------------------------------------


def checklist(found, answers, findings, facts) -> Outcome:
    return outcomes.basic_requirements(found)


def said(found, code: str) -> bool | None:
    """True when the answer is the desired one, False when not, None when there is none."""
    standing = found.get(code, Standing.REMAINING)
    return None if standing == Standing.REMAINING else standing == Standing.FINE


CLEARED = {Standing.INQUIRED: True, Standing.MOTIVATED: True, Standing.BLOCKING: False}


def democracy(found, answers, findings, facts) -> Outcome:
    contrary = said(found, CONTRARY)
    outcome = outcomes.democracy(
        attested=said(found, ATTESTED),
        values_read=said(found, VALUES),
        sources_seen=said(found, SOURCES) is True,
        contrary=None if contrary is None else not contrary or facts.known_against,
        findings=findings,
        values_cleared=CLEARED.get(found.get(VALUES)),
    )
    return with_own_questions(outcome, found)


def with_own_questions(outcome: Outcome, found) -> Outcome:
    """A rule set may have added questions to the check: they count as in a checklist."""
    known = {ATTESTED, VALUES, SOURCES, CONTRARY}
    own = outcomes.basic_requirements({c: one for c, one in found.items() if c not in known})
    if Outcome.NOT_MET in (outcome, own):
        return Outcome.NOT_MET
    if Outcome.UNFINISHED in (outcome, own):
        return Outcome.UNFINISHED
    return Outcome.BEING_EXAMINED if own == Outcome.NEEDS_INQUIRY else outcome


def welfare_crime(found, answers, findings, facts) -> Outcome:
    signs = [
        None if standing == Standing.REMAINING else value_of(answers, code)
        for code, standing in found.items()
        if code not in (RISK, MEASURE) and standing not in (Standing.OPTIONAL, Standing.NOT_ASKED)
    ]
    remaining = found.get(RISK, Standing.REMAINING) == Standing.REMAINING
    risk = None if remaining else value_of(answers, RISK)
    return outcomes.welfare_crime(signs, risk, found.get(MEASURE) != Standing.REMAINING)


def conflict(found, answers, findings, facts) -> Outcome:
    return outcomes.conflict(value_of(answers, code) for code in found)


OUTCOMES = {
    "demokrati": democracy,
    "jav": conflict,
    "valfardsbrott": welfare_crime,
}


def as_answered(found, answers, code: str) -> str | None:
    """The answer that counts: None where the question is not asked or not (validly) answered."""
    silent = (Standing.REMAINING, Standing.OPTIONAL, Standing.NOT_ASKED)
    return None if found.get(code, Standing.REMAINING) in silent else value_of(answers, code)


def public_contract(found, answers, opinion) -> Outcome:
    said = [as_answered(found, answers, code) for code in CONTRACT]
    return unless_unfinished(legal.public_contract(said, opinion), found)


def state_aid(found, answers, opinion) -> Outcome:
    said = [as_answered(found, answers, code) for code in AID]
    return unless_unfinished(
        legal.state_aid(said, as_answered(found, answers, WAY), opinion), found
    )


def unless_unfinished(outcome: Outcome, found) -> Outcome:
    """What a rule set has added, and the reasons, must be answered too before there is an outcome.

    What stops is said at once.
    """
    if outcome in outcomes.UNACCEPTABLE or Standing.REMAINING not in found.values():
        return outcome
    return Outcome.UNFINISHED


def deciding_answers(assessment: Assessment) -> dict[str, str | None]:
    """What the outcome of a test comes from, code → answer: what an opinion on it rests on."""
    codes = {"offentligt_kontrakt": CONTRACT, "statligt_stod": (*AID, WAY)}
    answers = {answer.code: answer for answer in assessment.answers.all()}
    return {code: value_of(answers, code) for code in codes.get(assessment.set_code, ())}


# The tests that an opinion can settle.
TESTS = {"offentligt_kontrakt": public_contract, "statligt_stod": state_aid}
