"""What answers add up to. Pure functions: no database, no clock, every combination can be tried.

An outcome is a proposal. The responsible manager decides (domain 0.9, 4.1).
"""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db import models

from checklists.conditions import chosen, holds, younger_than_a_year
from checklists.facts import Facts
from checklists.models.words import (
    NO,
    NOT_ACCEPTABLE,
    UNANSWERED_TYPES,
    YES,
    YOUNGER_THAN_A_YEAR,
    AnswerType,
    Effect,
    ResolutionKind,
    Verdict,
)


class Outcome(models.TextChoices):
    """The words of domain 4.1, 4.2, 4.7 and 4.8."""

    UNFINISHED = "ofullstandig", "Inte färdig"
    MET = "uppfyllt", "Uppfyllt"
    MET_WITH_MOTIVATION = "uppfyllt_med_motivering", "Uppfyllt med motivering"
    NEEDS_INQUIRY = "kraver_utredning", "Kräver utredning"
    NOT_MET = "ej_uppfyllt", "Ej uppfyllt"
    PRESUMED = "antas_uppfyllt", "Antas uppfyllt"
    BEING_EXAMINED = "utreds", "Utreds"
    WAITS_FOR_MEASURE = "vantar_pa_atgard", "Väntar på åtgärd"
    MET_AFTER_MEASURE = "uppfyllt_efter_atgard", "Uppfyllt efter åtgärd"
    LOW = "lag", "Låg risk"
    RAISED = "forhojd", "Förhöjd risk"
    HIGH = "hog", "Hög risk"
    NO_CONFLICT = "inget", "Inget jäv anmält"
    REPORTED = "anmalt", "Jäv anmält"
    # The legal tests (domain 4.4, 4.5): checklists/legal.py.
    NO_CONTRACT = "inte_kontrakt", "Inte ett offentligt kontrakt"
    PUBLIC_CONTRACT = "offentligt_kontrakt", "Offentligt kontrakt"
    NO_AID = "inte_stod", "Inte statligt stöd"
    SMALL_AID = "mindre_betydelse", "Stöd av mindre betydelse"
    EXEMPT_AID = "undantaget_stod", "Statligt stöd enligt ett undantag"
    UNLAWFUL_AID = "otillatet_stod", "Statligt stöd som inte får lämnas"
    UNCLEAR = "oklart", "Oklart, yttrande krävs"


UNSETTLED = frozenset(
    {None, Outcome.UNFINISHED, Outcome.BEING_EXAMINED, Outcome.NEEDS_INQUIRY, Outcome.UNCLEAR}
)
UNACCEPTABLE = frozenset(
    {Outcome.NOT_MET, Outcome.REPORTED, Outcome.PUBLIC_CONTRACT, Outcome.UNLAWFUL_AID}
)


class Standing(models.TextChoices):
    """How one question stands in this case."""

    NOT_ASKED = "not_asked", "Behöver inte besvaras"
    REMAINING = "remaining", "Återstår"
    OPTIONAL = "optional", "Frivillig"
    FINE = "fine", "Besvarad"
    BLOCKING = "blocking", "Stoppar beslut att inleda"
    TO_MOTIVATE = "to_motivate", "Ska motiveras"
    MOTIVATED = "motivated", "Motiverad"
    TO_INQUIRE = "to_inquire", "Ska utredas"
    INQUIRED = "inquired", "Utredd"


class FindingState(models.TextChoices):
    """What a finding of the democracy check has come to (domain 4.2, step 2)."""

    UNJUDGED = "unjudged", "inte bedömd"
    NOT_AGAINST = "not_against", "talar inte mot"
    AGAINST = "against", "talar mot, i verksamheten"
    AGAINST_ELSEWHERE = "against_elsewhere", "talar mot, utan samband med verksamheten"
    WAITING = "waiting", "talar mot, väntar på åtgärd"
    MENDED = "mended", "talar mot, åtgärdad"


class MeasureState(models.TextChoices):
    """Where one measure stands (domain 4.2, step 3)."""

    WAITING = "waiting", "väntar på redovisning"
    REPORTED = "reported", "redovisad, väntar på bedömning"
    SUFFICIENT = "sufficient", "redovisad och tillräcklig"
    LAPSED = "lapsed", "sista dagen har passerat utan godtagen redovisning"


