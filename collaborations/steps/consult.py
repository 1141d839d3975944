"""Samråda: the group is asked and advises; it never decides (G-09, G-15, G-45)."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import date

from accounts.models import User
from audit import clock
from casework.moves import NotAllowed, moving, refuse_if
from casework.rules import Reason
from collaborations import notices, obligations
from collaborations.holdings import documents_of
from collaborations.models import Collaboration, Consultation, Recusal
from collaborations.rules import (
    advice_can_be_superseded,
    advice_is_no_must,
    last_day_has_passed,
    person_takes_part,
    question_waits,
)
from collaborations.steps.agree import Unchanged
from collaborations.workflow import (
    ADVISE,
    ASSIGN_ADVICE,
    CONSULT,
    GO_ON_WITHOUT_ADVICE,
)


def ask_for_advice(
    case: Collaboration, *, question: str, due_on: date, documents: Iterable = (), by, version: int
) -> Consultation:
    """Ask the beredningsgrupp by that day. documents: those of the case that it should read.

    What the same person has asked, in the same words, and waits for, is not asked twice.
    Raises Stale, NotAllowed.
    """
    details = {}
    facts = {"question": question.strip(), "due_on": due_on, "asked_by": by}
    same = Consultation.objects.unanswered().filter(collaboration=case, **facts)
    with (
        suppress(Unchanged),
        moving(case, CONSULT, by=by, version=version, details=details) as locked,
    ):
        if same.exists():
            raise Unchanged
        chosen = all_among(documents_of(locked), documents, NOT_OF_THE_CASE)
        consultation = Consultation.objects.create(collaboration=locked, form=locked.form, **facts)
        consultation.documents.set(chosen)
        details["consultation"] = consultation.pk
        obligations.answer_is_due(consultation)
        notices.advice_asked(consultation)
    return same.order_by("pk").last()


NOT_OF_THE_CASE = "Underlaget hör inte till ärendet."


def all_among(held, documents: Iterable, otherwise: str) -> list:
    """The documents, if all are among `held` (query set). Else raises NotAllowed, saying so."""
    wanted = {document.pk for document in documents}
    found = list(held.filter(pk__in=wanted)) if wanted else []
    if len(found) != len(wanted):
        raise NotAllowed([Reason(otherwise, at="documents")])
    return found


def advise(
    consultation: Consultation,
    *,
    advice: str,
    reasons: str,
    present: str = "",
    met_on: date | None = None,
    by,
) -> None:
    """Record the group's advice with its reasons. Never edited afterwards.

    met_on, present: the meeting where it was given, and who took part. Raises NotAllowed.
    """
    case = consultation.collaboration
    details = {"consultation": consultation.pk, "advice": advice}
    with moving(case, ADVISE, by=by, details=details):
        waiting = Consultation.objects.select_for_update().get(pk=consultation.pk)
        refuse_if(question_waits.reasons(waiting) + person_takes_part.reasons(waiting, by))
        give(waiting, advice=advice, reasons=reasons, present=present, met_on=met_on, by=by)
        obligations.answer_is_given(waiting, by=by)
        notices.advice_given(waiting)
    consultation.refresh_from_db()


def give(waiting: Consultation, *, advice, reasons, present, met_on=None, by) -> None:
    """Fill in the answer and save it, inside a move."""
    waiting.advice, waiting.reasons = advice, reasons.strip()
    waiting.present, waiting.met_on = present, met_on
    waiting.answered_by, waiting.answered_at = by, clock.now()
    waiting.save()


def advise_anew(
    former: Consultation, *, advice: str, reasons: str, present: str = "", by
) -> Consultation:
    """Another advice on the same question. It supersedes; both stand and both are shown.

    Raises NotAllowed.
    """
    case = former.collaboration
    details = {"supersedes": former.pk, "advice": advice}
    with moving(case, ADVISE, by=by, details=details):
        later = supersede(former, advice=advice, reasons=reasons, present=present, by=by)
        details["consultation"] = later.pk
        notices.advice_given(later)
    return later


def supersede(former: Consultation, *, by, **said) -> Consultation:
    """The later row, with those who stand aside; inside a move, or in the group's own register."""
    Consultation.objects.select_for_update().get(pk=former.pk)
    refuse_if(advice_can_be_superseded.reasons(former) + person_takes_part.reasons(former, by))
    later = Consultation(
        collaboration=former.collaboration,
        unit=former.unit,
        question=former.question,
        form=former.form,
        due_on=former.due_on,
        asked_by=former.asked_by,
        asked_at=former.asked_at,
        supersedes=former,
    )
    give(later, **said, by=by)
    later.documents.set(former.documents.all())
    Recusal.objects.bulk_create(
        Recusal(consultation=later, person=one.person, why=one.why, noted_by=one.noted_by)
        for one in former.recusals.standing().select_related("person", "noted_by")
    )
    return later


def assign(consultation: Consultation, member: User | None, *, by) -> None:
    """A member of the group answers it, and is told; None: nobody any longer. Raises NotAllowed.

    That the person is a member is asked by the caller (advice/steps).
    """
    number = member.pk if member else None
    details = {"consultation": consultation.pk, "assignee": number}
    with (
        suppress(Unchanged),
        moving(consultation.collaboration, ASSIGN_ADVICE, by=by, details=details),
    ):
        had = Consultation.objects.values_list("assignee", flat=True).get(pk=consultation.pk)
        hand_to(consultation, member, by=by)
        if had == number:
            raise Unchanged


def hand_to(consultation: Consultation, member: User | None, *, by) -> None:
    """The row, what is due and the mail; inside a move, or in the group's own register."""
    waiting = Consultation.objects.select_for_update().get(pk=consultation.pk)
    refuse_if(question_waits.reasons(waiting))
    if member is not None:
        refuse_if(person_takes_part_of(waiting, member))
    if waiting.assignee_id != (member.pk if member else None):
        waiting.assignee = member
        waiting.save(update_fields=["assignee"])
        obligations.answer_falls_to(waiting, by=by)
        if member is not None:
            notices.advice_assigned(waiting)
    consultation.assignee = member


def person_takes_part_of(waiting: Consultation, member: User) -> list[Reason]:
    """Why the member cannot have the question, said of them."""
    if person_takes_part(waiting, member):
        return []
    rule = person_takes_part
    return [Reason(f"{member} är jävig i frågan.", rule.sources, "member", rule.name)]


def go_on_without_advice(consultation: Consultation, *, why: str, by, version: int) -> None:
    """*Inget yttrande*: the manager goes on, after the last day, where no advice is a must.

    Raises Stale, NotAllowed.
    """
    case = consultation.collaboration
    details = {"consultation": consultation.pk}
    with moving(case, GO_ON_WITHOUT_ADVICE, by=by, version=version, details=details) as locked:
        waiting = Consultation.objects.select_for_update().get(pk=consultation.pk)
        waiting.collaboration = locked
        refuse_if(
            question_waits.reasons(waiting)
            + advice_is_no_must.reasons(waiting)
            + last_day_has_passed.reasons(waiting)
        )
        waiting.lapsed_at, waiting.lapsed_by = clock.now(), by
        waiting.lapsed_why = why.strip()
        waiting.save()
        obligations.answer_is_no_longer_waited_for(waiting, by=by)
    consultation.refresh_from_db()
