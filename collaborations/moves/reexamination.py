"""The moves when something speaks against the organisation (domain 4.2, G-31, I-53)."""

from accounts.permissions import Permission
from casework.moves import STAY, Move
from collaborations import rules
from collaborations.models import OPEN_TO_CORRECTION, Step
from collaborations.moves.people import DECLARED, EVERYWHERE, FREE, MANAGER

DECIDED_TO_START = frozenset({Step.DECIDED, Step.DOCUMENTED, Step.TOLD, Step.ONGOING})
AFTER_DECISION = EVERYWHERE - OPEN_TO_CORRECTION - {Step.WITHDRAWN, Step.REFERRED}
MEASURABLE = AFTER_DECISION | {Step.MOTIVATED, Step.CHECKED}

REPORT_FINDING = Move(
    "report_finding",
    "Registrera en ny uppgift",
    needs=Permission.COLLABORATION_FOLLOW_UP,
    leaves=DECIDED_TO_START,
    enters=STAY,
    event="new_finding",
    person=FREE,  # nobody who is free shall have to declare first to report what they have seen
    rules=(rules.was_decided_to_start,),
    keeps_version=True,
)
REEXAMINE = Move(
    "reexamine",
    "Bedöma i en ny prövning",
    needs=Permission.COLLABORATION_FOLLOW_UP,
    leaves=AFTER_DECISION,
    enters=STAY,
    event="reexamined",
    person=DECLARED,
    keeps_version=True,
)
CLOSE_REEXAMINATION = Move(
    "close_reexamination",
    "Avsluta en ny prövning",
    needs=Permission.COLLABORATION_DECIDE,
    leaves=AFTER_DECISION,
    enters=STAY,
    event="reexamination_closed",
    person=MANAGER,
    keeps_version=True,
)
DEMAND_MEASURE = Move(
    "demand_measure",
    "Besluta om en åtgärd",
    needs=Permission.COLLABORATION_DECIDE,
    leaves=MEASURABLE,
    enters=STAY,
    event="measure_demanded",
    person=MANAGER,
    rules=(rules.measures_are_allowed,),
    keeps_version=True,
)
MOVE_MEASURE = Move(
    "move_measure",
    "Ändra sista dagen för en åtgärd",
    needs=Permission.COLLABORATION_DECIDE,
    leaves=MEASURABLE,
    enters=STAY,
    event="measure_moved",
    person=MANAGER,
    rules=(rules.measures_are_allowed,),
    keeps_version=True,
)
REPORT_MEASURE = Move(
    "report_measure",
    "Anteckna en redovisad åtgärd",
    needs=Permission.COLLABORATION_PREPARE,
    leaves=MEASURABLE,
    enters=STAY,
    event="measure_reported",
    person=DECLARED,
    keeps_version=True,
)
ASSESS_MEASURE = Move(
    "assess_measure",
    "Bedöma en redovisad åtgärd",
    needs=Permission.COLLABORATION_DECIDE,
    leaves=MEASURABLE,
    enters=STAY,
    event="measure_assessed",
    person=MANAGER,
    keeps_version=True,
)
