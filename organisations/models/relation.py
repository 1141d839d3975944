"""What one administration knows of an organisation. Never shown to another (product.md §4)."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import Administration
from accounts.permissions import Permission, administrations_where
from audit import clock
from casework.personal_numbers import refuse_personal_numbers
from organisations.choices import ActivityRole, Relation
from organisations.models.organisation import Organisation

NO_NUMBERS = [refuse_personal_numbers]


class OwnQuerySet(models.QuerySet):
    def visible_to(self, person):
        """Those of the administrations where the person may see organisations."""
        own = administrations_where(person, Permission.ORGANISATION_SEE)
        return self.filter(administration__in=own)


class Own(models.Model):
    """Something about an organisation that belongs to one administration."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="%(class)ss")
    administration = models.ForeignKey(
        Administration, models.PROTECT, related_name="+", verbose_name="förvaltning"
    )

    objects = OwnQuerySet.as_manager()

    class Meta:
        abstract = True


class WithdrawableQuerySet(OwnQuerySet):
    def counting(self):
        """Those that have not been taken back."""
        return self.filter(withdrawn_at=None)


class Withdrawable(Own):
    """Never changed and never deleted: taken back with a reason when it was wrong."""

    withdrawn_at = models.DateTimeField("taget tillbaka", null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_reason = models.CharField(
        "varför det togs tillbaka", max_length=300, blank=True, validators=NO_NUMBERS
    )

    class Meta:
        abstract = True

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_at is not None

    def withdraw(self, reason: str, *, by) -> None:
        """Note it on the row, checked, and save it. Raises ValidationError at `reason`."""
        self.withdrawn_at, self.withdrawn_by = clock.now(), by
        self.withdrawn_reason = reason.strip()
        others = {field.name for field in self._meta.fields} - {"withdrawn_reason"}
        try:
            self.clean_fields(exclude=others)
        except ValidationError as fault:
            raise ValidationError({"reason": fault.messages}) from fault
        self.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])


def withdrawn_means_who_why(name: str) -> models.CheckConstraint:
    """A row is taken back by somebody for a reason, or not at all."""
    return models.CheckConstraint(
        name=name,
        condition=(
            Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawn_reason="")
        )
        | Q(withdrawn_at=None, withdrawn_by=None, withdrawn_reason=""),
    )


class ProfileQuerySet(OwnQuerySet):
    def with_role(self, role: str):
        """JSON of short codes: searched as text, which works alike on every database."""
        return self.filter(roles__icontains=f'"{ActivityRole(role).value}"')


def only_known(choices):
    def validate(codes):
        if not isinstance(codes, list) or not set(codes) <= set(choices.values):
            raise ValidationError("Välj bland alternativen.", code="unknown")

    return validate


def validate_roles(codes) -> None:
    only_known(ActivityRole)(codes)


def validate_relations(codes) -> None:
    only_known(Relation)(codes)


class Profile(Own):
    """That the organisation is known here, and as what (G-07, G-08)."""

    roles = models.JSONField("roller", default=list, blank=True, validators=[validate_roles])
    relations = models.JSONField(
        "förhållande till kommunen", default=list, blank=True, validators=[validate_relations]
    )
    relation_note = models.TextField(
        "hur vi förhåller oss till varandra", blank=True, validators=NO_NUMBERS
    )
    description = models.TextField("verksamhet", blank=True, validators=NO_NUMBERS)
    procurement_assessed_on = models.DateField(
        "upphandlingsbedömning gjord den", null=True, blank=True
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ProfileQuerySet.as_manager()

    class Meta:
        ordering = ["administration__name"]
        verbose_name = "organisationen hos oss"
        verbose_name_plural = "organisationen hos förvaltningarna"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "administration"], name="profile_once"),
        ]

    def __str__(self):
        return f"{self.organisation} hos {self.administration}"

    @property
    def roles_written(self) -> list[str]:
        return [ActivityRole(role).label for role in self.roles]

    @property
    def relations_written(self) -> list[str]:
        return [Relation(relation).label for relation in self.relations]

    @property
    def is_performer(self) -> bool:
        return ActivityRole.PERFORMER in self.roles


class Size(Own):
    """About how large it was on a day (G-06). A new day is a new row: nothing is overwritten."""

    as_of = models.DateField("uppgifterna gäller den")
    members = models.PositiveIntegerField("medlemmar", null=True, blank=True)
    employees = models.PositiveIntegerField("anställda", null=True, blank=True)
    volunteers = models.PositiveIntegerField("ideellt engagerade", null=True, blank=True)

    class Meta:
        ordering = ["-as_of"]
        verbose_name = "storlek"
        verbose_name_plural = "storlekar"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "administration", "as_of"],
                name="size_once_a_day",
                violation_error_message="Det finns redan uppgifter för den dagen.",
            ),
            models.CheckConstraint(
                name="size_says_something",
                condition=~Q(members=None, employees=None, volunteers=None),
                violation_error_message="Fyll i minst en av uppgifterna.",
            ),
        ]

    def __str__(self):
        return f"{self.organisation} {self.as_of}"

    def clean(self):
        if self.as_of and self.as_of > timezone.localdate():
            raise ValidationError({"as_of": "Dagen kan inte ligga framåt i tiden."})
