"""Brist: reported in a minute, received by the unit, assessed by the manager, brought to an end."""

from contextlib import suppress
from datetime import date
from uuid import UUID

from accounts.permissions import Permission, may, nearest_holders
from accounts.roles import Role
from audit import clock
from casework.moves import moving, refuse_if
from collaborations import shortcoming_notices, shortcoming_obligations
from collaborations.models import Collaboration, Shortcoming
from collaborations.rules import (
    assessment_says_something,
    conclusion_has_reasons,
    remedy_is_decided,
    shortcoming_has_its_assessment,
    shortcoming_is_not_assessed,
    shortcoming_is_open,
    shortcoming_says_what,
    shortcoming_waits_for_the_unit,
    shortcoming_was_seen_meanwhile,
)
from collaborations.steps.agree import Unchanged
from collaborations.workflow import (
    ASSESS_SHORTCOMING,
    CONCLUDE_SHORTCOMING,
    PASS_ON_SHORTCOMING,
    REPORT_SHORTCOMING,
)


def report_shortcoming(
    case: Collaboration, *, form_key: UUID, what: str, seen_on: date, urgent: bool, by
) -> Shortcoming:
    """To the unit's manager (I-36); from that manager, or one who handles the case, straight on.

    urgent: also the responsible manager is told at once. The same form sent twice gives one.
    Raises NotAllowed.
    """
    details = {"urgent": urgent}
    with suppress(Unchanged), moving(case, REPORT_SHORTCOMING, by=by, details=details) as locked:
        if Shortcoming.objects.filter(form_key=form_key).exists():
            raise Unchanged
        one = Shortcoming(
            collaboration=locked,
            form_key=form_key,
            what=what.strip(),
            seen_on=seen_on,
            urgent=urgent,
            reported_by=by,
            reported_at=clock.now(),
        )
        refuse_if(shortcoming_says_what.reasons(one) + shortcoming_was_seen_meanwhile.reasons(one))
        receivers = receivers_of(locked, by)
        if not receivers:
            one.received_by, one.received_at = by, one.reported_at
        one.save(force_insert=True)
        details["shortcoming"] = one.pk
        if receivers:
            shortcoming_obligations.receiving_is_due(one, owner=receivers[0])
            shortcoming_notices.reported(one, receivers)
        if urgent or not receivers:
            shortcoming_notices.passed_on(one)
        if not receivers:
            shortcoming_obligations.assessment_is_due(one)
    return Shortcoming.objects.get(form_key=form_key)


def receivers_of(case: Collaboration, by) -> list:
    """The unit's managers, the nearest first; nobody when the reporter is one, or works with it.

    Nor of a secret case, which they do not see: it goes straight to the responsible manager.
    """
    handles = (Permission.SHORTCOMING_RECEIVE, Permission.COLLABORATION_FOLLOW_UP)
    if case.is_secret or any(may(by, permission, case) for permission in handles):
        return []
    return nearest_holders(Permission.SHORTCOMING_RECEIVE, case.unit, Role.UNIT_MANAGER)


def locked_one(shortcoming: Shortcoming) -> Shortcoming:
    rows = Shortcoming.objects.select_for_update(of=("self",)).select_related("collaboration")
    return rows.get(pk=shortcoming.pk)


def pass_on(case: Collaboration, shortcoming: Shortcoming, *, comment: str = "", by) -> None:
    """The unit's manager hands it to the responsible manager (I-35). Raises NotAllowed."""
    details = {"shortcoming": shortcoming.pk}
    with moving(case, PASS_ON_SHORTCOMING, by=by, details=details):
        one = locked_one(shortcoming)
        refuse_if(shortcoming_waits_for_the_unit.reasons(one))
        received(one, by=by, comment=comment)
        one.save()
        shortcoming_notices.passed_on(one)
        shortcoming_obligations.assessment_is_due(one)
    shortcoming.refresh_from_db()


def received(one: Shortcoming, *, by, comment: str = "") -> None:
    one.received_by, one.received_at, one.comment = by, clock.now(), comment.strip()
    shortcoming_obligations.it_is_received(one, by=by)


def assess(case: Collaboration, shortcoming: Shortcoming, *, assessment: str, by) -> None:
    """The responsible manager, or one above, assesses (G-82); also what waits at the unit still.

    Raises NotAllowed.
    """
    details = {"shortcoming": shortcoming.pk}
    with moving(case, ASSESS_SHORTCOMING, by=by, details=details):
        one = locked_one(shortcoming)
        refuse_if(shortcoming_is_open.reasons(one) + shortcoming_is_not_assessed.reasons(one))
        if one.received_at is None:
            received(one, by=by)
        one.assessment, one.assessed_by, one.assessed_at = assessment.strip(), by, clock.now()
        refuse_if(assessment_says_something.reasons(one))
        one.save()
        shortcoming_obligations.it_is_assessed(one, by=by)
        shortcoming_obligations.conclusion_is_due(one)
    shortcoming.refresh_from_db()


def conclude(
    case: Collaboration, shortcoming: Shortcoming, *, outcome: str, reasons: str, answer="", by
) -> None:
    """With a measure that is decided, or with nothing; the reasons say why. Raises NotAllowed.

    answer: what the reporter reads. What ends the collaboration is concluded by breaking it off.
    """
    details = {"shortcoming": shortcoming.pk, "outcome": outcome}
    with moving(case, CONCLUDE_SHORTCOMING, by=by, details=details):
        one = locked_one(shortcoming)
        refuse_if(shortcoming_is_open.reasons(one) + shortcoming_has_its_assessment.reasons(one))
        one.outcome, one.reasons, one.answer = outcome, reasons.strip(), answer.strip()
        one.concluded_by, one.concluded_at = by, clock.now()
        refuse_if(conclusion_has_reasons.reasons(one) + remedy_is_decided.reasons(one))
        one.save()
        shortcoming_obligations.it_is_concluded(one, by=by)
    shortcoming.refresh_from_db()
