"""A document that an organisation has handed in, or shown: kept by one administration (I-54)."""

from uuid import uuid4

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from audit import clock
from documents.models import Scan
from organisations.choices import DocumentKind
from organisations.models.relation import (
    NO_NUMBERS,
    Withdrawable,
    WithdrawableQuerySet,
    withdrawn_means_who_why,
)


class HeldDocumentQuerySet(WithdrawableQuerySet):
    def with_files(self):
        return self.select_related("stored", "registered_by", "shown_to", "administration")


class HeldDocument(Withdrawable):
    """Never changed and never deleted: a newer one takes its place, or it is taken back.

    Either the file is kept (`stored`), or it was shown and that is noted (`shown_on`, `shown_to`):
    what we need not keep, we do not. How long it counts: `organisations/validity.py`.
    """

    kind = models.CharField("slag", max_length=20, choices=DocumentKind)
    title = models.CharField("titel", max_length=200, blank=True, validators=NO_NUMBERS)
    dated_on = models.DateField("handlingens datum", null=True, blank=True)
    covers_from = models.DateField("avser från", null=True, blank=True)
    covers_to = models.DateField("avser till", null=True, blank=True)
    received_on = models.DateField("kom in")
    note = models.TextField("anteckning", blank=True, validators=NO_NUMBERS)
    stored = models.ForeignKey(
        "documents.StoredDocument",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="held",
        verbose_name="fil",
    )
    shown_on = models.DateField("visades den", null=True, blank=True)
    shown_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="visades för",
    )
    form_key = models.UUIDField(unique=True, default=uuid4, editable=False)
    registered_at = models.DateTimeField("registrerat", default=clock.now)
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="registrerat av"
    )

    objects = HeldDocumentQuerySet.as_manager()

    class Meta:
        ordering = ["-received_on", "-pk"]
        verbose_name = "underlag"
        verbose_name_plural = "underlag"
        indexes = [
            models.Index(fields=["organisation", "administration", "kind"], name="held_by_kind")
        ]
        constraints = [
            models.CheckConstraint(
                name="held_of_a_known_kind", condition=Q(kind__in=DocumentKind.values)
            ),
            models.CheckConstraint(
                name="held_kept_or_shown",
                condition=Q(stored__isnull=False, shown_on=None, shown_to=None)
                | Q(stored=None, shown_on__isnull=False, shown_to__isnull=False),
                violation_error_message="Ladda upp filen, eller ange vilken dag den visades.",
            ),
            models.CheckConstraint(
                name="held_period_in_order",
                condition=Q(covers_from=None, covers_to=None)
                | Q(
                    covers_from__isnull=False,
                    covers_to__isnull=False,
                    covers_to__gte=F("covers_from"),
                ),
                violation_error_message="Ange både första och sista dagen, i den ordningen.",
            ),
            models.CheckConstraint(
                name="held_has_a_day",
                condition=Q(dated_on__isnull=False) | Q(covers_to__isnull=False),
                violation_error_message="Ange handlingens datum eller vilken tid den avser.",
            ),
            withdrawn_means_who_why("held_withdrawn_means_who_why"),
        ]

    def __str__(self):
        return f"{self.name} ({self.period})"

    def clean(self):
        today = clock.today()
        late = {
            name: "Dagen kan inte ligga framåt i tiden."
            for name in ("dated_on", "received_on", "shown_on")
            if getattr(self, name) and getattr(self, name) > today
        }
        if late:
            raise ValidationError(late)

    def get_absolute_url(self):
        return reverse("organisations:held_document", args=[self.organisation_id, self.pk])

    @property
    def name(self) -> str:
        return self.title or self.get_kind_display().capitalize()

    @property
    def period(self) -> str:
        """2025 for a whole year, else from–to; without a period its own day."""
        if not self.covers_to:
            return self.dated_on.isoformat()
        first, last = self.covers_from, self.covers_to
        if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
            same = first.year == last.year
            return str(first.year) if same else f"{first.year}–{last.year}"
        return f"{first.isoformat()}–{last.isoformat()}"

    @property
    def is_infected(self) -> bool:
        return self.stored is not None and self.stored.scan_state == Scan.INFECTED

    @property
    def counts(self) -> bool:
        """Neither taken back nor carrying a virus. Whether it is too old is another matter."""
        return not self.is_withdrawn and not self.is_infected
