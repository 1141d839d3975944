"""Which of an organisation's documents an answer rests on."""

from django.conf import settings
from django.db import models

from audit import clock
from checklists.models.answers import Assessment
from checklists.models.sets import Question
from organisations.models import HeldDocument


class Evidence(models.Model):
    """A document on a question of an assessment. Never where nothing may be stored (GK-18), and
    frozen with the assessment (`checklists/guards.py`)."""

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="evidence")
    question = models.ForeignKey(Question, models.PROTECT, related_name="evidence")
    document = models.ForeignKey(HeldDocument, models.PROTECT, related_name="evidence")
    linked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    linked_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["assessment", "question__position", "pk"]
        verbose_name = "underlag till ett svar"
        verbose_name_plural = "underlag till svar"
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "question", "document"], name="evidence_once"
            ),
        ]

    def __str__(self):
        return f"{self.question.code}: {self.document}"
