"""The words of mails, in versions that administrators write."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.models import Administration


class MailTextQuerySet(models.QuerySet):
    def standing(self):
        """Those that nobody has taken back."""
        return self.filter(withdrawn_on=None)

    def used(self, kind: str, administration, day):
        """Whose start has come that day, the one in force first: an own one before a common one,
        the latest start first."""
        begun = self.standing().filter(kind=kind, starts_on__lte=day)
        return begun.filter(
            Q(administration=administration) | Q(administration__isnull=True)
        ).order_by(F("administration").desc(nulls_last=True), "-starts_on", "-number")


class MailText(models.Model):
    """A published text of one kind of mail: of one administration, or common when it has none.

    Never changed and never deleted; one that has not begun can be taken back.
    """

    kind = models.CharField("slag", max_length=60)
    administration = models.ForeignKey(
        Administration,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="mail_texts",
        verbose_name="förvaltning",
    )
    number = models.PositiveIntegerField("version")
    subject = models.CharField("ämne", max_length=150)
    body = models.TextField("text")
    starts_on = models.DateField("gäller från")
    note = models.CharField("vad som ändrats", max_length=400)
    published_at = models.DateTimeField("publicerad")
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="publicerad av"
    )
    withdrawn_on = models.DateField("tillbakadragen", null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = MailTextQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "-number"]
        verbose_name = "mejltext"
        verbose_name_plural = "mejltexter"
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "administration", "number"],
                condition=Q(administration__isnull=False),
                name="mail_text_number_once",
            ),
            models.UniqueConstraint(
                fields=["kind", "number"],
                condition=Q(administration__isnull=True),
                name="mail_text_common_number_once",
            ),
            models.CheckConstraint(
                name="mail_text_says_something",
                condition=~Q(subject="") & ~Q(body="") & ~Q(note=""),
            ),
            models.CheckConstraint(
                name="mail_text_withdrawn_before_its_start",
                condition=Q(withdrawn_on__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_by__isnull=False, withdrawn_on__lt=F("starts_on")),
            ),
        ]

    def __str__(self):
        return f"version {self.number}"
