"""What projects with others' money and supported employment need beside the rest (G-62–G-70)."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from audit import clock
from collaborations.models.collaboration import Collaboration

PERSON = settings.AUTH_USER_MODEL


class Routine(models.Model):
    """A person's word that the administration's routine is followed (G-63, G-70). Append-only."""

    class Kind(models.TextChoices):
        EXTERNAL_FUNDING = "external_funding", "rutinen för extern finansiering"
        EMPLOYMENT = "employment", "rutinen för anställningen"

    class Employment(models.TextChoices):
        CITY_JOB = "city_job", "kommunal visstidsanställning (till exempel stockholmsjobb)"
        PROTECTED = "protected", "offentligt skyddad anställning (OSA)"
        OTHER = "other", "annan anställning med stöd"

    collaboration = models.ForeignKey(
        Collaboration, models.PROTECT, related_name="routines", verbose_name="ärende"
    )
    kind = models.CharField("rutin", max_length=20, choices=Kind)
    employment = models.CharField("anställning", max_length=20, choices=Employment, blank=True)
    reference = models.CharField("var rutinen finns", max_length=200)
    confirmed_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["pk"]
        verbose_name = "bekräftad rutin"
        verbose_name_plural = "bekräftade rutiner"
        constraints = [
            models.CheckConstraint(
                name="routine_says_which",
                condition=~Q(reference="")
                & (
                    Q(kind="external_funding", employment="")
                    | (Q(kind="employment") & ~Q(employment=""))
                ),
            )
        ]

    def __str__(self):
        return self.get_kind_display()


class Funding(models.Model):
    """Of a project that we apply for: the funder, the application, the answer (G-62, G-64)."""

    class Answer(models.TextChoices):
        GRANTED = "granted", "beviljad"
        REFUSED = "refused", "avslagen"

    collaboration = models.OneToOneField(
        Collaboration, models.PROTECT, related_name="funding", verbose_name="ärende"
    )
    funder = models.CharField("finansiär", max_length=120)
    programme = models.CharField("program", max_length=160, blank=True)
    call = models.CharField("utlysning", max_length=160, blank=True)
    submitted_on = models.DateField("ansökan inlämnad", null=True)
    answer = models.CharField("besked", max_length=10, choices=Answer, blank=True)
    answered_on = models.DateField("besked kom", null=True)
    reference = models.CharField("finansiärens diarienummer", max_length=80, blank=True)

    class Meta:
        verbose_name = "extern finansiering"
        verbose_name_plural = "extern finansiering"
        constraints = [
            models.CheckConstraint(name="funding_has_a_funder", condition=~Q(funder="")),
            models.CheckConstraint(
                name="funding_answer_follows_the_application",
                condition=Q(answer="", answered_on=None)
                | (
                    Q(answer__in=["granted", "refused"], submitted_on__isnull=False)
                    & Q(answered_on__gte=models.F("submitted_on"))
                ),
            ),
        ]

    def __str__(self):
        return self.funder


class CheckScope(models.Model):
    """Which checks are made where we are partner in somebody's project (G-67). Append-only."""

    collaboration = models.ForeignKey(
        Collaboration, models.PROTECT, related_name="check_scopes", verbose_name="ärende"
    )
    sets = models.JSONField("kontroller", default=list)
    reasons = models.TextField("skäl")
    decided_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["pk"]
        verbose_name = "omfattning av kontrollen"
        verbose_name_plural = "omfattning av kontrollen"
        constraints = [models.CheckConstraint(name="scope_has_reasons", condition=~Q(reasons=""))]

    def __str__(self):
        return ", ".join(self.sets) or "inga kontroller"


class RiskDecision(models.Model):
    """Is it uncertain, and then: what is the risk and is it taken (G-69)? Append-only."""

    collaboration = models.ForeignKey(
        Collaboration, models.PROTECT, related_name="risk_decisions", verbose_name="ärende"
    )
    uncertain = models.BooleanField("det finns osäkerhet")
    risks = models.TextField("riskerna, och vad ni gör åt dem", blank=True)
    accepted = models.BooleanField("risken tas")
    decided_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["pk"]
        verbose_name = "riskbedömning"
        verbose_name_plural = "riskbedömningar"
        constraints = [
            models.CheckConstraint(
                name="risk_that_is_uncertain_is_described",
                condition=Q(uncertain=False, accepted=True) | (Q(uncertain=True) & ~Q(risks="")),
            )
        ]

    def __str__(self):
        return f"riskbedömning {clock.day_of(self.decided_at)}"
