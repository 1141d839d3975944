"""Take over an answer about the organisation from another case, one at a time (product.md §5).

The new answer keeps where it came from and the day it was checked, and is valid no longer than it
was. What dealt with it there is not taken over: that is weighed anew in each case. Which cases may
be offered from is for the caller to say.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from checklists.answering import WRITTEN, Clash, StaleAnswer, as_input, locked
from checklists.conditions import chosen
from checklists.difference import by_code, means_the_same
from checklists.models import Answer, Assessment, Question
from checklists.outcomes import Standing
from checklists.summary import Summary

OPEN = frozenset({Standing.REMAINING, Standing.OPTIONAL})


def open_to_offers(assessment: Assessment, summary: Summary) -> dict[str, Question]:
    """Code → question, of those that are open and whose answers may come from another case."""
    return {
        question.code: question
        for question in assessment.version.questions.all()
        if question.reusable and summary.standings.get(question.code) in OPEN
    }


def latest_valid(
    assessment: Assessment, wanted: Mapping[str, Question], given: Iterable[Answer], today: date
) -> dict[str, Answer]:
    """Question code → the latest answer that can be offered for it.

    wanted: as from `open_to_offers`. given: answers of other assessments of the same set, with
    their question and its version's questions. Only what was answered there, not what was itself
    taken over: so that nothing outlives a change where it was checked.
    """
    after, found = by_code(assessment.version), {}
    for answer in sorted(given, key=lambda one: (checked_day(one), one.pk)):
        question = wanted.get(answer.code)
        if question and can_be_offered(answer, question, after, today):
            found[answer.code] = answer
    return found


def can_be_offered(answer: Answer, question: Question, after: Mapping, today: date) -> bool:
    """Given in its own case, still valid, and an answer to the same question."""
    return (
        answer.origin_id is None
        and bool(chosen(answer.value))
        and answer.valid_until >= today
        and means_the_same(answer.question, question, by_code(answer.question.version), after)
    )


def checked_day(answer: Answer) -> date:
    """The day it was checked, or else the day it was given: what its validity is counted from."""
    return answer.checked_on or timezone.localdate(answer.answered_at)


@transaction.atomic
def take_over(
    assessment: Assessment, origin: Answer, *, origin_case: str, version: int, by, now: datetime
) -> Answer:
    """Answer with what was answered there.

    origin: one that `latest_valid` gave. origin_case: the number of its case. version: that of the
    answer on the page, 0 when there was none. Raises AssessmentLocked, StaleAnswer.
    """
    assessment = locked(assessment)
    question = assessment.version.questions.get(code=origin.code)
    answer = assessment.answers.select_related("answered_by").filter(code=origin.code).first()
    if answer and answer.version != version:
        raise StaleAnswer([Clash(answer.code, question.text, answer, as_input(origin))])
    answer = answer or Answer(assessment=assessment, question=question, code=origin.code, version=0)
    for name in WRITTEN:
        setattr(answer, name, getattr(origin, name))
    answer.checked_on, answer.valid_until = checked_day(origin), origin.valid_until
    answer.question_text, answer.answered_by, answer.answered_at = question.text, by, now
    answer.origin, answer.origin_case = origin, origin_case
    answer.version += 1
    answer.save()
    assessment.revision += 1
    assessment.save(update_fields=["revision"])
    return answer
