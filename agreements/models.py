"""What the parties bring to a collaboration. Agreements with drafts and signatures come later."""

from django.db import models
from django.db.models import Q


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
        return sum(c.value or 0 for c in self.handed_over())


class Party(models.TextChoices):
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
    OTHER = "other", "annat"


HANDED_OVER = frozenset({Kind.MONEY, Kind.STAFF, Kind.PREMISES, Kind.GOODS})


class Contribution(models.Model):
    """A line of what a party brings (I-39): kind, what, and its value as far as it is known."""

    terms = models.ForeignKey(Terms, models.PROTECT, related_name="contributions")
    party = models.CharField("vem bidrar", max_length=20, choices=Party.choices)
    kind = models.CharField("med vad", max_length=20, choices=Kind.choices)
    what = models.CharField("beskrivning", max_length=200)
    value = models.PositiveBigIntegerField(
        "värde i kronor",
        null=True,
        blank=True,
        help_text="Valfritt. Uppskatta om det inte är pengar.",
    )
    hours = models.PositiveIntegerField("timmar", null=True, blank=True)

    class Meta:
        ordering = ["-party", "pk"]
        verbose_name = "insats"
        verbose_name_plural = "insatser"
        constraints = [
            models.CheckConstraint(name="contribution_says_what", condition=~Q(what="")),
            models.CheckConstraint(
                name="contribution_known_codes",
                condition=Q(party__in=Party.values, kind__in=Kind.values),
            ),
            models.CheckConstraint(
                name="contribution_value_is_sane",
                condition=Q(value=None) | Q(value__lte=10_000_000_000),
                violation_error_message="Beloppet är orimligt stort.",
            ),
        ]

    def __str__(self):
        return f"{self.get_party_display()}: {self.what}"

    @property
    def is_handed_over(self) -> bool:
        return self.party == Party.US and self.kind in HANDED_OVER
