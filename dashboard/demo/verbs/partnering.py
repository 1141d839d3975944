"""Partnerskapet: described, told to the head, steered; what the board decides."""

from accounts.roles import Role
from audit import clock
from collaborations.steps.board import record_board_decision
from collaborations.steps.partnership import (
    appoint,
    inform_head,
    note_meeting,
    read_information,
    write_partnership,
)
from dashboard.demo.places import PLACES
from dashboard.demo.telling import Telling
from iop.models import Programme


def describe(telling: Telling, *, programme: str, **facts) -> None:
    """facts: challenge, why_complex, solution, passage, passage_at."""
    case = telling.case
    chosen = Programme.objects.get(title=programme, administration=case.administration)
    person = telling.person(None)
    write_partnership(case, programme=chosen, **facts, by=person, version=case.version)


def inform(telling: Telling, *, assessment: str) -> None:
    case = telling.case
    head, manager = telling.holder(Role.HEAD), telling.declared(telling.manager)
    inform_head(case, head=head, assessment=assessment, by=manager, version=case.version)


def head_reads(telling: Telling) -> None:
    told = telling.case.partnership.informations.last()
    read_information(telling.case, told, by=told.head)


def steer(telling: Telling, *, ours: dict, theirs: list[str]) -> None:
    """ours: person → role; theirs: the functions they named."""
    case, manager = telling.case, telling.declared(telling.manager)
    for key, role in ours.items():
        person = telling.person(key)
        appoint(case, side="us", person=person, role=role, by=manager, version=case.version)
    for role in theirs:
        appoint(case, side="organisation", role=role, by=manager, version=case.version)


def meet(telling: Telling, *, notes: str) -> None:
    case, officer = telling.case, telling.person(None)
    note_meeting(case, held_on=clock.today(), notes=notes, by=officer, version=case.version)


def board_decides(
    telling: Telling, *, paragraph: str, outcome: str = "start", reference: str
) -> None:
    case = telling.case
    record_board_decision(
        case,
        board=PLACES[case.administration.slug].board,
        decided_on=clock.today(),
        paragraph=paragraph,
        outcome=outcome,
        reference=reference,
        by=telling.holder(Role.BOARD_SECRETARY),
        version=case.version,
    )


VERBS = {
    "partnership": describe,
    "inform": inform,
    "read": head_reads,
    "steer": steer,
    "meet": meet,
    "board": board_decides,
}
