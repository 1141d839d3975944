"""Kontrollera: the question sets that the form needs (G-25, G-27–G-35, G-46)."""

from django.utils import timezone

from audit.record import fingerprint
from casework.moves import NotAllowed, moving
from casework.rules import Reason
from checklists import answering
from checklists.models import Answer, Finding
from collaborations import notices, standing
from collaborations.models import Collaboration, Examination
from collaborations.workflow import ANSWER, CHECK, RESOLVE


def examination(case: Collaboration, code: str) -> Examination | None:
    return case.examinations.select_related("assessment__version").filter(code=code).first()


def begin(case: Collaboration, code: str, *, by) -> Examination:
    """Begin a question set: the case is pinned to the version in force today.

    Raises NotAllowed. Called again it gives the one that was begun.
    """
    if begun := examination(case, code):
        return begun
    with moving(case, ANSWER, by=by, details={"set": code, "begun": True}) as locked:
        begun = examination(locked, code)
        if begun is None:
            assessment = answering.begin(code, case.administration.rule_set, timezone.localdate())
            begun = Examination.objects.create(
                collaboration=locked, assessment=assessment, code=code
            )
    standing.forget(case)
    return begun


def answer(case: Collaboration, code: str, *, inputs: dict, versions: dict, by) -> list[str]:
    """Save the answers that changed; returns their question codes.

    inputs: question code → AnswerInput; versions: question code → version of the answer that the
    form showed. Raises StaleAnswer, AnswersRefused, UnknownQuestion (nothing is saved), NotAllowed.
    """
    begun = begin(case, code, by=by)
    details, earlier = {"set": code}, {}
    with moving(case, ANSWER, by=by, details=details, earlier=earlier):
        changed = answering.save_answers(
            begun.assessment, inputs, by=by, now=timezone.now(), versions=versions
        )
        details["questions"] = sorted(changed.codes)
        earlier.update(changed.earlier)
    standing.forget(case)
    return sorted(changed.codes)


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
            now=timezone.now(),
            acceptable=acceptable,
            version=version,
        )
    standing.forget(case)


def add_finding(case: Collaboration, code: str, *, by, **facts) -> Finding:
    """Register something that speaks against the attestation (G-27, G-31). Raises NotAllowed."""
    begun = begin(case, code, by=by)
    details = {"set": code, "finding": "added", "category": facts.get("category", "")}
    with moving(case, ANSWER, by=by, details=details):
        finding = answering.add_finding(begun.assessment, by=by, **facts)
    standing.forget(case)
    return finding


def judge_finding(case: Collaboration, finding: Finding, *, by, version: int, **judgement) -> None:
    """Say whether a finding speaks against the conditions. Raises StaleAnswer, NotAllowed."""
    details = {"finding": finding.pk, "verdict": judgement.get("verdict", "")}
    with moving(case, ANSWER, by=by, details=details):
        answering.judge_finding(finding, by=by, version=version, **judgement)
    standing.forget(case)


def check(case: Collaboration, *, by, version: int) -> None:
    """The check is finished: the manager can decide, and is told so. Raises Stale, NotAllowed."""
    with moving(case, CHECK, by=by, version=version) as locked:
        notices.ready_for_decision(locked)
