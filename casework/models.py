"""Long work: a row that says what was asked, how far it has come and what came of it."""

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import models
from django.db.models import Q

from accounts.models import Administration
from audit import clock


class JobState(models.TextChoices):
    WAITING = "waiting", "Väntar"
    RUNNING = "running", "Pågår"
    DONE = "done", "Klart"
    FAILED = "failed", "Gick inte"
    STOPPED = "stopped", "Avbröts"


class JobQuerySet(models.QuerySet):
    def visible_to(self, person):
        """What one has asked for oneself; nobody else's."""
        return self.filter(created_by=person.pk)

    def of(self, kind: str):
        return self.filter(kind=kind)


class Job(models.Model):
    """kind: a name in some app's `jobs` (casework/jobs.py). given, found: JSON in and out.

    source, result: names in Django's storage; the files are thrown away when they are old.
    """

    kind = models.CharField("slag", max_length=60)
    form_key = models.UUIDField(unique=True, editable=False)  # one job for each form sent
    state = models.CharField("läge", max_length=10, choices=JobState, default=JobState.WAITING)
    administration = models.ForeignKey(
        Administration, models.PROTECT, null=True, blank=True, related_name="+"
    )
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=clock.now)
    given = models.JSONField(default=dict)
    source = models.CharField(max_length=200, blank=True)
    source_name = models.CharField(max_length=200, blank=True)
    source_sha256 = models.CharField(max_length=64, blank=True)
    phase = models.CharField("vad som görs", max_length=80, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    attempt = models.PositiveIntegerField(default=0)
    heard_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    found = models.JSONField(default=dict)
    said = models.CharField("varför det inte gick", max_length=400, blank=True)
    result = models.CharField(max_length=200, blank=True)
    result_name = models.CharField(max_length=200, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = "arbete"
        verbose_name_plural = "arbeten"
        indexes = [models.Index(fields=["state", "created_at"], name="job_by_state")]
        constraints = [
            models.CheckConstraint(name="job_known_state", condition=Q(state__in=JobState.values)),
            models.CheckConstraint(
                name="job_finished_means_when",
                condition=Q(state__in=["done", "failed"], finished_at__isnull=False)
                | Q(state__in=["waiting", "running", "stopped"], finished_at=None),
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.pk}"

    @property
    def is_under_way(self) -> bool:
        return self.state in (JobState.WAITING, JobState.RUNNING)

    @property
    def is_done(self) -> bool:
        return self.state == JobState.DONE

    @property
    def is_stopped(self) -> bool:
        return self.state == JobState.STOPPED

    def content(self) -> bytes:
        """The bytes that came with it. Raises FileNotFoundError when they are thrown away."""
        with default_storage.open(self.source) as file:
            return file.read()
