"""What the beredningsgrupp is asked and advises, and who stood aside. It never decides (G-15)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from accounts.models import Unit
from accounts.permissions import Permission, within
from audit import clock
from collaborations.models.choices import OPEN_TO_CORRECTION, Advice, Form
from collaborations.models.collaboration import Collaboration, wholly_visible_through
from organisations.models import HeldDocument
from organisations.models.relation import withdrawn_means_who_why

PERSON = settings.AUTH_USER_MODEL
MUST_HAVE_ADVICE = (Form.IOP, Form.EXTERNAL_FUNDING)  # G-56, G-64


class ConsultationQuerySet(models.QuerySet):
    def unanswered(self):
        """Those that wait: neither answered nor put down as *inget yttrande*."""
        return self.filter(answered_at=None, lapsed_at=None)

    def wanted(self):
        """Those that wait, of no case or of one that still needs the advice."""
        case_is_open = Q(collaboration__step__in=OPEN_TO_CORRECTION)
        return self.unanswered().filter(Q(collaboration=None) | case_is_open)

    def answered(self):
        return self.filter(answered_at__isnull=False)

    def standing(self):
        """The advice given that no later advice has taken the place of."""
        return self.answered().filter(superseded_by=None)

    def without_case(self):
        return self.filter(collaboration=None)

    def visible_to(self, person):
        """Those of cases that the person sees wholly; of the others, the group's and one's own."""
        alone = Q(asked_by=person.pk) | within(person, Permission.GROUP_SEE)
        return self.filter(
            wholly_visible_through(person, "collaboration") | Q(collaboration=None) & alone
        )


class Consultation(models.Model):
    """A question to the beredningsgrupp and its advice (G-09, G-45).

    Of a case, or of none (G-13): then `unit` is the asker's. Once answered, or put down as *inget
    yttrande*, it never changes; a later advice is a row of its own that supersedes it.
    """

    collaboration = models.ForeignKey(
        Collaboration,
        models.PROTECT,
        null=True,
        related_name="consultations",
        verbose_name="ärende",
    )
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, related_name="consultations", verbose_name="enhet"
    )
    question = models.TextField("fråga")
    form = models.CharField("form då frågan ställdes", max_length=30, choices=Form, blank=True)
    documents = models.ManyToManyField(HeldDocument, related_name="+", verbose_name="underlag")
    due_on = models.DateField("svar senast")
    asked_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=clock.now)
    assignee = models.ForeignKey(
        PERSON, models.PROTECT, null=True, related_name="+", verbose_name="ledamot som svarar"
    )

    advice = models.CharField("råd", max_length=20, choices=Advice, blank=True)
    reasons = models.TextField("skäl", blank=True)
    present = models.TextField("vilka som deltog", blank=True)
    met_on = models.DateField("gavs vid mötet den", null=True)
    answered_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="superseded_by", verbose_name="ersätter"
    )

    lapsed_at = models.DateTimeField("inget yttrande", null=True)
    lapsed_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    lapsed_why = models.TextField("varför ärendet går vidare utan råd", blank=True)

    objects = ConsultationQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = "samråd"
        verbose_name_plural = "samråd"
        indexes = [
            models.Index(
                fields=["due_on"], name="consultation_unanswered", condition=Q(answered_at=None)
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="consultation_answer_is_whole",
                condition=Q(advice="", reasons="", met_on=None, answered_by=None, answered_at=None)
                | (
                    Q(answered_by__isnull=False, answered_at__isnull=False)
                    & ~Q(advice="")
                    & ~Q(reasons="")
                ),
            ),
            models.CheckConstraint(
                name="consultation_of_a_case_or_a_unit",
                condition=Q(collaboration__isnull=False, unit=None)
                | Q(collaboration=None, unit__isnull=False),
            ),
            models.CheckConstraint(
                name="consultation_lapses_where_it_may",
                condition=Q(lapsed_at=None, lapsed_by=None, lapsed_why="")
                | (
                    Q(lapsed_at__isnull=False, lapsed_by__isnull=False, answered_at=None)
                    & Q(collaboration__isnull=False)
                    & ~Q(lapsed_why="")
                    & ~Q(form__in=MUST_HAVE_ADVICE)
                ),
            ),
        ]

    def __str__(self):
        return f"samråd {clock.day_of(self.asked_at)}"

    def get_absolute_url(self):
        """Where it is read and answered: in its case, or on a page of its own."""
        if self.collaboration_id:
            return reverse("collaborations:consultation", args=[self.collaboration_id])
        return reverse("advice:request", args=[self.pk])

    @property
    def asked_in(self) -> Unit:
        """The unit whose administration's group it is put to."""
        return self.collaboration.unit if self.collaboration_id else self.unit

    @property
    def waits(self) -> bool:
        return self.answered_at is None and self.lapsed_at is None

    @property
    def case_is_past(self) -> bool:
        """Its case no longer needs advice: it is decided, withdrawn or referred."""
        case = self.collaboration
        return case is not None and case.step not in OPEN_TO_CORRECTION

    @property
    def noted_aside(self) -> "list[Recusal]":
        """The notes of jäv that stand, of those that were fetched with the question."""
        return [one for one in self.recusals.all() if not one.is_withdrawn]


class RecusalQuerySet(models.QuerySet):
    def standing(self):
        """Those that have not been taken back."""
        return self.filter(withdrawn_at=None)


class Recusal(models.Model):
    """Someone of the group stands aside from one question, for jäv (G-37).

    Never changed: taken back with a reason, by another, when it was noted by mistake. A conflict
    declared in the case counts by itself and needs no row here.
    """

    consultation = models.ForeignKey(
        Consultation, models.PROTECT, related_name="recusals", verbose_name="fråga"
    )
    person = models.ForeignKey(PERSON, models.PROTECT, related_name="recusals")
    # Empty in rows from before the reason was asked for, and in copies of them.
    why = models.TextField("vad jävet består i", blank=True)
    noted_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    noted_at = models.DateTimeField(default=clock.now)

    withdrawn_at = models.DateTimeField("taget tillbaka", null=True)
    withdrawn_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    withdrawn_reason = models.TextField("varför det togs tillbaka", blank=True)

    objects = RecusalQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = "jäv i en fråga"
        verbose_name_plural = "jäv i frågor"
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "person"],
                condition=Q(withdrawn_at=None),
                name="recusal_once",
            ),
            withdrawn_means_who_why("recusal_withdrawn_means_who_why"),
            models.CheckConstraint(
                name="recusal_withdrawn_by_another",
                condition=Q(withdrawn_by=None) | ~Q(withdrawn_by=F("person")),
            ),
        ]

    def __str__(self):
        return f"{self.person} deltar inte"

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_at is not None
