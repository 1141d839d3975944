"""Jäv in a question to the group: noted for someone, and taken back by another (G-37, KL 6:30)."""

from accounts.models import User
from audit import clock
from casework.moves import NotAllowed, moving, refuse_if
from casework.rules import Reason
from collaborations.models import Consultation, Recusal
from collaborations.rules import (
    another_takes_it_back,
    note_stands,
    person_takes_part,
    question_waits,
)
from collaborations.steps.consult import hand_to
from collaborations.workflow import STAND_ASIDE, TAKE_BACK_ASIDE


def stand_aside(consultation: Consultation, person: User, *, why: str, by) -> Recusal:
    """The person takes no part in this question. Their assignment falls. Twice does no harm.

    why: what the jäv consists of, in short. Raises NotAllowed.
    """
    details = {"consultation": consultation.pk, "person": person.pk}
    with moving(consultation.collaboration, STAND_ASIDE, by=by, details=details):
        return note_aside(consultation, person, why=why, by=by)


def note_aside(consultation: Consultation, person: User, *, why: str, by) -> Recusal:
    """Inside a move, or in the group's own register."""
    why = why.strip()
    waiting = Consultation.objects.select_for_update().get(pk=consultation.pk)
    refuse_if(question_waits.reasons(waiting))
    if not why:
        raise NotAllowed([Reason("Skriv vad jävet består i.", ("G-38",), at="why")])
    facts = {"why": why, "noted_by": by}
    noted, _ = waiting.recusals.standing().get_or_create(
        consultation=waiting, person=person, defaults=facts
    )
    if noted.why != why:
        raise NotAllowed([Reason(noted_already(person), ("G-37",), at="person")])
    if waiting.assignee_id == person.pk:
        hand_to(waiting, None, by=by)
    return noted


def noted_already(person: User) -> str:
    return (
        f"{person} är redan antecknad som jävig i frågan. Är anteckningen fel tar någon annan i "
        "gruppen först tillbaka den."
    )


def take_back_aside(recusal: Recusal, *, reason: str, by) -> None:
    """The jäv was noted by mistake: the person takes part again. The note stays, with the reason.

    What the person was to answer is not given back. Raises NotAllowed.
    """
    consultation = recusal.consultation
    details = {"consultation": consultation.pk, "person": recusal.person_id}
    with moving(consultation.collaboration, TAKE_BACK_ASIDE, by=by, details=details):
        withdraw(recusal, reason=reason, by=by)


def withdraw(recusal: Recusal, *, reason: str, by) -> None:
    """Inside a move, or in the group's own register."""
    Consultation.objects.select_for_update().get(pk=recusal.consultation_id)
    locked = Recusal.objects.select_for_update().get(pk=recusal.pk)
    refuse_if(cannot_be_taken_back(locked, by))
    if not reason.strip():
        raise NotAllowed([Reason("Skriv varför anteckningen är fel.", ("G-38",), at="reason")])
    locked.withdrawn_at, locked.withdrawn_by = clock.now(), by
    locked.withdrawn_reason = reason.strip()
    locked.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])


def cannot_be_taken_back(recusal: Recusal, by) -> list[Reason]:
    """Why the person cannot take the note back, beside the permission; empty when they can.

    Who stands aside takes no part in the question, and so neither in who else stands aside.
    """
    asked = recusal.consultation
    if own := another_takes_it_back.reasons(recusal, by):
        return own
    return (
        question_waits.reasons(asked)
        + note_stands.reasons(recusal)
        + person_takes_part.reasons(asked, by)
    )
