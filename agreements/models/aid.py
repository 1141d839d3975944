"""Aid given to an organisation, by us or by others: what the ceiling of three years counts."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import Administration, Unit
from agreements.models.terms import LARGEST, Terms
from audit import clock
from organisations.models import Organisation

PERSON = settings.AUTH_USER_MODEL


class AidForm(models.TextChoices):
    """I-46: aid is also what is not money."""

    GRANT = "grant", "bidrag"
    LOAN = "loan", "lån på förmånliga villkor"
    SURETY = "surety", "borgen"
    GUARANTEE = "guarantee", "garanti"
    RENT = "rent", "lägre hyra eller fri lokal"
    FEE = "fee", "lägre avgift"
    STAFF = "staff", "utlånad personal"
    GOODS = "goods", "varor eller tjänster"
    OTHER = "other", "annat"


LOANS_AND_GUARANTEES = frozenset({AidForm.LOAN, AidForm.SURETY, AidForm.GUARANTEE})


class Origin(models.TextChoices):
    OURS = "ours", "stöd som vi lämnar i det här ärendet"
    OTHERS = "others", "stöd från andra enligt mottagarens intyg"


class Aid(models.Model):
    """One piece of aid, valued in whole kronor as a gross grant equivalent.

    Ours is planned (given_on None) until the decision, which gives it with the ceiling of that day.
    What others have given comes from the recipient's declaration.
    """

    terms = models.ForeignKey(Terms, models.PROTECT, related_name="aid")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="aid", verbose_name="mottagare"
    )
    administration = models.ForeignKey(Administration, models.PROTECT, related_name="aid")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="enhet")
    origin = models.CharField("vems stöd", max_length=10, choices=Origin.choices)
    giver = models.CharField("givare", max_length=200, blank=True)
    form = models.CharField("form", max_length=12, choices=AidForm.choices)
    what = models.CharField("vad det gäller", max_length=200)
    value = models.PositiveBigIntegerField("värde i kronor")
    valuation = models.CharField("så är värdet beräknat", max_length=200, blank=True)
    given_on = models.DateField("lämnat den", null=True, blank=True)
    ceiling = models.PositiveBigIntegerField("tak i kronor den dagen", null=True, blank=True)
    recorded_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["pk"]
        verbose_name = "lämnat stöd"
        verbose_name_plural = "lämnat stöd"
        indexes = [models.Index(fields=["organisation", "given_on"], name="aid_of_three_years")]
        constraints = [
            models.CheckConstraint(name="aid_says_what", condition=~Q(what="")),
            models.CheckConstraint(
                name="aid_known_codes",
                condition=Q(origin__in=Origin.values, form__in=AidForm.values),
            ),
            models.CheckConstraint(
                name="aid_value_is_sane",
                condition=Q(value__gte=1, value__lte=LARGEST),
                violation_error_message="Värdet ska vara minst en krona, och rimligt.",
            ),
            models.CheckConstraint(
                name="aid_not_in_money_says_how_it_is_valued",
                condition=Q(form=AidForm.GRANT) | ~Q(valuation=""),
                violation_error_message="Skriv hur värdet är beräknat när stödet inte är pengar.",
            ),
            models.CheckConstraint(
                name="aid_of_others_has_giver_and_day",
                condition=Q(origin=Origin.OURS, giver="")
                | (Q(origin=Origin.OTHERS, given_on__isnull=False, ceiling=None) & ~Q(giver="")),
                violation_error_message="Ange givare och dag för stöd från andra.",
            ),
            models.CheckConstraint(
                name="aid_is_given_under_a_ceiling",
                condition=Q(origin=Origin.OTHERS)
                | Q(given_on=None, ceiling=None)
                | Q(given_on__isnull=False, ceiling__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.get_form_display()}: {self.what}"

    @property
    def is_ours(self) -> bool:
        return self.origin == Origin.OURS


class AidDeclaration(models.Model):
    """The recipient's written word on what other small aid it has had in three years."""

    terms = models.ForeignKey(Terms, models.PROTECT, related_name="aid_declarations")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name="mottagare"
    )
    declared_on = models.DateField("intygat den")
    attested_by = models.CharField(
        "i vilken roll", max_length=120, help_text="Till exempel ordförande. Skriv inget namn."
    )
    recorded_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["pk"]
        verbose_name = "intyg om stöd av mindre betydelse"
        verbose_name_plural = "intyg om stöd av mindre betydelse"
        constraints = [
            models.UniqueConstraint(
                fields=["terms", "organisation"], name="aid_declaration_once_per_recipient"
            ),
            models.CheckConstraint(
                name="aid_declaration_says_by_whom", condition=~Q(attested_by="")
            ),
        ]

    def __str__(self):
        return f"intyg {self.declared_on}"
