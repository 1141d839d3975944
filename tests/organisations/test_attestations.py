"""Who has attested the democracy conditions, when, and how long it counts (G-31)."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from audit.models import Event
from casework.moves import NotAllowed
from organisations.attestations import attest, take_back
from organisations.guards import ATTESTED, WITHDRAWN
from organisations.models import Attestation
from organisations.models.attestation import first_counting, valid_until
from tests.factories.accounts import AdministrationFactory, UserFactory
from tests.factories.held import HeldDocumentFactory
from tests.factories.organisations import AttestationFactory, OrganisationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def administration():
    return AdministrationFactory()


@pytest.fixture
def officer(administration):
    return UserFactory(officer_at=administration.root_unit)


@pytest.fixture
def organisation(administration):
    return OrganisationFactory(known_at=administration)


def given(**more) -> dict:
    return {
        "form_key": uuid4(),
        "name": "Påhittad Ordförande",
        "role": "ordförande",
        "attested_on": timezone.localdate() - timedelta(days=3),
        "document": "Dnr 12/2026",
        "held": None,
        **more,
    }


def test_it_says_who_as_what_when_and_where_it_is_seen(organisation, administration, officer):
    made = attest(organisation, administration, **given(), by=officer)

    made.refresh_from_db()
    assert (made.name, made.role, made.document) == (
        "Påhittad Ordförande",
        "ordförande",
        "Dnr 12/2026",
    )
    assert (made.noted_by, made.counts) == (officer, True)
    event = Event.objects.of(organisation).last()
    assert (event.code, event.details["attestation"]) == ("attestation_noted", made.pk)
    assert "Påhittad" not in str(event.details)


def test_the_same_form_twice_notes_one(organisation, administration, officer):
    facts = given()

    first = attest(organisation, administration, **facts, by=officer)
    again = attest(organisation, administration, **facts, by=officer)

    assert (again, Attestation.objects.count()) == (first, 1)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "Anna 850101-1234"}, "name"),
        ({"role": ""}, "role"),
        ({"attested_on": timezone.localdate() + timedelta(days=2)}, "attested_on"),
        ({"document": ""}, "__all__"),
    ],
)
def test_what_lacks_something_is_refused_at_its_field(
    organisation, administration, officer, wrong, field
):
    with pytest.raises(ValidationError) as refused:
        attest(organisation, administration, **given(**wrong), by=officer)

    assert list(refused.value.error_dict) == [field]
    assert not Attestation.objects.exists()


def test_only_the_organisations_own_documents_there_can_show_it(
    organisation, administration, officer
):
    own = HeldDocumentFactory(organisation=organisation, administration=administration)
    other = HeldDocumentFactory(organisation=organisation)

    made = attest(organisation, administration, **given(held=own, document=""), by=officer)
    assert made.shown_by == str(own)
    with pytest.raises(ValidationError) as refused:
        attest(organisation, administration, **given(held=other), by=officer)
    assert list(refused.value.error_dict) == ["held"]


def test_who_may_not_edit_organisations_there_notes_nothing(organisation, administration, officer):
    elsewhere = UserFactory(officer_at=AdministrationFactory().root_unit)
    made = attest(organisation, administration, **given(), by=officer)

    for person in (elsewhere, UserFactory(employee_at=administration.root_unit)):
        with pytest.raises(NotAllowed):
            attest(organisation, administration, **given(), by=person)
        with pytest.raises(NotAllowed):
            take_back(made, reason="Skäl.", by=person)


@pytest.mark.parametrize(
    ("attested_on", "last"),
    [
        (date(2026, 3, 10), date(2027, 3, 10)),
        (date(2024, 2, 29), date(2025, 2, 28)),
        (date(2027, 2, 28), date(2028, 2, 28)),
        (date(2027, 3, 1), date(2028, 3, 1)),
    ],
)
def test_it_counts_for_twelve_months(attested_on, last):
    assert valid_until(attested_on) == last
    assert first_counting(last) <= attested_on < first_counting(last + timedelta(days=1))


def test_in_force_are_those_that_still_count(organisation, administration):
    def noted(days, **more):
        on = timezone.localdate() - timedelta(days=days)
        return AttestationFactory(
            organisation=organisation, administration=administration, attested_on=on, **more
        )

    new = noted(20)
    old = noted(400)
    gone = noted(5)
    take_back(gone, reason="Inte behörig.", by=UserFactory(officer_at=administration.root_unit))

    assert list(Attestation.objects.in_force(timezone.localdate())) == [new]
    assert [one.counts for one in (new, old, Attestation.objects.get(pk=gone.pk))] == [
        True,
        False,
        False,
    ]


def test_it_is_taken_back_once_with_a_reason(organisation, administration, officer):
    made = attest(organisation, administration, **given(), by=officer)
    with pytest.raises(ValidationError):
        take_back(made, reason=" ", by=officer)

    take_back(made, reason="Inte behörig.", by=officer)
    take_back(made, reason="Något annat.", by=officer)

    made.refresh_from_db()
    assert (made.withdrawn_reason, made.withdrawn_by) == ("Inte behörig.", officer)


def refused(do) -> bool:
    try:
        with transaction.atomic():
            do()
    except IntegrityError:
        return True
    return False


def test_the_database_keeps_it_as_it_was_but_for_a_merge(organisation, administration, officer):
    made = attest(organisation, administration, **given(), by=officer)
    take_back(made, reason="Inte behörig.", by=officer)
    rows = Attestation.objects.filter(pk=made.pk)

    assert refused(lambda: rows.update(name="Någon Annan"))
    assert refused(lambda: rows.update(withdrawn_reason="Något annat."))
    assert refused(lambda: rows._raw_delete("default"))
    assert rows.update(organisation=OrganisationFactory()) == 1


def test_every_column_but_the_organisation_is_kept_by_the_guards():
    columns = {field.column for field in Attestation._meta.concrete_fields}

    assert columns - {*ATTESTED, *WITHDRAWN} == {"organisation_id"}


# --- pages ----------------------------------------------------------------------------------------


def url(name, *args) -> str:
    return reverse(f"organisations:{name}", args=args)


def test_it_is_noted_and_taken_back_on_the_pages(client, organisation, administration, officer):
    client.force_login(officer)
    facts = {**given(), "administration": administration.pk, "held": ""}
    page = client.post(url("add_attestation", organisation.pk), {**facts, "document": ""})
    assert page.status_code == 422
    assert page.context["form"].errors == {"document": ["Ange handlingen som visar intyget."]}

    client.post(url("add_attestation", organisation.pk), facts)
    made = Attestation.objects.get()
    said = client.get(organisation.get_absolute_url()).content.decode()
    assert "Påhittad Ordförande" in said
    reason = {"reason": "Inte behörig."}
    client.post(url("take_back_attestation", organisation.pk, made.pk), reason)

    said = client.get(organisation.get_absolute_url()).content.decode()
    assert "Taget tillbaka" in said


def test_another_administration_sees_none_of_it(client, organisation, administration, officer):
    made = attest(organisation, administration, **given(), by=officer)
    client.force_login(UserFactory(officer_at=AdministrationFactory().root_unit))

    said = client.get(organisation.get_absolute_url()).content.decode()
    page = client.get(url("take_back_attestation", organisation.pk, made.pk))

    assert "Påhittad Ordförande" not in said
    assert page.status_code == 404
