"""Waiting questions that time has passed: their member is one no more, or nobody took them.

Each by itself: one that cannot be seen to must not stop the others.
"""

import logging

from django.db import transaction

from accounts.permissions import Permission, holders
from advice.rules import assignee_is_a_member
from advice.steps.members import REGISTER
from audit import clock
from audit.record import record_in_register
from collaborations import notices
from collaborations.models import Consultation
from collaborations.steps.consult import hand_to

logger = logging.getLogger(__name__)


def waiting(**which) -> list[Consultation]:
    """Unanswered questions that still need an answer."""
    related = ("collaboration__unit__administration", "unit__administration", "assignee")
    found = Consultation.objects.wanted().filter(**which)
    return list(found.select_related(*related, "asked_by"))


def has_left(asked: Consultation) -> bool:
    """No longer a member, or without the role that a member must have (G-09)."""
    root = asked.asked_in.administration.root_unit
    can = holders(Permission.COLLABORATION_ADVISE, root).filter(pk=asked.assignee_id).exists()
    return not (can and assignee_is_a_member(asked, asked.assignee))


def free_what_others_had() -> int:
    """Take the questions from those whose membership or role has ended. How many."""
    return each((one for one in waiting(assignee__isnull=False) if has_left(one)), free)


def free(asked: Consultation) -> None:
    with transaction.atomic():
        details = {"consultation": asked.pk, "person": asked.assignee_id}
        hand_to(asked, None, by=None)
        record_in_register(REGISTER, "question_freed", by=None, details=details)


def tell_of_what_is_late() -> int:
    """The mailbox hears once of a question past its day that no member has. How many wait so."""
    late = waiting(assignee=None, due_on__lt=clock.today())
    return each(late, notices.answer_is_late)


def each(questions, act) -> int:
    done = 0
    for asked in questions:
        try:
            act(asked)
            done += 1
        except Exception:
            logger.exception("question %s could not be seen to", asked.pk)
    return done
