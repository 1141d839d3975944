"""Yttrande: what procurement, finance or a lawyer says of a question in a case (I-26, S-17)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.permissions import Permission, granting
from accounts.roles import Role
from audit import clock
from checklists.legal import Opinion as Conclusion
from collaborations.models.collaboration import Collaboration, wholly_visible_through
from organisations.models import HeldDocument

PERSON = settings.AUTH_USER_MODEL


class Function(models.TextChoices):
    """Who is asked. The codes are those of the roles that answer."""

    PROCUREMENT = Role.PROCUREMENT.value, "inköp och upphandling"
    FINANCE = Role.FINANCE.value, "ekonomi"
    LEGAL = Role.LEGAL.value, "jurist"


# What a conclusion is called in each test, and in a question that is about no test.
CONCLUSIONS = {
    "offentligt_kontrakt": {
        Conclusion.CLEAR: "inte ett offentligt kontrakt",
        Conclusion.STOP: "ett offentligt kontrakt",
        Conclusion.OPEN: "går inte att avgöra med det som är känt",
    },
    "statligt_stod": {
        Conclusion.CLEAR: "stödet får lämnas enligt ett undantag",
        Conclusion.STOP: "stödet får inte lämnas enligt ett undantag",
        Conclusion.OPEN: "går inte att avgöra med det som är känt",
    },
    "": {
        Conclusion.CLEAR: "inget hinder",
        Conclusion.STOP: "hinder",
        Conclusion.OPEN: "går inte att avgöra med det som är känt",
    },
}
# Whose opinion settles which test (domain 4.4, 4.5). About anything else all can be asked.
SETTLED_BY = {
    "offentligt_kontrakt": frozenset({Function.PROCUREMENT, Function.LEGAL}),
    "statligt_stod": frozenset({Function.LEGAL}),
}
TESTS = tuple(SETTLED_BY)


class OpinionQuerySet(models.QuerySet):
    def answered(self):
        return self.filter(answered_at__isnull=False)

    def unanswered(self):
        """Those that wait: neither answered nor put down as *inget yttrande*."""
        return self.filter(answered_at=None, lapsed_at=None)

    def asked_of(self, person):
        """Those that the person may answer: put to them, or to all of a function of theirs."""
        condition = Q(pk__in=[])
        for grant in granting(person, Permission.OPINION_GIVE):
            condition |= Q(
                function=grant.role, collaboration__unit__path__startswith=grant.unit.path
            )
        return self.filter(condition, Q(person=None) | Q(person=person.pk))

    def visible_to(self, person):
        """Those asked of the person's function, and those of cases that the person sees wholly."""
        return self.asked_of(person) | self.filter(wholly_visible_through(person, "collaboration"))


class Opinion(models.Model):
    """A question and the opinion given. Once answered it never changes; another may be asked for.

    test: the question set it is about, or "" for another question. basis: the answers of that test
    as they were when the opinion was given; it counts as long as they are the same.
    """

    collaboration = models.ForeignKey(
        Collaboration, models.PROTECT, related_name="opinions", verbose_name="ärende"
    )
    function = models.CharField("vem som tillfrågas", max_length=20, choices=Function.choices)
    person = models.ForeignKey(
        PERSON, models.PROTECT, null=True, related_name="+", verbose_name="person"
    )
    test = models.SlugField("prövning", max_length=40, blank=True)
    question = models.TextField("fråga")
    documents = models.ManyToManyField(HeldDocument, related_name="+", verbose_name="underlag")
    due_on = models.DateField("svar senast")
    asked_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=clock.now)

    conclusion = models.CharField("slutsats", max_length=10, choices=Conclusion.choices, blank=True)
    reasons = models.TextField("skäl", blank=True)
    free_of_conflict = models.BooleanField("inte jävig", null=True)
    basis = models.JSONField(default=dict, blank=True)
    answered_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    lapsed_at = models.DateTimeField("inget yttrande", null=True)
    lapsed_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    lapsed_why = models.TextField("varför ärendet går vidare utan yttrande", blank=True)

    objects = OpinionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = "yttrande"
        verbose_name_plural = "yttranden"
        indexes = [
            models.Index(
                fields=["function", "due_on"],
                name="opinion_unanswered",
                condition=Q(answered_at=None),
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="opinion_lapse_is_whole",
                condition=Q(lapsed_at=None, lapsed_by=None, lapsed_why="")
                | (
                    Q(lapsed_at__isnull=False, lapsed_by__isnull=False, answered_at=None)
                    & ~Q(lapsed_why="")
                ),
            ),
            models.CheckConstraint(name="opinion_asks_something", condition=~Q(question="")),
            models.CheckConstraint(
                name="opinion_known_codes",
                condition=Q(function__in=Function.values, test__in=list(CONCLUSIONS)),
            ),
            models.CheckConstraint(
                name="opinion_answer_is_whole",
                condition=Q(
                    conclusion="",
                    reasons="",
                    free_of_conflict=None,
                    answered_by=None,
                    answered_at=None,
                )
                | (
                    Q(
                        conclusion__in=Conclusion.values,
                        free_of_conflict__isnull=False,  # true or unknown is no word of theirs
                        free_of_conflict=True,
                        answered_by__isnull=False,
                        answered_at__isnull=False,
                    )
                    & ~Q(reasons="")
                ),
            ),
        ]

    def __str__(self):
        return f"yttrande av {self.get_function_display()} {clock.day_of(self.asked_at)}"

    def get_absolute_url(self):
        return reverse("collaborations:opinion", args=[self.collaboration_id, self.pk])

    @property
    def waits(self) -> bool:
        return self.answered_at is None and self.lapsed_at is None

    @property
    def conclusion_in_words(self) -> str:
        return CONCLUSIONS[self.test].get(self.conclusion, "")
