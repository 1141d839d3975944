"""Documents of organisations, kept or shown."""

from datetime import date, timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from documents.models import Kind, Scan
from documents.store import keep
from organisations.models import DocumentKind, HeldDocument
from tests.factories.accounts import AdministrationFactory, UserFactory
from tests.factories.organisations import OrganisationFactory

PDF = b"%PDF-1.4\n%%EOF\n"


def stored_file(administration, content=PDF, scan_state=Scan.CLEAN, **facts):
    """A kept file, with content that no inspection has looked at."""
    facts = {"title": "Stadgar", "file_name": "Stadgar.pdf"} | facts
    return keep(
        content, administration=administration, kind=Kind.EVIDENCE, scan_state=scan_state, **facts
    )


class HeldDocumentFactory(DjangoModelFactory):
    """Statutes of last week that were shown; `kept=True` stores a file."""

    class Meta:
        model = HeldDocument

    class Params:
        kept = False
        accounts = factory.Trait(
            kind=DocumentKind.ACCOUNTS,
            covers_from=factory.LazyFunction(lambda: date(timezone.localdate().year - 1, 1, 1)),
            covers_to=factory.LazyFunction(lambda: date(timezone.localdate().year - 1, 12, 31)),
        )

    organisation = factory.SubFactory(OrganisationFactory)
    administration = factory.SubFactory(AdministrationFactory)
    kind = DocumentKind.STATUTES
    dated_on = factory.LazyFunction(lambda: timezone.localdate() - timedelta(days=7))
    received_on = factory.LazyFunction(timezone.localdate)
    registered_by = factory.SubFactory(UserFactory)
    stored = factory.LazyAttribute(
        lambda one: stored_file(one.administration) if one.kept else None
    )
    shown_on = factory.LazyAttribute(lambda one: None if one.stored else one.received_on)
    shown_to = factory.LazyAttribute(lambda one: None if one.stored else one.registered_by)
