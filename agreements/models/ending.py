"""An agreement that ended before its time (G-84)."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from agreements.models.agreement import Agreement
from agreements.models.terms import Side
from audit import clock


class Termination(models.Model):
    """Who gave notice, when, and the last day. Append-only; one per agreement."""

    agreement = models.OneToOneField(Agreement, models.PROTECT, related_name="termination")
    by_side = models.CharField("uppsagd av", max_length=20, choices=Side)
    given_on = models.DateField("uppsagd den")
    ends_on = models.DateField("sista dag")
    reasons = models.TextField("skäl")
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="registrerad av"
    )
    registered_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = "uppsägning"
        verbose_name_plural = "uppsägningar"
        constraints = [
            models.CheckConstraint(
                name="termination_is_whole",
                condition=~Q(reasons="")
                & Q(by_side__in=Side.values, ends_on__gte=models.F("given_on")),
            )
        ]

    def __str__(self):
        return f"uppsägning av {self.agreement}"
