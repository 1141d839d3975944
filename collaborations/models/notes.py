"""What people write beside the decision: contacts, comments."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import Administration, Unit
from accounts.permissions import Permission, within
from audit import clock
from checklists.models import Assessment
from collaborations.models.collaboration import Collaboration
from organisations.models import Organisation

PERSON = settings.AUTH_USER_MODEL


class EnquiryQuerySet(models.QuerySet):
    def visible_to(self, person):
        return self.filter(within(person, Permission.COLLABORATION_SEE))


class Enquiry(models.Model):
    """A contact that was no samverkan (G-39): kept, so that the next one knows of it."""

    form_key = models.UUIDField(unique=True, editable=False)
    administration = models.ForeignKey(Administration, models.PROTECT, related_name="enquiries")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="enquiries", verbose_name="enhet")
    organisations = models.ManyToManyField(Organisation, related_name="enquiries")
    title = models.CharField("rubrik", max_length=160)
    what = models.TextField("vad det gällde")
    noted_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    noted_at = models.DateTimeField(default=clock.now)

    objects = EnquiryQuerySet.as_manager()

    class Meta:
        ordering = ["-noted_at", "-pk"]
        verbose_name = "kontakt"
        verbose_name_plural = "kontakter"

    def __str__(self):
        return self.title


class Examination(models.Model):
    """The answers to one question set in one case, pinned to a version.

    Moving the case to a newer version points it at the next assessment; the one before is kept as
    `assessment.earlier`.
    """

    collaboration = models.ForeignKey(
        Collaboration, models.PROTECT, related_name="examinations", verbose_name="ärende"
    )
    assessment = models.OneToOneField(Assessment, models.PROTECT, related_name="examination")
    code = models.SlugField("frågor", max_length=40)

    class Meta:
        ordering = ["pk"]
        verbose_name = "kontroll"
        verbose_name_plural = "kontroller"
        constraints = [
            models.UniqueConstraint(fields=["collaboration", "code"], name="examination_once")
        ]

    def __str__(self):
        return self.code


class Remark(models.Model):
    """Why a case was sent back, withdrawn or handed over. Append-only."""

    class Kind(models.TextChoices):
        SENT_BACK = "sent_back", "Skickades tillbaka"
        WITHDRAWN = "withdrawn", "Återtogs"
        HANDED_OVER = "handed_over", "Lämnades över"
        FUNDING_REFUSED = "funding_refused", "Finansieringen avslogs"

    collaboration = models.ForeignKey(
        Collaboration, models.PROTECT, related_name="remarks", verbose_name="ärende"
    )
    kind = models.CharField(max_length=20, choices=Kind)
    text = models.TextField("kommentar")
    made_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["pk"]
        verbose_name = "kommentar"
        verbose_name_plural = "kommentarer"
        constraints = [models.CheckConstraint(name="remark_says_something", condition=~Q(text=""))]

    def __str__(self):
        return f"{self.get_kind_display()} {clock.day_of(self.made_at)}"
