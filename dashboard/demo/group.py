"""The group at work: who is in it, a meeting to come, and a question that had no case."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial

from advice.models import Member
from advice.steps.meetings import add_item, call_meeting
from advice.steps.members import add_member
from advice.steps.questions import answer, ask_without_case, assign, post
from audit import clock
from collaborations.models import Consultation
from dashboard.demo.days import working
from dashboard.demo.telling import World

QUESTION = "Får vi bjuda föreningens ledare på fika när vi möts hos oss?"
ANSWER = "Ja, enkel fika är ingen förmån. Skriv upp vilka som var med och varför ni sågs."


def moments(world: World) -> Iterator[tuple[datetime, partial]]:
    """What is told here: (when, what), in the order of time."""
    at = world.days.at
    yield at(600, 10), partial(begin, world)
    yield at(20, 9), partial(asked, world)
    yield at(18, 9), partial(answered, world)
    yield at(1, 9), partial(called, world)
    yield at(0, 9), partial(spoken, world)


def begin(world: World) -> None:
    """The first members of the labour administration's group."""
    administration = world.administrations["amf"]
    for key, unit in (
        ("ingrid", administration.root_unit),
        ("daniel", world.units["Jobbtorg Unga"]),
    ):
        add_member(
            administration,
            person=world.people[key],
            represents=unit,
            starts_on=clock.today(),
            by=world.people["oskar"],
        )


def asked(world: World) -> None:
    unit = world.units["Jobbtorg Unga"]
    due_on = working(clock.today() + timedelta(days=10))
    ask_without_case(unit=unit, question=QUESTION, due_on=due_on, by=world.people["fatima"])


def answered(world: World) -> None:
    question = Consultation.objects.without_case().get()
    ingrid, daniel = world.people["ingrid"], world.people["daniel"]
    assign(question, daniel, by=ingrid)
    answer(question, text=ANSWER, by=daniel)


def called(world: World) -> None:
    """A meeting next week, with what waits in the administration on its agenda."""
    ingrid = world.people["ingrid"]
    meeting = call_meeting(
        world.administrations["amf"],
        held_on=working(clock.today() + timedelta(days=8)),
        place="Rum Eken, Ekstad stadshus",
        chair=Member.objects.get(person=ingrid),
        by=ingrid,
    )
    for waiting in waiting_in(world)[:2]:
        add_item(meeting, waiting, by=ingrid, version=meeting.version)


def waiting_in(world: World) -> list[Consultation]:
    found = Consultation.objects.unanswered().filter(
        collaboration__administration=world.administrations["amf"]
    )
    return list(found.order_by("due_on", "pk"))


def spoken(world: World) -> None:
    """The one that waits longest is given to a member, who asks something back."""
    for waiting in waiting_in(world)[:1]:
        assign(waiting, world.people["daniel"], by=world.people["ingrid"])
        post(waiting, text="Har ni talat med de andra jobbtorgen?", by=world.people["daniel"])
