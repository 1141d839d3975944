"""Använd det här svaret: take over one answer about the organisation from another case (G-55)."""

from audit import clock
from casework.moves import NotAllowed, moving
from casework.rules import Reason
from checklists.reuse import take_over
from collaborations import standing
from collaborations.models import Collaboration
from collaborations.offers import Offer, offers
from collaborations.steps.check import NothingNew, refuse_another_version
from collaborations.workflow import REUSE

NOT_OFFERED = (
    "Svaret erbjuds inte längre: det har ändrats, gått ut eller frågan är redan besvarad. "
    "Sidan visar hur det står nu."
)


def reuse(
    case: Collaboration, code: str, *, key: str, version: int, follows: int | None = None, by
) -> str | None:
    """Take over what was offered. Returns the question's code; None if it was done already.

    key: that of the Offer on the page. version: the answer's there, 0 for none. follows: as in
    `check.answer`. Raises AnotherVersion, StaleAnswer, NotAllowed.
    """
    details = {"set": code}
    try:
        with moving(case, REUSE, by=by, details=details) as locked:
            assessment = standing.assessments(locked)[code]
            refuse_another_version(assessment, follows)
            offer = offered(locked, assessment, key, by)
            answer = take_over(
                assessment,
                offer.answer,
                origin_case=offer.number,
                version=version,
                by=by,
                now=clock.now(),
            )
            details.update(questions=[answer.code], case=offer.number, answer=answer.origin_id)
    except NothingNew:
        return None
    finally:
        standing.forget(case)
    return answer.code


def offered(case: Collaboration, assessment, key: str, person) -> Offer:
    """The offer as it was shown. Raises NothingNew when it is taken over already, NotAllowed."""
    for offer in offers(case, assessment, person).values():
        if offer.key == key:
            return offer
    if any(f"{one.code}:{one.origin_id}" == key.rpartition(":")[0] for one in given(assessment)):
        raise NothingNew
    raise NotAllowed([Reason(NOT_OFFERED)])


def given(assessment):
    return [answer for answer in assessment.answers.all() if answer.is_taken_over]
