"""After a follow-up: the manager's stand, the head, the board, and measures (I-09, I-22–I-24)."""

from contextlib import suppress
from datetime import date
from uuid import UUID

from audit import clock
from casework.moves import NotAllowed, moving, refuse_if
from casework.rules import Reason
from collaborations import running_notices, running_obligations
from collaborations.models import (
    Collaboration,
    FollowUp,
    FollowUpReported,
    Form,
    ManagersStand,
    Remedy,
    Shortcoming,
)
from collaborations.rules import (
    board_is_told_by_paragraph,
    head_is_chosen,
    owner_has_access,
    person_answers_for_the_remedy,
    remedy_is_due_in_time,
    remedy_is_explained,
    remedy_is_open,
    reported_after_the_follow_up,
    stand_is_of_the_latest_version,
    stand_says_something,
)
from collaborations.steps.agree import Unchanged
from collaborations.workflow import (
    DECIDE_REMEDY,
    FINISH_REMEDY,
    NOTE_REPORTED,
    NOTE_REPORTED_TO_BOARD,
    TAKE_STAND,
)
from iop.models import HeadInformation


def take_stand(
    case: Collaboration, made: FollowUp, *, text: str, measures: str = "", head=None, by
) -> ManagersStand:
    """The manager's stand. Of a partnership the head is told in the same breath, with a receipt.

    measures: planned and done, in words. Raises NotAllowed.
    """
    details = {"follow_up": made.pk}
    with moving(case, TAKE_STAND, by=by, details=details) as locked:
        if ManagersStand.objects.filter(follow_up=made).exists():
            raise NotAllowed([Reason("Ställning är redan tagen till den här uppföljningen.")])
        stand = ManagersStand(
            follow_up=made, text=text.strip(), measures=measures.strip(), taken_by=by
        )
        refuse_if(stand_is_of_the_latest_version.reasons(stand))
        told = None
        if locked.form == Form.IOP and head is not None:
            told = stand.information = HeadInformation.objects.create(
                partnership=locked.partnership,
                kind=HeadInformation.Kind.FOLLOW_UP,
                head=head,
                assessment=what_the_head_is_told(stand),
                told_by=by,
            )
        refuse_if(stand_says_something.reasons(stand) + head_is_chosen.reasons(stand))
        stand.save(force_insert=True)
        running_obligations.stand_is_taken(made, by=by)
        if told:
            details["information"] = told.pk
            due = running_obligations.head_is_to_read(locked, told)
            running_notices.head_told_of_follow_up(locked, told, due.path)
    return stand


def what_the_head_is_told(stand: ManagersStand) -> str:
    made = stand.follow_up
    parts = [
        f"Slutsats av uppföljningen: {made.get_conclusion_display()}.",
        stand.text,
        f"Planerade och genomförda åtgärder: {stand.measures}" if stand.measures else "",
    ]
    return "\n\n".join(part for part in parts if part)


def note_reported(
    case: Collaboration, made: FollowUp, *, to: str, on: date, reference: str = "", by
) -> FollowUpReported:
    """To whom the follow-up was reported. Of the board: the day and the paragraph (I-24).

    The same noted twice is one. Raises NotAllowed.
    """
    move = NOTE_REPORTED_TO_BOARD if to == FollowUpReported.To.BOARD else NOTE_REPORTED
    details = {"follow_up": made.pk, "to": to}
    facts = {"to": to, "on": on, "reference": reference.strip()}
    with suppress(Unchanged), moving(case, move, by=by, details=details):
        if made.reports.filter(**facts).exists():
            raise Unchanged
        told = FollowUpReported(follow_up=made, noted_by=by, **facts)
        refuse_if(
            board_is_told_by_paragraph.reasons(told) + reported_after_the_follow_up.reasons(told)
        )
        told.save(force_insert=True)
        if to == FollowUpReported.To.BOARD:
            running_obligations.board_has_it(made, by=by, reference=told.reference)
    return made.reports.filter(**facts).get()


def decide_remedy(
    case: Collaboration,
    *,
    form_key: UUID,
    what: str,
    owner,
    due_on: date,
    follow_up: FollowUp | None = None,
    shortcoming: Shortcoming | None = None,
    by,
) -> Remedy:
    """Somebody is to do something by a day. The same form sent twice gives one.

    Raises NotAllowed.
    """
    details = {"owner": owner.pk}
    with suppress(Unchanged), moving(case, DECIDE_REMEDY, by=by, details=details) as locked:
        if Remedy.objects.filter(form_key=form_key).exists():
            raise Unchanged
        remedy = Remedy(
            collaboration=locked,
            form_key=form_key,
            follow_up=follow_up,
            shortcoming=shortcoming,
            what=what.strip(),
            owner=owner,
            due_on=due_on,
            decided_by=by,
        )
        refuse_if(owner_has_access.reasons(remedy) + remedy_is_due_in_time.reasons(remedy))
        remedy.save(force_insert=True)
        details["remedy"] = remedy.pk
        running_obligations.remedy_is_due(locked, remedy)
        if owner != by:
            running_notices.remedy_decided(remedy)
    return Remedy.objects.get(form_key=form_key)


def finish_remedy(case: Collaboration, remedy: Remedy, *, outcome: str, note: str, by) -> None:
    """Done or not, with a note. outcome: done or not_done. Raises NotAllowed."""
    details = {"remedy": remedy.pk, "outcome": outcome}
    with moving(case, FINISH_REMEDY, by=by, details=details):
        locked = Remedy.objects.select_for_update().get(pk=remedy.pk)
        refuse_if(
            person_answers_for_the_remedy.reasons(locked, by) + remedy_is_open.reasons(locked)
        )
        locked.outcome, locked.note = outcome, note.strip()
        locked.closed_by, locked.closed_at = by, clock.now()
        refuse_if(remedy_is_explained.reasons(locked))
        locked.save()
        running_obligations.remedy_is_closed(locked, by=by)
    remedy.refresh_from_db()
