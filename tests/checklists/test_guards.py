"""What the database refuses, whoever asks."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from audit.guards import missing_guards
from checklists.guards import GUARDS
from checklists.models import (
    Answer,
    Assessment,
    Finding,
    Question,
    QuestionSet,
    Resolution,
    Version,
)
from tests.factories.accounts import UserFactory
from tests.factories.checklists import (
    LONG_AGO,
    NOW,
    TODAY,
    AssessmentFactory,
    QuestionFactory,
    VersionFactory,
)

pytestmark = pytest.mark.django_db


def refused(says):
    """The statement is refused by the guard that says so, on either back end."""
    return pytest.raises(DatabaseError, match=f"^{says}: ")


@pytest.fixture
def published():
    return VersionFactory(asking=[QuestionFactory.build(code="PR-01")], published_from=LONG_AGO)


def an_answer_in(assessment, **more):
    question = assessment.version.questions.first()
    return Answer(
        **{
            "assessment": assessment,
            "question": question,
            "code": question.code,
            "question_text": question.text,
            "value": "ja",
            "answered_by": UserFactory(),
            "answered_at": NOW,
            "valid_until": TODAY,
            **more,
        }
    )


def a_finding_in(assessment):
    return Finding(
        assessment=assessment,
        what="Något.",
        source="Webbplats",
        happened_on=TODAY,
        conduct="guest",
        connected=True,
        category="DV-A",
        registered_by=UserFactory(),
        registered_at=NOW,
    )


@pytest.fixture
def locked():
    """An assessment under a decision, with an answer, a resolution and a finding."""
    assessment = AssessmentFactory()
    answer = an_answer_in(assessment)
    answer.save()
    Resolution.objects.create(
        answer=answer, kind="motivation", text="Skäl.", by=UserFactory(), at=NOW, answer_version=1
    )
    a_finding_in(assessment).save()
    Assessment.objects.update(locked_at=NOW)
    return assessment


@pytest.mark.parametrize(
    "change",
    [
        lambda: Version.objects.update(change_note="ny"),
        lambda: Version.objects.update(starts_on=TODAY),
        lambda: Version.objects.update(published_at=None, starts_on=None),
        lambda: Question.objects.update(text="Något annat?"),
        lambda: Question.objects.all().delete(),
        lambda: Version.objects.all().delete(),
        lambda: QuestionFactory(version=Version.objects.get()),
        lambda: QuestionSet.objects.update(code="annan"),
        lambda: QuestionSet.objects.update(rule_set="annan"),
        lambda: QuestionSet.objects.update(about="case"),
    ],
)
def test_a_published_version_cannot_be_changed(published, change):
    with refused("published"), transaction.atomic():
        change()


@pytest.fixture
def coming():
    return VersionFactory(asking=[QuestionFactory.build(code="PR-01")], published_from=TODAY)


def withdrawal(**more):
    day = TODAY - timedelta(days=1)
    return {"withdrawn_on": day, "withdrawn_by": UserFactory(), "withdrawn_reason": "Fel.", **more}


def test_a_publication_that_has_not_begun_can_be_withdrawn_and_is_then_frozen(coming):
    Version.objects.update(**withdrawal())

    for change in ({"withdrawn_on": None, "withdrawn_by": None, "withdrawn_reason": ""},
                   {"withdrawn_reason": "Något annat."}):  # fmt: skip
        with refused("published"), transaction.atomic():
            Version.objects.update(**change)
    with refused("published"), transaction.atomic():
        Version.objects.all().delete()
    with refused("published"), transaction.atomic():
        coming.questions.update(text="Något annat?")
    with refused("withdrawn"), transaction.atomic():
        Assessment.objects.create(version=coming, set_code="prov", created_at=NOW)


@pytest.mark.parametrize(
    "more",
    [
        {"withdrawn_on": TODAY},
        {"withdrawn_on": TODAY + timedelta(days=1)},
        {"starts_on": TODAY + timedelta(days=1)},
        {"change_note": "ny"},
        {"published_at": None, "starts_on": None, "withdrawn_on": None},
        {"proposal": True},
        {"number": 7},
    ],
)
def test_nothing_else_of_a_version_changes_when_it_is_withdrawn(coming, more):
    with refused("published"), transaction.atomic():
        Version.objects.update(**withdrawal(**more))


def test_a_version_that_a_case_uses_is_not_withdrawn(coming):
    AssessmentFactory(version=coming)

    with refused("published"), transaction.atomic():
        Version.objects.update(**withdrawal())


@pytest.mark.parametrize("lacking", [{"withdrawn_reason": ""}, {"withdrawn_by": None}])
def test_a_withdrawal_says_who_and_why(coming, lacking):
    with pytest.raises(IntegrityError), transaction.atomic():
        Version.objects.update(**withdrawal(**lacking))


def test_a_question_cannot_be_moved_into_or_out_of_a_published_version(published):
    draft = VersionFactory(question_set=published.question_set)
    mine = QuestionFactory(version=draft, position=9)

    with refused("published"), transaction.atomic():
        Question.objects.filter(pk=mine.pk).update(version=published)
    with refused("published"), transaction.atomic():
        published.questions.update(version=draft, position=1)


def test_a_draft_can_be_changed_and_thrown_away():
    draft = VersionFactory(asking=[QuestionFactory.build()])

    draft.questions.update(text="Bättre fråga?")
    Version.objects.filter(pk=draft.pk).update(change_note="ny")
    draft.delete()

    assert Question.objects.count() == 0


def test_a_set_may_get_another_name(published):
    QuestionSet.objects.update(name="Frågor på prov")

    assert QuestionSet.objects.get().name == "Frågor på prov"


@pytest.mark.parametrize(
    "change",
    [
        lambda: Answer.objects.update(value="nej"),
        lambda: Answer.objects.update(note="efteråt"),
        lambda: Finding.objects.update(what="Något annat."),
        lambda: Finding.objects.all().delete(),
        lambda: Resolution.objects.update(text="Andra skäl."),
        lambda: Resolution.objects.all().delete(),
        lambda: Assessment.objects.update(locked_at=None),
        lambda: Assessment.objects.update(revision=9),
        lambda: a_finding_in(Assessment.objects.get()).save(),
        lambda: Resolution.objects.create(
            answer=Answer.objects.get(),
            kind="motivation",
            text="Efteråt.",
            by=UserFactory(),
            at=NOW,
            answer_version=1,
        ),
    ],
)
def test_what_a_decision_rests_on_cannot_be_changed(locked, change):
    with refused("locked"), transaction.atomic():
        change()


@pytest.mark.parametrize("table", ["checklists_answer", "checklists_assessment"])
def test_what_a_decision_rests_on_cannot_be_deleted_with_bare_sql(locked, table):
    with refused("locked"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table}")


def test_no_answer_is_added_under_a_decision():
    assessment = AssessmentFactory(locked_at=NOW)

    with refused("locked"), transaction.atomic():
        an_answer_in(assessment).save()


def test_an_answer_cannot_be_moved_to_an_assessment_under_a_decision(locked):
    other = AssessmentFactory(version=locked.version)
    Answer.objects.filter(assessment=other).delete()
    answer = an_answer_in(other)
    answer.save()

    with refused("locked"), transaction.atomic():
        Answer.objects.filter(pk=answer.pk).update(assessment=locked)


def test_an_answer_belongs_to_a_question_of_the_version_that_is_followed():
    mine, other = AssessmentFactory(), VersionFactory(asking=[QuestionFactory.build()])
    stranger = other.questions.get()

    with refused("stranger"), transaction.atomic():
        an_answer_in(mine, question=stranger, code=stranger.code).save()
    with refused("stranger"), transaction.atomic():
        an_answer_in(mine, code="PR-77").save()


@pytest.mark.parametrize(
    "said",
    [
        {"text": "Utdraget visade …"},
        {"note": "Visades av ordföranden."},
        {"reference": "pärm 3"},
        {"companions": {"namn": "Någon"}},
        {"value": "inga anmärkningar"},
        {"value": False},
    ],
)
def test_the_database_holds_no_word_about_a_criminal_records_extract(said):
    silent = QuestionFactory.build(
        code="PR-18", answer_type="notering", text_allowed=False, evidence_allowed=False
    )
    assessment = AssessmentFactory(asking=[silent])

    with refused("silent"), transaction.atomic():
        an_answer_in(assessment, **{"value": True, **said}).save()

    answer = an_answer_in(assessment, value=True, checked_on=TODAY)
    answer.save()
    with refused("silent"), transaction.atomic():
        Answer.objects.filter(pk=answer.pk).update(**said)
    with refused("silent"), transaction.atomic():
        Resolution.objects.create(
            answer=answer, kind="motivation", text="x", by=UserFactory(), at=NOW, answer_version=1
        )


def test_every_guard_is_in_place():
    assert missing_guards(connection) == set()
    assert len({guard.name for guard in GUARDS}) == len(GUARDS) == 54
    # PostgreSQL cuts names at 63 characters; ours end in _f where they have a function.
    assert max(len(guard.name) for guard in GUARDS) <= 61
