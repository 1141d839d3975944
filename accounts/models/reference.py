"""What an administration's cases refer to: areas, target groups, assignments, guidelines."""

from django.db import models
from django.utils import timezone

from accounts.models.places import Administration, Unit


class ReferenceQuerySet(models.QuerySet):
    def current(self):
        return self.filter(active=True)


class TargetGroup(models.Model):
    """A målgrupp of the administration (G-16)."""

    administration = models.ForeignKey(
        Administration, models.PROTECT, related_name="target_groups", verbose_name="förvaltning"
    )
    name = models.CharField("namn", max_length=120)
    active = models.BooleanField("kan väljas", default=True)

    objects = ReferenceQuerySet.as_manager()

    class Meta:
        ordering = ["administration", "name"]
        verbose_name = "målgrupp"
        verbose_name_plural = "målgrupper"
        constraints = [
            models.UniqueConstraint(fields=["administration", "name"], name="target_group_once")
        ]

    def __str__(self):
        return self.name


class Area(models.Model):
    """A verksamhetsområde that the administration is responsible for (G-16)."""

    administration = models.ForeignKey(
        Administration, models.PROTECT, related_name="areas", verbose_name="förvaltning"
    )
    name = models.CharField("namn", max_length=120)
    active = models.BooleanField("kan väljas", default=True)

    objects = ReferenceQuerySet.as_manager()

    class Meta:
        ordering = ["administration", "name"]
        verbose_name = "verksamhetsområde"
        verbose_name_plural = "verksamhetsområden"
        constraints = [models.UniqueConstraint(fields=["administration", "name"], name="area_once")]

    def __str__(self):
        return self.name


class Funder(models.Model):
    """One who gives money to projects (M-66): proposed where a funder is written."""

    administration = models.ForeignKey(
        Administration, models.PROTECT, related_name="funders", verbose_name="förvaltning"
    )
    name = models.CharField("namn", max_length=120)
    active = models.BooleanField("kan väljas", default=True)

    objects = ReferenceQuerySet.as_manager()

    class Meta:
        ordering = ["administration", "name"]
        verbose_name = "finansiär"
        verbose_name_plural = "finansiärer"
        constraints = [
            models.UniqueConstraint(fields=["administration", "name"], name="funder_once")
        ]

    def __str__(self):
        return self.name


class YearlyAssignment(models.Model):
    """A budgetuppdrag of a year, or a part of the reglemente (G-20)."""

    administration = models.ForeignKey(
        Administration, models.PROTECT, related_name="assignments", verbose_name="förvaltning"
    )
    year = models.PositiveSmallIntegerField("år")
    code = models.CharField("beteckning", max_length=20)
    text = models.CharField("uppdrag", max_length=300)

    class Meta:
        ordering = ["administration", "-year", "code"]
        verbose_name = "uppdrag i årets budget"
        verbose_name_plural = "uppdrag i årets budget"
        constraints = [
            models.UniqueConstraint(
                fields=["administration", "year", "code"], name="assignment_once"
            )
        ]

    def __str__(self):
        return f"{self.year} {self.code} {self.text}"


class GoverningDocument(models.Model):
    """A guideline or routine with owner, version and next review (G-04, G-32, G-58, I-59)."""

    administration = models.ForeignKey(
        Administration,
        models.PROTECT,
        related_name="governing_documents",
        verbose_name="förvaltning",
    )
    title = models.CharField("titel", max_length=200)
    owner_unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="ansvarig enhet")
    version = models.CharField("version", max_length=40)
    decided_on = models.DateField("beslutad den", null=True, blank=True)
    next_review_on = models.DateField("ses över senast")
    reference = models.CharField(
        "var den finns", max_length=300, blank=True, help_text="Diarienummer eller adress."
    )

    class Meta:
        ordering = ["administration", "title"]
        verbose_name = "styrande dokument"
        verbose_name_plural = "styrande dokument"

    def __str__(self):
        return f"{self.title}, {self.version}"

    @property
    def review_is_due(self) -> bool:
        return self.next_review_on <= timezone.localdate()
