"""Step 3 of the democracy check: an exception through measures with a last day (I-53).

Nothing here is ever changed. A new last day is a new Measure that supersedes the one before, with
the reason; a report and what it was found to be are rows of their own. So a measure whose
assessment moves to a newer version of the questions is moved by setting `assessment` alone: the
one column that the database lets change.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from checklists.models.answers import Assessment
from checklists.models.findings import Finding

PERSON = settings.AUTH_USER_MODEL


class MeasureQuerySet(models.QuerySet):
    def current(self):
        """Without those that a later one has superseded."""
        return self.filter(superseded_by=None)

    def whole(self):
        """With all that is shown of them."""
        return self.select_related("decided_by", "superseded_by").prefetch_related(
            "findings", "reports__noted_by", "reports__verdict__by"
        )


class Measure(models.Model):
    """What the organisation must do, why an exception is justified, and the last day to report."""

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="measures")
    findings = models.ManyToManyField(
        Finding, related_name="measures", verbose_name="uppgifter som åtgärden gäller"
    )
    required = models.TextField("vad som krävs")
    reasons = models.TextField("varför ett undantag är befogat")
    due_on = models.DateField("sista dag att redovisa")
    decided_by = models.ForeignKey(
        PERSON, models.PROTECT, related_name="+", verbose_name="beslutad av"
    )
    decided_at = models.DateTimeField("beslutad")
    decided_on = models.DateField("beslutad den")  # in Stockholm
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )
    change_reason = models.TextField("varför sista dagen ändrades", blank=True)

    objects = MeasureQuerySet.as_manager()

    class Meta:
        ordering = ["assessment", "pk"]
        verbose_name = "åtgärd"
        verbose_name_plural = "åtgärder"
        constraints = [
            models.CheckConstraint(
                name="measure_says_what_and_why", condition=~Q(required="") & ~Q(reasons="")
            ),
            models.CheckConstraint(
                name="measure_is_due_after_it_was_decided",
                condition=Q(due_on__gt=F("decided_on")),
            ),
            models.CheckConstraint(
                name="measure_new_day_means_why",
                condition=Q(supersedes=None, change_reason="")
                | (Q(supersedes__isnull=False) & ~Q(change_reason="")),
            ),
        ]

    def __str__(self):
        return f"åtgärd senast {self.due_on}"

    @property
    def is_current(self) -> bool:
        return getattr(self, "superseded_by", None) is None

    @property
    def waiting_report(self):
        """The report that nobody has assessed yet, or None."""
        return next((one for one in self.reports.all() if one.is_waiting), None)


class MeasureReport(models.Model):
    """That the organisation has told what it did, and what shows it. In time, or not at all."""

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="reports")
    reported_on = models.DateField("redovisad den")
    what = models.TextField("vad organisationen har gjort")
    reference = models.CharField("vad som visar det", max_length=300, blank=True)
    noted_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    noted_at = models.DateTimeField("antecknad")

    class Meta:
        ordering = ["pk"]
        verbose_name = "redovisning av åtgärd"
        verbose_name_plural = "redovisningar av åtgärder"
        constraints = [
            models.CheckConstraint(name="measure_report_says_something", condition=~Q(what="")),
        ]

    def __str__(self):
        return f"redovisning {self.reported_on}"

    @property
    def is_waiting(self) -> bool:
        return getattr(self, "verdict", None) is None

    @property
    def sufficient(self) -> bool | None:
        """None: not assessed yet."""
        return None if self.is_waiting else self.verdict.sufficient


class MeasureVerdict(models.Model):
    """Whether what was reported is sufficient: by whom, when and why."""

    report = models.OneToOneField(MeasureReport, models.PROTECT, related_name="verdict")
    sufficient = models.BooleanField("tillräckligt")
    reasons = models.TextField("skäl")
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = "bedömning av redovisning"
        verbose_name_plural = "bedömningar av redovisningar"
        constraints = [
            models.CheckConstraint(name="measure_verdict_has_reasons", condition=~Q(reasons="")),
        ]

    def __str__(self):
        return "tillräcklig" if self.sufficient else "inte tillräcklig"
