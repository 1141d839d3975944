"""A new finding about an organisation that we already collaborate with opens the matter again.

The decided case's own assessment is locked and never changes (domain 4.2, G-31, G-82). So the new
matter is a record of its own, of one organisation in one administration, with an assessment that
holds its findings and measures.
"""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from accounts.models import Administration
from audit import clock
from checklists.models import Assessment
from checklists.outcomes import Outcome
from collaborations.models.choices import Step
from collaborations.models.collaboration import Collaboration
from organisations.models import Organisation

PERSON = settings.AUTH_USER_MODEL
FINAL = (Outcome.MET, Outcome.MET_AFTER_MEASURE, Outcome.NOT_MET)


class ReexaminationQuerySet(models.QuerySet):
    def visible_to(self, person):
        """Those of an organisation that the person wholly sees a case with, there."""
        cases = Collaboration.objects.wholly_visible_to(person).filter(
            administration=OuterRef("administration"), organisations=OuterRef("organisation")
        )
        return self.filter(Exists(cases))

    def open(self):
        return self.filter(closed_at=None)

    def concerning(self, case: Collaboration):
        """Those of the case's organisations, within its administration."""
        return self.filter(
            administration=case.administration_id, organisation__in=case.organisations.all()
        )

    def of_managed_by(self, person):
        """Those of an organisation that the person answers for a collaboration with, there."""
        cases = Collaboration.objects.filter(
            responsible_manager=person.pk,
            administration=OuterRef("administration"),
            organisations=OuterRef("organisation"),
            step__in=ALIVE_AFTER_DECISION,
        )
        return self.filter(Exists(cases))

    def cases_of(self, cases) -> set[int]:
        """Which of the cases (a list) have an organisation that is examined anew. One query."""
        open_of = self.open().filter(
            administration=OuterRef("administration"),
            organisation__collaborations=OuterRef("pk"),
        )
        rows = Collaboration.objects.filter(pk__in=[case.pk for case in cases])
        return set(rows.filter(Exists(open_of)).values_list("pk", flat=True))

    def whole(self):
        return self.select_related(
            "organisation",
            "administration",
            "case__administration",
            "case__unit",
            "case__responsible_manager",
            "opened_by",
            "closed_by",
        )


ALIVE_AFTER_DECISION = (Step.DECIDED, Step.DOCUMENTED, Step.TOLD, Step.ONGOING)


class Reexamination(models.Model):
    """Ny prövning. `case` is the one it was opened in: its manager answers for the matter, and
    whoever is out of that case for jäv is out of this matter too.

    No constraint says that only one is open: two can be after a merge of organisations. The step
    that opens one locks the organisation's row and joins what is open.
    """

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="reexaminations", verbose_name="organisation"
    )
    administration = models.ForeignKey(
        Administration, models.PROTECT, related_name="+", verbose_name="förvaltning"
    )
    case = models.ForeignKey(
        Collaboration, models.PROTECT, related_name="reexaminations", verbose_name="ärende"
    )
    assessment = models.OneToOneField(Assessment, models.PROTECT, related_name="reexamination")
    version = models.PositiveIntegerField(default=1)
    opened_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField("öppnad", default=clock.now)
    due_on = models.DateField("ska bedömas senast")
    outcome = models.CharField("utfall", max_length=24, choices=Outcome, blank=True)
    reasons = models.TextField("skäl", blank=True)
    closed_by = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    closed_at = models.DateTimeField("avslutad", null=True, blank=True)

    objects = ReexaminationQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_at", "-pk"]
        verbose_name = "ny prövning"
        verbose_name_plural = "nya prövningar"
        indexes = [
            models.Index(
                fields=["organisation", "administration"],
                name="reexamination_open",
                condition=Q(closed_at=None),
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="reexamination_closed_means_who_what_why",
                condition=Q(closed_at=None, closed_by=None, outcome="", reasons="")
                | (
                    Q(closed_at__isnull=False, closed_by__isnull=False, outcome__in=FINAL)
                    & ~Q(reasons="")
                ),
            ),
        ]

    def __str__(self):
        return f"Ny prövning av {self.organisation}"

    def get_absolute_url(self):
        return reverse("collaborations:reexamination", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def chain(self) -> str:
        """What its obligations are about. Its events stand in the chain of its case."""
        return f"{self._meta.label_lower}:{self.pk}"

    @property
    def is_late(self) -> bool:
        return self.is_open and self.due_on < clock.today()
