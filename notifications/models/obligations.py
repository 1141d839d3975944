"""What is due, when, for whom, and what fulfilled it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from accounts.models import Administration, Unit
from accounts.permissions import Permission, within
from audit import clock
from notifications.kinds import KINDS, Kind, Stage

KEPT_WITH_REFERENCE_DATA = [
    kind.code for kind in KINDS.values() if Permission.REFERENCE_DATA_EDIT in kind.needs
]


class ObligationQuerySet(models.QuerySet):
    def open(self):
        return self.filter(met_at=None, waived_at=None)

    def overdue(self, on):
        """Open, and the last day has passed."""
        return self.open().filter(due_on__lt=on)

    def for_person(self, person):
        """Open, this person's to see to, the most urgent first."""
        return self.open().filter(owner=person).by_day()

    def about(self, *chains: str):
        return self.filter(about__in=chains)

    def visible_to(self, person):
        """The person's own, those of units whose cases they see, and their reference data's."""
        keeps = Q(kind__in=KEPT_WITH_REFERENCE_DATA) & within(
            person, Permission.REFERENCE_DATA_EDIT
        )
        return self.filter(Q(owner=person) | within(person, Permission.COLLABORATION_SEE) | keeps)

    def by_day(self):
        return self.with_day().order_by("reminder_day", "pk")

    def with_day(self):
        """Adds `reminder_day`, in SQL what `Obligation.day` is in Python."""
        return self.annotate(reminder_day=Coalesce("planned_on", "due_on"))


class Obligation(models.Model):
    """Something that must be done by a day. Disappears only by being met or waived with a reason.

    `what` is read in mails and lists: Swedish, without personal or secret data. `path` leads to
    where it is done. `met_by` is the chain of the record that fulfilled it.
    """

    key = models.CharField(max_length=200, unique=True)
    kind = models.CharField("slag", max_length=60)
    about = models.CharField("gäller", max_length=120, db_index=True)
    administration = models.ForeignKey(
        Administration, models.PROTECT, related_name="obligations", verbose_name="förvaltning"
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="obligations", verbose_name="enhet")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="obligations",
        verbose_name="ansvarig",
    )
    what = models.CharField("vad", max_length=200)
    path = models.CharField("länk", max_length=200)
    due_on = models.DateField("senast", db_index=True)
    planned_on = models.DateField("planerat till", null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    # The number of the last stage that was written (notifications.kinds.Stage); 0 before the first.
    reminded = models.PositiveSmallIntegerField("påmint", default=0)

    met_at = models.DateTimeField("uppfyllt", null=True, blank=True)
    met_by = models.CharField("uppfyllt genom", max_length=120, blank=True)
    met_by_person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    waived_at = models.DateTimeField("avskrivet", null=True, blank=True)
    waived_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    waived_reason = models.TextField("varför det avskrevs", blank=True)

    objects = ObligationQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        verbose_name = "åtagande"
        verbose_name_plural = "åtaganden"
        indexes = [
            models.Index(
                name="obligation_open_of",
                fields=["owner", "due_on"],
                condition=Q(met_at=None, waived_at=None),
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="obligation_planned_in_time",
                condition=Q(planned_on__isnull=True) | Q(planned_on__lte=F("due_on")),
                violation_error_message="Den planerade dagen måste komma senast sista dagen.",
            ),
            models.CheckConstraint(
                name="obligation_met_means_by_what",
                condition=(Q(met_at__isnull=False) & ~Q(met_by=""))
                | Q(met_at__isnull=True, met_by="", met_by_person__isnull=True),
            ),
            models.CheckConstraint(
                name="obligation_waived_means_who_why",
                condition=(
                    Q(waived_at__isnull=False, waived_by__isnull=False) & ~Q(waived_reason="")
                )
                | Q(waived_at__isnull=True, waived_by__isnull=True, waived_reason=""),
            ),
            models.CheckConstraint(
                name="obligation_is_of_a_kind", condition=Q(kind__in=sorted(KINDS))
            ),
            models.CheckConstraint(
                name="obligation_reminded_is_a_stage", condition=Q(reminded__lte=len(Stage))
            ),
            models.CheckConstraint(
                name="obligation_met_or_waived_not_both",
                condition=Q(met_at__isnull=True) | Q(waived_at__isnull=True),
            ),
        ]

    def __str__(self):
        return self.what

    def get_absolute_url(self):
        return reverse("ledger:obligation", args=[self.pk])

    @property
    def day(self):
        """The day that reminders count from: the planned one, else the last one."""
        return self.planned_on or self.due_on

    @property
    def is_open(self) -> bool:
        return self.met_at is None and self.waived_at is None

    @property
    def of_kind(self) -> Kind:
        return KINDS[self.kind]

    @property
    def is_late(self) -> bool:
        return self.is_open and self.due_on < clock.today()


class HandOver(models.Model):
    """That an obligation became another person's to see to. Append-only (G-79)."""

    obligation = models.ForeignKey(Obligation, models.PROTECT, related_name="hand_overs")
    giver = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    taker = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    by = models.ForeignKey(  # None: the program itself
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    note = models.TextField("varför")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = "överlämnat åtagande"
        verbose_name_plural = "överlämnade åtaganden"
        constraints = [
            models.CheckConstraint(
                name="handed_over_to_another_for_a_reason",
                condition=~Q(giver=F("taker")) & ~Q(note=""),
            )
        ]

    def __str__(self):
        return f"{self.obligation_id}: {self.giver} → {self.taker}"
