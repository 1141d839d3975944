"""What is owed for a shortcoming: to receive it, to assess it, to bring it to an end (G-82)."""

from datetime import timedelta

from audit import clock
from collaborations.models import Shortcoming
from collaborations.running_obligations import meet_owed
from notifications.models import Obligation
from notifications.obligations import oblige

RECEIVE, ASSESS, CONCLUDE = "shortcoming_received", "shortcoming_assessed", "shortcoming_concluded"
# The sources give no days: ours, (ordinary, urgent).
WITHIN = {RECEIVE: (7, 1), ASSESS: (14, 2), CONCLUDE: (30, 7)}


def key_of(kind: str, one: Shortcoming) -> str:
    return f"{one.collaboration.chain}:{kind}:{one.pk}"


def due_on(kind: str, one: Shortcoming):
    ordinary, urgent = WITHIN[kind]
    return clock.today() + timedelta(days=urgent if one.urgent else ordinary)


def receiving_is_due(one: Shortcoming, *, owner) -> Obligation:
    """The unit's manager takes it on to the responsible manager (I-35)."""
    case = one.collaboration
    return oblige(
        key_of(RECEIVE, one),
        kind=RECEIVE,
        about=case.chain,
        unit=case.unit,
        owner=owner,
        what=f"Anmäld brist i {case.number}",
        path=one.get_absolute_url(),
        due_on=due_on(RECEIVE, one),
    )


def assessment_is_due(one: Shortcoming) -> Obligation:
    case = one.collaboration
    return oblige(
        key_of(ASSESS, one),
        kind=ASSESS,
        about=case.chain,
        unit=case.unit,
        owner=case.responsible_manager,
        what=f"Bedömning av en brist i {case.number}",
        path=one.get_absolute_url(),
        due_on=due_on(ASSESS, one),
    )


def conclusion_is_due(one: Shortcoming) -> Obligation:
    case = one.collaboration
    return oblige(
        key_of(CONCLUDE, one),
        kind=CONCLUDE,
        about=case.chain,
        unit=case.unit,
        owner=case.responsible_manager,
        what=f"Vad en brist i {case.number} leder till",
        path=one.get_absolute_url(),
        due_on=due_on(CONCLUDE, one),
    )


def it_is_received(one: Shortcoming, *, by) -> None:
    meet_owed(key_of(RECEIVE, one), by=by, ref=f"mottagen {clock.today()}")


def it_is_assessed(one: Shortcoming, *, by) -> None:
    meet_owed(key_of(ASSESS, one), by=by, ref=f"bedömd {clock.today()}")


def it_is_concluded(one: Shortcoming, *, by) -> None:
    meet_owed(key_of(CONCLUDE, one), by=by, ref=f"avslutad {clock.today()}")
