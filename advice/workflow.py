"""Every move of a meeting. Its conditions stand in rules.py; what it does, in steps/."""

from accounts.permissions import Permission
from advice import rules
from advice.models import Stage
from casework.moves import STAY, Move

OPEN = frozenset({Stage.PLANNED})


def while_open(name: str, label: str, event: str, **more) -> Move:
    """A move by those who advise, on a meeting that is not closed."""
    facts = {"needs": Permission.COLLABORATION_ADVISE, "leaves": OPEN, "enters": STAY, **more}
    return Move(name, label, event=event, **facts)


CHANGE_MEETING = while_open("change_meeting", "Ändra mötet", "meeting_changed")
SET_AGENDA = while_open(
    "set_agenda", "Ändra dagordningen", "agenda_changed", rules=(rules.agenda_can_change,)
)
TAKE_OFF = while_open("take_off", "Ta bort från dagordningen", "agenda_changed")
CANCEL_MEETING = while_open(
    "cancel_meeting",
    "Ställ in mötet",
    "meeting_cancelled",
    enters=Stage.CANCELLED,
    rules=(rules.no_advice_is_noted,),
)
NOTE_ATTENDANCE = while_open(
    "note_attendance",
    "Anteckna närvaro",
    "attendance_noted",
    rules=(rules.meeting_day_has_come,),
)
NOTE_ADVICE = while_open(
    "note_advice",
    "Anteckna råd",
    "meeting_advised",
    rules=(rules.meeting_day_has_come, rules.attendance_is_noted),
)
CLOSE_MINUTES = while_open(
    "close_minutes",
    "Justera protokollet",
    "minutes_closed",
    enters=Stage.CLOSED,
    person=(rules.person_chairs_the_meeting,),
    rules=(rules.meeting_day_has_come, rules.attendance_is_noted),
)
