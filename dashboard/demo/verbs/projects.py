"""Projects with others' money, and supported employment: what only those forms have."""

from audit import clock
from collaborations.steps.fund import (
    answer_application,
    confirm_employment,
    describe_funding,
    submit_application,
)
from collaborations.steps.refer import refer
from collaborations.steps.scope import decide_risk, decide_scope
from dashboard.demo.telling import Telling


def fund(telling: Telling, **facts) -> None:
    """facts: funder, programme, call, routine."""
    case = telling.case
    describe_funding(case, **facts, by=telling.person(None), version=case.version)


def apply(telling: Telling) -> None:
    case = telling.case
    submit_application(case, on=clock.today(), by=telling.person(None), version=case.version)


def granted(telling: Telling, *, reference: str, answer: str = "granted") -> None:
    case, facts = telling.case, {"answer": answer, "reference": reference}
    answer_application(
        case, **facts, on=clock.today(), by=telling.person(None), version=case.version
    )


def choose_scope(telling: Telling, *, sets, reasons: str) -> None:
    case, manager = telling.case, telling.declared(telling.manager)
    decide_scope(case, sets=sets, reasons=reasons, by=manager, version=case.version)


def weigh_risk(telling: Telling, *, risks: str = "", accepted: bool = True) -> None:
    case, manager = telling.case, telling.declared(telling.manager)
    facts = {"uncertain": bool(risks), "risks": risks, "accepted": accepted}
    decide_risk(case, **facts, by=manager, version=case.version)


def confirm(telling: Telling, *, employment: str, reference: str) -> None:
    case, facts = telling.case, {"employment": employment, "reference": reference}
    confirm_employment(case, **facts, by=telling.person(None), version=case.version)


def refer_it(telling: Telling, *, need: str, contact: str, reference: str = "") -> None:
    case, facts = telling.case, {"need": need, "contact": contact, "reference": reference}
    refer(case, **facts, contacted_on=clock.today(), by=telling.person(None), version=case.version)


VERBS = {
    "fund": fund,
    "apply": apply,
    "granted": granted,
    "scope": choose_scope,
    "risk": weigh_risk,
    "employment": confirm,
    "refer": refer_it,
}
