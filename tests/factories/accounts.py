from datetime import date, timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from accounts.models import (
    Administration,
    Area,
    DelegationItem,
    Funder,
    GoverningDocument,
    RoleGrant,
    TargetGroup,
    Unit,
    User,
    YearlyAssignment,
)
from accounts.roles import Role

PASSWORD = "granen-vid-sjon-26"
FIRST_DAY = date(2020, 1, 1)  # long before any day that tests speak of


class AdministrationFactory(DjangoModelFactory):
    """An administration with its root unit, which has the same name (`.root_unit`)."""

    class Meta:
        model = Administration
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Påhittade förvaltningen {n}")
    short_name = factory.Sequence(lambda n: f"PF{n}")
    slug = factory.Sequence(lambda n: f"pf{n}")
    mailbox = factory.Sequence(lambda n: f"samverkan.brevlåda{n}@staden.example")

    @factory.post_generation
    def root(administration, create, extracted, **facts):
        if create:
            name = facts.pop("name", administration.name)
            Unit.objects.create(administration=administration, name=name, **facts)


class UnitFactory(DjangoModelFactory):
    """A unit right under the root of its administration, or under `parent`."""

    class Meta:
        model = Unit

    administration = factory.Maybe(
        "parent",
        factory.SelfAttribute("parent.administration"),
        factory.SubFactory(AdministrationFactory),
    )
    parent = None
    name = factory.Sequence(lambda n: f"Enhet {n}")

    @classmethod
    def _create(cls, model, *args, **facts):
        facts["parent"] = facts["parent"] or facts["administration"].root_unit
        return super()._create(model, *args, **facts)


def granted(role: Role):
    """A keyword of UserFactory: the unit (or list of units) where the person has the role."""

    def grant(person, create, places, **_):
        if create and places:
            for unit in places if isinstance(places, list | tuple) else [places]:
                RoleGrantFactory(person=person, role=role, unit=unit)

    return factory.post_generation(grant)


class UserFactory(DjangoModelFactory):
    """A civil servant: UserFactory(manager_at=unit), UserFactory(officer_at=[unit, other])."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Påhittad Person {n}")
    email = factory.Sequence(lambda n: f"person{n}@staden.example")
    title = "handläggare"
    password = factory.django.Password(PASSWORD)

    manager_at = granted(Role.RESPONSIBLE_MANAGER)
    head_at = granted(Role.HEAD)
    officer_at = granted(Role.OFFICER)
    unit_manager_at = granted(Role.UNIT_MANAGER)
    employee_at = granted(Role.EMPLOYEE)
    adviser_at = granted(Role.ADVISORY_GROUP)
    procurement_at = granted(Role.PROCUREMENT)
    finance_at = granted(Role.FINANCE)
    legal_at = granted(Role.LEGAL)
    communicator_at = granted(Role.COMMUNICATOR)
    secretary_at = granted(Role.BOARD_SECRETARY)
    registrar_at = granted(Role.REGISTRAR)
    admin_at = granted(Role.ADMIN)


class RoleGrantFactory(DjangoModelFactory):
    class Meta:
        model = RoleGrant

    person = factory.SubFactory(UserFactory)
    role = Role.OFFICER
    unit = factory.SubFactory(UnitFactory)
    starts_on = FIRST_DAY


class DelegationItemFactory(DjangoModelFactory):
    class Meta:
        model = DelegationItem

    class Params:
        to_person = factory.Trait(holder_role="", holder_person=factory.SubFactory(UserFactory))

    administration = factory.SubFactory(AdministrationFactory)
    code = factory.Sequence(lambda n: f"4.{n}")
    title = "Besluta om informell samverkan"
    forms = ["informal"]
    holder_role = Role.RESPONSIBLE_MANAGER
    starts_on = FIRST_DAY


class TargetGroupFactory(DjangoModelFactory):
    class Meta:
        model = TargetGroup

    administration = factory.SubFactory(AdministrationFactory)
    name = factory.Sequence(lambda n: f"målgrupp {n}")


class AreaFactory(DjangoModelFactory):
    class Meta:
        model = Area

    administration = factory.SubFactory(AdministrationFactory)
    name = factory.Sequence(lambda n: f"område {n}")


class FunderFactory(DjangoModelFactory):
    class Meta:
        model = Funder

    administration = factory.SubFactory(AdministrationFactory)
    name = factory.Sequence(lambda n: f"finansiär {n}")


class YearlyAssignmentFactory(DjangoModelFactory):
    class Meta:
        model = YearlyAssignment

    administration = factory.SubFactory(AdministrationFactory)
    year = factory.LazyFunction(lambda: timezone.localdate().year)
    code = factory.Sequence(lambda n: f"U{n}")
    text = "Fler ska komma närmare arbete"


class GoverningDocumentFactory(DjangoModelFactory):
    class Meta:
        model = GoverningDocument

    class Params:
        overdue = factory.Trait(next_review_on=date(2021, 1, 1))

    administration = factory.SubFactory(AdministrationFactory)
    title = "Riktlinjer för samverkan"
    owner_unit = factory.LazyAttribute(lambda document: document.administration.root_unit)
    version = "1.0"
    next_review_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=365))
