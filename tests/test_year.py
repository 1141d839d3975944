"""A year of five hundred collaborations, told week by week: nothing in it is forgotten.

Some do what they owe in time, some when they are reminded, some never; some collaborations end,
somebody leaves, the worker stands still for a month. At the end every obligation has an end: it is
met, waived, or still to come; and what was never done has been said to the director.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

import pytest

from accounts.models import User
from audit import clock
from collaborations.models import Collaboration, Step
from collaborations.steps.end import close, end
from collaborations.steps.ledger import hand_over_all, movable, waive_by_hand
from notifications.models import Obligation
from tests.a_year import (
    BEGIN,
    WEEKS,
    fates,
    forgotten,
    is_time,
    lost_from_sight,
    not_escalated,
    reminders_to,
    told_that_it_ended,
    twice_reminded,
    weeks,
)
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
    for week in weeks():
        live(year, week)

    assert fates() == {"met", "waived", "to come", "overdue"}
    assert forgotten() == []
    assert not_escalated() == []
    assert lost_from_sight() == []
    assert twice_reminded() == []
    assert reminders_to([year.leaver], week=20) == []


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
    if obligation.kind == "renewal" and obligation.pk % 2:
        waive_by_hand(obligation, reason="Samverkan slutar snart.", by=year.at.manager)
    elif obligation.kind == "follow_up" and is_time(obligation, habit):
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
