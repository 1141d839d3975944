"""Change what an administration has decided about its questions."""

from django.db import transaction

from audit.record import fingerprint, record_in_register
from casework.moves import Stale
from checklists.models import RuleSet
from checklists.rights import refuse_unless_editor

REGISTER = "rule_sets"


@transaction.atomic
def change_rule_set(code: str, *, name: str, measures: str, version: int, by) -> RuleSet:
    """Name the rule set, and say where measures are used.

    version: that of the row on the page; 1 for one that has no row yet. Raises NotAllowed, Stale.
    """
    refuse_unless_editor(by, code)
    RuleSet.objects.get_or_create(code=code, defaults={"name": code})
    current = RuleSet.objects.select_for_update().get(code=code)
    if current.version != version:
        raise Stale(current)
    name = " ".join(name.split())
    if (current.name, current.measures) == (name, measures):
        return current
    details = {
        "rule_set": code,
        "measures": [current.measures, measures],
        "name": [fingerprint(current.name), fingerprint(name)],
    }
    current.name, current.measures, current.version = name, measures, current.version + 1
    current.save()
    record_in_register(REGISTER, "rule_set_changed", by=by, details=details)
    return current
