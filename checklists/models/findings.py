"""Step 2 of the democracy check: what speaks against the attestation, one row per finding."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from checklists.models.answers import Assessment
from checklists.models.words import Conduct, Verdict
from organisations.models import Organisation


class Finding(models.Model):
    """Conduct with source and date, never an opinion (G-27 to G-30, I-49).

    organisation: whose matter it is, when the case has several; it then shows in every case of
    that organisation within the administration. None where nobody has said it: then it is shown
    where it was registered alone. May be re-pointed when organisations are merged, also in a
    locked assessment; nothing else of a locked finding may change.
    """

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="findings")
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="findings",
        verbose_name="organisation",
    )
    what = models.TextField("vad som har hänt")
    source = models.CharField("källa", max_length=300)
    happened_on = models.DateField("datum")
    conduct = models.CharField("vems agerande", max_length=20, choices=Conduct.choices)
    connected = models.BooleanField("har samband med verksamheten")
    category = models.CharField("kategori", max_length=20)
    comment_asked_on = models.DateField("organisationen tillfrågad den", null=True, blank=True)
    comment = models.TextField("organisationens kommentar", blank=True)
    comment_on = models.DateField("kommentaren kom den", null=True, blank=True)
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="registrerad av"
    )
    registered_at = models.DateTimeField("registrerad")
    verdict = models.CharField("bedömning", max_length=12, choices=Verdict.choices, blank=True)
    reasons = models.TextField("skäl för bedömningen", blank=True)
    judged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="bedömd av",
    )
    judged_at = models.DateTimeField("bedömd", null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["assessment", "pk"]
        verbose_name = "uppgift som talar emot intygandet"
        verbose_name_plural = "uppgifter som talar emot intygandet"
        constraints = [
            models.CheckConstraint(
                name="finding_judged_means_who_when_why",
                condition=Q(verdict="", judged_by=None, judged_at=None, reasons="")
                | (
                    Q(verdict__in=[Verdict.AGAINST, Verdict.NOT_AGAINST])
                    & Q(judged_by__isnull=False, judged_at__isnull=False)
                    & ~Q(reasons="")
                ),
            ),
            # G-27: only conduct within the frame of the activity counts.
            models.CheckConstraint(
                name="finding_against_only_when_connected",
                condition=~Q(verdict=Verdict.AGAINST, connected=False),
            ),
            models.CheckConstraint(
                name="finding_comment_comes_after_the_question",
                condition=Q(comment_on=None)
                | (
                    ~Q(comment="")
                    & (Q(comment_asked_on=None) | Q(comment_on__gte=F("comment_asked_on")))
                ),
            ),
            models.CheckConstraint(
                name="finding_known_conduct", condition=Q(conduct__in=Conduct.values)
            ),
        ]

    def __str__(self):
        return f"{self.category} {self.happened_on}"
