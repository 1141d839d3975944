"""A question to the group: asked without a case, assigned, discussed, answered (G-13)."""

from collections.abc import Iterable
from contextlib import contextmanager
from datetime import date

from django.db import transaction

from accounts.models import Unit, User
from accounts.permissions import Permission, grants_today
from advice.models import Post
from advice.rules import assignee_is_a_member
from advice.steps.members import REGISTER, refuse_unless, without_right
from audit import clock
from audit.record import record_in_register
from casework.moves import NotAllowed, closed, refuse_if
from casework.rules import Reason
from collaborations import notices, obligations
from collaborations.models import Advice, Consultation, Recusal
from collaborations.rules import case_needs_advice, person_takes_part, question_waits
from collaborations.steps import aside, consult
from collaborations.workflow import TAKE_BACK_ASIDE
from organisations.models import HeldDocument


@transaction.atomic
def ask_without_case(
    *, unit: Unit, question: str, due_on: date, form: str = "", documents: Iterable = (), by
) -> Consultation:
    """From anyone who works there, to the group of the unit's administration (G-13).

    form: the one that it is about, if any. documents: of organisations, that the unit's
    administration holds and the asker sees, for the group to read. What the same person has asked,
    in the same words, and waits for, is not asked twice. Raises NotAllowed.
    """
    if not any(unit.path.startswith(grant.unit.path) for grant in grants_today(by)):
        raise NotAllowed([Reason("Välj en enhet där du arbetar.", at="unit")])
    User.objects.select_for_update().get(pk=by.pk)  # a form sent twice at once
    facts = {"unit": unit, "question": question.strip(), "due_on": due_on, "asked_by": by}
    if already := Consultation.objects.without_case().unanswered().filter(**facts).first():
        return already
    # The group reads what its own administration holds.
    held = HeldDocument.objects.visible_to(by).filter(administration=unit.administration_id)
    chosen = consult.all_among(held, documents, "Underlaget finns inte hos din förvaltning.")
    asked = Consultation.objects.create(**facts, form=form)
    asked.documents.set(chosen)
    obligations.answer_is_due(asked)
    notices.question_asked(asked)
    record_in_register(REGISTER, "question_asked", by=by, details={"consultation": asked.pk})
    return asked


def assign(consultation: Consultation, member: User | None, *, by) -> None:
    """To a member of the group, who is told; None: to nobody. Raises NotAllowed."""
    if member is not None:
        refuse_if(assignee_is_a_member.reasons(consultation, member))
    if consultation.collaboration_id:
        consult.assign(consultation, member, by=by)
        return
    with in_the_register(consultation, "question_assigned", by, member=member and member.pk):
        consult.hand_to(consultation, member, by=by)


def stand_aside(consultation: Consultation, person: User, *, why: str, by) -> None:
    """The person has jäv in this question and takes no part in it. Raises NotAllowed."""
    if consultation.collaboration_id:
        aside.stand_aside(consultation, person, why=why, by=by)
        return
    with in_the_register(consultation, "question_stood_aside", by, person=person.pk):
        aside.note_aside(consultation, person, why=why, by=by)


def take_back_aside(recusal: Recusal, *, reason: str, by) -> None:
    """The jäv was noted by mistake; another than the person says so. Raises NotAllowed."""
    asked = recusal.consultation
    if asked.collaboration_id:
        aside.take_back_aside(recusal, reason=reason, by=by)
        return
    with in_the_register(asked, "question_aside_taken_back", by, person=recusal.person_id):
        aside.withdraw(recusal, reason=reason, by=by)


def cannot_take_back(recusal: Recusal, by) -> list[Reason]:
    """Why the person cannot take the note back; empty when they can."""
    asked = recusal.consultation
    if asked.collaboration_id:
        stops = closed(asked.collaboration, TAKE_BACK_ASIDE, by)
    else:
        stops = without_right(Permission.COLLABORATION_ADVISE, asked.unit, by)
    return stops + aside.cannot_be_taken_back(recusal, by)


def answer(consultation: Consultation, *, text: str, present="", met_on=None, by) -> None:
    """Answer a question without a case; the asker is told. Raises NotAllowed."""
    with in_the_register(consultation, "question_answered", by):
        waiting = Consultation.objects.without_case().select_for_update().get(pk=consultation.pk)
        refuse_if(question_waits.reasons(waiting) + person_takes_part.reasons(waiting, by))
        facts = {"reasons": text, "present": present, "met_on": met_on, "by": by}
        consult.give(waiting, advice=Advice.OTHER, **facts)
        obligations.answer_is_given(waiting, by=by)
        notices.question_answered(waiting)
    consultation.refresh_from_db()


def answer_anew(former: Consultation, *, text: str, by) -> Consultation:
    """Another answer, which supersedes; both stand, and the asker is told. Raises NotAllowed."""
    with in_the_register(former, "question_answered_anew", by):
        later = consult.supersede(former, advice=Advice.OTHER, reasons=text, present="", by=by)
        notices.question_answered(later)
    return later


@contextmanager
def in_the_register(consultation: Consultation, event: str, by, **details):
    """One transaction for what the group does with a question without a case, and its event."""
    refuse_unless(Permission.COLLABORATION_ADVISE, consultation.unit, by)
    with transaction.atomic():
        yield
        details = {"consultation": consultation.pk, **details}
        record_in_register(REGISTER, event, by=by, details=details)


@transaction.atomic
def post(consultation: Consultation, *, text: str, by) -> Post:
    """Say something of the question, to all who may see it. Never edited. Raises NotAllowed."""
    waiting = Consultation.objects.select_for_update().get(pk=consultation.pk)
    if not Consultation.objects.visible_to(by).filter(pk=waiting.pk).exists():
        raise NotAllowed([Reason("Du har inte rätt att se frågan.", rule="permission")])
    refuse_if(
        question_waits.reasons(waiting)
        + case_needs_advice.reasons(waiting)
        + person_takes_part.reasons(waiting, by)
    )
    return Post.objects.create(
        consultation=waiting, text=text.strip(), written_by=by, written_at=clock.now()
    )
