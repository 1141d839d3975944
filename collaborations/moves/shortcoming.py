"""The moves of a shortcoming, and what was said about it (G-82, G-84, I-25, I-35, I-36)."""

from accounts.permissions import Permission
from casework.moves import STAY, Move
from collaborations import rules
from collaborations.models import Step
from collaborations.moves.people import FREE

RUNS = frozenset({Step.ONGOING})
MANAGER_OR_ABOVE = (rules.person_is_the_manager_or_above, *FREE)

REPORT_SHORTCOMING = Move(
    "report_shortcoming",
    "Anmäla en brist",
    needs=Permission.COLLABORATION_TAKE_PART,
    leaves=RUNS,
    enters=STAY,
    event="shortcoming_reported",
    person=FREE,
    keeps_version=True,
)
PASS_ON_SHORTCOMING = Move(
    "pass_on_shortcoming",
    "Lämna en brist vidare till ansvarig chef",
    needs=Permission.SHORTCOMING_RECEIVE,
    leaves=RUNS,
    enters=STAY,
    event="shortcoming_passed_on",
    person=FREE,
    keeps_version=True,
)
ASSESS_SHORTCOMING = Move(
    "assess_shortcoming",
    "Bedöma en brist",
    needs=Permission.COLLABORATION_DECIDE,
    leaves=RUNS,
    enters=STAY,
    event="shortcoming_assessed",
    person=MANAGER_OR_ABOVE,
    keeps_version=True,
)
CONCLUDE_SHORTCOMING = Move(
    "conclude_shortcoming",
    "Avsluta en brist",
    needs=Permission.COLLABORATION_DECIDE,
    leaves=RUNS,
    enters=STAY,
    event="shortcoming_concluded",
    person=MANAGER_OR_ABOVE,
    keeps_version=True,
)
NOTE_DIALOGUE = Move(
    "note_dialogue",
    "Anteckna ett samtal",
    needs=Permission.COLLABORATION_FOLLOW_UP,
    leaves=RUNS,
    enters=STAY,
    event="dialogue_noted",
    person=FREE,
    keeps_version=True,
)
