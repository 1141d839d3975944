"""Everything we do with an organisation, as its page shows it. Reads only."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from accounts.models import Administration
from accounts.permissions import Permission, administrations_where
from audit import clock
from audit.models import Event
from organisations.holdings import Holding, holdings
from organisations.models import (
    Attestation,
    Contact,
    HeldDocument,
    Organisation,
    Profile,
    Size,
)

RECENT = 12
SENTENCES = {
    "organisation_registered": ("Organisationen registrerades", "flag"),
    "organisation_changed": ("Namn, form eller nummer ändrades", "pen"),
    "organisation_described": ("Uppgifterna om organisationen ändrades", "pen"),
    "organisation_size_noted": ("Storleken antecknades", "people"),
    "document_held": ("Ett underlag kom in eller visades", "document"),
    "document_withdrawn": ("Ett underlag togs tillbaka", "undo"),
    "documents_requested": ("Underlag begärdes", "envelope"),
    "request_resent": ("Begäran om underlag skickades igen", "envelope"),
    "requested_document_waived": ("Ett begärt underlag behövs inte längre", "minus"),
    "document_infected": ("Virus hittades i ett underlag", "warning"),
    "document_tampered": ("Ett underlag är inte längre den fil som sparades", "warning"),
    "organisation_merged": ("En annan organisation slogs ihop med den här", "link"),
    "organisation_merged_away": ("Organisationen slogs ihop med en annan", "link"),
    "organisation_not_same": ("Någon bedömde att en liknande organisation är en annan", "info"),
    "attestation_noted": ("Ett intyg om demokrativillkoren antecknades", "document"),
    "attestation_withdrawn": ("Ett intyg om demokrativillkoren togs tillbaka", "undo"),
    "contact_added": ("En kontakt lades till", "user"),
    "contact_changed": ("En kontakt ändrades", "user"),
    "contact_removed": ("En kontakt togs bort", "user"),
}


@dataclass
class Own:
    """What one of the person's own administrations knows."""

    administration: Administration
    may_edit: bool
    profile: Profile | None = None
    sizes: list[Size] = field(default_factory=list)
    contacts: list[Contact] = field(default_factory=list)
    attestations: list[Attestation] = field(default_factory=list)
    documents: list[HeldDocument] = field(default_factory=list)

    @cached_property
    def holdings(self) -> list[Holding]:
        return holdings(self.documents, clock.today())

    @property
    def lacking(self) -> list[str]:
        """Which of the eight documents are missing or too old."""
        return [row.kind.label for row in self.holdings if row.wanted and row.is_lacking]


def own_sides(organisation: Organisation, person) -> list[Own]:
    """One side per administration where the person sees organisations, known there or not."""
    editing = administrations_where(person, Permission.ORGANISATION_EDIT)
    sides = {
        administration.pk: Own(administration, administration in editing)
        for administration in administrations_where(person, Permission.ORGANISATION_SEE)
    }
    for profile in organisation.profiles.visible_to(person):
        sides[profile.administration_id].profile = profile
    for size in organisation.sizes.visible_to(person):
        sides[size.administration_id].sizes.append(size)
    for contact in organisation.contacts.visible_to(person):
        sides[contact.administration_id].contacts.append(contact)
    for document in organisation.helddocuments.visible_to(person).with_files():
        sides[document.administration_id].documents.append(document)
    for attestation in organisation.attestations.visible_to(person).select_related("held"):
        sides[attestation.administration_id].attestations.append(attestation)
    return list(sides.values())


def former_names(organisation: Organisation) -> list[str]:
    """What it was called before, and what those merged into it were called."""
    return [name.text for name in organisation.names.filter(is_current=False)]


def known_elsewhere(organisation: Organisation, person) -> list[Administration]:
    """Other administrations that know it: only that they do, and whom to ask."""
    own = administrations_where(person, Permission.ORGANISATION_SEE)
    others = organisation.profiles.exclude(administration__in=own)
    return list(
        Administration.objects.filter(pk__in=others.values("administration")).only(
            "name", "mailbox"
        )
    )


def recent_events(organisation: Organisation, person) -> list[dict]:
    """The latest of the log that the person may see, for components/timeline.html."""
    own = {one.pk for one in administrations_where(person, Permission.ORGANISATION_SEE)}
    events = Event.objects.of(organisation).reverse()[: RECENT * 4]
    told = (event for event in events if event.code in SENTENCES and visible(event, own))
    return list(timeline(told))[:RECENT]


def visible(event: Event, own: set[int]) -> bool:
    """That it was registered is no secret; what one administration noted is its own."""
    whose = event.details.get("administration")
    return whose is None or whose in own or event.code == "organisation_registered"


def timeline(events: Iterable[Event]) -> Iterable[dict]:
    for event in events:
        sentence, icon = SENTENCES[event.code]
        yield {"at": event.at, "sentence": sentence, "who": event.actor_name, "icon": icon}
