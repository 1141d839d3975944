"""Who may write questions: docs/decisions/0012-who-may-change-the-common-questions.md."""

from accounts.models import Administration
from accounts.permissions import Permission, administrations_where
from casework.moves import NotAllowed
from casework.rules import Reason

COMMON = ""
EDIT = Permission.QUESTIONS_EDIT


def following(rule_set: str) -> list[Administration]:
    """The administrations whose cases a set of that rule set may be asked in."""
    rows = Administration.objects.order_by("name")
    return list(rows if rule_set == COMMON else rows.filter(rule_set=rule_set))


def editable_rule_sets(person) -> set[str]:
    """The rule sets whose questions the person may change; "" stands for the common ones.

    One must hold the permission in every administration that follows the rule set, and for the
    common ones in every administration there is. Costs one query for those who hold it somewhere.
    """
    own = {administration.pk for administration in administrations_where(person, EDIT)}
    if not own:
        return set()
    rows = list(Administration.objects.values_list("pk", "rule_set"))
    every = {code: {pk for pk, of in rows if of == code} for _, code in rows}
    every[COMMON] = {pk for pk, _ in rows}
    return {code for code, those in every.items() if those <= own}


def may_edit(person, rule_set: str) -> bool:
    return rule_set in editable_rule_sets(person)


def refuse_unless_editor(person, rule_set: str) -> None:
    """Raise NotAllowed unless the person may change the questions of that rule set today."""
    if may_edit(person, rule_set):
        return
    names = ", ".join(str(one) for one in following(rule_set))
    whose = f"Frågorna gäller {names}." if names else "Ingen förvaltning följer regeluppsättningen."
    sentence = f"Du har inte rätt att {EDIT.label} här. {whose} Rätten krävs i alla dem."
    raise NotAllowed([Reason(sentence if names else whose)])
