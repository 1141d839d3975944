"""Jäv: what each person declared in this case, and how a reported conflict was ruled on.

Both are append-only. A person's standing is their latest declaration with its ruling.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q

from audit import clock
from checklists.models import Assessment
from collaborations.models.choices import Ruling
from collaborations.models.collaboration import Collaboration


class DeclarationQuerySet(models.QuerySet):
    def by(self, person):
        return self.filter(person=person.pk)

    def open(self):
        """Reported and not yet ruled on."""
        return self.filter(reported=True, ruling=None)


class ConflictDeclaration(models.Model):
    """Answers of the jäv questions (domain 4.8) by one person in one case (G-36)."""

    collaboration = models.ForeignKey(
        Collaboration, models.PROTECT, related_name="declarations", verbose_name="ärende"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="declarations"
    )
    assessment = models.OneToOneField(Assessment, models.PROTECT, related_name="declaration")
    reported = models.BooleanField("något att anmäla")
    made_at = models.DateTimeField(default=clock.now)

    objects = DeclarationQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = "jävsförklaring"
        verbose_name_plural = "jävsförklaringar"
        indexes = [
            models.Index(
                fields=["collaboration"], name="declaration_reported", condition=Q(reported=True)
            )
        ]

    def __str__(self):
        return f"{self.person}: {self.state_label}"

    def what(self) -> list[str]:
        """What was reported: the texts beside the answers. Only for the two it concerns."""
        answers = self.assessment.answers.all()
        return [text for answer in answers for text in answer.companions.values() if text]

    @property
    def is_free(self) -> bool:
        """Nothing reported, or ruled to be no conflict or plainly without significance."""
        if not self.reported:
            return True
        ruling = getattr(self, "ruling", None)
        return ruling is not None and ruling.outcome != Ruling.CONFLICT

    @property
    def is_open(self) -> bool:
        return self.reported and getattr(self, "ruling", None) is None

    @property
    def state_label(self) -> str:
        if not self.reported:
            return "inget jäv anmält"
        return "anmäld, inte avgjord" if self.is_open else self.ruling.get_outcome_display()


class ConflictRuling(models.Model):
    """Decided by someone else than the person concerned (G-38, KL 6:30)."""

    declaration = models.OneToOneField(
        ConflictDeclaration, models.PROTECT, related_name="ruling", verbose_name="förklaring"
    )
    outcome = models.CharField("utfall", max_length=20, choices=Ruling)
    reasons = models.TextField("skäl")
    ruled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    ruled_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = "avgörande i jävsfråga"
        verbose_name_plural = "avgöranden i jävsfrågor"
        constraints = [
            models.CheckConstraint(name="ruling_has_reasons", condition=~Q(reasons="")),
            models.CheckConstraint(
                name="ruling_known_outcome", condition=Q(outcome__in=Ruling.values)
            ),
        ]

    def __str__(self):
        return self.get_outcome_display()
