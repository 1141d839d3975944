"""Load the demonstration data: everything that happened, told in the order of time.

First all cases are carried to their decision, then on from there: so the documents of the first
half are rendered while the second half is still being told. Within each half time goes forwards.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.utils import timezone

from accounts.models import Administration, Unit
from audit import clock
from audit.models import Event
from audit.record import record_in_register
from checklists.load import load_question_sets
from checklists.models import Measures, QuestionSet, RuleSet
from collaborations.management.commands.load_texts import FIRST, load_amounts
from collaborations.models import AppealText
from collaborations.obligations import SIGNING
from collaborations.steps.register import keep_as_contact
from dashboard.demo import documents, group
from dashboard.demo.days import Days
from dashboard.demo.organisations import key_of, make_known, parties
from dashboard.demo.people import make_people
from dashboard.demo.places import first_day, make_places
from dashboard.demo.stories import content, stories
from dashboard.demo.telling import Telling, World
from dashboard.demo.verbs import DECISIONS, VERBS
from dashboard.demo.words import choose_digests, write_texts
from dashboard.demo.worker import Printer, Worker
from documents.pdf import PdfUnavailable

LOADED = "demo_loaded"
WHAT_CAME_BEFORE = timedelta(days=4)  # an organisation is known before its first case
AFTER_THE_DECISION = timedelta(minutes=3)
OFFICERS = {"amf": "karin", "sdf": "rebecka"}
A_WHILE = timedelta(hours=2)  # longer than any verb takes, for two things of one day


class NotEmpty(Exception):
    """There is something in the database already, or a loading that was broken off."""

    def __init__(self):
        super().__init__(
            "Databasen har redan ett innehåll som inte är hela demodatan. Den kan bara läsas in i "
            "en tom databas: kör make clean och sedan make run."
        )


@dataclass(order=True)
class Act:
    """Something that happened. half: 1 up to the decision, 2 after it."""

    half: int
    at: datetime
    number: int
    do: Callable = field(compare=False)


def is_loaded() -> bool:
    return Event.objects.filter(code=LOADED).exists()


def load(*, now: datetime | None = None, printer: Callable[[], Printer] = Printer) -> bool:
    """Fill the empty database. False, and nothing done, when it has been done before.

    now: the moment that all days are counted from (aware; the real one when left out). printer:
    what makes the documents. Mails land in settings.MAIL_FOLDER. Not one transaction, since mails
    and documents are made in between. Raises NotEmpty.
    """
    if is_loaded():
        return False
    if Administration.objects.exists() or QuestionSet.objects.exists():
        raise NotEmpty
    days = Days(now or timezone.now())
    with printer() as printing:
        world = make_world(days, Worker(printing))
        for act in sorted(acts(world)):
            with clock.telling(act.at):
                act.do()
                world.worker.deliver()
    record_loaded()
    return True


@transaction.atomic
def record_loaded() -> None:
    record_in_register("demo", LOADED, by=None)


def make_world(days: Days, worker: Worker) -> World:
    """The places, people, questions and texts that were there before the first story."""
    first = first_day(days)
    with clock.telling(timezone.make_aware(datetime.combine(first, datetime.min.time()))):
        load_question_sets(starts_on=first)
        AppealText.objects.get_or_create(starts_on=first, defaults={"text": FIRST[1]})
        load_amounts()
        administrations = make_places(days)
        # The district's own routine has measures with a last day in every form (domain 0.7).
        RuleSet.objects.get_or_create(
            code=administrations["sdf"].rule_set,
            defaults={"name": "Stadsdelsförvaltningen", "measures": Measures.EVERYWHERE},
        )
        people = make_people(administrations, days)
        write_texts(administrations["amf"], days, people)
        choose_digests(people)
    units = {unit.name: unit for unit in Unit.objects.select_related("administration")}
    return World(days, worker, administrations, units, people, parties(), organisations={})


# --- what happened, and when -------------------------------------------------------------------


def acts(world: World) -> Iterator[Act]:
    """Everything that is to be told, in no order."""
    told = stories()
    for number, story in enumerate(told):
        yield from acts_of(Telling(story, world), number)
    yield from meetings(world, told)
    yield from contacts(world)
    yield from papers(world, told)
    for at, deed in group.moments(world):
        yield Act(2 if at > world.days.at(2, 9) else 1, at, 0, deed)
    oldest = max(story.first_day for story in told)
    for monday in world.days.mondays(oldest):
        # What begins with the decision is met in the second half, and not reminded of before it.
        yield Act(1, monday, 0, partial(world.worker.sweep, without=(SIGNING,)))
        yield Act(2, monday, 0, world.worker.sweep)


def acts_of(telling: Telling, number: int) -> Iterator[Act]:
    """The story's path. Each case has its own hour of the day; things of one day come in a row."""
    half, last = 1, None
    for line in telling.story.path:
        line = dict(line)
        at = telling.world.days.at(line.pop("ago"), 8 + number % 6, number * 7 % 60)
        if last and at <= last:
            at = last + A_WHILE
        verb, last = line.pop("do"), at
        left, refused = line.pop("left", False), line.pop("mail", "")
        yield Act(half, at, number, partial(do, telling, verb, line))
        if verb in DECISIONS:
            half = 2
            if not left:
                carry_out = partial(carry_on, telling, refused)
                yield Act(half, at + AFTER_THE_DECISION, number, carry_out)


