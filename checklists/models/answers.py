"""A set answered once: the assessment, its answers, and how undesired answers were dealt with."""

from django.conf import settings
from django.db import models
from django.db.models import F, Prefetch, Q

from checklists.models.sets import QUESTIONS_IN_ORDER, Question, Version
from checklists.models.words import ResolutionKind


class AssessmentQuerySet(models.QuerySet):
    def with_answers(self):
        """All that the summary and the form read: as many queries, however many assessments."""
        return self.select_related("version__question_set").prefetch_related(
            QUESTIONS_IN_ORDER,
            Prefetch("answers", Answer.objects.select_related("answered_by", "question")),
            Prefetch("answers__resolutions", Resolution.objects.select_related("by")),
            "findings__registered_by",
            "findings__judged_by",
            "findings__organisation",
            "measures__decided_by",
            "measures__superseded_by",
            "measures__findings",
            "measures__reports__noted_by",
            "measures__reports__verdict__by",
        )


class Assessment(models.Model):
    """A version being answered. It stays with that version; locked when a decision rests on it.

    A case that moves to another version begins a new assessment, whose `earlier` is the old one:
    locked and kept as it was (`checklists/moving.py`).
    """

    version = models.ForeignKey(Version, models.PROTECT, related_name="assessments")
    set_code = models.SlugField(max_length=40)
    revision = models.PositiveIntegerField(default=0)  # counts savings; no page is refused by it
    created_at = models.DateTimeField("påbörjad")
    locked_at = models.DateTimeField("låst", null=True, blank=True)
    earlier = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="later", editable=False
    )

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = "prövning"
        verbose_name_plural = "prövningar"

    def __str__(self):
        return f"{self.version} ({self.pk})"


class Answer(models.Model):
    """The answer to one question. A cleared answer keeps its row: value None, a higher version."""

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="answers")
    question = models.ForeignKey(Question, models.PROTECT, related_name="answers")
    code = models.CharField(max_length=20)
    question_text = models.TextField()
    value = models.JSONField(null=True)
    companions = models.JSONField(default=dict, blank=True)
    text = models.TextField(blank=True)
    note = models.TextField(blank=True)
    reference = models.CharField(max_length=300, blank=True)
    checked_on = models.DateField(null=True, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    answered_at = models.DateTimeField()
    valid_until = models.DateField()
    # What it was taken over from: an answer in another case, and that case's number.
    origin = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="taken_over"
    )
    origin_case = models.CharField(max_length=30, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["assessment", "question__position"]
        verbose_name = "svar"
        verbose_name_plural = "svar"
        constraints = [
            models.UniqueConstraint(fields=["assessment", "code"], name="answer_once_per_question"),
            models.CheckConstraint(
                name="answer_checked_before_it_expires",
                condition=Q(checked_on=None) | Q(valid_until__gte=F("checked_on")),
            ),
            models.CheckConstraint(
                name="answer_taken_over_means_from_where_and_when_checked",
                condition=Q(origin=None, origin_case="")
                | (~Q(origin_case="") & Q(origin__isnull=False, checked_on__isnull=False)),
            ),
        ]

    def __str__(self):
        return f"{self.code}: {self.value}"

    @property
    def is_taken_over(self) -> bool:
        return self.origin_id is not None

    @property
    def current_resolution(self):
        """The latest resolution of the answer as it stands; None when it changed since."""
        rows = [row for row in self.resolutions.all() if row.answer_version == self.version]
        return max(rows, key=lambda row: row.pk, default=None)


class Resolution(models.Model):
    """The manager's written motivation (M), or what an inquiry or opinion came to (U)."""

    answer = models.ForeignKey(Answer, models.PROTECT, related_name="resolutions")
    kind = models.CharField(max_length=12, choices=ResolutionKind.choices)
    text = models.TextField()
    acceptable = models.BooleanField("samverkan kan ändå inledas", default=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    answer_version = models.PositiveIntegerField()

    class Meta:
        ordering = ["answer", "pk"]
        verbose_name = "motivering eller utredning"
        verbose_name_plural = "motiveringar och utredningar"
        constraints = [
            models.CheckConstraint(
                name="resolution_known_kind", condition=Q(kind__in=ResolutionKind.values)
            ),
            models.CheckConstraint(name="resolution_says_something", condition=~Q(text="")),
            models.CheckConstraint(
                name="resolution_only_inquiries_turn_out_badly",
                condition=Q(acceptable=True) | Q(kind=ResolutionKind.INQUIRY),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} ({self.answer_id})"
