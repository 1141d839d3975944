"""The organisations: registered, described and with contacts, by those who met them."""

from dataclasses import dataclass
from datetime import date
from uuid import NAMESPACE_URL, UUID, uuid5

from stdnum import luhn

from dashboard.demo.days import Days
from dashboard.demo.stories import content
from organisations import contacts
from organisations.doubts import doubts_about
from organisations.edit import describe, note_size
from organisations.models import ContactSource, Organisation
from organisations.register import register

INVENTED = "899990"


def key_of(name: str) -> UUID:
    """The same form key each time, for what would have come with a form."""
    return uuid5(NAMESPACE_URL, f"demo:{name}")


def org_number(group: str, serial: int) -> str:
    """Ten digits of the invented group, the last one a true check digit (domain 2.2)."""
    digits = f"{group}{serial:03d}"
    return digits + luhn.calc_check_digit(digits)


@dataclass(frozen=True)
class Party:
    """An organisation as the stories tell of it. `size`: members, employees, volunteers."""

    key: str
    name: str
    legal_form: str
    at: tuple[str, ...]
    roles: list[str]
    relations: list[str]
    description: str
    founded: int  # years ago
    domain: str
    size: tuple[int | None, int | None, int | None]
    contacts: tuple[tuple[str, str, str], ...]
    group: str = INVENTED
    serial: int | None = None
    relation_note: str = ""
    assessed: int | None = None  # days since the procurement assessment

    @property
    def number(self) -> str:
        return "" if self.serial is None else org_number(self.group, self.serial)

    def founded_on(self, days: Days) -> date:
        return date(days.today.year - self.founded, 3, 14)


def parties() -> dict[str, Party]:
    found = {}
    for told in content("organisations"):
        people = tuple(tuple(one) for one in told["contacts"])
        facts = {**told, "at": tuple(told["at"]), "size": tuple(told["size"]), "contacts": people}
        found[told["key"]] = Party(**facts)
    return found


def make_known(party: Party, administration, *, days: Days, by) -> Organisation:
    """Register it, or make it known to one more administration, with size and contacts there."""
    description = {
        "roles": party.roles,
        "relations": party.relations,
        "relation_note": party.relation_note,
        "description": party.description,
        "procurement_assessed_on": days.day(party.assessed) if party.assessed else None,
    }
    known = Organisation.objects.filter(name=party.name).first()
    if known is None:
        known = register(
            form_key=key_of(party.key),
            administration=administration,
            name=party.name,
            legal_form=party.legal_form,
            org_number=party.number,
            confirmed=doubts(party),
            by=by,
            **description,
        )
    else:
        describe(known, administration, version=0, by=by, **description)
    members, employees, volunteers = party.size
    note_size(
        known,
        administration,
        as_of=date(days.today.year - 1, 12, 31),
        members=members,
        employees=employees,
        volunteers=volunteers,
        by=by,
    )
    add_contacts(party, known, administration, days=days, by=by)
    return known


def doubts(party: Party) -> list[str]:
    """What somebody would have been asked to look at, and confirmed."""
    unsaved = Organisation(
        name=party.name, legal_form=party.legal_form, org_number=party.number or None
    )
    return [doubt.code for doubt in doubts_about(unsaved)]


def add_contacts(party: Party, known: Organisation, administration, *, days: Days, by) -> None:
    """The first is to be confirmed within the year; the second one's time has just run out."""
    for number, (name, role, local) in enumerate(party.contacts):
        contacts.add_contact(
            known,
            administration,
            form_key=key_of(f"{party.key}:{administration.slug}:{number}"),
            name=name,
            role=role,
            email=f"{local}@{party.domain}",
            source=ContactSource.ORGANISATION if number else ContactSource.MEETING,
            valid_until=days.day(12) if number else days.day(-240),
            by=by,
        )
