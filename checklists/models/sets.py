"""Question sets, their versions, and the questions of a version. What is published is frozen."""

from django.conf import settings
from django.db import models
from django.db.models import F, Prefetch, Q

from checklists.models.words import UNANSWERED_TYPES, About, AnswerType, Effect, Level


class QuestionSetQuerySet(models.QuerySet):
    def for_readers(self, own: set[str]):
        """Sets with `.shown`: published versions, latest first; of `own` rule sets all versions.

        Sets with nothing to show are left out. Two queries.
        """
        mine = Q(question_set__rule_set__in=own)
        versions = (
            Version.objects.filter(mine | Q(published_at__isnull=False, withdrawn_on=None))
            .select_related("published_by")
            .annotate(uses=models.Count("assessments"))
            .order_by("-number")
        )
        return (
            self.filter(pk__in=versions.order_by().values("question_set"))
            .prefetch_related(Prefetch("versions", versions, to_attr="shown"))
            .order_by("name", "rule_set")
        )


class QuestionSet(models.Model):
    """A set such as "grundkrav". An administration's rule set may have one of its own."""

    code = models.SlugField("kod", max_length=40)
    rule_set = models.SlugField(
        "regeluppsättning",
        max_length=40,
        blank=True,
        help_text="Tomt: gäller alla förvaltningar som inte har egna frågor.",
    )
    name = models.CharField("namn", max_length=120)
    about = models.CharField("handlar om", max_length=20, choices=About.choices)

    objects = QuestionSetQuerySet.as_manager()

    class Meta:
        ordering = ["code", "rule_set"]
        verbose_name = "frågeuppsättning"
        verbose_name_plural = "frågeuppsättningar"
        constraints = [
            models.UniqueConstraint(fields=["code", "rule_set"], name="question_set_once"),
            models.CheckConstraint(
                name="question_set_known_about", condition=Q(about__in=About.values)
            ),
        ]

    def __str__(self):
        return self.name


class VersionQuerySet(models.QuerySet):
    def published(self):
        """What is or has been in force, or will be: published, and not withdrawn."""
        return self.filter(published_at__isnull=False, withdrawn_on=None)

    def drafts(self):
        return self.filter(published_at=None)

    def begun(self, day):
        """Published, and their start has come that day."""
        return self.published().filter(starts_on__lte=day)

    def with_questions(self):
        return self.select_related("question_set").prefetch_related("questions")


class Version(models.Model):
    """The questions as they stood from a day on. No end date: the next one's start is its end."""

    question_set = models.ForeignKey(
        QuestionSet, models.PROTECT, related_name="versions", verbose_name="frågeuppsättning"
    )
    number = models.PositiveIntegerField("nummer")
    starts_on = models.DateField("gäller från", null=True, blank=True)
    published_at = models.DateTimeField("publicerad", null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="publicerad av",
    )
    change_note = models.TextField("vad som ändrats", blank=True)
    proposal = models.BooleanField(
        "är ett förslag som förvaltningen måste anta eller ersätta", default=False
    )
    # A publication that was taken back before it began; the row stays as history.
    withdrawn_on = models.DateField("tillbakadragen", null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="tillbakadragen av",
    )
    withdrawn_reason = models.TextField("varför den drogs tillbaka", blank=True)
    # Counts the changes of a draft, so that a page which rests on older questions is refused.
    revision = models.PositiveIntegerField(default=1, editable=False)
    # Fingerprint of the file it was loaded from; empty when a person drafted it.
    content_hash = models.CharField(max_length=64, blank=True, editable=False)

    objects = VersionQuerySet.as_manager()

    class Meta:
        ordering = ["question_set", "number"]
        verbose_name = "version"
        verbose_name_plural = "versioner"
        constraints = [
            models.UniqueConstraint(fields=["question_set", "number"], name="version_number_once"),
            models.UniqueConstraint(
                fields=["question_set", "starts_on"],
                condition=Q(withdrawn_on=None),
                name="version_start_once",
            ),
            models.UniqueConstraint(
                fields=["question_set"], condition=Q(published_at=None), name="version_one_draft"
            ),
            models.CheckConstraint(
                name="version_published_means_when_and_from",
                condition=Q(published_at=None, starts_on=None, published_by=None)
                | Q(published_at__isnull=False, starts_on__isnull=False),
            ),
            models.CheckConstraint(
                name="version_withdrawn_before_it_began",
                condition=Q(withdrawn_on=None, withdrawn_by=None, withdrawn_reason="")
                | (
                    Q(withdrawn_on__lt=F("starts_on"), withdrawn_by__isnull=False)
                    & ~Q(withdrawn_reason="")
                ),
            ),
        ]

    def __str__(self):
        return f"{self.question_set.name}, version {self.number}"

    @property
    def is_published(self) -> bool:
        return self.published_at is not None

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_on is not None


