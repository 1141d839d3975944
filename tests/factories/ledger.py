"""What somebody owes."""

from datetime import timedelta
from types import SimpleNamespace

from django.utils import timezone

from collaborations.models import Step
from notifications.models import Obligation
from notifications.obligations import oblige
from tests.factories.accounts import UserFactory
from tests.factories.collaborations import case_at, place


def due(case, kind: str):
    """What is open of a kind in the case."""
    return Obligation.objects.open().filter(about=case.chain, kind=kind)


def owing() -> SimpleNamespace:
    """A running collaboration, with the officer's follow-up and something asked of the group.

    at; and the numbers of the case, an administrator and an employee.
    """
    at = place()
    case, _ = case_at(Step.ONGOING, at)
    oblige(
        "asked",
        kind="advice",
        about=case.chain,
        unit=at.unit,
        owner=at.officer,
        what=f"Beredningsgruppens svar om {case.number}",
        path="/",
        due_on=timezone.localdate() - timedelta(days=1),
    )
    admin = UserFactory(admin_at=at.administration.root_unit)
    employee = UserFactory(employee_at=at.unit)
    return SimpleNamespace(at=at, case=case.pk, admin=admin.pk, employee=employee.pk)


def more_owed(case, at, many: int, *, owners) -> None:
    """So many answers from the group that are due today, which the owners owe by turns."""
    for number in range(many):
        oblige(
            f"more:{number}",
            kind="advice",
            about=case.chain,
            unit=at.unit,
            owner=owners[number % len(owners)],
            what="Svar",
            path="/",
            due_on=timezone.localdate(),
        )
