"""START HERE. Every move a collaboration can make: who, from where, to where, on what conditions.

The states are those of product.md §3. A move whose `enters` is STAY changes the case but not its
state. What each move does stands in `steps/`, one file per step; its conditions in gates.py. Those
of the agreement, the legal tests, single forms and what speaks against an organisation: `moves/`.
"""

from accounts.permissions import Permission
from casework.moves import STAY, Move
from collaborations import gates, rules
from collaborations.models import OPEN_TO_CORRECTION, Step
from collaborations.moves.agreement import (  # noqa: F401 - exported with the rest
    AMEND_AGREEMENT,
    BEGIN_AGREEMENT,
    DROP_AGREEMENT,
    SIGN_AGREEMENT,
    WRITE_AGREEMENT,
)
from collaborations.moves.consultation import (  # noqa: F401 - exported with the rest
    ASSIGN_ADVICE,
    GO_ON_WITHOUT_ADVICE,
    GO_ON_WITHOUT_OPINION,
    STAND_ASIDE,
    TAKE_BACK_ASIDE,
)
from collaborations.moves.forms import (  # noqa: F401 - exported with the rest
    ANSWER_FUNDING,
    APPOINT,
    CONFIRM_EMPLOYMENT,
    DECIDE_RISK,
    DECIDE_SCOPE,
    DESCRIBE_FUNDING,
    DISMISS,
    INFORM_HEAD,
    NOTE_MEETING,
    READ_INFORMATION,
    REFUSE_FUNDING,
    SUBMIT_APPLICATION,
    WRITE_PARTNERSHIP,
)
from collaborations.moves.legal import (  # noqa: F401 - exported with the rest
    ASK_OPINION,
    GIVE_OPINION,
    RECORD_AID,
)
from collaborations.moves.people import ABOVE, ALIVE, DECIDER, DECLARED, EVERYWHERE, FREE, MANAGER
from collaborations.moves.reexamination import (  # noqa: F401 - exported with the rest
    ASSESS_MEASURE,
    CLOSE_REEXAMINATION,
    DECIDED_TO_START,
    DEMAND_MEASURE,
    MOVE_MEASURE,
    REEXAMINE,
    REPORT_FINDING,
    REPORT_MEASURE,
)
from collaborations.moves.running import (  # noqa: F401 - exported with the rest
    CLOSE,
    CORRECT_FOLLOW_UP,
    DECIDE_REMEDY,
    FINISH_REMEDY,
    FOLLOW_UP,
    NOTE_REPORTED,
    NOTE_REPORTED_TO_BOARD,
    SAVE_FOLLOW_UP,
    TAKE_STAND,
)
from collaborations.moves.shortcoming import (  # noqa: F401 - exported with the rest
    ASSESS_SHORTCOMING,
    CONCLUDE_SHORTCOMING,
    NOTE_DIALOGUE,
    PASS_ON_SHORTCOMING,
    REPORT_SHORTCOMING,
)
from collaborations.rules.breaking_off import BEFORE_BREAKING_OFF

# --- before the decision -----------------------------------------------------------------------

