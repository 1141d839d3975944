"""What an organisation is or was called, and which two may be one and the same."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from audit import clock
from organisations.names import keys_of, telling_words

ORGANISATION = "organisations.Organisation"


class NameQuerySet(models.QuerySet):
    def like(self, *names: str):
        """Those that share a key with one of the names: candidates, to be compared word by word."""
        shared = Q(pk__in=[])
        for name in names:
            keys = keys_of(name)
            shared |= Q(joined=keys["joined"]) | Q(heads=keys["heads"]) | Q(tails=keys["tails"])
        return self.filter(shared)


class Name(models.Model):
    """A name with its keys. Made of what the organisation says (`Organisation.save`, merging)."""

    organisation = models.ForeignKey(ORGANISATION, models.CASCADE, related_name="names")
    text = models.CharField("namn", max_length=160)
    is_current = models.BooleanField("namnet nu", default=True)
    joined = models.CharField(max_length=200, db_index=True)
    heads = models.CharField(max_length=250, db_index=True)
    tails = models.CharField(max_length=250, db_index=True)

    objects = NameQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = "namn"
        verbose_name_plural = "namn"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "text"], name="name_once"),
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(is_current=True), name="name_one_now"
            ),
        ]

    def __str__(self):
        return self.text

    @classmethod
    def of(cls, organisation, text: str, *, is_current=True) -> "Name":
        """Not saved yet."""
        return cls(organisation=organisation, text=text, is_current=is_current, **keys_of(text))

    @property
    def words(self) -> tuple[str, ...]:
        return telling_words(self.text)


class Why(models.TextChoices):
    """Why two may be the same; the strongest reason that holds."""

    NETWORK = "network", "Samma namn: den ena har nummer, den andra är registrerad som nätverk"
    SAME_NAME = "same_name", "Samma namn"
    OLD_NAME = "old_name", "Den ena heter som den andra har hetat"
    SIMILAR = "similar", "Liknande namn"


class PossibleDuplicateQuerySet(models.QuerySet):
    def open(self):
        return self.filter(not_same_at=None)

    def about(self, organisation):
        return self.filter(Q(one=organisation) | Q(other=organisation))

    def with_both(self):
        return self.select_related("one", "other", "not_same_by")


class PossibleDuplicate(models.Model):
    """Two organisations that may be one. Kept when somebody has said that they are not."""

    one = models.ForeignKey(ORGANISATION, models.CASCADE, related_name="+")
    other = models.ForeignKey(ORGANISATION, models.CASCADE, related_name="+")
    why = models.CharField("varför", max_length=20, choices=Why)
    found_at = models.DateTimeField("hittat", default=clock.now)
    not_same_at = models.DateTimeField("inte samma", null=True, blank=True)
    not_same_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    reason = models.CharField("varför de inte är samma", max_length=300, blank=True)

    objects = PossibleDuplicateQuerySet.as_manager()

    class Meta:
        ordering = ["-found_at", "-pk"]
        verbose_name = "möjlig dubblett"
        verbose_name_plural = "möjliga dubbletter"
        indexes = [models.Index(fields=["-found_at", "-id"], name="duplicate_newest")]
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="duplicate_once"),
            models.CheckConstraint(name="duplicate_lower_first", condition=Q(one__lt=F("other"))),
            models.CheckConstraint(name="duplicate_known_why", condition=Q(why__in=Why.values)),
            models.CheckConstraint(
                name="duplicate_not_same_means_who_why",
                condition=Q(not_same_at=None, not_same_by=None, reason="")
                | (Q(not_same_at__isnull=False, not_same_by__isnull=False) & ~Q(reason="")),
            ),
        ]

    def __str__(self):
        return f"{self.one} – {self.other}"

    def beside(self, organisation):
        """The one of the two that it is not."""
        return self.other if self.one_id == organisation.pk else self.one
