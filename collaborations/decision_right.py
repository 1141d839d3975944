"""By what right a decision is made (domain §1.7.4): the manager's own, delegated, the board's.

Informal: the responsible manager (G-47). Formal: an item of the delegation order that covers the
form and the value of what we hand over, that day, held by the decider; where none reaches, the
board decides and its decision is recorded (G-74). To begin an IOP is always the board's (I-07).
"""

from django.db.models import prefetch_related_objects
from django.utils import timezone

from accounts.models import DelegationItem
from accounts.permissions import holds
from casework.swedish import kronor, long_date
from collaborations.models import BoardDecision, Collaboration, Form

# G-47. The words stand in the decision document, so they name no id of ours.
MANAGERS_OWN = "Ansvarig chef beslutar om informell samverkan enligt förvaltningens riktlinjer."


def amount(case: Collaboration) -> int:
    """Kronor: what we hand over over the whole period, with what is no money valued (G-74)."""
    return case.terms.value_handed_over


def items(case: Collaboration) -> list[DelegationItem]:
    """The items in force today that reach the form and the amount, whoever holds them."""
    kept = case.__dict__.get("_delegation")
    if kept is None:
        rows = DelegationItem.objects.on(timezone.localdate()).select_related("holder_person")
        kept = case._delegation = list(rows.filter(administration=case.administration_id))
    return [
        item
        for item in kept
        if case.form in item.forms and (item.max_amount is None or amount(case) <= item.max_amount)
    ]


def remember(cases) -> None:
    """Ask once for many cases what `items` and `board_decision` ask for each; not for none."""
    if not cases:
        return
    prefetch_related_objects(cases, "terms__contributions", "board_decisions__recorded_by")
    rows = list(DelegationItem.objects.on(timezone.localdate()).select_related("holder_person"))
    for case in cases:
        case._delegation = [row for row in rows if row.administration_id == case.administration_id]
        case._board_decisions = list(case.board_decisions.all())


def board_must_decide(case: Collaboration) -> bool:
    """No item reaches, or it is a partnership (I-07), and the board has not decided on it yet."""
    if case.form == Form.INFORMAL or board_decision(case):
        return False
    return case.form == Form.IOP or not items(case)


def item_of(case: Collaboration, person) -> DelegationItem | None:
    """The item that gives this person the decision: the narrowest that reaches, or None."""
    held = [item for item in items(case) if is_held_by(item, case, person)]
    return min(held, key=lambda item: (item.max_amount is None, item.max_amount), default=None)


def is_held_by(item: DelegationItem, case: Collaboration, person) -> bool:
    if item.holder_person_id:
        return item.holder_person_id == person.pk and person.is_active
    return holds(person, item.holder_role, case.unit)


def board_decision(case: Collaboration) -> BoardDecision | None:
    """What the board has decided of the case as it now is: the latest recorded, or None.

    A decision on another form, or on less than we now would hand over, is no decision on this.
    """
    kept = case.__dict__.get("_board_decisions")
    if kept is None:
        rows = case.board_decisions.select_related("recorded_by")
        kept = case._board_decisions = list(rows)
    latest = kept[-1] if kept else None
    reaches = latest and latest.form == case.form and amount(case) <= latest.amount
    return latest if reaches else None


def right_of(case: Collaboration, person) -> dict:
    """By what right this person would decide, as fields of a Decision; empty when by none."""
    if case.form == Form.INFORMAL:
        return {"right": MANAGERS_OWN}
    if board := board_decision(case):
        return {"right": boards_words(board), "board_decision": board}
    if item := item_of(case, person):
        return {"right": items_words(item), "delegation_item": item}
    return {}


def boards_words(board: BoardDecision) -> str:
    return (
        f"{board.board} beslutade den {long_date(board.decided_on)}, {board.paragraph}. "
        f"Antecknat av {board.recorded_by}."
    )


def items_words(item: DelegationItem) -> str:
    upto = "" if item.max_amount is None else f", högst {kronor(item.max_amount)}"
    return f"Delegationsordningen punkt {item.code}: {item.title}{upto}."