def is_asked(question, questions: Mapping, answers: Mapping, facts: Facts) -> bool:
    """Is its condition met, and are those it stands under or hangs on asked themselves?"""
    above = (question.parent, (question.condition or {}).get("code"))
    return holds(question.condition, answers, facts) and all(
        is_asked(questions[code], questions, answers, facts) for code in above if code in questions
    )


def is_answered(question, answer, facts: Facts) -> bool:
    """Is there an answer that is still valid? A fetched one: has the other set come to an end?"""
    if question.answer_type == AnswerType.FETCHED:
        return facts.outcomes.get(question.fetches) not in UNSETTLED
    return bool(answer) and bool(chosen(answer.value)) and answer.valid_until >= facts.today


def is_undesired(question, answer, facts: Facts) -> bool:
    if question.answer_type == AnswerType.FETCHED:
        return (
            question.undesired == NOT_ACCEPTABLE
            and facts.outcomes.get(question.fetches) in UNACCEPTABLE
        )
    if not answer:
        return False
    if question.undesired == YOUNGER_THAN_A_YEAR:
        return younger_than_a_year(answer.value, facts)
    return bool(chosen(answer.value) & set(question.undesired))


def effect_if_undesired(question, facts: Facts, answers: Mapping | None = None) -> Effect:
    """The effect an undesired answer has in this case: by form, else by level, or the stronger."""
    plain = question.effect_by_form.get(facts.form, question.effect_at(facts.level))
    if question.stronger and holds(question.stronger["condition"], answers or {}, facts):
        return Effect(question.stronger["effect"].get(facts.level, plain))
    return Effect(plain)


def effect(question, answer, facts: Facts, answers: Mapping | None = None) -> Effect:
    """What the answer means for a decision to start in this case."""
    if not is_undesired(question, answer, facts):
        return Effect.NONE
    return effect_if_undesired(question, facts, answers)


def resolved(effect: Effect, resolution) -> Standing:
    """M takes the manager's motivation and nothing else, U an inquiry; a bad inquiry blocks."""
    if effect == Effect.BLOCKS:
        return Standing.BLOCKING
    if effect == Effect.MOTIVATION:
        met = resolution is not None and resolution.kind == ResolutionKind.MOTIVATION
        return Standing.MOTIVATED if met else Standing.TO_MOTIVATE
    if effect == Effect.INQUIRY:
        if resolution is None or resolution.kind != ResolutionKind.INQUIRY:
            return Standing.TO_INQUIRE
        return Standing.INQUIRED if resolution.acceptable else Standing.BLOCKING
    return Standing.FINE


def standings(
    questions: Iterable, answers: Mapping, facts: Facts, resolutions: Mapping
) -> dict[str, Standing]:
    """How every question that is to be answered stands: code → Standing, in order.

    answers: code → something with value and valid_until. resolutions: code → something with kind
    and acceptable, only those of the answers as they stand. Headings and categories are left out.
    """
    by_code = {question.code: question for question in questions}
    found = {}
    for code, question in by_code.items():
        if question.answer_type in UNANSWERED_TYPES - {AnswerType.FETCHED}:
            continue
        answer = answers.get(code)
        if not is_asked(question, by_code, answers, facts):
            found[code] = Standing.NOT_ASKED
        elif not is_answered(question, answer, facts):
            found[code] = Standing.OPTIONAL if question.optional else Standing.REMAINING
        else:
            weighs = effect(question, answer, facts, answers)
            found[code] = resolved(weighs, resolutions.get(code))
    return found


def remaining(questions: Iterable, answers: Mapping, facts: Facts) -> list[str]:
    """Codes of the questions that must still be answered, in order."""
    found = standings(questions, answers, facts, {})
    return [code for code, standing in found.items() if standing == Standing.REMAINING]


