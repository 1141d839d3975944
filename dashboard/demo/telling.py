"""What a story is told with: the world it speaks of, and the case it has come to."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from accounts.models import Administration, Unit, User
from accounts.roles import Role
from audit import clock
from collaborations import standing
from collaborations.models import Collaboration
from collaborations.steps.declare import declare
from dashboard.demo.answers import no_conflict
from dashboard.demo.days import Days
from dashboard.demo.organisations import Party
from dashboard.demo.people import PEOPLE
from dashboard.demo.stories import Story
from dashboard.demo.worker import Worker
from organisations.models import Organisation


@dataclass
class World:
    """All that stories speak of, by their keys; units by name."""

    days: Days
    worker: Worker
    administrations: dict[str, Administration]
    units: dict[str, Unit]
    people: dict[str, User]
    parties: dict[str, Party]
    organisations: dict[str, Organisation]


@dataclass
class Telling:
    """One story on its way. `stopped`: its document cannot be made here, so it waits there."""

    story: Story
    world: World
    case: Collaboration | None = None
    stopped: bool = False

    def person(self, key: str | None, otherwise: str = "officer") -> User:
        return self.world.people[key or getattr(self.story, otherwise)]

    @property
    def manager(self) -> User:
        return self.case.responsible_manager

    def declared(self, person: User) -> User:
        """The person, after declaring for the case if that is not done."""
        if standing.declaration_of(self.case, person) is None:
            declare(self.case, inputs=no_conflict({}), by=person)
        return person

    def holder(self, role: Role) -> User:
        """Whoever holds the role in the case's administration; the first, where there are more."""
        slug = self.case.administration.slug
        return self.world.people[
            next(p.key for p in PEOPLE if (p.place.slug, p.role) == (slug, role))
        ]


@contextmanager
def later(minutes: int) -> Iterator[None]:
    with clock.telling(clock.now() + timedelta(minutes=minutes)):
        yield
