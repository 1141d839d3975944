"""Samråda: the group is asked and advises; it never decides (G-09, G-15, G-45)."""

from datetime import date

from audit import clock
from casework.moves import NotAllowed, moving
from casework.rules import Reason
from collaborations import notices, obligations
from collaborations.models import Collaboration, Consultation
from collaborations.workflow import ADVISE, CONSULT


def ask_for_advice(
    case: Collaboration, *, question: str, due_on: date, by, version: int
) -> Consultation:
    """Ask the beredningsgrupp by that day. Raises Stale, NotAllowed."""
    details = {}
    with moving(case, CONSULT, by=by, version=version, details=details) as locked:
        consultation = Consultation.objects.create(
            collaboration=locked,
            question=question,
            form=locked.form,
            due_on=due_on,
            asked_by=by,
        )
        details["consultation"] = consultation.pk
        obligations.answer_is_due(consultation)
        notices.advice_asked(consultation)
    return consultation


def advise(consultation: Consultation, *, advice: str, reasons: str, present: str = "", by) -> None:
    """Record the group's advice with its reasons. Never edited afterwards. Raises NotAllowed."""
    case = consultation.collaboration
    details = {"consultation": consultation.pk, "advice": advice}
    with moving(case, ADVISE, by=by, details=details):
        waiting = Consultation.objects.select_for_update().get(pk=consultation.pk)
        if waiting.answered_at:
            raise NotAllowed([Reason("Frågan är redan besvarad.")])
        waiting.advice, waiting.reasons, waiting.present = advice, reasons, present
        waiting.answered_by, waiting.answered_at = by, clock.now()
        waiting.save()
        obligations.answer_is_given(waiting, by=by)
        notices.advice_given(waiting)
    consultation.refresh_from_db()