class Question(models.Model):
    """One question of one version. Answers find it by its code, never by its text.

    undesired: a list of answers, or one of the words in `models.words`. choices, stronger,
    condition, companions: `reading.py` says what they look like.
    """

    version = models.ForeignKey(Version, models.CASCADE, related_name="questions")
    code = models.CharField("kod", max_length=20)
    parent = models.CharField("delfråga till", max_length=20, blank=True)
    position = models.PositiveIntegerField("plats")
    group = models.CharField("avsnitt", max_length=120, blank=True)
    text = models.TextField("fråga")
    help = models.TextField("hjälptext", blank=True)
    answer_type = models.CharField("svar", max_length=12, choices=AnswerType.choices)
    choices = models.JSONField("svarsval", default=list, blank=True)
    fetches = models.SlugField("hämtas från", max_length=40, blank=True)
    undesired = models.JSONField("oönskat svar", default=list, blank=True)
    effect_informal = models.CharField("effekt, informell", max_length=1, choices=Effect.choices)
    effect_formal = models.CharField("effekt, formell", max_length=1, choices=Effect.choices)
    effect_by_form = models.JSONField("effekt per form", default=dict, blank=True)
    stronger = models.JSONField("skärpt effekt", null=True, blank=True)
    condition = models.JSONField("ställs bara om", null=True, blank=True)
    evidence_wanted = models.CharField("underlag", max_length=200, blank=True)
    evidence_allowed = models.BooleanField("hänvisning till underlag får sparas", default=True)
    text_allowed = models.BooleanField("anteckning får sparas", default=True)
    companions = models.JSONField("följduppgifter", default=list, blank=True)
    sources = models.JSONField("grund", default=list, blank=True)
    optional = models.BooleanField("tillval", default=False)
    # The answer is about the organisation, and may be offered in its next case while it is valid.
    # What must be weighed anew for every case (G-55) is never offered.
    reusable = models.BooleanField("svaret får erbjudas i nästa ärende", default=False)
    # Somebody has said that this is the question its code stood for before, in other words.
    same_question = models.BooleanField("samma fråga som koden stått för tidigare", default=False)
    revision = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ["version", "position"]
        verbose_name = "fråga"
        verbose_name_plural = "frågor"
        constraints = [
            models.UniqueConstraint(fields=["version", "code"], name="question_code_once"),
            models.UniqueConstraint(fields=["version", "position"], name="question_position_once"),
            models.CheckConstraint(
                name="question_known_answer_type", condition=Q(answer_type__in=AnswerType.values)
            ),
            models.CheckConstraint(
                name="question_known_effects",
                condition=Q(effect_informal__in=Effect.values, effect_formal__in=Effect.values),
            ),
            models.CheckConstraint(
                name="question_not_its_own_parent", condition=~Q(parent=F("code"))
            ),
        ]

    def __str__(self):
        return f"{self.code} {self.text}"

    @property
    def is_answered_by_people(self) -> bool:
        return self.answer_type not in UNANSWERED_TYPES

    def effect_at(self, level: str) -> str:
        return self.effect_formal if level == Level.FORMAL else self.effect_informal

    @property
    def choice_labels(self) -> dict[str, str]:
        """code → label of what can be chosen."""
        return {choice["code"]: choice["label"] for choice in self.choices}


QUESTIONS_IN_ORDER = Prefetch("version__questions", Question.objects.order_by("position"))