def do(telling: Telling, verb: str, said: dict) -> None:
    if telling.stopped:
        return
    VERBS[verb](telling, **said)
    if verb in DECISIONS:
        telling.world.worker.prepare_document(telling.case)


def carry_on(telling: Telling, refused: str) -> None:
    """Where no document can be made the case waits, as it would for the worker."""
    try:
        telling.world.worker.carry_out(telling.case, refused=refused)
    except PdfUnavailable:
        telling.stopped = True


def meetings(world: World, told) -> Iterator[Act]:
    """When each organisation became known in each administration: just before its first case."""
    for number, party in enumerate(world.parties.values()):
        for slug in party.at:
            first = max(days_of(world, told, party.key, slug))
            at = world.days.at(first, 9, number) - WHAT_CAME_BEFORE
            yield Act(1, at, number, partial(meet, world, party.key, slug, OFFICERS[slug]))


def papers(world: World, told) -> Iterator[Act]:
    """What the organisations handed in when they became known, and a request that runs."""
    for number, party in enumerate(world.parties.values()):
        for slug in party.at:
            first = max(days_of(world, told, party.key, slug))
            at = world.days.at(first, 11, number) - WHAT_CAME_BEFORE
            yield Act(1, at, number, partial(papers_of, world, party.key, slug, number))
    for at, deed in documents.moments(world.days):
        yield Act(1, at, 0, partial(on_paper, world, documents.ASKED, "amf", deed))


def papers_of(world: World, key: str, slug: str, number: int) -> None:
    on_paper(world, key, slug, documents.handed_in, number)


def on_paper(world: World, key: str, slug: str, deed: Callable, *more) -> None:
    by = world.people[OFFICERS[slug]]
    deed(world.organisations[key], world.administrations[slug], *more, by=by)


def days_of(world: World, told, key: str, slug: str) -> Iterator[int]:
    """How many days ago each case and contact with the organisation began there."""
    begun = [(story.first_day, story.unit, story.organisations) for story in told]
    begun += [(one["ago"], one["unit"], one["with"]) for one in content("kontakter")]
    for ago, unit, organisations in begun:
        if key in organisations and world.units[unit].administration.slug == slug:
            yield ago


def meet(world: World, key: str, slug: str, officer: str) -> None:
    world.organisations[key] = make_known(
        world.parties[key],
        world.administrations[slug],
        days=world.days,
        by=world.people[officer],
    )


def contacts(world: World) -> Iterator[Act]:
    """What was no samverkan (G-39)."""
    for number, told in enumerate(content("kontakter")):
        yield Act(1, world.days.at(told["ago"], 14, number), number, partial(contact, world, told))


def contact(world: World, told: dict) -> None:
    keep_as_contact(
        form_key=key_of(told["title"]),
        title=told["title"],
        unit=world.units[told["unit"]],
        organisations=[world.organisations[key] for key in told["with"]],
        what=told["what"],
        by=world.people[told["by"]],
    )
