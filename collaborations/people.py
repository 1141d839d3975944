"""Who can be chosen for something in a case."""

from accounts.permissions import Permission, holders
from collaborations.models import Collaboration


def may_answer_for_a_remedy(case: Collaboration):
    """The people (query set) who work with the collaboration: can see it and finish a measure."""
    return holders(Permission.COLLABORATION_TAKE_PART, case.unit)


def heads_of(case: Collaboration):
    """The heads (query set) at the case's unit or above it."""
    return holders(Permission.AGREEMENT_SIGN_PARTNERSHIP, case.unit)
