"""Texts that can be used again in drafts. A draft keeps its own copy."""

from django.db import models

from accounts.models import Administration
from agreements.sections import SECTIONS


class ClauseQuerySet(models.QuerySet):
    def begun(self, administration, day) -> list["Clause"]:
        """Of each title in a section the latest that has begun, also those ended (no text)."""
        latest = {}
        for clause in self.filter(administration=administration, starts_on__lte=day).order_by(
            "starts_on"
        ):
            latest[clause.section, clause.title] = clause
        return list(latest.values())


class Clause(models.Model):
    """Versioned: in force is the latest with its title that has begun. An empty text ends it.

    A proposal of agreements/clauses.py with the same name gives way.
    """

    administration = models.ForeignKey(
        Administration, models.PROTECT, related_name="clauses", verbose_name="förvaltning"
    )
    section = models.CharField(
        "avsnitt",
        max_length=20,
        choices=[(section.code, section.title) for section in SECTIONS.values()],
    )
    title = models.CharField("namn", max_length=80)
    text = models.TextField(
        "text",
        blank=True,
        help_text="Utkast som redan använder texten ändras inte. Tom text avslutar den.",
    )
    starts_on = models.DateField(
        "gäller från",
        help_text="Ändra en text genom att lägga till en ny med samma namn och ett senare datum.",
    )

    objects = ClauseQuerySet.as_manager()

    class Meta:
        ordering = ["section", "title", "-starts_on"]
        verbose_name = "text till överenskommelser"
        verbose_name_plural = "texter till överenskommelser"
        constraints = [
            models.UniqueConstraint(
                fields=["administration", "section", "title", "starts_on"],
                name="clause_one_version_per_day",
            )
        ]

    def __str__(self):
        return f"{self.title}, gäller från {self.starts_on}"
