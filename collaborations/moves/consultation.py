"""Moves of what the group and others are asked, beside asking and answering (G-09, G-13, G-37)."""

from accounts.permissions import Permission
from casework.moves import STAY, Move
from collaborations.models import OPEN_TO_CORRECTION
from collaborations.moves.people import FREE, OWN

ASSIGN_ADVICE = Move(
    "assign_advice",
    "Fördela en fråga till en ledamot",
    needs=Permission.COLLABORATION_ADVISE,
    leaves=OPEN_TO_CORRECTION,
    enters=STAY,
    event="advice_assigned",
    person=FREE,
    keeps_version=True,
)
STAND_ASIDE = Move(
    "stand_aside",
    "Anteckna att någon i gruppen är jävig",
    needs=Permission.COLLABORATION_ADVISE,
    leaves=OPEN_TO_CORRECTION,
    enters=STAY,
    event="stood_aside",
    person=FREE,
    keeps_version=True,
)
TAKE_BACK_ASIDE = Move(
    "take_back_aside",
    "Ta tillbaka en anteckning om jäv",
    needs=Permission.COLLABORATION_ADVISE,
    leaves=OPEN_TO_CORRECTION,
    enters=STAY,
    event="aside_taken_back",
    person=FREE,
    keeps_version=True,
)
GO_ON_WITHOUT_ADVICE = Move(
    "go_on_without_advice",
    "Gå vidare utan råd",
    needs=Permission.COLLABORATION_DECIDE,
    leaves=OPEN_TO_CORRECTION,
    enters=STAY,
    event="advice_lapsed",
    person=OWN,
)
GO_ON_WITHOUT_OPINION = Move(
    "go_on_without_opinion",
    "Gå vidare utan yttrande",
    needs=Permission.COLLABORATION_DECIDE,
    leaves=OPEN_TO_CORRECTION,
    enters=STAY,
    event="opinion_lapsed",
    person=OWN,
)
