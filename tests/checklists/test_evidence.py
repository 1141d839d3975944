"""Documents that answers rest on: only where they may be kept, and frozen with the answers."""

import pytest
from django.db import DatabaseError, transaction

from checklists.answering import AssessmentLocked, UnknownQuestion, begin, lock
from checklists.evidence import EvidenceRefused, carry_over, link, of, unlink
from checklists.models import Evidence
from tests.factories.accounts import UserFactory
from tests.factories.checklists import LONG_AGO, NOW, TODAY, QuestionFactory, VersionFactory
from tests.factories.held import HeldDocumentFactory

pytestmark = pytest.mark.django_db

SILENT = "GK-18"


@pytest.fixture
def assessment(loaded):
    return begin("grundkrav", "amf", TODAY, now=NOW)


@pytest.fixture
def person():
    return UserFactory()


def linked(assessment, code="GK-03", document=None, by=None):
    document = document or HeldDocumentFactory()
    return link(assessment, code, document, by=by or UserFactory(), now=NOW)


def refused(says):
    return pytest.raises(DatabaseError, match=f"^{says}: ")


def row_in(assessment, code, **more):
    question = assessment.version.questions.get(code=code)
    facts = {"assessment": assessment, "question": question, "linked_by": UserFactory()}
    return Evidence(document=HeldDocumentFactory(), linked_at=NOW, **facts | more)


def test_an_answer_rests_on_a_document_once(assessment, person):
    document = HeldDocumentFactory()

    first = linked(assessment, document=document, by=person)
    again = linked(assessment, document=document)

    assert first == again
    assert of([assessment]) == {assessment.pk: {"GK-03": [first]}}
    assert (first.linked_by, first.linked_at) == (person, NOW)


def test_several_documents_may_carry_one_answer_and_one_several(assessment):
    document = HeldDocumentFactory()
    linked(assessment, document=document)
    linked(assessment)
    linked(assessment, "GK-04", document)

    found = of([assessment])[assessment.pk]

    assert {code: len(rows) for code, rows in found.items()} == {"GK-03": 2, "GK-04": 1}


def test_a_document_is_put_aside(assessment):
    evidence = linked(assessment)

    assert unlink(assessment, "GK-03", evidence.document)
    assert not unlink(assessment, "GK-03", evidence.document)
    assert of([assessment]) == {assessment.pk: {}}


def test_where_nothing_may_be_stored_no_document_is_taken(assessment):
    with pytest.raises(EvidenceRefused, match="sparas inget underlag"):
        linked(assessment, SILENT)


@pytest.mark.parametrize("code", ["GK-99", "JV-1"])
def test_a_question_outside_the_version_is_unknown(assessment, code):
    with pytest.raises(UnknownQuestion):
        linked(assessment, code)


def test_what_was_taken_back_carries_no_answer(assessment, person):
    gone = HeldDocumentFactory(
        withdrawn_at=NOW, withdrawn_by=person, withdrawn_reason="Hör till en annan."
    )
    with pytest.raises(EvidenceRefused):
        linked(assessment, document=gone)


def test_under_a_decision_nothing_is_added_or_put_aside(assessment):
    evidence = linked(assessment)
    lock([assessment], now=NOW)

    with pytest.raises(AssessmentLocked):
        linked(assessment)
    with pytest.raises(AssessmentLocked):
        unlink(assessment, "GK-03", evidence.document)


def test_the_database_itself_takes_no_document_where_nothing_may_be_stored(assessment):
    with refused("forbidden"), transaction.atomic():
        row_in(assessment, SILENT).save()


def test_the_database_itself_takes_no_document_on_a_question_of_another_version(assessment):
    other = VersionFactory(asking=[QuestionFactory.build(code="PR-01")], published_from=LONG_AGO)
    question = other.questions.get()

    with refused("forbidden"), transaction.atomic():
        row_in(assessment, "GK-03", question=question).save()


def test_the_database_itself_keeps_what_a_decision_rests_on(assessment):
    evidence = linked(assessment)
    lock([assessment], now=NOW)
    rows = Evidence.objects.filter(pk=evidence.pk)

    for change in (rows.delete, row_in(assessment, "GK-04").save):
        with refused("locked"), transaction.atomic():
            change()
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.update(document=HeldDocumentFactory())


def test_the_database_itself_lets_no_row_be_changed(assessment):
    evidence = linked(assessment)

    with refused("kept"), transaction.atomic():
        Evidence.objects.filter(pk=evidence.pk).update(document=HeldDocumentFactory())


def test_documents_go_along_to_a_newer_version_and_stay_with_the_older(assessment):
    evidence = linked(assessment)
    linked(assessment, "GK-04")
    newer = VersionFactory(
        question_set=assessment.version.question_set,
        number=9,
        asking=[
            QuestionFactory.build(code="GK-03", text="Har stadgarna ändrats?"),
            QuestionFactory.build(code="GK-77"),
        ],
        published_from=TODAY,
    )
    moved = begin("grundkrav", "amf", TODAY, now=NOW)
    assert moved.version == newer

    carry_over(assessment, moved, ["GK-03"])

    found = of([assessment, moved])
    assert [row.document for row in found[moved.pk]["GK-03"]] == [evidence.document]
    assert set(found[moved.pk]) == {"GK-03"}
    assert set(found[assessment.pk]) == {"GK-03", "GK-04"}


@pytest.mark.parametrize("documents", [1, 3])
def test_reading_costs_the_same_however_many(assessment, documents, django_assert_num_queries):
    for _ in range(documents):
        linked(assessment)

    with django_assert_num_queries(1):
        rows = of([assessment])[assessment.pk]["GK-03"]
        assert [str(row.document) for row in rows]
