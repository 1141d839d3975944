"""Brist: what somebody saw, where it went, how it was assessed and what came of it (G-82, I-35)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from accounts.permissions import Permission, may, within
from audit import clock
from collaborations.models.collaboration import Collaboration, wholly_visible_through

PERSON = settings.AUTH_USER_MODEL


class ShortcomingQuerySet(models.QuerySet):
    def open(self):
        return self.filter(concluded_at=None)

    def assessed(self):
        """Assessed, and not brought to an end: what a breaking off can rest on."""
        return self.open().filter(assessed_at__isnull=False)

    def visible_to(self, person):
        """One's own, those of a unit where one receives them, and those of cases one sees wholly.

        Nobody sees more of the case by it: ask for the case as well.
        """
        received = within(person, Permission.SHORTCOMING_RECEIVE, "collaboration__unit")
        whole = wholly_visible_through(person, "collaboration")
        return self.filter(Q(reported_by=person.pk) | received | whole)


class Shortcoming(models.Model):
    """From report to conclusion, each part written once and in this order.

    received_at: when the responsible manager had it. answer: what the reporter is told of it.
    """

    class Outcome(models.TextChoices):
        REMEDY = "remedy", "åtgärd"
        ENDING = "ending", "samverkan avbröts"
        NOTHING = "nothing", "ingen åtgärd"
        LAPSED = "lapsed", "samverkan tog slut"

    collaboration = models.ForeignKey(
        Collaboration, models.PROTECT, related_name="shortcomings", verbose_name="ärende"
    )
    form_key = models.UUIDField(unique=True, editable=False)  # one per form sent
    what = models.TextField("vad som brister")
    seen_on = models.DateField("när det sågs")
    urgent = models.BooleanField("brådskande eller gäller säkerhet")
    reported_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    reported_at = models.DateTimeField(default=clock.now)

    received_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    received_at = models.DateTimeField("hos ansvarig chef", null=True)
    comment = models.TextField("enhetschefens kommentar", blank=True)

    assessment = models.TextField("bedömning", blank=True)
    assessed_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    assessed_at = models.DateTimeField("bedömd", null=True)

    outcome = models.CharField("utfall", max_length=10, choices=Outcome, blank=True)
    reasons = models.TextField("skäl", blank=True)
    answer = models.TextField("svar till den som anmälde", blank=True)
    concluded_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    concluded_at = models.DateTimeField("avslutad", null=True)

    objects = ShortcomingQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = "brist"
        verbose_name_plural = "brister"
        constraints = [
            models.CheckConstraint(name="shortcoming_says_what", condition=~Q(what="")),
            models.CheckConstraint(
                name="shortcoming_received_is_whole",
                condition=Q(received_by=None, received_at=None, comment="")
                | Q(received_by__isnull=False, received_at__gte=F("reported_at")),
            ),
            models.CheckConstraint(
                name="shortcoming_assessed_is_whole",
                condition=Q(assessment="", assessed_by=None, assessed_at=None)
                | (
                    Q(assessed_by__isnull=False, assessed_at__isnull=False)
                    & Q(received_at__isnull=False, assessed_at__gte=F("received_at"))
                    & ~Q(assessment="")
                ),
            ),
            # What lapsed with the collaboration may never have been assessed.
            models.CheckConstraint(
                name="shortcoming_concluded_is_whole",
                condition=Q(outcome="", reasons="", answer="", concluded_by=None, concluded_at=None)
                | (
                    Q(outcome__in=["remedy", "ending", "nothing", "lapsed"])
                    & Q(concluded_by__isnull=False, concluded_at__isnull=False)
                    & (Q(assessed_at__isnull=False) | Q(outcome="lapsed"))
                    & ~Q(reasons="")
                ),
            ),
        ]

    def __str__(self):
        return f"brist {self.seen_on}"

    def get_absolute_url(self):
        return reverse("collaborations:shortcoming", args=[self.collaboration_id, self.pk])

    @property
    def is_open(self) -> bool:
        return self.concluded_at is None

    @property
    def state(self) -> str:
        if self.concluded_at:
            return self.get_outcome_display()
        if self.assessed_at:
            return "bedömd"
        return "hos ansvarig chef" if self.received_at else "hos enhetschefen"

    def shows_reporter_to(self, person) -> bool:
        """To the reporter and those who handle it: unit manager, responsible manager, head."""
        return self.reported_by_id == person.pk or may(
            person, Permission.SHORTCOMING_RECEIVE, self.collaboration
        )
