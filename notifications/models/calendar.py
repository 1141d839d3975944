"""The secret address of a person's calendar feed. Kept as a hash: nobody can read it from here."""

from django.conf import settings
from django.db import models

from audit import clock


class CalendarLink(models.Model):
    """One at most per person; a new one takes the place of the old, and none is no feed."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="calendar_link"
    )
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = "kalenderlänk"
        verbose_name_plural = "kalenderlänkar"

    def __str__(self):
        return f"kalenderlänk för {self.person}"
