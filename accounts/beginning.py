"""The first rows of a real installation: without them nobody can log in."""

from dataclasses import dataclass

from django.contrib.auth.password_validation import validate_password
from django.db import transaction

from accounts.models import Administration, RoleGrant, Unit, User
from accounts.roles import Role


class AlreadyBegun(Exception):
    """The installation has an administration; the rest is done in its reference data."""


@dataclass(frozen=True)
class Beginning:
    """What must be known. `unit` lies under a unit that stands for the whole administration."""

    administration: str
    short_name: str
    code: str
    unit: str
    mailbox: str
    ascii_alias: str
    name: str
    email: str


def refuse_if_begun() -> None:
    """Raises AlreadyBegun, in Swedish, when there is an administration."""
    if there := Administration.objects.first():
        raise AlreadyBegun(
            f"Det finns redan en förvaltning här: {there}. Setup gör bara den första. "
            "Fler läggs till av en administratör, under Administration i programmet."
        )


@transaction.atomic
def begin(facts: Beginning, *, password: str) -> tuple[User, list]:
    """Make the first administration, its units and its administrator.

    Returns that person and all rows that were made, for the log. Raises AlreadyBegun, and
    ValidationError with Swedish sentences when a fact will not do.
    """
    refuse_if_begun()
    administration = saved(
        Administration(
            name=facts.administration,
            short_name=facts.short_name,
            slug=facts.code,
            mailbox=facts.mailbox,
            mailbox_ascii_alias=facts.ascii_alias,
        )
    )
    units = [saved(Unit(administration=administration, name=facts.administration))]
    if facts.unit != facts.administration:
        units += [saved(Unit(administration=administration, parent=units[0], name=facts.unit))]
    person = User(email=facts.email.lower(), name=facts.name)
    validate_password(password, person)
    person.set_password(password)
    saved(person)
    grant = saved(RoleGrant(person=person, role=Role.ADMIN, unit=units[0]))
    return person, [administration, *units, person, grant]


def saved(row):
    """Check first, so that what is wrong is said in words and not by the database."""
    row.full_clean(exclude=("path",) if isinstance(row, Unit) else ())
    row.save()
    return row
