"""Åtgärd i en samverkan: what is to be done after a follow-up or a shortcoming, by whom and when.

Another thing than the measure demanded of an organisation (checklists/models/measures.py, I-53).
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from audit import clock
from collaborations.models.collaboration import Collaboration
from collaborations.models.follow_up import FollowUp
from collaborations.models.shortcoming import Shortcoming

PERSON = settings.AUTH_USER_MODEL


class RemedyQuerySet(models.QuerySet):
    def open(self):
        return self.filter(closed_at=None)


class Remedy(models.Model):
    """Decided once (I-22; by the head when needed, I-09); closed once, with a note."""

    class Outcome(models.TextChoices):
        DONE = "done", "gjord"
        NOT_DONE = "not_done", "inte gjord"
        LAPSED = "lapsed", "inte längre aktuell"

    collaboration = models.ForeignKey(
        Collaboration, models.PROTECT, related_name="remedies", verbose_name="ärende"
    )
    form_key = models.UUIDField(unique=True, editable=False)  # one per form sent
    follow_up = models.ForeignKey(FollowUp, models.PROTECT, null=True, related_name="remedies")
    shortcoming = models.ForeignKey(Shortcoming, models.PROTECT, null=True, related_name="remedies")
    what = models.CharField("åtgärd", max_length=500)
    owner = models.ForeignKey(
        PERSON, models.PROTECT, related_name="remedies", verbose_name="ansvarig"
    )
    due_on = models.DateField("klar senast")
    decided_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(default=clock.now)
    outcome = models.CharField("utfall", max_length=10, choices=Outcome, blank=True)
    note = models.TextField("anteckning", blank=True)
    closed_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField("avslutad", null=True)

    objects = RemedyQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        verbose_name = "åtgärd i samverkan"
        verbose_name_plural = "åtgärder i samverkan"
        constraints = [
            models.CheckConstraint(name="remedy_says_what", condition=~Q(what="")),
            models.CheckConstraint(
                name="remedy_closed_is_whole",
                condition=Q(outcome="", note="", closed_by=None, closed_at=None)
                | (
                    Q(
                        outcome__in=["done", "not_done", "lapsed"],
                        closed_by__isnull=False,
                        closed_at__isnull=False,
                    )
                    & ~Q(note="")
                ),
            ),
        ]

    def __str__(self):
        return self.what

    def get_absolute_url(self):
        return reverse("collaborations:remedy", args=[self.collaboration_id, self.pk])

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def is_late(self) -> bool:
        return self.is_open and self.due_on < clock.today()
