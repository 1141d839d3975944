"""The moves of a collaboration that runs or has run: follow-ups and what follows of them."""

from accounts.permissions import Permission
from casework.moves import STAY, Move
from collaborations import rules
from collaborations.models import RUNNING, Step
from collaborations.moves.people import FREE, OWN

AFTER_THE_START = frozenset({Step.ONGOING, Step.ENDED})

FOLLOW_UP = Move(
    "follow_up",
    "Följa upp",
    needs=Permission.COLLABORATION_FOLLOW_UP,
    leaves=frozenset({Step.ONGOING}),
    enters=STAY,
    event="followed_up",
    person=FREE,
)
SAVE_FOLLOW_UP = Move(
    "save_follow_up",
    "Spara utkast till uppföljning",
    needs=Permission.COLLABORATION_FOLLOW_UP,
    leaves=AFTER_THE_START,
    enters=STAY,
    event="follow_up_drafted",
    person=FREE,
    keeps_version=True,
)
CORRECT_FOLLOW_UP = Move(
    "correct_follow_up",
    "Rätta en uppföljning",
    needs=Permission.COLLABORATION_FOLLOW_UP,
    leaves=RUNNING,
    enters=STAY,
    event="follow_up_corrected",
    person=FREE,
)
TAKE_STAND = Move(
    "take_stand",
    "Ta ställning till en uppföljning",
    needs=Permission.COLLABORATION_DECIDE,
    leaves=RUNNING,
    enters=STAY,
    event="stand_taken",
    person=OWN,
    keeps_version=True,
)
NOTE_REPORTED = Move(
    "note_reported",
    "Anteckna vem som har fått uppföljningen",
    needs=Permission.COLLABORATION_FOLLOW_UP,
    leaves=RUNNING,
    enters=STAY,
    event="follow_up_reported",
    person=FREE,
    keeps_version=True,
)
NOTE_REPORTED_TO_BOARD = Move(
    "note_reported_to_board",
    "Anteckna att nämnden har fått uppföljningen",
    needs=Permission.COLLABORATION_BOARD,
    leaves=RUNNING,
    enters=STAY,
    event="follow_up_reported",
    person=FREE,
    keeps_version=True,
)
DECIDE_REMEDY = Move(
    "decide_remedy",
    "Besluta om en åtgärd",
    needs=Permission.COLLABORATION_FOLLOW_UP,
    leaves=RUNNING,
    enters=STAY,
    event="remedy_decided",
    person=FREE,
    keeps_version=True,
)
FINISH_REMEDY = Move(
    "finish_remedy",
    "Avsluta en åtgärd",
    needs=Permission.COLLABORATION_TAKE_PART,
    leaves=RUNNING,
    enters=STAY,
    event="remedy_finished",
    person=FREE,
    keeps_version=True,
)
CLOSE = Move(
    "close",
    "Slutfölja",
    needs=Permission.COLLABORATION_FOLLOW_UP,
    leaves=frozenset({Step.ENDED}),
    enters=Step.CLOSED,
    event="closed",
    person=FREE,
    rules=(rules.closing_follow_up_is_made, rules.initiative_is_reported, rules.end_is_told),
)
