"""What the database holds about documents that organisations hand in."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from organisations.guards import FROZEN, WITHDRAWN
from organisations.models import HeldDocument
from tests.factories.accounts import AdministrationFactory, UserFactory
from tests.factories.held import HeldDocumentFactory, stored_file
from tests.factories.organisations import OrganisationFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "untrue",
    [
        {"kind": "criminal_register"},
        {"shown_on": None},
        {"shown_to": None},
        {"dated_on": None},
        {"covers_from": date(2025, 1, 1)},
        {"covers_to": date(2025, 1, 1)},
        {"covers_from": date(2025, 2, 1), "covers_to": date(2025, 1, 1)},
        {"withdrawn_at": datetime(2026, 11, 21, tzinfo=UTC)},
    ],
    ids=str,
)
def test_a_document_that_cannot_be_is_refused(untrue):
    facts = HeldDocumentFactory.build(
        organisation=OrganisationFactory(),
        administration=AdministrationFactory(),
        registered_by=UserFactory(),
    )
    facts.shown_to = facts.registered_by
    for name, value in untrue.items():
        setattr(facts, name, value)

    with pytest.raises(IntegrityError), transaction.atomic():
        facts.save()


def test_a_document_is_either_kept_or_shown(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    held = HeldDocumentFactory()
    held.pk, held.form_key = None, "6f0c9b0e-58a9-4f5e-9d55-5ba9f5b9ea55"
    held.stored = stored_file(held.administration)

    with pytest.raises(IntegrityError), transaction.atomic():
        held.save()


def test_every_column_is_frozen_but_the_organisation_and_what_takes_it_back():
    columns = {field.column for field in HeldDocument._meta.concrete_fields}

    assert columns - set(FROZEN) - set(WITHDRAWN) == {"organisation_id"}


def test_a_document_can_be_neither_changed_nor_deleted():
    rows = HeldDocument.objects.filter(pk=HeldDocumentFactory().pk)

    for change in ({"title": "Annat"}, {"note": "Annat"}, {"received_on": date(2020, 1, 1)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.delete()


def test_a_document_goes_along_when_its_organisation_is_merged_into_another():
    held, other = HeldDocumentFactory(), OrganisationFactory()

    HeldDocument.objects.filter(pk=held.pk).update(organisation=other)

    held.refresh_from_db()
    assert held.organisation == other


def test_a_document_is_taken_back_once_and_that_stays():
    held = HeldDocumentFactory()
    rows = HeldDocument.objects.filter(pk=held.pk)
    rows.update(
        withdrawn_at=timezone.now(), withdrawn_by=held.registered_by, withdrawn_reason="Fel fil."
    )

    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(withdrawn_reason="Något annat.")
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(withdrawn_at=None, withdrawn_by=None, withdrawn_reason="")


def test_documents_are_seen_within_their_administration_alone():
    held = HeldDocumentFactory()
    here = UserFactory(employee_at=held.administration.root_unit)
    elsewhere = UserFactory(manager_at=AdministrationFactory().root_unit)

    assert list(HeldDocument.objects.visible_to(here)) == [held]
    assert list(HeldDocument.objects.visible_to(elsewhere)) == []
