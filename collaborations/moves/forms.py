"""The moves that only some forms have: projects, employment, partnership (G-62–G-70, I-02–I-20)."""

from accounts.permissions import Permission
from casework.moves import STAY, Move
from collaborations import rules
from collaborations.models import OPEN_TO_CORRECTION, Step
from collaborations.moves.people import ALIVE, FREE, MANAGER, OWN

DESCRIBE_FUNDING = Move(
    "describe_funding",
    "Ange finansieringen",
    needs=Permission.COLLABORATION_PREPARE,
    leaves=OPEN_TO_CORRECTION,
    enters=STAY,
    event="funding_described",
    person=FREE,
    rules=(rules.is_externally_funded,),
)
SUBMIT_APPLICATION = Move(
    "submit_application",
    "Lämna in ansökan",
    needs=Permission.COLLABORATION_PREPARE,
    leaves=frozenset({Step.MOTIVATED, Step.CHECKED}),
    enters=STAY,
    event="application_submitted",
    person=FREE,
    rules=(
        rules.is_externally_funded,
        rules.funder_is_named,
        rules.funding_routine_is_confirmed,
        rules.group_has_advised,
    ),
)
ANSWER_FUNDING = Move(
    "answer_funding",
    "Anteckna finansiärens besked",
    needs=Permission.COLLABORATION_PREPARE,
    leaves=frozenset({Step.MOTIVATED, Step.CHECKED}),
    enters=STAY,
    event="funding_answered",
    person=FREE,
    rules=(rules.is_externally_funded,),
)
REFUSE_FUNDING = Move(
    "refuse_funding",
    "Anteckna finansiärens avslag",
    needs=Permission.COLLABORATION_PREPARE,
    leaves=frozenset({Step.MOTIVATED, Step.CHECKED}),
    enters=Step.WITHDRAWN,
    event="funding_refused",
    person=FREE,
    rules=(rules.is_externally_funded,),
)
DECIDE_SCOPE = Move(
    "decide_scope",
    "Bestämma kontrollens omfattning",
    needs=Permission.COLLABORATION_DECIDE,
    leaves=OPEN_TO_CORRECTION,
    enters=STAY,
    event="scope_decided",
    person=MANAGER,
    rules=(rules.is_partner_in_a_project,),
)
DECIDE_RISK = Move(
    "decide_risk",
    "Besluta om risken",
    needs=Permission.COLLABORATION_DECIDE,
    leaves=frozenset({Step.MOTIVATED, Step.CHECKED}),
    enters=STAY,
    event="risk_decided",
    person=MANAGER,
    rules=(rules.is_a_project,),
)
CONFIRM_EMPLOYMENT = Move(
    "confirm_employment",
    "Bekräfta rutinerna för anställningen",
    needs=Permission.COLLABORATION_PREPARE,
    leaves=OPEN_TO_CORRECTION,
    enters=STAY,
    event="routine_confirmed",
    person=FREE,
    rules=(rules.is_an_employer,),
)
WRITE_PARTNERSHIP = Move(
    "write_partnership",
    "Beskriva partnerskapet",
    needs=Permission.COLLABORATION_PREPARE,
    leaves=OPEN_TO_CORRECTION,
    enters=Step.REGISTERED,
    event="partnership_written",
    person=FREE,
    rules=(rules.is_a_partnership,),
)
INFORM_HEAD = Move(
    "inform_head",
    "Informera högsta chefen",
    needs=Permission.COLLABORATION_DECIDE,
    leaves=OPEN_TO_CORRECTION,
    enters=STAY,
    event="head_informed",
    person=OWN,
    rules=(rules.is_a_partnership,),
)
READ_INFORMATION = Move(
    "read_information",
    "Läsa informationen",
    needs=Permission.COLLABORATION_SEE,
    leaves=ALIVE | {Step.CLOSED},
    enters=STAY,
    event="information_read",
    person=FREE,
    rules=(rules.is_a_partnership,),
    keeps_version=True,
)
APPOINT = Move(
    "appoint",
    "Utse deltagare i styrgruppen",
    needs=Permission.COLLABORATION_DECIDE,
    leaves=ALIVE,
    enters=STAY,
    event="steering_appointed",
    person=OWN,
    rules=(rules.is_a_partnership,),
    keeps_version=True,
)
DISMISS = Move(
    "dismiss",
    "Låta en deltagare lämna styrgruppen",
    needs=Permission.COLLABORATION_DECIDE,
    leaves=ALIVE,
    enters=STAY,
    event="steering_left",
    person=OWN,
    rules=(rules.is_a_partnership,),
    keeps_version=True,
)
NOTE_MEETING = Move(
    "note_meeting",
    "Anteckna ett möte i styrgruppen",
    needs=Permission.COLLABORATION_FOLLOW_UP,
    leaves=ALIVE,
    enters=STAY,
    event="steering_met",
    person=FREE,
    rules=(rules.is_a_partnership,),
    keeps_version=True,
)
