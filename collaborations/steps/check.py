"""Kontrollera: the question sets that the form needs (G-25, G-27–G-35, G-46)."""

from dataclasses import replace

from audit import clock
from audit.record import fingerprint
from casework.moves import Move, NotAllowed, moving
from casework.rules import Reason
from checklists import answering, findings
from checklists.answering import AnotherVersion
from checklists.findings import FindingInput
from checklists.models import Answer, Assessment, Finding
from collaborations import notices, obligations, standing
from collaborations.models import Collaboration, Examination
from collaborations.scope import required_sets
from collaborations.steps.reexamine import touched, whose
from collaborations.workflow import ANSWER, CHECK, REEXAMINE, RESOLVE


def begin_all(case: Collaboration) -> None:
    """Begin every set that the case needs: it is pinned to the versions in force today.

    Inside the move that finishes the motivation. What was begun before stays as it is, also what
    another form or other contributions no longer need.
    """
    begun = set(case.examinations.values_list("code", flat=True))
    for code in required_sets(case):
        if code not in begun:
            assessment = answering.begin(code, case.administration.rule_set, clock.today())
            Examination.objects.create(collaboration=case, assessment=assessment, code=code)
    standing.forget(case)


def assessment_of(case: Collaboration, code: str) -> Assessment:
    """The case's assessment of the set. Raises Examination.DoesNotExist when it has none."""
    return case.examinations.select_related("assessment__version").get(code=code).assessment


class NothingNew(Exception):
    """What was sent is what stands: undo the move that was begun, and tell of nothing."""


def answer(
    case: Collaboration,
    code: str,
    *,
    inputs: dict,
    versions: dict,
    follows: int | None = None,
    by,
) -> list[str]:
    """Save the answers that changed; returns their question codes. None: no event, no new version.

    inputs: question code → AnswerInput; versions: question code → version of the answer that the
    form showed. follows: the id of the version of the set that the form showed. Raises
    AnotherVersion, StaleAnswer, AnswersRefused, UnknownQuestion (nothing is saved), NotAllowed.
    """
    details, earlier = {"set": code}, {}
    try:
        with moving(case, ANSWER, by=by, details=details, earlier=earlier):
            assessment = assessment_of(case, code)
            refuse_another_version(assessment, follows)
            changed = answering.save_answers(
                assessment, inputs, by=by, now=clock.now(), versions=versions
            )
            if not changed:
                raise NothingNew
            details["questions"] = sorted(changed.codes)
            earlier.update(changed.earlier)
    except NothingNew:
        return []
    finally:
        standing.forget(case)
    return sorted(changed.codes)


def refuse_another_version(assessment: Assessment, follows: int | None) -> None:
    """The case may have been moved to a newer version after the page was opened."""
    if follows is not None and follows != assessment.version_id:
        raise AnotherVersion


def resolve(
    case: Collaboration,
    given: Answer,
    *,
    kind: str,
    text: str,
    acceptable: bool = True,
    version: int,
    by,
) -> None:
    """Motivate (M, the responsible manager) or inquire into (U) an answer that deviates.

    acceptable: False when the inquiry found that one should not start. version: the answer's on
    the page. Raises StaleAnswer, AnswersRefused, NotAllowed.
    """
    details = {"question": given.code, "kind": kind, "text": fingerprint(text)}
    with moving(case, RESOLVE, by=by, details=details) as locked:
        if kind == "motivation" and by.pk != locked.responsible_manager_id:
            raise NotAllowed([Reason("Bara ansvarig chef kan motivera ett avvikande svar.")])
        answering.resolve(
            given,
            kind,
            text,
            by=by,
            now=clock.now(),
            acceptable=acceptable,
            version=version,
        )
    standing.forget(case)


def add_finding(case: Collaboration, code: str, *, given: FindingInput, by) -> Finding:
    """Register something that speaks against the attestation (G-27, G-31).

    Raises FindingRefused (field → sentence), NotAllowed.
    """
    details = {"set": code, "finding": "added", "category": given.category}
    with moving(case, ANSWER, by=by, details=details) as locked:
        given = replace(given, organisation=whose(locked, given))
        finding = findings.add_finding(assessment_of(case, code), given, by=by, now=clock.now())
    standing.forget(case)
    return finding


def judge_finding(
    case: Collaboration, finding: Finding, *, verdict: str, reasons: str, version: int, by
) -> None:
    """Say whether a finding speaks against the conditions. Raises StaleFinding, NotAllowed."""
    details = {"finding": finding.pk, "verdict": verdict, "set": finding.assessment.set_code}
    earlier = {"finding.reasons": finding.reasons}
    with moving(case, move_for(finding), by=by, details=details, earlier=earlier):
        findings.judge_finding(finding, verdict, reasons, by=by, now=clock.now(), version=version)
        obligations.measures_no_longer_needed(finding.assessment, by=by)
        touched(finding.assessment)
    standing.forget(case)


def correct_finding(
    case: Collaboration, finding: Finding, *, given: FindingInput, version: int, by
) -> None:
    """Correct a finding, or add what the organisation says. It must then be judged anew.

    Raises StaleFinding, FindingRefused (field → sentence), NotAllowed.
    """
    details = {"finding": finding.pk, "corrected": True, "set": finding.assessment.set_code}
    before = vars(given_of(finding))
    given = replace(given, organisation=whose(case, given))
    details["fields"] = sorted(n for n, value in vars(given).items() if value != before[n])
    if not details["fields"]:
        return
    earlier = {f"finding.{name}": before[name] for name in ("what", "source", "comment")}
    with moving(case, move_for(finding), by=by, details=details, earlier=earlier):
        findings.change_finding(finding, given, now=clock.now(), version=version)
        touched(finding.assessment)
    standing.forget(case)


def given_of(finding: Finding) -> FindingInput:
    """The finding as it was given, for the form that corrects it."""
    return FindingInput(**{name: getattr(finding, name) for name in FindingInput.__annotations__})


def move_for(finding: Finding) -> Move:
    """In the case's own check, or in a new examination that was opened in the case."""
    return REEXAMINE if hasattr(finding.assessment, "reexamination") else ANSWER


def check(case: Collaboration, *, by, version: int) -> None:
    """The check is finished: the manager can decide, and is told so. Raises Stale, NotAllowed."""
    with moving(case, CHECK, by=by, version=version) as locked:
        notices.ready_for_decision(locked)
