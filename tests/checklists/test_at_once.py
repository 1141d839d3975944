"""Two people at the same moment, over two real connections."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone

from audit.models import Event
from checklists.answering import AnswerInput, Changed, StaleAnswer, save_answers
from checklists.drafting import begin_draft
from checklists.editing import change_question
from checklists.load import load_question_sets
from checklists.models import Answer, Question, Version
from checklists.publishing import publish_draft
from checklists.versions import CannotPublish, publish
from checklists.writing import entry_of
from tests.factories.accounts import AdministrationFactory, UserFactory
from tests.factories.checklists import (
    LONG_AGO,
    NOW,
    AssessmentFactory,
    QuestionFactory,
    VersionFactory,
)

pytestmark = pytest.mark.django_db(transaction=True)


def both_at_once(first, second):
    """Run both in threads that start together; returns what each gave back or raised."""
    start = Barrier(2, timeout=30)

    def run(act):
        try:
            start.wait()
            return act()
        except Exception as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(run, [first, second]))


def kinds(results):
    return sorted(type(result).__name__ for result in results)


def test_of_two_officers_answering_the_same_question_one_is_told():
    assessment, one, other = AssessmentFactory(), UserFactory(), UserFactory()

    def answer(value, person):
        inputs = {"PR-01": AnswerInput(value)}
        return save_answers(assessment, inputs, by=person, now=NOW, versions={"PR-01": 0})

    results = both_at_once(lambda: answer("ja", one), lambda: answer("nej", other))

    assert kinds(results) == [Changed.__name__, StaleAnswer.__name__]
    saved = Answer.objects.get()
    assert saved.version == 1
    assert saved.value == ("ja" if isinstance(results[0], Changed) else "nej")


def test_two_officers_answering_different_questions_are_both_heard():
    questions = [QuestionFactory.build(code=code) for code in ("PR-01", "PR-02")]
    assessment, person = AssessmentFactory(asking=questions), UserFactory()

    def answer(code):
        return save_answers(assessment, {code: AnswerInput("ja")}, by=person, now=NOW, versions={})

    results = both_at_once(lambda: answer("PR-01"), lambda: answer("PR-02"))

    assessment.refresh_from_db()
    assert kinds(results) == ["Changed", "Changed"]
    assert (Answer.objects.count(), assessment.revision) == (2, 2)


def test_a_version_published_twice_at_once_is_published_once():
    draft = VersionFactory(asking=[QuestionFactory.build()])
    today = timezone.localdate()

    results = both_at_once(
        lambda: publish(draft, starts_on=today), lambda: publish(draft, starts_on=today)
    )

    assert kinds(results) == [CannotPublish.__name__, Version.__name__]


def test_two_programs_starting_at_once_load_the_questions_once():
    results = both_at_once(
        lambda: load_question_sets(starts_on=LONG_AGO),
        lambda: load_question_sets(starts_on=LONG_AGO),
    )

    assert [type(result) for result in results] == [list, list]
    assert Version.objects.count() == 9


def a_writer():
    return UserFactory(admin_at=AdministrationFactory().root_unit)


def test_a_double_click_on_publish_publishes_once_and_both_see_it_done():
    draft, writer = VersionFactory(asking=[QuestionFactory.build()]), a_writer()

    def act():
        return publish_draft(
            draft,
            starts_on=timezone.localdate(),
            change_note="",
            proposal=False,
            revision=1,
            by=writer,
        )

    results = both_at_once(act, act)

    assert kinds(results) == ["Version", "Version"]
    assert Event.objects.filter(code="version_published").count() == 1


def test_a_question_is_never_published_half_changed():
    draft, writer = VersionFactory(asking=[QuestionFactory.build(code="PR-01")]), a_writer()
    question = draft.questions.get()
    said = {**entry_of(question), "text": "Är PR-01 i god ordning?"}

    results = both_at_once(
        lambda: change_question(question, said, revision=1, by=writer),
        lambda: publish_draft(
            draft,
            starts_on=timezone.localdate(),
            change_note="",
            proposal=False,
            revision=1,
            by=writer,
        ),
    )

    done, now = Version.objects.get(), Question.objects.get()
    if done.is_published:
        assert kinds(results) == ["NotAllowed", "Version"]
        assert now.text == question.text
    else:
        assert kinds(results) == ["Question", "Stale"]
        assert now.text == "Är PR-01 i god ordning?"


def test_of_two_who_change_the_same_question_one_is_told():
    draft, writer = VersionFactory(asking=[QuestionFactory.build(code="PR-01")]), a_writer()
    question = draft.questions.get()

    def change(text):
        said = {**entry_of(question), "text": text}
        return change_question(draft.questions.get(), said, revision=1, by=writer)

    results = both_at_once(lambda: change("Först?"), lambda: change("Sedan?"))

    assert kinds(results) == ["Question", "StaleQuestion"]
    assert Question.objects.get().revision == 2


def test_of_two_who_begin_a_draft_one_is_told():
    first, writer = VersionFactory(asking=[QuestionFactory.build()]), a_writer()
    publish(first, starts_on=LONG_AGO)

    results = both_at_once(
        lambda: begin_draft(first.question_set, like=first, by=writer),
        lambda: begin_draft(first.question_set, like=None, by=writer),
    )

    assert kinds(results) == [CannotPublish.__name__, Version.__name__]
    assert Version.objects.drafts().count() == 1
