"""Administrations (authorities of their own) and the units they consist of."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Concat, Substr


def validate_mailbox(address: str) -> None:
    """Accept a mailbox such as brevlåda.ä@staden.example, which Django's own check refuses.

    RFC 6531 allows letters outside ASCII before the @. Raises ValidationError in Swedish.
    """
    if not re.fullmatch(r"[^\s@<>\",;:\\()\[\]]+@[\w-]+(\.[\w-]+)+", address):
        raise ValidationError("Skriv en e-postadress, till exempel brevlada@staden.example.")


class Administration(models.Model):
    """A förvaltning: its own mailbox, labels, rule set and cases."""

    name = models.CharField("namn", max_length=120, unique=True)
    short_name = models.CharField("kortnamn", max_length=40)
    slug = models.SlugField("kod", max_length=12, unique=True, help_text="Inleder ärendenumren.")
    mailbox = models.CharField(
        "beredningsgruppens brevlåda",
        max_length=200,
        validators=[validate_mailbox],
        help_text="Hit går initiativ, beslut och avslut. Adressen får innehålla å, ä och ö.",
    )
    mailbox_ascii_alias = models.EmailField(
        "reservadress utan å, ä och ö",
        blank=True,
        help_text="Används bara när e-postservern inte kan leverera till adressen ovan.",
    )
    rule_set = models.SlugField("regeluppsättning", max_length=40, default="amf")
    labels = models.JSONField(
        "rollnamn",
        default=dict,
        blank=True,
        help_text='Vad rollerna heter hos er, till exempel {"officer": "utredare"}.',
    )
    retention_years = models.PositiveSmallIntegerField(
        "år som ett avslutat ärende sparas",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(200)],
        help_text="Enligt er gallringsplan. Tomt: ingen dag visas. Inget gallras av sig självt.",
    )
    association_grant_pointer = models.TextField(
        "vem ger föreningsbidrag",
        default=(
            "Föreningsbidrag ges inte här. Sök hos stadsdelsnämnden, socialnämnden, "
            "kulturnämnden eller idrottsnämnden."
        ),
    )

    class Meta:
        ordering = ["name"]
        verbose_name = "förvaltning"
        verbose_name_plural = "förvaltningar"

    def __str__(self):
        return self.name

    @property
    def administration(self):
        return self

    @property
    def root_unit(self):
        """The unit at the top of the tree, which stands for the whole administration."""
        return self.units.get(parent=None)


class UnitQuerySet(models.QuerySet):
    def under(self, unit):
        """The unit itself and everything below it."""
        return self.filter(path__startswith=unit.path)


class Unit(models.Model):
    """An enhet. `path` (/1/4/) makes 'this unit or one above it' a comparison of prefixes."""

    administration = models.ForeignKey(
        Administration, models.PROTECT, related_name="units", verbose_name="förvaltning"
    )
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="under"
    )
    name = models.CharField("namn", max_length=120)
    path = models.CharField(max_length=200, editable=False, db_index=True)

    objects = UnitQuerySet.as_manager()

    class Meta:
        ordering = ["path"]
        verbose_name = "enhet"
        verbose_name_plural = "enheter"
        constraints = [
            models.UniqueConstraint(fields=["administration", "name"], name="unit_name_once"),
            models.UniqueConstraint(
                fields=["administration"], condition=Q(parent=None), name="unit_one_root"
            ),
        ]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        """Keep the path of this unit and of all below it true, also when the unit is moved."""
        old = self.path
        super().save(*args, **kwargs)
        self.path = f"{self.parent.path if self.parent else '/'}{self.pk}/"
        if old != self.path:
            Unit.objects.filter(pk=self.pk).update(path=self.path)
            if old:
                Unit.objects.filter(path__startswith=old).update(
                    path=Concat(Value(self.path), Substr(F("path"), len(old) + 1))
                )

    @property
    def unit(self):
        return self

    @property
    def and_above(self) -> list[int]:
        """The ids of the unit itself and of every unit above it, the highest first."""
        return [int(pk) for pk in self.path.strip("/").split("/")]

    def clean(self):
        if self.parent and self.parent.administration_id != self.administration_id:
            raise ValidationError({"parent": "Enheten ovanför hör till en annan förvaltning."})
        if self.parent and self.pk and self.parent.path.startswith(self.path):
            raise ValidationError({"parent": "En enhet kan inte ligga under sig själv."})
