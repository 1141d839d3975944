"""Amounts that law sets and that change: each with the day it begins (domain 0.12)."""

from datetime import date

from django.db import models
from django.db.models import Q


class LegalAmount(models.Model):
    """One amount from a day on. In force is the latest that has begun; nothing is overwritten."""

    class What(models.TextChoices):
        SMALL_AID = "small_aid_eur", "tak för stöd av mindre betydelse, euro"
        EURO = "euro_rate", "kronor för en euro"
        DIRECT = "direct_sek", "direktupphandlingsgräns, kronor"
        SOCIAL = "social_sek", "tröskelvärde för sociala och andra särskilda tjänster, kronor"
        OTHER = "other_sek", "tröskelvärde för andra varor och tjänster, kronor"
        FEE = "fee_sek", "upphandlingsskadeavgift högst, kronor"
        FEE_SHARE = "fee_percent", "upphandlingsskadeavgift högst, procent av värdet"
        DOCUMENTED = "documented_sek", "direktupphandling dokumenteras över, kronor"

    what = models.CharField("belopp", max_length=20, choices=What.choices)
    starts_on = models.DateField("gäller från")
    amount = models.DecimalField("värde", max_digits=14, decimal_places=4)
    source = models.CharField("källa", max_length=200)

    class Meta:
        ordering = ["what", "-starts_on"]
        verbose_name = "belopp enligt lag"
        verbose_name_plural = "belopp enligt lag"
        constraints = [
            models.UniqueConstraint(
                fields=["what", "starts_on"],
                name="legal_amount_start_once",
                violation_error_message="Det finns redan ett belopp som börjar gälla den dagen.",
            ),
            models.CheckConstraint(
                name="legal_amount_is_positive",
                condition=Q(amount__gt=0),
                violation_error_message="Beloppet måste vara större än noll.",
            ),
        ]

    def __str__(self):
        return f"{self.get_what_display()}, från {self.starts_on}"

    @classmethod
    def in_force(cls, day: date) -> "dict[str, LegalAmount]":
        """What → the amount of that day, of those that have begun. One query."""
        begun = cls.objects.filter(starts_on__lte=day).order_by("starts_on")
        return {amount.what: amount for amount in begun}