CORRECT_REGISTRATION = Move(
    "correct_registration",
    "Ändra registreringen",
    needs=Permission.COLLABORATION_PREPARE,
    leaves=OPEN_TO_CORRECTION,
    enters=Step.REGISTERED,
    event="registration_corrected",
    person=FREE,
)
WRITE_MOTIVATION = Move(
    "write_motivation",
    "Skriva motiveringen",
    needs=Permission.COLLABORATION_PREPARE,
    leaves=OPEN_TO_CORRECTION,
    enters=Step.REGISTERED,
    event="motivation_written",
    person=FREE,
    rules=(rules.is_no_association_grant,),
)
CHANGE_FORM = Move(
    "change_form",
    "Byta form",
    needs=Permission.COLLABORATION_PREPARE,
    leaves=OPEN_TO_CORRECTION,
    enters=Step.REGISTERED,
    event="form_changed",
    person=FREE,
    rules=(
        rules.is_no_association_grant,
        rules.informal_hands_nothing_over,
        rules.informal_has_no_written_agreement,
        rules.initiative_is_the_organisations,
    ),
)
MOTIVATE = Move(
    "motivate",
    "Motivera",
    needs=Permission.COLLABORATION_PREPARE,
    leaves=frozenset({Step.REGISTERED}),
    enters=Step.MOTIVATED,
    event="motivated",
    person=FREE,
    rules=gates.BEFORE_MOTIVATED,
)
ANSWER = Move(
    "answer",
    "Besvara frågor",
    needs=Permission.COLLABORATION_PREPARE,
    leaves=frozenset({Step.MOTIVATED, Step.CHECKED}),
    enters=Step.MOTIVATED,
    event="questions_answered",
    person=DECLARED,
    keeps_version=True,  # each answer has a version of its own
)
USE_DOCUMENT = Move(
    "use_document",
    "Välja underlag till ett svar",
    needs=Permission.COLLABORATION_PREPARE,
    leaves=frozenset({Step.MOTIVATED, Step.CHECKED}),
    enters=Step.MOTIVATED,
    event="document_used",
    person=DECLARED,
    keeps_version=True,  # a document beside an answer makes nobody's form stale
)
RESOLVE = Move(
    "resolve",
    "Motivera eller utreda ett avvikande svar",
    needs=Permission.COLLABORATION_PREPARE,
    leaves=frozenset({Step.MOTIVATED, Step.CHECKED}),
    enters=STAY,
    event="deviation_resolved",
    person=DECLARED,
    keeps_version=True,
)
REUSE = Move(
    "reuse",
    "Använda ett svar från ett annat ärende",
    needs=Permission.COLLABORATION_PREPARE,
    leaves=frozenset({Step.MOTIVATED, Step.CHECKED}),
    enters=Step.MOTIVATED,
    event="answer_reused",
    person=DECLARED,
    keeps_version=True,
)
MOVE_QUESTIONS = Move(
    "move_questions",
    "Gå över till nyare frågor",
    needs=Permission.COLLABORATION_PREPARE,
    leaves=frozenset({Step.MOTIVATED, Step.CHECKED}),
    enters=Step.MOTIVATED,
    event="questions_moved",
    person=DECLARED,
)
CHECK = Move(
    "check",
    "Kontrollera",
    needs=Permission.COLLABORATION_PREPARE,
    leaves=frozenset({Step.MOTIVATED}),
    enters=Step.CHECKED,
    event="checked",
    person=DECLARED,
    rules=gates.BEFORE_CHECKED,
)
SEND_BACK_TO_MOTIVATION = Move(
    "send_back_to_motivation",
    "Skicka tillbaka till motiveringen",
    needs=Permission.COLLABORATION_PREPARE,
    leaves=frozenset({Step.MOTIVATED, Step.CHECKED}),
    enters=Step.REGISTERED,
    event="sent_back",
    person=FREE,
)
SEND_BACK_TO_CHECK = Move(
    "send_back_to_check",
    "Skicka tillbaka till kontrollen",
    needs=Permission.COLLABORATION_PREPARE,
    leaves=frozenset({Step.CHECKED}),
    enters=Step.MOTIVATED,
    event="sent_back",
    person=FREE,
)
WITHDRAW = Move(
    "withdraw",
    "Återta",
    needs=Permission.COLLABORATION_PREPARE,
    leaves=OPEN_TO_CORRECTION,
    enters=Step.WITHDRAWN,
    event="withdrawn",
    person=FREE,
    rules=(rules.initiative_is_reported,),
)
CONSULT = Move(
    "consult",
    "Samråda",
    needs=Permission.COLLABORATION_PREPARE,
    leaves=frozenset({Step.MOTIVATED, Step.CHECKED}),
    enters=STAY,
    event="advice_asked",
    person=FREE,
)
ADVISE = Move(
    "advise",
    "Ge råd",
    needs=Permission.COLLABORATION_ADVISE,
    leaves=frozenset({Step.REGISTERED, Step.MOTIVATED, Step.CHECKED}),
    enters=STAY,
    event="advice_given",
    person=DECLARED,
)

