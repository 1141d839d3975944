"""Lämna över till inköp: it is a purchase and no collaboration (G-59–G-61). The case ends there."""

from datetime import date

from agreements.procurement import Way
from casework.moves import moving, refuse_if
from casework.swedish import kronor, long_date
from collaborations import decision_right, notices, obligations
from collaborations.models import Collaboration, Form, Referral
from collaborations.rules import (
    procurement_was_contacted,
    referral_says_what_and_to_whom,
    way_of_buying_is_possible,
)
from collaborations.workflow import REFER

ON_THE_REFERRAL = (
    referral_says_what_and_to_whom,
    procurement_was_contacted,
    way_of_buying_is_possible,
)


def refer(
    case: Collaboration,
    *,
    need: str,
    contact: str,
    contacted_on: date,
    reference: str = "",
    way: str = Way.PROCUREMENT,
    value: int | None = None,
    special: bool = False,
    by,
    version: int,
) -> Referral:
    """Hand the case over with what is known. Procurement and the mailbox are told.

    contact: whom at procurement we have talked with. reference: the number in Behovshubben, where
    the unit uses it. way: how we propose that it is bought. value: estimated for the whole period,
    in kronor without VAT. special: a social or other special service. Raises Stale, NotAllowed.
    """
    details = {}
    with moving(case, REFER, by=by, version=version, details=details) as locked:
        made = Referral(
            collaboration=locked,
            why=why(locked),
            need=need.strip(),
            known=known(locked),
            way=way,
            value=value,
            special=special,
            contact=contact.strip(),
            contacted_on=contacted_on,
            reference=reference.strip(),
            made_by=by,
        )
        refuse_if([reason for rule in ON_THE_REFERRAL for reason in rule.reasons(made)])
        made.save(force_insert=True)
        details.update(referral=made.pk, why=made.why, way=made.way, value=made.value)
        obligations.referral_waives_what_was_due(locked, by=by)
        notices.referred_to_procurement(locked, made)
    return made


def why(case: Collaboration) -> str:
    purchase = case.form == Form.PURCHASE
    return Referral.Why.PURCHASE if purchase else Referral.Why.PUBLIC_CONTRACT


def known(case: Collaboration) -> str:
    """What the case says of the matter, for one who cannot open it."""
    came = f"{case.get_initiated_by_display()}, {long_date(case.initiative_on)}"
    lines = [
        ("Organisation", case.organisation_names()),
        ("Initiativet kom från", came),
        ("Uppgift och mål", case.task),
        ("Behov", case.need),
        ("Målgrupper", ", ".join(group.name for group in case.target_groups.all())),
        ("Det vi har tänkt lämna", kronor(decision_right.amount(case))),
        ("Ansvarig chef", f"{case.responsible_manager}, {case.unit}"),
    ]
    return "\n".join(f"{label}: {said}" for label, said in lines if said)
