"""Formal cases: what they need beside what `factories.collaborations` gives every case."""

from uuid import uuid4

from django.utils import timezone

from agreements import reading
from collaborations.models import Collaboration, Form
from collaborations.rules import needs_agreement
from collaborations.steps.amend import amend
from collaborations.steps.board import record_board_decision
from collaborations.steps.check import check
from collaborations.steps.decide import decide
from collaborations.steps.declare import declare
from collaborations.steps.motivate import motivate
from collaborations.steps.refer import refer
from collaborations.steps.tell import start_formal
from tests.factories.accounts import DelegationItemFactory, UserFactory
from tests.factories.agreements import sign_it, whole_proposal
from tests.factories.collaborations import (
    answer_all,
    decision_to_start,
    deliver_everything,
    free_answers,
    registered,
    write,
)
from tests.factories.forms import after_motivated, before_motivated, declared

PREMISES = {
    "party": "us",
    "kind": "premises",
    "what": "Lokal två kvällar i veckan",
    "value": 20_000,
    "hours": None,
}
VOLUNTEERS = {
    "party": "organisation",
    "kind": "voluntary_work",
    "what": "Tolv volontärer",
    "value": 60_000,
    "hours": 480,
    "valuation": "125 kr i timmen",
}


def delegated(at, *forms: str, **facts):
    """An item of the delegation order, held by the managers of the administration."""
    holder = {"holder_role": "" if "holder_person" in facts else "responsible_manager"}
    return DelegationItemFactory(
        administration=at.administration,
        forms=list(forms or ["other_agreement"]),
        **{"max_amount": 100_000, **holder, **facts},
    )


def formal_motivation(form: str = Form.OTHER_AGREEMENT, **facts) -> dict:
    return {
        "form": form,
        "informal_kind": "",
        "written_agreement": True,
        "contributions": [PREMISES, VOLUNTEERS],
        **facts,
    }


def motivated(
    at, form: str = Form.OTHER_AGREEMENT, *, organisations=None, **facts
) -> Collaboration:
    """organisations: those that the case is with, else one that is made for it."""
    case = registered(at, **({"organisations": organisations} if organisations else {}))
    write(case, at, **formal_motivation(form, **facts))
    case.refresh_from_db()
    before_motivated(case, at)
    motivate(case, by=at.officer, version=case.version)
    after_motivated(case, at)
    if needs_agreement(case):
        whole_proposal(case, at)
    return case


def checked(at, form: str = Form.OTHER_AGREEMENT, **facts) -> Collaboration:
    """Checked, and the manager has declared: what is left is the decision and what it asks for."""
    case = motivated(at, form, **facts)
    declare(case, inputs=free_answers(), by=at.officer)
    answer_all(case, at)
    check(case, by=at.officer, version=case.version)
    declared(case, at.manager)
    return case


def board_decides(case: Collaboration, at, **facts):
    return record_board_decision(
        case,
        **{
            "board": "Provnämnden",
            "decided_on": timezone.localdate(),
            "paragraph": "§ 14",
            "outcome": "start",
            "reference": "Dnr 2026/120",
            "by": at.manager,
            "version": case.version,
            **facts,
        },
    )


def decided(at, form: str = Form.OTHER_AGREEMENT, **facts) -> Collaboration:
    """Decided to start, by the board when it is a partnership and else by delegation."""
    case = checked(at, form, **facts)
    if form == Form.IOP:
        board_decides(case, at)
    else:
        delegated(at, form)
    decide(case, **decision_to_start(at), by=at.manager, version=case.version)
    return case


def told(at, form: str = Form.OTHER_AGREEMENT, **facts) -> Collaboration:
    """Decided, documented and told: what remains is to sign, and to start."""
    case = decided(at, form, **facts)
    deliver_everything(case)
    return case


def ongoing(at, form: str = Form.OTHER_AGREEMENT, **facts) -> Collaboration:
    """Signed and started."""
    case = told(at, form, **facts)
    sign_it(case, at)
    start_formal(case, by=at.manager, version=case.version)
    return case


def amended(at, **facts) -> Collaboration:
    """Running, with an amendment that is being drafted."""
    case = ongoing(at, **facts)
    main = reading.latest_signed(case.terms)
    sections = ["ataganden", "mal", "period"]
    amend(case, main, form_key=uuid4(), sections=sections, by=at.officer)
    return case


def purchase(at, **facts) -> Collaboration:
    """Registered, and found to be a purchase; procurement has somebody to take it."""
    UserFactory(procurement_at=at.administration.root_unit)
    case = registered(at, **facts)
    deliver_everything(case)
    write(case, at, **formal_motivation(Form.PURCHASE))
    return case


def referred_case(at, **facts) -> Collaboration:
    case = purchase(at)
    refer(case, **{**REFERRAL, **facts}, by=at.officer, version=case.version)
    return case


REFERRAL = {
    "need": "Läxhjälp två kvällar i veckan från januari.",
    "contact": "Upphandlaren för tjänster",
    "contacted_on": timezone.localdate(),
    "reference": "BH-2026-17",
    "way": "procurement",
    "value": 900_000,
    "special": False,
}
