"""Who may do what, where and when. All periods are half-open: [starts_on, ends_on)."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from accounts.models.places import Administration, Unit
from accounts.roles import Role

PERIOD_IN_ORDER = Q(ends_on=None) | Q(ends_on__gt=F("starts_on"))


class PeriodQuerySet(models.QuerySet):
    def on(self, day=None):
        """In force that day (a date; today in Stockholm when left out)."""
        day = day or timezone.localdate()
        return self.filter(Q(ends_on=None) | Q(ends_on__gt=day), starts_on__lte=day)


class RoleGrant(models.Model):
    """A role given to a person at a unit. It covers that unit and all below it."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="grants", verbose_name="person"
    )
    role = models.CharField("roll", max_length=30, choices=Role.choices)
    unit = models.ForeignKey(
        Unit,
        models.PROTECT,
        related_name="grants",
        verbose_name="enhet",
        help_text="Gäller här och i alla enheter under. Den översta står för hela förvaltningen.",
    )
    starts_on = models.DateField("från och med", default=timezone.localdate)
    ends_on = models.DateField("till (den dagen gäller den inte längre)", null=True, blank=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        ordering = ["unit__path", "role", "person__name"]
        verbose_name = "tilldelad roll"
        verbose_name_plural = "tilldelade roller"
        constraints = [
            models.CheckConstraint(
                name="grant_period_in_order",
                condition=PERIOD_IN_ORDER,
                violation_error_message="Slutdagen måste komma efter första dagen.",
            ),
            models.CheckConstraint(name="grant_known_role", condition=Q(role__in=Role.values)),
        ]

    def __str__(self):
        return f"{self.person} – {self.get_role_display()}, {self.unit}"


class DelegationItem(models.Model):
    """A point of the delegation order (G-74): which decisions, up to what sum, held by whom."""

    administration = models.ForeignKey(
        Administration, models.PROTECT, related_name="delegation_items", verbose_name="förvaltning"
    )
    code = models.CharField("punkt", max_length=20)
    title = models.CharField("ärendegrupp", max_length=200)
    forms = models.JSONField("samverkansformer", default=list, blank=True)
    max_amount = models.PositiveBigIntegerField("högsta belopp i kronor", null=True, blank=True)
    holder_role = models.CharField("roll", max_length=30, choices=Role.choices, blank=True)
    holder_person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, verbose_name="person"
    )
    starts_on = models.DateField("från och med", default=timezone.localdate)
    ends_on = models.DateField("till (den dagen gäller den inte längre)", null=True, blank=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        ordering = ["administration", "code"]
        verbose_name = "delegationspunkt"
        verbose_name_plural = "delegationsordning"
        constraints = [
            models.CheckConstraint(
                name="delegation_period_in_order",
                condition=PERIOD_IN_ORDER,
                violation_error_message="Slutdagen måste komma efter första dagen.",
            ),
            models.CheckConstraint(
                name="delegation_one_holder",
                condition=(Q(holder_role="") & Q(holder_person__isnull=False))
                | (~Q(holder_role="") & Q(holder_person__isnull=True)),
                violation_error_message="Ange antingen en roll eller en person.",
            ),
        ]

    def __str__(self):
        return f"{self.code} {self.title}"

    def clean(self):
        if not isinstance(self.forms, list):
            raise ValidationError({"forms": 'Skriv en lista, till exempel ["informal"].'})
