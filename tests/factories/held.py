"""Documents of organisations, kept or shown."""

from datetime import date, timedelta
from uuid import uuid4

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from dashboard.demo.documents import period
from documents.models import Kind, Scan
from documents.store import keep
from organisations.choices import EIGHT_DOCUMENTS
from organisations.hold import hold
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


def handed_in(case, at, *, without=(), **own) -> list[HeldDocument]:
    """The eight documents of I-54 from each organisation of the case, shown today.

    without: kinds that do not come. own: other facts of a kind, as accounts={"covers_to": …}.
    """
    today = timezone.localdate()
    shown = {"received_on": today, "shown_on": today, "dated_on": today - timedelta(days=30)}
    return [
        hold(
            organisation,
            case.administration,
            kind=kind,
            form_key=uuid4(),
            by=at.officer,
            **{**shown, **period(kind, today), **own.get(kind, {})},
        )
        for organisation in case.organisations.all()
        for kind in EIGHT_DOCUMENTS
        if kind not in without
    ]


def taken_back(case, *kinds: str) -> None:
    """What the organisations of the case have handed in of these kinds counts no more."""
    held = HeldDocument.objects.counting().filter(organisation__in=case.organisations.all())
    held.filter(kind__in=kinds).update(
        withdrawn_at=timezone.now(), withdrawn_by=case.officer, withdrawn_reason="Fel handling."
    )