REFER = Move(
    "refer",
    "Lämna över till inköp",
    needs=Permission.COLLABORATION_PREPARE,
    leaves=OPEN_TO_CORRECTION,
    enters=Step.REFERRED,
    event="referred",
    person=FREE,
    rules=(rules.is_a_purchase, rules.procurement_has_somebody, rules.initiative_is_reported),
)
RECORD_BOARD_DECISION = Move(
    "record_board_decision",
    "Anteckna nämndens beslut",
    needs=Permission.COLLABORATION_BOARD,
    leaves=frozenset({Step.CHECKED}),
    enters=STAY,
    event="board_decided",
    person=FREE,
    rules=(rules.is_formal,),
)

# --- the decision and what the program then owes -----------------------------------------------

DECIDE = Move(
    "decide",
    "Besluta",
    needs=Permission.COLLABORATION_DECIDE,
    leaves=frozenset({Step.CHECKED}),
    enters=Step.DECIDED,
    event="decided",
    person=DECIDER,
    rules=gates.before_decision,
    warnings=gates.warnings_before_decision,
)
DOCUMENT = Move(
    "document",
    "Dokumentera",
    needs=Permission.SYSTEM,
    leaves=frozenset({Step.DECIDED}),
    enters=Step.DOCUMENTED,
    event="documented",
    rules=(rules.document_is_made,),
)
TELL = Move(
    "tell",
    "Meddela",
    needs=Permission.SYSTEM,
    leaves=frozenset({Step.DOCUMENTED}),
    enters=Step.TOLD,
    event="told",
    rules=(rules.decision_is_told,),
)
START = Move(
    "start",
    "Starta",
    needs=Permission.SYSTEM,  # an informal collaboration begins at once when its decision is told
    leaves=frozenset({Step.TOLD}),
    enters=Step.ONGOING,
    event="started",
    rules=(rules.decided_to_start,),
)
START_FORMAL = Move(
    "start_formal",
    "Starta",
    needs=Permission.COLLABORATION_DECIDE,
    leaves=frozenset({Step.TOLD}),
    enters=Step.ONGOING,
    event="started",
    person=MANAGER,
    rules=gates.BEFORE_START,
)

# --- while it runs, and its end ----------------------------------------------------------------

END = Move(
    "end",
    "Avsluta",
    needs=Permission.COLLABORATION_DECIDE,
    leaves=frozenset({Step.TOLD, Step.ONGOING}),
    enters=Step.ENDED,
    event="ended",
    person=MANAGER,
    rules=(rules.has_begun_or_waits_to, rules.agreement_has_run_out),
)
BREAK_OFF = Move(
    "break_off",
    "Avbryta",
    needs=Permission.COLLABORATION_DECIDE,
    leaves=frozenset({Step.ONGOING}),
    enters=Step.ENDED,
    event="broken_off",
    person=ABOVE,
    rules=BEFORE_BREAKING_OFF,
)
# --- at any time -------------------------------------------------------------------------------

DECLARE = Move(
    "declare",
    "Lämna jävsförklaring",
    needs=Permission.CONFLICT_DECLARE,
    leaves=ALIVE,
    enters=STAY,
    event="conflict_declared",
    person=FREE,  # who has reported a conflict cannot take it back; another rules on it
    keeps_version=True,
)
RULE = Move(
    "rule",
    "Avgöra jävsfråga",
    needs=Permission.CONFLICT_RULE,
    leaves=EVERYWHERE,
    enters=STAY,
    event="conflict_ruled",
    person=FREE,
    keeps_version=True,
)
HAND_OVER = Move(
    "hand_over",
    "Lämna över",
    needs=Permission.COLLABORATION_HAND_OVER,
    leaves=ALIVE,
    enters=STAY,
    event="handed_over",
)
MARK_SECRET = Move(
    "mark_secret",
    "Sekretessmarkera",
    needs=Permission.COLLABORATION_SECRECY,
    leaves=EVERYWHERE,
    enters=STAY,
    event="secrecy_marked",
)
SET_REGISTRY_NUMBER = Move(
    "set_registry_number",
    "Sätta diarienummer",
    needs=Permission.COLLABORATION_NUMBER,
    leaves=EVERYWHERE,
    enters=STAY,
    event="registry_number_set",
)

# The way of a case, as the rail shows it and docs/workflow.md draws it.
MAIN_WAY = (MOTIVATE, CHECK, DECIDE, DOCUMENT, TELL, START, FOLLOW_UP, END, CLOSE)
ALL_MOVES = tuple(move for move in list(globals().values()) if isinstance(move, Move))
