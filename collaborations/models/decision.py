"""Decisions, append-only: who, when, what, why, by what right, and free of jäv; all together."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import DelegationItem
from audit import clock
from collaborations.models.board import BoardDecision
from collaborations.models.choices import Appealable, DecisionKind
from collaborations.models.collaboration import Collaboration
from collaborations.models.conflict import ConflictDeclaration
from documents.models import StoredDocument

PERSON = settings.AUTH_USER_MODEL


class AppealText(models.Model):
    """How a decision is appealed. Versioned: in force is the latest that has begun (KL 13)."""

    starts_on = models.DateField("gäller från", unique=True)
    text = models.TextField("text")

    class Meta:
        ordering = ["-starts_on"]
        verbose_name = "text om överklagande"
        verbose_name_plural = "texter om överklagande"

    def __str__(self):
        return f"överklagande, gäller från {self.starts_on}"

    @classmethod
    def in_force(cls, day=None):
        """The text of that day (a date; today in Stockholm), or None."""
        return cls.objects.filter(starts_on__lte=day or clock.today()).first()


class Decision(models.Model):
    collaboration = models.ForeignKey(
        Collaboration, models.PROTECT, related_name="decisions", verbose_name="ärende"
    )
    kind = models.CharField("beslut", max_length=20, choices=DecisionKind)
    reasons = models.TextField("skäl")
    decided_by = models.ForeignKey(PERSON, models.PROTECT, related_name="decisions")
    decided_at = models.DateTimeField(default=clock.now)
    right = models.CharField("med vilken rätt", max_length=200)
    delegation_item = models.ForeignKey(DelegationItem, models.PROTECT, null=True, blank=True)
    board_decision = models.ForeignKey(BoardDecision, models.PROTECT, null=True, blank=True)
    declaration = models.ForeignKey(ConflictDeclaration, models.PROTECT, related_name="decisions")
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )
    appealable = models.CharField("kan överklagas", max_length=10, choices=Appealable)
    appeal_text = models.ForeignKey(AppealText, models.PROTECT, null=True, blank=True)
    # The decider's own words where the advice was another, or had conditions (G-15).
    against_advice = models.TextField("om beredningsgruppens råd", blank=True)
    # How and when it is followed up (G-47): only a decision to start has them, and always all.
    follow_up_method = models.TextField("hur den följs upp", blank=True)
    follow_up_by = models.ForeignKey(
        PERSON, models.PROTECT, null=True, blank=True, related_name="+"
    )
    follow_up_on = models.DateField("när den följs upp", null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = "beslut"
        verbose_name_plural = "beslut"
        indexes = [models.Index(fields=["-decided_at"], name="decision_newest")]
        constraints = [
            models.CheckConstraint(
                name="decision_has_reasons_and_right", condition=~Q(reasons="") & ~Q(right="")
            ),
            models.CheckConstraint(
                name="decision_known_codes",
                condition=Q(kind__in=DecisionKind.values, appealable__in=Appealable.values),
            ),
            models.CheckConstraint(
                name="decision_to_start_plans_the_follow_up",
                condition=(
                    Q(kind="start", follow_up_by__isnull=False, follow_up_on__isnull=False)
                    & ~Q(follow_up_method="")
                )
                | (~Q(kind="start") & Q(follow_up_by=None, follow_up_on=None, follow_up_method="")),
            ),
            models.UniqueConstraint(
                fields=["collaboration"],
                condition=Q(kind__in=["start", "refrain"]),
                name="decision_to_start_or_refrain_once",
            ),
        ]

    def __str__(self):
        return f"beslut att {self.get_kind_display()}"

    @property
    def decider(self) -> str:
        """Who decided, for a page: the board where it was the board, else the person."""
        return self.board_decision.board if self.board_decision else self.decided_by.name

    @property
    def decided_on(self) -> date:
        """The day of the board's meeting where the board decided, else in Stockholm."""
        board = self.board_decision
        return board.decided_on if board else timezone.localdate(self.decided_at)


class DecisionDocument(models.Model):
    """The decision's document: made once, never made anew from later data."""

    decision = models.OneToOneField(Decision, models.PROTECT, related_name="document")
    stored = models.OneToOneField(StoredDocument, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = "beslutsdokument"
        verbose_name_plural = "beslutsdokument"

    def __str__(self):
        return f"dokument till {self.decision}"
