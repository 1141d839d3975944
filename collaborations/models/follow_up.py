"""Uppföljning: what came of the commitments and goals, and what follows of it (domain 4.9)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from agreements.models import Commitment, Goal
from audit import clock
from casework.swedish import long_date
from collaborations.models.choices import Conclusion, Effect
from collaborations.models.collaboration import Collaboration
from iop.models import HeadInformation

PERSON = settings.AUTH_USER_MODEL
LARGEST_RESULT = 1_000_000_000


class Principle(models.TextChoices):
    """The six principles of the agreement with civil society (M-22)."""

    INDEPENDENCE = "independence", "självständighet och oberoende"
    DIALOGUE = "dialogue", "dialog"
    QUALITY = "quality", "kvalitet"
    LONG_TERM = "long_term", "långsiktighet"
    OPENNESS = "openness", "öppenhet och insyn"
    DIVERSITY = "diversity", "mångfald"


class FollowUpQuerySet(models.QuerySet):
    def standing(self):
        """Those that hold: no correction has come in their place."""
        return self.filter(superseded_by=None)

    def first_versions(self):
        """One per occasion, however often it was corrected."""
        return self.filter(supersedes=None)


class FollowUp(models.Model):
    """A follow-up. Append-only: a correction is a new one that supersedes it.

    Without an agreement there is nothing to say of commitments, goals and means: the short form.
    democracy_holds: None in those made before it was asked for by itself.
    """

    class Kind(models.TextChoices):
        REGULAR = "regular", "Uppföljning"
        CLOSING = "closing", "Slutuppföljning"

    collaboration = models.ForeignKey(
        Collaboration, models.PROTECT, related_name="follow_ups", verbose_name="ärende"
    )
    kind = models.CharField(max_length=20, choices=Kind)
    held_on = models.DateField("genomförd den")
    done = models.TextField("vad som har gjorts av det vi kom överens om")
    better_process = models.CharField("bättre arbetssätt", max_length=10, choices=Effect)
    better_result = models.CharField("bättre resultat", max_length=10, choices=Effect)
    higher_quality = models.CharField("högre kvalitet", max_length=10, choices=Effect)
    better_use = models.CharField("bättre användning av resurser", max_length=10, choices=Effect)
    target_group_voice = models.TextField("målgruppens röst")
    organisation_voice = models.TextField("organisationens röst", blank=True)
    means_of_ours = models.TextField("medel och insatser från oss", blank=True)
    means_of_theirs = models.TextField("medel och insatser från organisationen", blank=True)
    still_meets_requirements = models.BooleanField("gäller grundkraven fortfarande")
    democracy_holds = models.BooleanField("gäller demokrativillkoren fortfarande", null=True)
    principles = models.JSONField("principer som har följts", default=list, blank=True)
    principles_why = models.TextField("om principerna", blank=True)
    shortcomings = models.TextField("brister och åtgärder", blank=True)
    compliance = models.TextField("bedömning av hur överenskommelsen följs", blank=True)
    conclusion = models.CharField("slutsats", max_length=10, choices=Conclusion)
    lessons = models.TextField("vad vi tar med oss", blank=True)
    next_on = models.DateField("nästa uppföljning", null=True, blank=True)
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="superseded_by"
    )
    made_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=clock.now)

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        ordering = ["held_on", "pk"]
        verbose_name = "uppföljning"
        verbose_name_plural = "uppföljningar"
        constraints = [
            models.CheckConstraint(
                name="follow_up_next_comes_later",
                condition=Q(next_on=None) | Q(next_on__gt=F("held_on")),
                violation_error_message="Nästa uppföljning måste komma efter den här.",
            ),
            models.CheckConstraint(
                name="follow_up_unmet_requirements_are_described",
                condition=(
                    Q(still_meets_requirements=True)
                    & (Q(democracy_holds=None) | Q(democracy_holds=True))
                )
                | ~Q(shortcomings=""),
                violation_error_message="Beskriv vad som brister och vad ni gör åt det.",
            ),
            models.UniqueConstraint(
                fields=["collaboration"],
                condition=Q(kind="closing", supersedes=None),
                name="follow_up_closing_once",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display().lower()} {long_date(self.held_on)}"

    def measures(self):
        """What was decided after it, or after one that it corrects (query set)."""
        corrects = dict(self.collaboration.follow_ups.values_list("pk", "supersedes"))
        versions, number = [], self.pk
        while number:
            versions.append(number)
            number = corrects[number]
        return self.collaboration.remedies.filter(follow_up__in=versions).select_related("owner")

    @property
    def requirements_hold(self) -> bool:
        return self.still_meets_requirements and self.democracy_holds is not False

    @property
    def principles_in_words(self) -> str:
        return ", ".join(Principle(code).label for code in self.principles)


class CommitmentOutcome(models.Model):
    """What came of one commitment. Append-only."""

    class State(models.TextChoices):
        DONE = "done", "genomfört"
        PARTLY = "partly", "delvis genomfört"
        NOT_DONE = "not_done", "inte genomfört"

    follow_up = models.ForeignKey(FollowUp, models.PROTECT, related_name="commitments")
    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="outcomes")
    state = models.CharField("utfall", max_length=10, choices=State)
    evidence = models.CharField("underlag", max_length=300, blank=True)
    comment = models.TextField("kommentar", blank=True)

    class Meta:
        ordering = ["commitment"]
        verbose_name = "åtagandets utfall"
        verbose_name_plural = "åtagandenas utfall"
        constraints = [
            models.UniqueConstraint(
                fields=["follow_up", "commitment"], name="commitment_outcome_once"
            ),
            models.CheckConstraint(
                name="commitment_outcome_known",
                condition=Q(state__in=["done", "partly", "not_done"]),
            ),
        ]

    def __str__(self):
        return f"{self.commitment}: {self.get_state_display()}"


class GoalResult(models.Model):
    """The result against the indicator: a number, words, or both. Append-only."""

    follow_up = models.ForeignKey(FollowUp, models.PROTECT, related_name="goals")
    goal = models.ForeignKey(Goal, models.PROTECT, related_name="results")
    number = models.DecimalField("resultat", max_digits=14, decimal_places=2, null=True, blank=True)
    text = models.CharField("resultat i ord", max_length=500, blank=True)

    class Meta:
        ordering = ["goal"]
        verbose_name = "målets resultat"
        verbose_name_plural = "målens resultat"
        constraints = [
            models.UniqueConstraint(fields=["follow_up", "goal"], name="goal_result_once"),
            models.CheckConstraint(
                name="goal_result_says_something",
                condition=Q(number__isnull=False) | ~Q(text=""),
            ),
            models.CheckConstraint(
                name="goal_result_is_sane",
                condition=Q(number=None) | Q(number__gte=0, number__lte=LARGEST_RESULT),
            ),
        ]

    def __str__(self):
        return f"{self.goal}: {self.said}"

    @property
    def said(self) -> str:
        """ "62,5: lägre än väntat", the Swedish way."""
        return ": ".join(word for word in (number_said(self.number), self.text) if word)


def number_said(number) -> str:
    """62,5 or 1200; empty for None."""
    if number is None:
        return ""
    whole, _, decimals = f"{number:f}".partition(".")
    return ",".join(part for part in (whole, decimals.rstrip("0")) if part)


class FollowUpReported(models.Model):
    """To whom a follow-up has been reported, and when (domain 4.9, I-24). Append-only.

    reference: of the board, its paragraph; else how it was told.
    """

    class To(models.TextChoices):
        MANAGER = "manager", "ansvarig chef"
        BOARD = "board", "nämnden"
        GROUP = "group", "beredningsgruppen"
        ORGANISATION = "organisation", "organisationen"

    follow_up = models.ForeignKey(FollowUp, models.PROTECT, related_name="reports")
    to = models.CharField("till", max_length=20, choices=To)
    on = models.DateField("när")
    reference = models.CharField("paragraf eller sätt", max_length=200, blank=True)
    noted_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    noted_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["on", "pk"]
        verbose_name = "rapportering av en uppföljning"
        verbose_name_plural = "rapportering av uppföljningar"
        constraints = [
            models.CheckConstraint(
                name="follow_up_board_is_told_by_paragraph",
                condition=~Q(to="board") | ~Q(reference=""),
            ),
            models.CheckConstraint(
                name="follow_up_reported_to_known",
                condition=Q(to__in=["manager", "board", "group", "organisation"]),
            ),
        ]

    def __str__(self):
        return f"{self.get_to_display()} {self.on}"


class ManagersStand(models.Model):
    """What the responsible manager makes of a follow-up (I-22, I-34). Append-only.

    measures: what is planned or done because of it. information: of a partnership, what the head
    was told of it all (I-23).
    """

    follow_up = models.OneToOneField(FollowUp, models.PROTECT, related_name="stand")
    text = models.TextField("ställningstagande")
    measures = models.TextField("planerade och genomförda åtgärder", blank=True)
    information = models.OneToOneField(
        HeadInformation, models.PROTECT, null=True, related_name="stand"
    )
    taken_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    taken_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["pk"]
        verbose_name = "ställningstagande"
        verbose_name_plural = "ställningstaganden"
        constraints = [models.CheckConstraint(name="stand_says_what", condition=~Q(text=""))]

    def __str__(self):
        return f"ställningstagande {clock.day_of(self.taken_at)}"


class FollowUpDraft(models.Model):
    """What has been typed so far, shared by those who prepare the case. Gone when it is finished.

    content: the form's fields as they were sent. revision: how many times it was saved.
    """

    collaboration = models.OneToOneField(
        Collaboration, models.PROTECT, related_name="follow_up_draft"
    )
    content = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=1)
    saved_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    saved_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = "utkast till uppföljning"
        verbose_name_plural = "utkast till uppföljningar"

    def __str__(self):
        return f"utkast {self.revision}"
