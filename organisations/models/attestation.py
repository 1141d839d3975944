"""That the organisation lives up to the democracy conditions, as its representative says (G-31)."""

from datetime import date, timedelta
from uuid import uuid4

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from audit import clock
from organisations.models.held import HeldDocument
from organisations.models.relation import (
    NO_NUMBERS,
    Withdrawable,
    WithdrawableQuerySet,
    withdrawn_means_who_why,
)

# Domain 1.7.5 suggests that checks and documents are renewed every twelve months; statutes and
# boards change at the yearly meeting. See docs/decisions/0015.
VALID_YEARS = 1


def valid_until(attested_on: date) -> date:
    """The last day it counts; 29 February becomes the 28th."""
    return clock.years_after(attested_on, VALID_YEARS)


def first_counting(day: date) -> date:
    """The earliest day on which what was given still counts that day."""
    then = clock.years_after(day, -VALID_YEARS)
    return then if valid_until(then) >= day else then + timedelta(days=1)


class AttestationQuerySet(WithdrawableQuerySet):
    def of(self, organisations, administration):
        return self.filter(organisation__in=organisations, administration=administration)

    def in_force(self, day: date):
        """Not taken back, and given less than a year before that day."""
        return self.counting().filter(attested_on__gte=first_counting(day), attested_on__lte=day)


class Attestation(Withdrawable):
    """Never changed: a newer one counts instead, or it is taken back with a reason."""

    name = models.CharField("vem som har intygat", max_length=120, validators=NO_NUMBERS)
    role = models.CharField("i vilken roll", max_length=80, validators=NO_NUMBERS)
    attested_on = models.DateField("när intyget gavs")
    document = models.CharField("handling", max_length=300, blank=True, validators=NO_NUMBERS)
    held = models.ForeignKey(
        HeldDocument,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="attestations",
        verbose_name="underlag",
    )
    form_key = models.UUIDField(unique=True, default=uuid4, editable=False)
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    noted_at = models.DateTimeField(default=clock.now)

    objects = AttestationQuerySet.as_manager()

    class Meta:
        ordering = ["-attested_on", "-pk"]
        verbose_name = "intygande"
        verbose_name_plural = "intyganden"
        constraints = [
            models.CheckConstraint(
                name="attestation_says_who_as_what", condition=~Q(name="") & ~Q(role="")
            ),
            models.CheckConstraint(
                name="attestation_shown_by_something",
                condition=~Q(document="") | Q(held__isnull=False),
                violation_error_message="Ange handlingen, eller välj den bland underlagen.",
            ),
            withdrawn_means_who_why("attestation_withdrawn_means_who_why"),
        ]

    def __str__(self):
        return f"{self.name}, {self.role}"

    def clean(self):
        if self.attested_on and self.attested_on > clock.today():
            raise ValidationError({"attested_on": "Dagen kan inte ligga framåt i tiden."})
        if self.held and (
            self.held.organisation_id != self.organisation_id
            or self.held.administration_id != self.administration_id
        ):
            raise ValidationError({"held": "Välj bland organisationens underlag hos oss."})

    @property
    def valid_until(self) -> date:
        return valid_until(self.attested_on)

    @property
    def counts(self) -> bool:
        """Neither taken back nor more than a year old."""
        return not self.is_withdrawn and self.valid_until >= clock.today()

    @property
    def shown_by(self) -> str:
        """The document, as it is referred to in an answer."""
        return self.document or str(self.held)
