"""A year of five hundred collaborations, told week by week: nothing in it is forgotten.

Some do what they owe in time, some when they are reminded, some never; some collaborations end,
somebody leaves, the worker stands still for a month. At the end every obligation has an end: it is
met, waived, or still to come; and what was never done has been said to the director.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

import pytest
from django.utils import timezone

from accounts.models import User
from audit import clock
from collaborations import renewals
from collaborations.models import Collaboration, Step
from collaborations.steps.end import close, end
from collaborations.steps.ledger import hand_over_all, movable, waive_by_hand
from notifications import guidelines, outbox, reminders, yearly
from notifications.kinds import KINDS, Stage
from notifications.models import Notice, Obligation, Outcome
from tests.factories.accounts import (
    GoverningDocumentFactory,
    UnitFactory,
    UserFactory,
    YearlyAssignmentFactory,
)
from tests.factories.collaborations import (
    FOLLOWED_UP,
    Place,
    case_at,
    followed_up,
    place,
)
from tests.factories.formal import ongoing
from tests.factories.formal import told as formal_told
from tests.factories.forms import declared
from tests.factories.many import followed_up_by, like
from tests.factories.organisations import AttestationFactory, OrganisationFactory

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(300)]
COUNT = 500
BEGIN = timezone.localdate()
WEEK, WEEKS = timedelta(days=7), 53
STANDS_STILL = range(30, 35)  # the worker, in these weeks
HABITS = ("prompt",) * 6 + ("late",) * 2 + ("never", "ends")


@dataclass
class Year:
    """What the people of the tale do, by case."""

    at: Place
    leaver: User
    taker: User
    habits: dict[int, str] = field(default_factory=dict)
    ends_in: dict[int, int] = field(default_factory=dict)


def test_after_a_year_of_five_hundred_collaborations_no_obligation_is_without_an_end():
    year = begin()
    for week in range(WEEKS):
        with clock.telling(timezone.now() + week * WEEK):
            if week not in STANDS_STILL:
                sweep(clock.today())
            live(year, week)
    last = BEGIN + WEEKS * WEEK
    sweep(last)

    assert fates(last) == {"met", "waived", "to come", "overdue"}
    assert forgotten(last) == []
    assert not_escalated(last) == []
    assert lost_from_sight() == []
    assert twice_reminded() == []
    assert to_those_who_left(year) == []


def begin() -> Year:
    at = place()
    parent = at.unit
    units = [parent, *(UnitFactory(parent=parent) for _ in range(3))]
    officers = [UserFactory(officer_at=parent) for _ in range(8)]
    year = Year(at, leaver=officers[0], taker=UserFactory(officer_at=parent))
    UserFactory(admin_at=at.administration.root_unit)
    GoverningDocumentFactory(
        administration=at.administration, next_review_on=BEGIN + timedelta(days=90)
    )
    attested = OrganisationFactory(known_at=at.administration)
    AttestationFactory(
        organisation=attested,
        administration=at.administration,
        attested_on=BEGIN - timedelta(days=250),
    )
    chance = Random(5)
    first, _ = case_at(Step.ONGOING, at)
    known, _ = case_at(Step.ONGOING, at, organisations=[attested])
    by_turns = {"units": units, "officers": officers}
    for case in like(first, COUNT - 10, **by_turns) + like(known, 6, **by_turns):
        followed_up_by(case, case.officer, BEGIN + timedelta(days=chance.randrange(20, 360)))
        year.habits[case.pk] = chance.choice(HABITS)
        year.ends_in[case.pk] = chance.randrange(4, WEEKS)
    formal_told(at)  # is never signed
    ongoing(at)
    return year


def sweep(today: date) -> None:
    """What beat asks for; every other time twice, as when there are two of them."""
    guidelines.sweep(today)
    yearly.sweep(today)
    renewals.sweep(today)
    for _ in range(1 + today.toordinal() % 2):
        reminders.sweep(today)


def live(year: Year, week: int) -> None:
    """What people do that week."""
    today = clock.today()
    if week == 20:
        User.objects.filter(pk=year.leaver.pk).update(is_active=False)
    if week == 24:
        seen = set(movable(year.at.manager).filter(owner=year.leaver).values_list("pk", flat=True))
        facts = {"taker": year.taker, "note": "Har slutat.", "seen": seen}
        hand_over_all(year.leaver, **facts, by=year.at.manager)
    if week == 16 and today.year > BEGIN.year:
        YearlyAssignmentFactory(administration=year.at.administration, year=today.year)
    due = Obligation.objects.open().filter(due_on__lte=today + timedelta(days=20))
    for obligation in due.select_related("owner"):
        do(year, obligation, today)
    ending = [pk for pk, when in year.ends_in.items() if when == week]
    cases = Collaboration.objects.running().filter(pk__in=ending)
    for case in cases:
        if year.habits[case.pk] == "ends":
            declared(case, year.at.manager)
            end(
                case,
                reasons="Terminen är slut.",
                ended_on=today,
                by=year.at.manager,
                version=case.version,
            )
            told_that_it_ended()


def do(year: Year, obligation: Obligation, today: date) -> None:
    label, _, number = obligation.about.rpartition(":")
    if label != Collaboration._meta.label_lower:
        return
    habit = year.habits.get(int(number), "never")
    is_time = habit == "prompt" or (habit == "late" and obligation.reminded >= Stage.AFTER.number)
    if obligation.kind == "renewal" and obligation.pk % 2:
        waive_by_hand(obligation, reason="Samverkan slutar snart.", by=year.at.manager)
    elif obligation.kind == "follow_up" and is_time:
        case = Collaboration.objects.get(pk=number)
        followed_up(case, year.at, held_on=today)
    elif obligation.kind == "closing_follow_up" and obligation.pk % 5:
        case = Collaboration.objects.get(pk=number)
        close(
            case,
            **FOLLOWED_UP,
            conclusion="end",
            lessons="Bokningen ska skötas av biblioteket.",
            held_on=today,
            by=year.at.officer,
            version=case.version,
        )


def told_that_it_ended() -> None:
    """The postman, on the day of the tale."""
    now = clock.now()
    for number in Notice.objects.filter(kind="end").due(now).values_list("pk", flat=True):
        outbox.settle(outbox.claim(number, now=now), outbox.Answer(Outcome.ACCEPTED), now=now)


# --- what is true at the end ---------------------------------------------------------------------


def fate(obligation: Obligation, on: date) -> str:
    if obligation.met_at:
        return "met"
    if obligation.waived_at:
        return "waived"
    return "to come" if obligation.due_on >= on else "overdue"


def fates(on: date) -> set[str]:
    return set(Counter(fate(one, on) for one in Obligation.objects.all()))


def forgotten(on: date) -> list[Obligation]:
    """Open, the day has come, and not reminded of as far as it should be."""
    return [
        one
        for one in Obligation.objects.open()
        if (stage := KINDS[one.kind].schedule.stage_on(on, one.day))
        and one.reminded != stage.number
    ]


def not_escalated(on: date) -> list[Obligation]:
    """Open for long after its day, and no director has been written to."""
    told = set(Notice.objects.filter(kind="reminder_last").values_list("key", flat=True))
    late = [one for one in Obligation.objects.open() if (on - one.day).days > 60]
    return [one for one in late if f"obligation:{one.pk}:last" not in told]


def lost_from_sight() -> list[Collaboration]:
    """Running without a follow-up to come, or ended without a closing one."""
    owed = Counter(Obligation.objects.open().values_list("about", "kind"))
    running = Collaboration.objects.at(Step.ONGOING)
    ended = Collaboration.objects.at(Step.ENDED)
    return [case for case in running if owed[case.chain, "follow_up"] != 1] + [
        case for case in ended if owed[case.chain, "closing_follow_up"] != 1
    ]


def twice_reminded() -> list:
    """One obligation, one stage, one person: one mail."""
    written = Counter(
        (notice.key.split(":")[1], notice.kind, notice.to_address)
        for notice in Notice.objects.filter(kind__startswith="reminder_")
    )
    return [one for one, times in written.items() if times > 1]


def to_those_who_left(year: Year) -> list[Notice]:
    day = timezone.now() + 20 * WEEK + timedelta(days=1)
    return list(
        Notice.objects.filter(kind__startswith="reminder_", person=year.leaver, created_at__gt=day)
    )
