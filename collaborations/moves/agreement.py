"""The moves of the agreement, for the formal forms (G-51, G-75, M-58)."""

from accounts.permissions import Permission
from casework.moves import STAY, Move
from collaborations import rules
from collaborations.models import Step
from collaborations.moves.people import FREE

WRITABLE = frozenset(
    {Step.MOTIVATED, Step.CHECKED, Step.DECIDED, Step.DOCUMENTED, Step.TOLD, Step.ONGOING}
)
BEGIN_AGREEMENT = Move(
    "begin_agreement",
    "Påbörja en överenskommelse",
    needs=Permission.COLLABORATION_PREPARE,
    leaves=WRITABLE,
    enters=STAY,
    event="agreement_begun",
    person=FREE,
    rules=(rules.form_has_an_agreement,),
    keeps_version=True,
)
WRITE_AGREEMENT = Move(
    "write_agreement",
    "Skriva på ett utkast",
    needs=Permission.COLLABORATION_PREPARE,
    leaves=WRITABLE,
    enters=STAY,
    event="agreement_drafted",
    person=FREE,
    rules=(rules.form_has_an_agreement,),
    keeps_version=True,  # each section is compared on its own
)
DROP_AGREEMENT = Move(
    "drop_agreement",
    "Lägga ner ett utkast",
    needs=Permission.COLLABORATION_PREPARE,
    leaves=WRITABLE,
    enters=STAY,
    event="agreement_dropped",
    person=FREE,
    keeps_version=True,
)
SIGN_AGREEMENT = Move(
    "sign_agreement",
    "Registrera en undertecknad överenskommelse",
    needs=Permission.COLLABORATION_PREPARE,
    leaves=WRITABLE,  # that the decision comes first is a rule, with its source
    enters=STAY,
    event="agreement_signed",
    person=FREE,
    rules=(rules.form_has_an_agreement,),
)
AMEND_AGREEMENT = Move(
    "amend_agreement",
    "Påbörja ett tillägg",
    needs=Permission.COLLABORATION_PREPARE,
    leaves=frozenset({Step.TOLD, Step.ONGOING}),
    enters=STAY,
    event="amendment_begun",
    person=FREE,
    keeps_version=True,
)
