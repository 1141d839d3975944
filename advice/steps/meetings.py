"""Meetings: called, their agenda made of waiting questions, who was there, the advice (G-09)."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import Max

from accounts.permissions import Permission
from advice.aside import taking_part
from advice.models import AgendaItem, Attendance, Meeting, Member
from advice.rules import (
    chair_is_a_member,
    item_is_not_advised,
    item_is_on_no_agenda,
    item_is_ours,
    meeting_is_soon,
    meeting_lies_ahead,
)
from advice.steps import questions
from advice.steps.members import refuse_unless
from advice.workflow import (
    CANCEL_MEETING,
    CHANGE_MEETING,
    NOTE_ADVICE,
    NOTE_ATTENDANCE,
    SET_AGENDA,
    TAKE_OFF,
)
from audit.record import record
from casework.moves import NotAllowed, moving, refuse_if
from casework.rules import Reason
from collaborations.models import Consultation
from collaborations.rules import case_needs_advice, question_waits
from collaborations.steps import consult


@transaction.atomic
def call_meeting(administration, *, held_on: date, place: str, chair: Member, by) -> Meeting:
    """The one that is called already, if the same: a form may be sent twice.

    Raises NotAllowed: a day that has been, a chair who is no member then.
    """
    refuse_unless(Permission.COLLABORATION_ADVISE, administration.root_unit, by)
    type(administration).objects.select_for_update().get(pk=administration.pk)
    facts = {"held_on": held_on, "place": place, "chair": chair, "called_by": by}
    if already := Meeting.objects.open().filter(administration=administration, **facts).first():
        return already
    meeting = Meeting(administration=administration, unit=administration.root_unit, **facts)
    refuse_if(
        meeting_lies_ahead.reasons(meeting)
        + meeting_is_soon.reasons(meeting)
        + chair_is_a_member.reasons(meeting)
    )
    meeting.save(force_insert=True)
    record("meeting_called", meeting, by=by, details={"chair": chair.pk})
    return meeting


def change_meeting(
    meeting: Meeting, *, held_on: date, place: str, chair: Member, by, version: int
) -> None:
    """Another day, place or chair. Raises Stale, NotAllowed."""
    with moving(meeting, CHANGE_MEETING, by=by, version=version) as locked:
        moved = held_on != locked.held_on
        locked.held_on, locked.place, locked.chair = held_on, place, chair
        refuse_if(
            (meeting_lies_ahead.reasons(locked) if moved else [])
            + meeting_is_soon.reasons(locked)
            + chair_is_a_member.reasons(locked)
        )
        if moved and locked.items.filter(consultation__met_on__isnull=False).exists():
            raise NotAllowed([Reason("Råd är redan antecknade vid mötet.", at="held_on")])


def cancel_meeting(meeting: Meeting, *, by, version: int) -> None:
    """It is not held, or never was. Its questions wait for another. Raises Stale, NotAllowed."""
    with moving(meeting, CANCEL_MEETING, by=by, version=version):
        pass


def add_item(meeting: Meeting, consultation: Consultation, *, by, version: int) -> AgendaItem:
    """A waiting question of this administration, last on the agenda. Raises Stale, NotAllowed."""
    details = {"added": consultation.pk}
    with moving(meeting, SET_AGENDA, by=by, version=version, details=details) as locked:
        # Two meetings at once: the question itself is what they would both take.
        waiting = Consultation.objects.select_for_update().get(pk=consultation.pk)
        last = locked.items.aggregate(last=Max("position"))["last"] or 0
        item = AgendaItem(meeting=locked, consultation=waiting, position=last + 1)
        refuse_if(
            item_is_ours.reasons(item)
            + question_waits.reasons(waiting)
            + case_needs_advice.reasons(waiting)
            + item_is_on_no_agenda.reasons(item)
        )
        item.save(force_insert=True)
    return item


def remove_item(item: AgendaItem, *, by, version: int) -> None:
    """The question waits again, for another meeting; also after the day of this one.

    Raises Stale, NotAllowed.
    """
    details = {"removed": item.consultation_id}
    with moving(item.meeting, TAKE_OFF, by=by, version=version, details=details):
        refuse_if(item_is_not_advised.reasons(item))
        AgendaItem.objects.filter(pk=item.pk).delete()


def move_item(item: AgendaItem, *, up: bool, by, version: int) -> None:
    """One place up or down; at either end nothing happens. Raises Stale, NotAllowed."""
    details = {"moved": item.consultation_id, "up": up}
    with moving(item.meeting, SET_AGENDA, by=by, version=version, details=details) as locked:
        items = list(locked.items.all())
        place = [one.pk for one in items].index(item.pk)
        other = place - 1 if up else place + 1
        if 0 <= other < len(items):
            items[place], items[other] = items[other], items[place]
        for position, one in enumerate(items, start=1):
            one.position = position
        AgendaItem.objects.bulk_update(items, ["position"])


def note_attendance(meeting: Meeting, members: Iterable[Member], *, by, version: int) -> None:
    """Those who are there, of the members that day, or who were noted before they left the group.

    Raises Stale, NotAllowed.
    """
    members = list(members)
    details = {"members": [member.pk for member in members]}
    with moving(meeting, NOTE_ATTENDANCE, by=by, version=version, details=details) as locked:
        there = set(locked.attendances.values_list("member", flat=True))
        foreign = [
            member
            for member in members
            if member.pk not in there
            and not (
                member.administration_id == locked.administration_id
                and member.is_one_on(locked.held_on)
            )
        ]
        if foreign:
            names = ", ".join(str(member.person) for member in foreign)
            raise NotAllowed([Reason(f"Inte ledamot den dagen: {names}.", at="members")])
        locked.attendances.exclude(member__in=members).delete()
        Attendance.objects.bulk_create(
            Attendance(meeting=locked, member=one) for one in members if one.pk not in there
        )


def advise_at_meeting(
    item: AgendaItem, *, reasons: str, advice: str = "", by, version: int
) -> None:
    """The advice of those who are there and have no jäv in it, by the step that all advice takes.

    advice: left out for a question without a case, which has an answer in words.
    Raises Stale, NotAllowed.
    """
    meeting, details = item.meeting, {"consultation": item.consultation_id, "advice": advice}
    with moving(meeting, NOTE_ADVICE, by=by, version=version, details=details) as locked:
        people = taking_part(item)
        if not people:
            raise NotAllowed([Reason("Ingen som deltar kan ge råd i den här frågan.", ("G-37",))])
        asked = item.consultation
        there = ", ".join(map(str, people))
        facts = {"present": there, "met_on": locked.held_on, "by": by}
        if asked.collaboration_id:
            consult.advise(asked, advice=advice, reasons=reasons, **facts)
        else:
            questions.answer(asked, text=reasons, **facts)
