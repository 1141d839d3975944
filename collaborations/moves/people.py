"""Who may make a move, beside the permission, and from where: what several moves ask alike."""

from collaborations import rules
from collaborations.models import Step

FREE = (rules.person_is_free_of_conflict,)
DECLARED = (rules.person_has_declared, rules.person_is_free_of_conflict)
OWN = (rules.person_is_the_responsible_manager, *FREE)
MANAGER = (rules.person_is_the_responsible_manager, *DECLARED)
ABOVE = (rules.person_is_the_manager_or_above, *DECLARED)
DECIDER = (*MANAGER, rules.person_has_the_right)
EVERYWHERE = frozenset(Step)
ALIVE = EVERYWHERE - {Step.CLOSED, Step.WITHDRAWN, Step.REFERRED}
