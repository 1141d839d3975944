"""The moves of the legal tests: opinions on what is unclear (I-26, I-27, S-17)."""

from accounts.permissions import Permission
from casework.moves import STAY, Move
from collaborations.models import OPEN_TO_CORRECTION
from collaborations.moves.people import FREE

ASK_OPINION = Move(
    "ask_opinion",
    "Be om yttrande",
    needs=Permission.COLLABORATION_PREPARE,
    leaves=OPEN_TO_CORRECTION,
    enters=STAY,
    event="opinion_asked",
    person=FREE,
)
GIVE_OPINION = Move(
    "give_opinion",
    "Yttra sig",
    needs=Permission.OPINION_GIVE,
    leaves=OPEN_TO_CORRECTION,
    enters=STAY,
    event="opinion_given",
    person=FREE,  # the one who answers says so in the opinion itself
    keeps_version=True,
)
