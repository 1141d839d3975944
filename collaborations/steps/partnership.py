"""The partnership: written, told to the head before preparation goes on, steered (I-02–I-25)."""

from datetime import date

from audit import clock
from casework.moves import NotAllowed, moving, refuse_if
from casework.rules import Reason
from collaborations import notices, running_obligations
from collaborations.models import Collaboration
from collaborations.rules import information_is_to_the_person
from collaborations.workflow import (
    APPOINT,
    DISMISS,
    INFORM_HEAD,
    NOTE_MEETING,
    READ_INFORMATION,
    WRITE_PARTNERSHIP,
)
from iop.models import HeadInformation, Partnership, SteeringMeeting, SteeringMember


def write_partnership(case: Collaboration, *, by, version: int, **facts) -> Partnership:
    """facts: fields of Partnership. The case goes back to registered. Raises Stale, NotAllowed."""
    with moving(case, WRITE_PARTNERSHIP, by=by, version=version) as locked:
        one = partnership_of(locked)
        for name, value in facts.items():
            setattr(one, name, value)
        one.save()
    return one


def partnership_of(case: Collaboration) -> Partnership:
    """The case's partnership; begun when it has none. Inside a move."""
    if case.partnership is None:
        case.partnership = Partnership.objects.create()
    return case.partnership


def inform_head(case: Collaboration, *, head, assessment: str, by, version: int) -> HeadInformation:
    """Tell the head of the interest and our assessment (I-13). Raises Stale, NotAllowed."""
    details = {"head": head.pk}
    with moving(case, INFORM_HEAD, by=by, version=version, details=details) as locked:
        told = HeadInformation.objects.create(
            partnership=partnership_of(locked), head=head, assessment=assessment, told_by=by
        )
        details["information"] = told.pk
        notices.head_informed(locked, told)
    return told


def read_information(case: Collaboration, told: HeadInformation, *, by) -> None:
    """The head says that it is read (I-06). Twice does no harm. Raises NotAllowed."""
    details = {"information": told.pk}
    with moving(case, READ_INFORMATION, by=by, details=details):
        refuse_if(information_is_to_the_person.reasons(told, by))
        HeadInformation.objects.filter(pk=told.pk, read_at=None).update(read_at=clock.now())
        running_obligations.head_has_read(case, told, by=by)
    told.refresh_from_db()


def appoint(
    case: Collaboration, *, side: str, role: str, person=None, by, version: int
) -> SteeringMember:
    """The manager appoints ours; of theirs, the function that they named (I-20).

    Raises Stale, NotAllowed.
    """
    details = {"side": side, "person": person.pk if person else None}
    with moving(case, APPOINT, by=by, version=version, details=details) as locked:
        if (side == SteeringMember.Side.US) != (person is not None):
            raise NotAllowed([Reason("Välj en person för oss, och en roll för organisationen.")])
        return SteeringMember.objects.create(
            partnership=partnership_of(locked),
            side=side,
            person=person,
            role=role,
            appointed_by=by,
            appointed_on=clock.today(),
        )


def dismiss(case: Collaboration, member: SteeringMember, *, by, version: int) -> None:
    """The member leaves the group today. Raises Stale, NotAllowed."""
    with moving(case, DISMISS, by=by, version=version, details={"member": member.pk}):
        SteeringMember.objects.filter(pk=member.pk, left_on=None).update(left_on=clock.today())


def note_meeting(
    case: Collaboration, *, held_on: date, notes: str, by, version: int
) -> SteeringMeeting:
    """What the steering group came to. Raises Stale, NotAllowed."""
    with moving(case, NOTE_MEETING, by=by, version=version) as locked:
        if held_on > clock.today():
            raise NotAllowed(
                [Reason("Mötet kan inte ha hållits efter dagens datum.", (), "held_on")]
            )
        return SteeringMeeting.objects.create(
            partnership=partnership_of(locked), held_on=held_on, notes=notes, noted_by=by
        )
