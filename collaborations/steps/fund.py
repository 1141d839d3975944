"""Extern finansiering: funder, the group's advice, the application, the answer (G-62–G-65)."""

from datetime import date

from casework.moves import moving, refuse_if
from collaborations import notices, obligations
from collaborations.models import Collaboration, Funding, Remark, Routine
from collaborations.rules import (
    advice_is_older_than_the_application,
    answer_waits,
    application_waits,
    funding_days_are_in_order,
)
from collaborations.steps.send_back import remarked
from collaborations.workflow import (
    ANSWER_FUNDING,
    CONFIRM_EMPLOYMENT,
    DESCRIBE_FUNDING,
    REFUSE_FUNDING,
    SUBMIT_APPLICATION,
)


def describe_funding(
    case: Collaboration, *, funder: str, programme: str, call: str, routine: str, by, version: int
) -> Funding:
    """Who pays, and where the routine that is followed is found. Raises Stale, NotAllowed."""
    with moving(case, DESCRIBE_FUNDING, by=by, version=version) as locked:
        funding, _ = Funding.objects.update_or_create(
            collaboration=locked,
            defaults={"funder": funder.strip(), "programme": programme, "call": call},
        )
        if routine.strip():
            Routine.objects.create(
                collaboration=locked,
                kind=Routine.Kind.EXTERNAL_FUNDING,
                reference=routine.strip(),
                confirmed_by=by,
            )
    return funding


def submit_application(case: Collaboration, *, on: date, by, version: int) -> None:
    """Handed in; the group has advised before (G-64). Raises Stale, NotAllowed."""
    details = {"on": on.isoformat()}
    with moving(case, SUBMIT_APPLICATION, by=by, version=version, details=details) as locked:
        funding = Funding.objects.filter(collaboration=locked).first() or Funding()
        refuse_if(application_waits.reasons(funding))
        funding.submitted_on = on
        refuse_if(funding_days_are_in_order.reasons(funding))
        if funding.pk:
            refuse_if(advice_is_older_than_the_application.reasons(funding))
            funding.save()


def answer_application(
    case: Collaboration, *, answer: str, on: date, reference: str = "", by, version: int
) -> None:
    """The funder's answer. Refused: the case ends there, and the mailbox is told.

    Raises Stale, NotAllowed.
    """
    refused = answer == Funding.Answer.REFUSED
    move = REFUSE_FUNDING if refused else ANSWER_FUNDING
    details = {"answer": answer, "on": on.isoformat()}
    with moving(case, move, by=by, version=version, details=details) as locked:
        funding = Funding.objects.filter(collaboration=locked).first() or Funding()
        refuse_if(answer_waits.reasons(funding))
        funding.answer, funding.answered_on, funding.reference = answer, on, reference.strip()
        refuse_if(funding_days_are_in_order.reasons(funding))
        funding.save()
        if refused:
            remarked(locked, Remark.Kind.FUNDING_REFUSED, f"{funding.funder} avslog ansökan.", by)
            obligations.withdrawal_waives_what_was_due(locked, by=by)
            notices.funding_refused(locked, funding)


def confirm_employment(
    case: Collaboration, *, employment: str, reference: str, by, version: int
) -> Routine:
    """The ordinary routines are followed. Nothing is kept of who is employed (G-70)."""
    with moving(case, CONFIRM_EMPLOYMENT, by=by, version=version) as locked:
        return Routine.objects.create(
            collaboration=locked,
            kind=Routine.Kind.EMPLOYMENT,
            employment=employment,
            reference=reference.strip(),
            confirmed_by=by,
        )
