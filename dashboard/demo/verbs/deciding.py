"""Besluta, and what comes of it: documents, numbers, another manager."""

from datetime import timedelta

from accounts.roles import Role
from audit import clock
from collaborations.steps import hand_over, notices
from collaborations.steps.decide import decide
from collaborations.steps.tell import tell
from dashboard.demo.days import working
from dashboard.demo.telling import Telling
from notifications.models import Notice


def start(telling: Telling, *, follow_up: str, reasons: str, **said) -> None:
    """said: `in` how many days it is followed up, whether it is appealable, and what is said of
    advice that had conditions (`on_advice`).
    """
    decide(
        telling.case,
        outcome="start",
        reasons=reasons,
        appealable=said.get("appealable", "no"),
        against_advice=said.get("on_advice", ""),
        follow_up_method=follow_up,
        follow_up_by=telling.case.officer,
        follow_up_on=working(clock.today() + timedelta(days=said["in"])),
        by=telling.declared(telling.manager),
        version=telling.case.version,
    )


def refrain(telling: Telling, *, reasons: str, appealable: str = "no") -> None:
    decide(
        telling.case,
        outcome="refrain",
        reasons=reasons,
        appealable=appealable,
        by=telling.declared(telling.manager),
        version=telling.case.version,
    )


def tell_otherwise(telling: Telling, *, how: str) -> None:
    case = telling.case
    notice = Notice.objects.about(case.chain).get(kind="decision")
    notices.note_told(notice, case, how=how, on=clock.today(), by=telling.manager)
    tell(case)


def pass_on(telling: Telling, *, to: str, reason: str) -> None:
    case, facts = telling.case, {"manager": telling.person(to), "reason": reason}
    hand_over.hand_over(case, **facts, by=telling.manager, version=case.version)


def mark_secret(telling: Telling, *, by: str, provision: str) -> None:
    case = telling.case
    hand_over.mark_secret(case, provision=provision, by=telling.person(by), version=case.version)


def number(telling: Telling, *, serial: int) -> None:
    case = telling.case
    written = f"{case.administration.slug.upper()} {clock.today().year}/{serial}"
    hand_over.set_registry_number(
        case, registry_number=written, by=telling.holder(Role.REGISTRAR), version=case.version
    )


VERBS = {
    "start": start,
    "refrain": refrain,
    "tell_otherwise": tell_otherwise,
    "hand_over": pass_on,
    "secret": mark_secret,
    "diary": number,
}
