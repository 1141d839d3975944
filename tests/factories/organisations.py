from datetime import date, timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory
from stdnum import luhn

from organisations.models import (
    ActivityRole,
    Attestation,
    Contact,
    ContactSource,
    LegalForm,
    Organisation,
    Profile,
    Size,
)
from tests.factories.accounts import AdministrationFactory, UserFactory


def org_number(serial: int, group: str = "899990") -> str:
    """The invented organisation number of that serial (0 to 999), with a true check digit."""
    digits = f"{group}{serial % 1000:03d}"
    return digits + luhn.calc_check_digit(digits)


class OrganisationFactory(DjangoModelFactory):
    class Meta:
        model = Organisation
        skip_postgeneration_save = True

    class Params:
        network = factory.Trait(legal_form=LegalForm.NETWORK, org_number=None)

    name = factory.Sequence(lambda n: f"Föreningen Granen {n}")
    org_number = factory.Sequence(org_number)
    legal_form = LegalForm.NONPROFIT

    @factory.post_generation
    def known_at(organisation, create, administrations, **facts):
        """OrganisationFactory(known_at=administration, known_at__roles=[…]): with a profile."""
        if create and administrations:
            if not isinstance(administrations, list | tuple):
                administrations = [administrations]
            for administration in administrations:
                ProfileFactory(organisation=organisation, administration=administration, **facts)


class ProfileFactory(DjangoModelFactory):
    class Meta:
        model = Profile

    class Params:
        performer = factory.Trait(roles=[ActivityRole.PERFORMER.value])

    organisation = factory.SubFactory(OrganisationFactory)
    administration = factory.SubFactory(AdministrationFactory)
    roles = [ActivityRole.SERVICE.value]
    description = "Läxhjälp och språkkaféer."


class SizeFactory(DjangoModelFactory):
    class Meta:
        model = Size

    organisation = factory.SubFactory(OrganisationFactory)
    administration = factory.SubFactory(AdministrationFactory)
    as_of = date(2025, 12, 31)
    members = 120
    employees = 2
    volunteers = 15


class ContactFactory(DjangoModelFactory):
    class Meta:
        model = Contact

    class Params:
        out_of_date = factory.Trait(valid_until=date(2021, 1, 1))

    organisation = factory.SubFactory(OrganisationFactory)
    administration = factory.SubFactory(AdministrationFactory)
    name = factory.Sequence(lambda n: f"Påhittad Kontakt {n}")
    role = "ordförande"
    email = factory.Sequence(lambda n: f"kontakt{n}@forening.example")
    source = ContactSource.ORGANISATION
    valid_until = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=365))


class AttestationFactory(DjangoModelFactory):
    class Meta:
        model = Attestation

    organisation = factory.SubFactory(OrganisationFactory)
    administration = factory.SubFactory(AdministrationFactory)
    name = factory.Sequence(lambda n: f"Påhittad Ordförande {n}")
    role = "ordförande"
    attested_on = factory.LazyFunction(lambda: timezone.localdate() - timedelta(days=20))
    document = "Intyg i akten"
    noted_by = factory.SubFactory(UserFactory)
