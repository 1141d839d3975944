"""The beredningsgrupp: its members, what they say, and their meetings (G-09, G-13).

What is asked and advised is `collaborations.Consultation`; here is how the group works on it.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import Administration, Unit
from accounts.models.grants import PeriodQuerySet
from accounts.permissions import Permission, administrations_of, within
from audit import clock
from audit.models import Chained
from casework.swedish import long_date
from collaborations.models import Consultation
from documents.models import StoredDocument

PERSON = settings.AUTH_USER_MODEL


class MemberQuerySet(PeriodQuerySet):
    def visible_to(self, person):
        """The groups of the administrations where the person has any role."""
        return self.filter(administration__in=administrations_of(person))


class Member(models.Model):
    """A person in the group, for a unit and a period [starts_on, ends_on). Never deleted."""

    administration = models.ForeignKey(
        Administration, models.PROTECT, related_name="members", verbose_name="förvaltning"
    )
    person = models.ForeignKey(
        PERSON, models.PROTECT, related_name="memberships", verbose_name="person"
    )
    represents = models.ForeignKey(
        Unit, models.PROTECT, related_name="+", verbose_name="enhet som företräds"
    )
    starts_on = models.DateField("från och med")
    ends_on = models.DateField("till (den dagen gäller det inte längre)", null=True, blank=True)
    added_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=clock.now)

    objects = MemberQuerySet.as_manager()

    class Meta:
        ordering = ["person__name", "pk"]
        verbose_name = "ledamot"
        verbose_name_plural = "ledamöter"
        constraints = [
            models.CheckConstraint(
                name="member_period_in_order",
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                violation_error_message="Slutdagen kan inte ligga före första dagen.",
            ),
            models.UniqueConstraint(
                fields=["administration", "person"],
                condition=Q(ends_on=None),
                name="member_once_at_a_time",
            ),
        ]

    def __str__(self):
        return f"{self.person} ({self.represents})"

    @property
    def unit(self) -> Unit:
        """Where the right to change it is asked: the whole administration's."""
        return self.administration.root_unit

    def is_one_on(self, day) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day < self.ends_on)


class Post(models.Model):
    """What someone said of a question, with its day. Append-only."""

    consultation = models.ForeignKey(
        Consultation, models.PROTECT, related_name="posts", verbose_name="fråga"
    )
    text = models.TextField("inlägg")
    written_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["pk"]
        verbose_name = "inlägg"
        verbose_name_plural = "inlägg"
        constraints = [models.CheckConstraint(name="post_says_something", condition=~Q(text=""))]

    def __str__(self):
        return f"{self.written_by} {timezone.localdate(self.written_at)}"


class Stage(models.TextChoices):
    PLANNED = "planned", "Öppet"
    CLOSED = "closed", "Justerat"
    CANCELLED = "cancelled", "Inställt"


class MeetingQuerySet(models.QuerySet):
    def visible_to(self, person):
        """Of groups where the person's role covers the whole administration, as the agenda does."""
        return self.filter(within(person, Permission.GROUP_SEE))

    def open(self):
        return self.filter(step=Stage.PLANNED)

    def coming(self, day=None):
        """Those not held yet, the next first."""
        return self.open().filter(held_on__gte=day or clock.today()).order_by("held_on", "pk")


class Meeting(Chained):
    """A meeting of the group.

    When its minutes are closed (*justerade*), or it is cancelled, nothing of it changes.
    """

    administration = models.ForeignKey(
        Administration, models.PROTECT, related_name="meetings", verbose_name="förvaltning"
    )
    # The root unit: the whole administration's group meets.
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    step = models.CharField(
        "läge", max_length=10, choices=Stage, default=Stage.PLANNED, editable=False
    )
    held_on = models.DateField("dag")
    place = models.CharField("plats eller länk", max_length=200)
    chair = models.ForeignKey(
        Member, models.PROTECT, related_name="chaired", verbose_name="ordförande"
    )
    called_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    called_at = models.DateTimeField(default=clock.now)
    minutes = models.OneToOneField(StoredDocument, models.PROTECT, null=True, related_name="+")
    closed_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField("justerat", null=True)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ["-held_on", "-pk"]
        verbose_name = "möte i beredningsgruppen"
        verbose_name_plural = "möten i beredningsgruppen"
        constraints = [
            models.CheckConstraint(
                name="meeting_closed_is_whole",
                condition=Q(
                    step__in=["planned", "cancelled"], minutes=None, closed_by=None, closed_at=None
                )
                | Q(
                    step="closed",
                    minutes__isnull=False,
                    closed_by__isnull=False,
                    closed_at__isnull=False,
                ),
            ),
            models.CheckConstraint(name="meeting_has_a_place", condition=~Q(place="")),
        ]

    def __str__(self):
        return f"mötet den {long_date(self.held_on)}"

    def get_absolute_url(self):
        return reverse("advice:meeting", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.step == Stage.PLANNED

    @property
    def is_closed(self) -> bool:
        return self.step == Stage.CLOSED

    @property
    def is_cancelled(self) -> bool:
        return self.step == Stage.CANCELLED


class AgendaItem(models.Model):
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="items", verbose_name="möte")
    consultation = models.ForeignKey(
        Consultation, models.PROTECT, related_name="agenda_items", verbose_name="fråga"
    )
    position = models.PositiveIntegerField("plats på dagordningen")

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = "punkt på dagordningen"
        verbose_name_plural = "dagordning"
        constraints = [
            models.UniqueConstraint(fields=["meeting", "consultation"], name="agenda_item_once")
        ]

    def __str__(self):
        return f"punkt {self.position}"

    @property
    def is_advised(self) -> bool:
        """Whether the advice was given at this very meeting."""
        asked = self.consultation
        return asked.answered_at is not None and asked.met_on == self.meeting.held_on


class Attendance(models.Model):
    """A member who was there. Kept also when the membership has ended."""

    meeting = models.ForeignKey(
        Meeting, models.PROTECT, related_name="attendances", verbose_name="möte"
    )
    member = models.ForeignKey(Member, models.PROTECT, related_name="attendances")

    class Meta:
        ordering = ["member__person__name", "pk"]
        verbose_name = "närvaro"
        verbose_name_plural = "närvaro"
        constraints = [
            models.UniqueConstraint(fields=["meeting", "member"], name="attendance_once")
        ]

    def __str__(self):
        return str(self.member)
