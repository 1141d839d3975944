"""The partnership: its challenge, the programme it helps to realise, who steers it (I-02–I-25).

A partnership knows of no case: `collaboration.partnership` leads here.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from accounts.models import Administration
from audit import clock

PERSON = settings.AUTH_USER_MODEL


class ProgrammeQuerySet(models.QuerySet):
    def in_force(self, day=None):
        """Decided, and not run out that day (a date; today in Stockholm when left out)."""
        day = day or timezone.localdate()
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=day), decided_on__lte=day)


class Programme(models.Model):
    """A programme or plan that a political body has decided (I-02). Reference data."""

    administration = models.ForeignKey(
        Administration, models.PROTECT, related_name="programmes", verbose_name="förvaltning"
    )
    title = models.CharField("program eller plan", max_length=200)
    decided_by = models.CharField("beslutat av", max_length=120)
    decided_on = models.DateField("beslutsdag")
    ends_on = models.DateField("gäller till och med", null=True, blank=True)
    reference = models.CharField(
        "var det finns", max_length=300, blank=True, help_text="Diarienummer eller adress."
    )

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        ordering = ["administration", "title"]
        verbose_name = "program eller plan"
        verbose_name_plural = "program och planer"
        constraints = [
            models.CheckConstraint(
                name="programme_period_in_order",
                condition=Q(ends_on=None) | Q(ends_on__gte=F("decided_on")),
                violation_error_message="Sista dagen måste komma efter beslutet.",
            )
        ]

    def __str__(self):
        return f"{self.title} ({self.decided_by}, {self.decided_on:%Y-%m-%d})"


class Partnership(models.Model):
    challenge = models.TextField("samhällsutmaningen", blank=True)
    why_complex = models.TextField("varför den är sammansatt", blank=True)
    solution = models.TextField("hur parterna vill lösa den", blank=True)
    programme = models.ForeignKey(
        Programme, models.PROTECT, null=True, blank=True, verbose_name="program eller plan"
    )
    passage = models.TextField("vad programmet säger om idéburna aktörer", blank=True)
    passage_at = models.CharField("var det står", max_length=120, blank=True)

    class Meta:
        verbose_name = "partnerskap"
        verbose_name_plural = "partnerskap"

    def __str__(self):
        return f"partnerskap {self.pk}"


class HeadInformation(models.Model):
    """What the head is told, and when it was read: of the interest, of a follow-up (I-06–I-23)."""

    class Kind(models.TextChoices):
        INTEREST = "interest", "intresset och bedömningen"
        FOLLOW_UP = "follow_up", "uppföljningen och åtgärderna"

    partnership = models.ForeignKey(
        Partnership, models.PROTECT, related_name="informations", verbose_name="partnerskap"
    )
    kind = models.CharField("gäller", max_length=20, choices=Kind, default=Kind.INTEREST)
    head = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name="högsta chef")
    assessment = models.TextField("vad högsta chefen får veta")
    told_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    told_at = models.DateTimeField(default=clock.now)
    read_at = models.DateTimeField("läst", null=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = "information till högsta chefen"
        verbose_name_plural = "information till högsta chefen"
        constraints = [
            models.CheckConstraint(name="head_is_told_something", condition=~Q(assessment="")),
            models.CheckConstraint(
                name="head_reads_after_it_is_told",
                condition=Q(read_at=None) | Q(read_at__gte=F("told_at")),
            ),
        ]

    def __str__(self):
        return f"information till {self.head}"


class SteeringMember(models.Model):
    """Appointed by the manager for us (I-20); of the other side, the function they named."""

    class Side(models.TextChoices):
        US = "us", "vi"
        ORGANISATION = "organisation", "organisationen"

    partnership = models.ForeignKey(
        Partnership, models.PROTECT, related_name="members", verbose_name="partnerskap"
    )
    side = models.CharField("sida", max_length=20, choices=Side)
    person = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    role = models.CharField("roll i styrgruppen", max_length=120)
    appointed_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    appointed_on = models.DateField(default=timezone.localdate)
    left_on = models.DateField("lämnade", null=True)

    class Meta:
        ordering = ["-side", "pk"]
        verbose_name = "deltagare i styrgruppen"
        verbose_name_plural = "styrgruppen"
        constraints = [
            models.CheckConstraint(
                name="steering_member_of_ours_is_a_person",
                condition=Q(side="us", person__isnull=False) | Q(side="organisation", person=None),
            ),
            models.CheckConstraint(
                name="steering_member_leaves_after_the_beginning",
                condition=Q(left_on=None) | Q(left_on__gte=F("appointed_on")),
            ),
        ]

    def __str__(self):
        return f"{self.person}, {self.role}" if self.person else self.role


class SteeringMeeting(models.Model):
    """Append-only."""

    partnership = models.ForeignKey(
        Partnership, models.PROTECT, related_name="meetings", verbose_name="partnerskap"
    )
    held_on = models.DateField("möte den")
    notes = models.TextField("anteckningar")
    noted_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    noted_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-held_on", "-pk"]
        verbose_name = "möte i styrgruppen"
        verbose_name_plural = "möten i styrgruppen"
        constraints = [models.CheckConstraint(name="meeting_has_notes", condition=~Q(notes=""))]

    def __str__(self):
        return f"möte {self.held_on}"
