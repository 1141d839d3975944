"""Waive an obligation by hand, and hand over all that somebody owes (G-79, domain 1.7.5)."""

from collections.abc import Iterable

from django.apps import apps
from django.db import transaction
from django.db.models import Q

from accounts.permissions import Permission, may, within
from audit.models import Chained
from audit.record import fingerprint, record, record_in_register
from casework.moves import NotAllowed, refuse_if
from casework.rules import Reason
from collaborations import ledger, ledger_notices, standing
from collaborations.models import Collaboration, Reexamination
from collaborations.obligations import answers_follow, opinions_follow
from collaborations.running_obligations import informations_follow, remedies_follow
from notifications.models import Obligation
from notifications.obligations import hand_over, waive
from notifications.reminders import here_today

REGISTER = "obligations"
TOLD_AT_MOST = 5


def waive_by_hand(obligation: Obligation, *, reason: str, by) -> None:
    """It need not be done, for a reason that stands in its history. Raises NotAllowed."""
    with transaction.atomic():
        locked = Obligation.objects.select_for_update(of=("self",)).get(pk=obligation.pk)
        refuse_if(ledger.against_waiving(locked, by))
        waive(locked, reason=reason, by=by)
        details = {"obligation": locked.pk, "reason": fingerprint(reason)}
        tell("obligation_waived", locked.about, details, by)


GIVES = (Permission.COLLABORATION_HAND_OVER, Permission.REFERENCE_DATA_EDIT)


def movable(by):
    """The open obligations (query set) that the person may give from one to another."""
    first, second = GIVES
    return Obligation.objects.open().filter(within(by, first) | within(by, second))


def against_taking(obligations: Iterable[Obligation], giver, taker) -> list[Reason]:
    """Why the taker cannot have them all; empty when they can."""
    obligations = list(obligations)
    if not obligations:
        return [Reason("Det finns inget att lämna över. Det kan redan vara gjort.")]
    if giver == taker:
        return [Reason("Välj någon annan än den som lämnar.", at="taker")]
    if not here_today({taker.pk}):
        return [Reason(f"{taker} har slutat eller saknar roll, och kan inte ta över.", at="taker")]
    unable = [
        f"{taker} har inte rätt att göra det här i {one.unit}: {one.what}."
        for one in obligations
        if not any(may(taker, permission, one) for permission in one.of_kind.needs)
    ]
    unable += [f"{taker} är jävig i {case.number}." for case in conflicted(obligations, taker)]
    more = len(unable) - TOLD_AT_MOST
    said = unable[:TOLD_AT_MOST] + ([f"Och {more} till."] if more > 0 else [])
    return [Reason(sentence, at="taker") for sentence in said]


def conflicted(obligations: list[Obligation], person) -> list[Collaboration]:
    """The cases of the obligations where the person is out through jäv. Three queries."""
    numbers = {Collaboration: set(), Reexamination: set()}
    for model, found in numbers.items():
        label = f"{model._meta.label_lower}:"
        found |= {
            int(o.about.removeprefix(label)) for o in obligations if o.about.startswith(label)
        }
    of_matters = Q(reexaminations__in=numbers[Reexamination])
    found = Collaboration.objects.filter(Q(pk__in=numbers[Collaboration]) | of_matters)
    cases = list(found.distinct().order_by("pk"))
    standing.remember_declarations(cases)
    return [case for case in cases if not standing.is_free(case, person)]


def hand_over_all(giver, *, taker, note: str, seen: set[int], kinds=None, by) -> int:
    """Give all that `by` may move of what the giver owes to the taker: all or nothing.

    seen: the obligations that the page showed. kinds: only those of them, if given: nobody may do
    everything, and the rest goes to another. Both are told, and each case's log says it. Returns
    how many. Raises NotAllowed; then nothing has changed.
    """
    with transaction.atomic():
        locked = movable(by).filter(owner=giver).select_for_update(of=("self",))
        obligations = list(locked.select_related("unit", "administration").order_by("pk"))
        if obligations and {one.pk for one in obligations} != seen:
            raise NotAllowed(
                [Reason("Åtagandena har ändrats sedan du öppnade sidan. Se igenom dem igen.")]
            )
        if kinds is not None:
            obligations = [one for one in obligations if one.kind in kinds]
        refuse_if(against_taking(obligations, giver, taker))
        if not note.strip():
            raise NotAllowed([Reason("Skriv varför.", at="note")])
        moved = hand_over(obligations, to=taker, note=note.strip(), by=by)
        remedies_follow(obligations, to=taker)
        informations_follow(obligations, to=taker)
        answers_follow(obligations, giver=giver, to=taker)
        opinions_follow(obligations, giver=giver, to=taker)
        for about in sorted({one.about for one in obligations}):
            own = [one.pk for one in obligations if one.about == about]
            details = {"obligations": own, "from": giver.pk, "to": taker.pk}
            tell("obligations_handed_over", about, details, by)
        ledger_notices.handed_over(obligations, giver=giver, taker=taker)
    return moved


def tell(code: str, about: str, details: dict, by) -> None:
    """In the log of what it is about; in a register of its own where that has no log."""
    holder = holder_of(about)
    if isinstance(holder, Chained):
        record(code, holder, by=by, details=details)
    else:
        record_in_register(REGISTER, code, by=by, details=details)


def holder_of(about: str):
    """The record that an obligation is about; None for what is no record, or is gone."""
    label, _, number = about.rpartition(":")
    try:
        return apps.get_model(label)._base_manager.filter(pk=number).first()
    except (LookupError, ValueError):  # no model is called that, or the number is none
        return None
