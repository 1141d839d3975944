"""What the parties bring to a collaboration, and who they are: for every form."""

from collections.abc import Iterable

from django.db import models
from django.db.models import Q

from accounts.models import Unit
from organisations.models import Organisation


class Terms(models.Model):
    """One per collaboration (`collaboration.terms`). Locked by the decision that rests on it."""

    written_agreement = models.BooleanField("skriftlig överenskommelse", null=True, blank=True)
    locked_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "parternas insatser"
        verbose_name_plural = "parternas insatser"

    def __str__(self):
        return f"insatser {self.pk}"

    def handed_over(self) -> list["Contribution"]:
        """What *we* hand over: money, lent staff, premises, goods (our reading of G-44).

        Not our own officers' meeting time, and nothing that the organisation itself brings.
        """
        return [c for c in self.contributions.all() if c.is_handed_over]

    @property
    def value_handed_over(self) -> int:
        """Kronor, as far as it has been valued."""
        return worth(self.handed_over())


def worth(contributions: Iterable["Contribution"]) -> int:
    """Kronor, as far as they have been valued."""
    return sum(one.value or 0 for one in contributions)


class Side(models.TextChoices):
    US = "us", "vi"
    ORGANISATION = "organisation", "organisationen"


class Kind(models.TextChoices):
    MONEY = "money", "pengar"
    STAFF = "staff", "utlånad personal"
    PREMISES = "premises", "lokal"
    GOODS = "goods", "varor eller utrustning"
    MEETING_TIME = "meeting_time", "egna handläggares mötestid"
    VOLUNTARY_WORK = "voluntary_work", "ideellt arbete"
    EXPERTISE = "expertise", "kompetens"
    ADMINISTRATION = "administration", "administration"
    OTHER = "other", "annat"


HANDED_OVER = frozenset({Kind.MONEY, Kind.STAFF, Kind.PREMISES, Kind.GOODS})
LARGEST = 10_000_000_000  # kronor
LARGEST_HOURS = 1_000_000


class ContributionManager(models.Manager):
    def get_queryset(self):
        return super().get_queryset().select_related("brought_by")  # who it is, wherever shown


class Contribution(models.Model):
    """A line of what a side brings (I-39): kind, what, and its value as far as it is known.

    party: the side. brought_by: which party, where there are several on the side (G-54).
    """

    terms = models.ForeignKey(Terms, models.PROTECT, related_name="contributions")
    party = models.CharField("vem bidrar", max_length=20, choices=Side.choices)
    brought_by = models.ForeignKey(
        "agreements.Party",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="contributions",
        verbose_name="part",
    )
    kind = models.CharField("med vad", max_length=20, choices=Kind.choices)
    what = models.CharField("beskrivning", max_length=200)
    value = models.PositiveBigIntegerField(
        "värde i kronor",
        null=True,
        blank=True,
        help_text="Valfritt. Uppskatta om det inte är pengar.",
    )
    hours = models.PositiveIntegerField("timmar", null=True, blank=True)
    valuation = models.CharField("så är värdet beräknat", max_length=200, blank=True)

    objects = ContributionManager()

    class Meta:
        ordering = ["-party", "pk"]
        verbose_name = "insats"
        verbose_name_plural = "insatser"
        constraints = [
            models.CheckConstraint(name="contribution_says_what", condition=~Q(what="")),
            models.CheckConstraint(
                name="contribution_known_codes",
                condition=Q(party__in=Side.values, kind__in=Kind.values),
            ),
            models.CheckConstraint(
                name="contribution_value_is_sane",
                condition=Q(value=None) | Q(value__lte=LARGEST),
                violation_error_message="Beloppet är orimligt stort.",
            ),
        ]

    def __str__(self):
        return f"{self.who}: {self.what}"

    @property
    def who(self) -> str:
        return self.brought_by.name if self.brought_by else self.get_party_display().capitalize()

    @property
    def is_handed_over(self) -> bool:
        """By us: what another authority on our side brings is its own to decide."""
        is_anothers = self.brought_by is not None and self.brought_by.unit_id is None
        return self.party == Side.US and self.kind in HANDED_OVER and not is_anothers


class Party(models.Model):
    """One of those who agree. There may be several on each side (G-54)."""

    terms = models.ForeignKey(Terms, models.PROTECT, related_name="parties")
    side = models.CharField("sida", max_length=20, choices=Side.choices)
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="enhet"
    )
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="organisation",
    )
    name = models.CharField("namn i överenskommelsen", max_length=200)
    number = models.CharField("organisationsnummer", max_length=20, blank=True)

    class Meta:
        ordering = ["-side", "pk"]
        verbose_name = "part"
        verbose_name_plural = "parter"
        constraints = [
            # Another public actor on our side is neither a unit of ours nor a registered one.
            models.CheckConstraint(
                name="party_is_one_of_us_or_an_organisation",
                condition=~Q(name="")
                & (
                    Q(side=Side.US, organisation=None)
                    | Q(side=Side.ORGANISATION, organisation__isnull=False, unit=None)
                ),
            ),
            models.UniqueConstraint(
                fields=["terms", "organisation"], name="party_organisation_once"
            ),
            models.UniqueConstraint(fields=["terms", "unit"], name="party_unit_once"),
        ]

    def __str__(self):
        return self.name
