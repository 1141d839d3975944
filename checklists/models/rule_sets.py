"""What an administration has decided about how the question sets are used (domain 0.2, 0.7)."""

from django.db import models


class Measures(models.TextChoices):
    """Where a finding may be met by measures with a last day (I-53, domain 0.7)."""

    NOWHERE = "nowhere", "används inte"
    PARTNERSHIPS = "partnerships", "används vid IOP"
    EVERYWHERE = "everywhere", "används i alla former"


class RuleSetQuerySet(models.QuerySet):
    def named(self, code: str):
        """The rule set an administration follows; an unsaved one with the defaults if none is."""
        return self.filter(code=code).first() or RuleSet(code=code, name=code)


class RuleSet(models.Model):
    """One row per `Administration.rule_set`. Its own questions are sets with the same code."""

    code = models.SlugField("kod", max_length=40, unique=True)
    name = models.CharField("namn", max_length=120)
    measures = models.CharField(
        "undantag genom åtgärder",
        max_length=20,
        choices=Measures,
        default=Measures.PARTNERSHIPS,
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = RuleSetQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = "regeluppsättning"
        verbose_name_plural = "regeluppsättningar"
        constraints = [
            models.CheckConstraint(
                name="rule_set_known_measures", condition=models.Q(measures__in=Measures.values)
            ),
        ]

    def __str__(self):
        return self.name

    def allows_measures(self, form: str) -> bool:
        """May a finding be met by measures in a collaboration of this form?"""
        return self.measures == Measures.EVERYWHERE or (
            self.measures == Measures.PARTNERSHIPS and form == "iop"
        )
