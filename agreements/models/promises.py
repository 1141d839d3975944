"""What each party has promised, and what is to be reached: both can be followed up (I-18, I-38)."""

from django.db import models
from django.db.models import Q

from agreements.models.agreement import Agreement
from agreements.models.terms import Party


class Commitment(models.Model):
    """An åtagande of one party: what, why it matters, how one sees it done, and by when."""

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="commitments")
    party = models.ForeignKey(Party, models.PROTECT, related_name="commitments")
    what = models.CharField("åtagande", max_length=500)
    why = models.CharField("varför det är viktigt för lösningen", max_length=500, blank=True)
    evidence = models.CharField("mått eller underlag", max_length=300, blank=True)
    due_on = models.DateField("senast", null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = "parts åtagande"
        verbose_name_plural = "parters åtaganden"
        constraints = [
            models.CheckConstraint(name="commitment_says_what", condition=~Q(what="")),
        ]

    def __str__(self):
        return self.what


class Goal(models.Model):
    """Long-term and measurable (G-80)."""

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="goals")
    text = models.CharField("mål", max_length=500)
    indicator = models.CharField("indikator", max_length=200, blank=True)
    baseline = models.CharField("utgångsläge", max_length=100, blank=True)
    target = models.CharField("målvärde", max_length=100, blank=True)
    due_on = models.DateField("nås senast", null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = "mål"
        verbose_name_plural = "mål"
        constraints = [
            models.CheckConstraint(name="goal_says_what", condition=~Q(text="")),
        ]

    def __str__(self):
        return self.text
