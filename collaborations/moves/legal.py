"""The moves of the legal tests: what we give, and opinions (I-26, I-46, S-17)."""

from accounts.permissions import Permission
from casework.moves import STAY, Move
from collaborations.models import OPEN_TO_CORRECTION, Step
from collaborations.moves.people import DECLARED, FREE

RECORD_AID = Move(
    "record_aid",
    "Anteckna stöd av mindre betydelse",
    needs=Permission.COLLABORATION_PREPARE,
    leaves=frozenset({Step.MOTIVATED, Step.CHECKED}),
    enters=STAY,
    event="aid_recorded",
    person=DECLARED,
)
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