def basic_requirements(found: Mapping[str, Standing]) -> Outcome:
    """The outcome of a checklist (domain 4.1). What blocks is said also before all is answered."""
    here = set(found.values())
    if Standing.BLOCKING in here:
        return Outcome.NOT_MET
    if Standing.REMAINING in here:
        return Outcome.UNFINISHED
    if Standing.TO_INQUIRE in here:
        return Outcome.NEEDS_INQUIRY
    if Standing.TO_MOTIVATE in here:
        return Outcome.UNFINISHED
    if here & {Standing.MOTIVATED, Standing.INQUIRED}:
        return Outcome.MET_WITH_MOTIVATION
    return Outcome.MET


def democracy(
    attested: bool | None,
    values_read: bool | None,
    sources_seen: bool,
    contrary: bool | None,
    findings: Iterable[FindingState],
    values_cleared: bool | None = None,
) -> Outcome:
    """The outcome of the democracy check (domain 4.2; G-27 to G-31, I-53). None: not answered yet.

    values_read: the description was read and is compatible (DV-02). values_cleared: what an
    inquiry came to where it was not. contrary: something speaks against the attestation (DV-04,
    or what is known of the organisation from elsewhere in the administration).
    """
    findings = set(findings)
    if FindingState.AGAINST in findings or attested is False:
        return Outcome.NOT_MET
    if values_read is False and values_cleared is False:
        return Outcome.NOT_MET
    if attested is None or values_read is None or contrary is None or not sources_seen:
        return Outcome.UNFINISHED
    if findings & UNSETTLED_FINDINGS or (contrary and not findings):
        return Outcome.BEING_EXAMINED
    if not values_read and values_cleared is None:
        return Outcome.BEING_EXAMINED
    if FindingState.WAITING in findings:
        return Outcome.WAITS_FOR_MEASURE
    if FindingState.MENDED in findings:
        return Outcome.MET_AFTER_MEASURE
    return Outcome.MET if findings or not values_read else Outcome.PRESUMED


UNSETTLED_FINDINGS = frozenset({FindingState.UNJUDGED, FindingState.AGAINST_ELSEWHERE})


def finding_state(
    verdict: str, connected: bool, measures: Iterable[MeasureState], *, allowed: bool
) -> FindingState:
    """What one finding has come to. measures: the states of those in force that concern it.

    allowed: whether the rule set has an exception through measures for the form (domain 0.7).
    Every measure must be sufficient; one that has lapsed leaves the finding as it was.
    """
    if verdict != Verdict.AGAINST:
        return FindingState.NOT_AGAINST if verdict else FindingState.UNJUDGED
    if not connected:
        return FindingState.AGAINST_ELSEWHERE
    measures = set(measures)
    if not allowed or not measures or MeasureState.LAPSED in measures:
        return FindingState.AGAINST
    return FindingState.MENDED if measures == {MeasureState.SUFFICIENT} else FindingState.WAITING


def measure_state(due_on: date, reports: Iterable[bool | None], today: date) -> MeasureState:
    """Where a measure stands that day (Stockholm).

    reports: of each report whether it was found sufficient; None while nobody has assessed it.
    What was reported in time is not lapsed because we are slow: it waits for our assessment.
    """
    reports = list(reports)
    if True in reports:
        return MeasureState.SUFFICIENT
    if None in reports:
        return MeasureState.REPORTED
    return MeasureState.LAPSED if today > due_on else MeasureState.WAITING


RISKS = {"lag": Outcome.LOW, "forhojd": Outcome.RAISED, "hog": Outcome.HIGH}


def welfare_crime(signs: Iterable[str | None], risk: str | None, measure_given: bool) -> Outcome:
    """The risk of welfare crime (domain 4.7; G-33 to G-35).

    signs: the answer to each warning sign. risk: lag, forhojd or hog, a person's own weighing.
    A raised or high risk takes a measure; the manager's motivation is asked for beside it.
    """
    if None in list(signs) or risk is None or (risk != "lag" and not measure_given):
        return Outcome.UNFINISHED
    return RISKS[risk]


def conflict(answers: Iterable[str | None]) -> Outcome:
    """A declaration of conflict of interest (domain 4.8; G-36). One yes is a report at once."""
    answers = list(answers)
    if YES in answers:
        return Outcome.REPORTED
    return Outcome.NO_CONFLICT if all(answer == NO for answer in answers) else Outcome.UNFINISHED
