"""Question sets of a few questions, for tests that want to see all of a set at once."""

from datetime import date, datetime

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from checklists.facts import Facts
from checklists.findings import FindingInput
from checklists.models import Answer, Assessment, Conduct, Question, QuestionSet, Version

TODAY = date(2026, 3, 10)
NOW = datetime(2026, 3, 10, 14, 30, tzinfo=timezone.get_default_timezone())
LONG_AGO = date(2020, 1, 1)


def facts(**of_the_case) -> Facts:
    return Facts(**{"form": "informal", "level": "informal", "today": TODAY, **of_the_case})


def formal(**of_the_case) -> Facts:
    return facts(form="formal", level="formal", **of_the_case)


class QuestionFactory(DjangoModelFactory):
    """A yes-or-no question where no blocks. `.build()` gives one outside the database."""

    class Meta:
        model = Question

    code = factory.Sequence(lambda n: f"PR-{n:02}")
    position = factory.Sequence(lambda n: n + 1)
    group = "Prov"
    text = factory.LazyAttribute(lambda question: f"Är {question.code} i ordning?")
    answer_type = "ja_nej"
    undesired = factory.LazyAttribute(
        lambda question: ["nej"] if question.answer_type.startswith("ja_nej") else []
    )
    effect_informal = "B"
    effect_formal = "B"


class QuestionSetFactory(DjangoModelFactory):
    class Meta:
        model = QuestionSet
        django_get_or_create = ("code", "rule_set")

    code = "prov"
    rule_set = ""
    name = "Provfrågor"
    about = "organisation"


class VersionFactory(DjangoModelFactory):
    """A draft; VersionFactory(asking=[QuestionFactory.build(…)], published_from=day) is published.

    asking: the questions, which get their positions in that order.
    """

    class Meta:
        model = Version
        skip_postgeneration_save = True

    question_set = factory.SubFactory(QuestionSetFactory)
    number = factory.LazyAttribute(lambda version: version.question_set.versions.count() + 1)

    @factory.post_generation
    def asking(version, create, questions, **_):
        for position, question in enumerate(questions or [], start=1):
            question.version, question.position = version, position
            question.save()

    @factory.post_generation
    def published_from(version, create, day, **_):
        if day:
            version.starts_on, version.published_at = day, NOW
            version.save()


class AssessmentFactory(DjangoModelFactory):
    """Of a published version; AssessmentFactory(asking=[…]) makes one with those questions."""

    class Meta:
        model = Assessment

    version = None
    created_at = NOW

    @classmethod
    def _create(cls, model, *args, asking=None, **facts):
        facts["version"] = facts["version"] or VersionFactory(
            question_set=QuestionSetFactory(code=f"prov-{QuestionSet.objects.count()}"),
            asking=asking or [QuestionFactory.build(code="PR-01")],
            published_from=LONG_AGO,
        )
        return super()._create(
            model, *args, **{"set_code": facts["version"].question_set.code, **facts}
        )


def an_answer(value, **more) -> Answer:
    """Outside the database, given today, valid for a year."""
    return Answer(**{"value": value, "valid_until": date(2027, 3, 10), **more})


def a_finding(**more) -> FindingInput:
    return FindingInput(
        **{
            "what": "Ett inlägg hyllade våld.",
            "source": "Föreningens webbplats",
            "happened_on": date(2026, 2, 1),
            "conduct": Conduct.ORGANISATION,
            "connected": True,
            "category": "DV-A",
            **more,
        }
    )
