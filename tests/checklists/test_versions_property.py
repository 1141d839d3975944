"""Whatever people do to question sets, in whatever order, three things stay true (product.md §5).

One version is in force per day. A published question never changes. No answer is lost.
"""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from checklists.answering import AnswerInput, begin, save_answers
from checklists.editing import (
    QuestionRefused,
    add_question,
    change_question,
    move_question,
    retire_question,
)
from checklists.models import Answer, Question, Version
from checklists.versions import (
    CannotPublish,
    CannotWithdraw,
    NothingInForce,
    discard,
    draft_next,
    in_force,
    publish,
    withdraw,
)
from checklists.writing import entry_of
from tests.factories.accounts import AdministrationFactory, UserFactory
from tests.factories.checklists import NOW, QuestionSetFactory

HORIZON = range(-3, 8)

act = st.one_of(
    st.tuples(st.just("draft"), st.booleans()),
    st.tuples(st.just("add"), st.integers(1, 4)),
    st.tuples(st.just("reword"), st.text("abc ", min_size=1, max_size=5)),
    st.tuples(st.just("retire"), st.integers(1, 4)),
    st.tuples(st.just("move"), st.tuples(st.integers(1, 4), st.integers(0, 4))),
    st.tuples(st.just("publish"), st.integers(-3, 6)),
    st.tuples(st.just("withdraw"), st.integers(0, 6)),
    st.tuples(st.just("discard"), st.none()),
    st.tuples(st.just("begin"), st.integers(-3, 6)),
    st.tuples(st.just("answer"), st.sampled_from(["ja", "nej"])),
)


def an_entry(number):
    return {
        "code": f"PR-{number}",
        "text": f"Är PR-{number} i ordning?",
        "answer": "ja_nej",
        "group": "Prov",
        "undesired": ["nej"],
        "effect": {"informal": "B", "formal": "B"},
    }


class History:
    """What was true when it happened, kept outside the database."""

    def __init__(self):
        self.set = QuestionSetFactory()
        self.person = UserFactory(admin_at=AdministrationFactory().root_unit)
        self.assessments, self.answers, self.questions, self.starts = [], {}, {}, {}

    def do(self, verb, argument):
        getattr(self, verb)(argument)

    def day(self, number):
        return timezone.localdate() + timedelta(days=number)

    def open_draft(self):
        return self.set.versions.filter(published_at=None).first()

    def draft(self, empty):
        if self.open_draft():
            with pytest.raises(CannotPublish):
                draft_next(self.set, empty=empty)
        else:
            draft_next(self.set, empty=empty)

    def add(self, number):
        if draft := self.open_draft():
            try:
                add_question(draft, an_entry(number), by=self.person)
            except QuestionRefused:
                assert draft.questions.filter(code=f"PR-{number}").exists()

    def reword(self, text):
        if (draft := self.open_draft()) and (question := draft.questions.first()):
            said = {**entry_of(question), "text": text}
            try:
                change_question(question, said, revision=question.revision, by=self.person)
            except QuestionRefused:
                assert not text.strip()

    def retire(self, number):
        if draft := self.open_draft():
            for question in draft.questions.filter(code=f"PR-{number}"):
                retire_question(question, by=self.person)

    def move(self, numbers):
        which, before = (f"PR-{number}" if number else "" for number in numbers)
        if draft := self.open_draft():
            codes = set(draft.questions.values_list("code", flat=True))
            for question in draft.questions.filter(code=which):
                move_question(question, before=before, by=self.person)
            assert set(draft.questions.values_list("code", flat=True)) == codes

    def publish(self, number):
        if not (draft := self.open_draft()):
            return
        try:
            publish(draft, starts_on=self.day(number))
        except CannotPublish:
            assert Version.objects.get(pk=draft.pk).published_at is None
        else:
            self.starts[self.day(number)] = draft.pk
            self.questions |= {row["id"]: row for row in draft.questions.values()}

    def withdraw(self, number):
        version = self.set.versions.published().filter(starts_on=self.day(number)).first()
        if version is None:
            return
        try:
            withdraw(version, reason="Fel.", by=self.person)
        except CannotWithdraw:
            used = any(one.version_id == version.pk for one in self.assessments)
            assert used or number == 0
        else:
            del self.starts[self.day(number)]

    def discard(self, _):
        if draft := self.open_draft():
            discard(draft, by=self.person)

    def begin(self, number):
        try:
            self.assessments.append(begin("prov", "amf", self.day(number), now=NOW))
        except NothingInForce:
            assert not any(start <= self.day(number) for start in self.starts)

    def answer(self, value):
        for assessment in self.assessments:
            code = assessment.version.questions.first().code
            save_answers(assessment, {code: AnswerInput(value)}, by=self.person, now=NOW)
            self.answers[assessment.pk, code] = value

    def in_force_by_hand(self, number):
        """The published version with the latest start that has come."""
        begun = [start for start in self.starts if start <= self.day(number)]
        return self.starts[max(begun)] if begun else None


def in_force_or_none(history, number):
    try:
        return in_force("prov", "", history.day(number)).pk
    except NothingInForce:
        return None


@pytest.mark.django_db
@settings(max_examples=60, deadline=None)
@given(acts=st.lists(act, max_size=25))
def test_no_sequence_of_acts_changes_what_was_published_or_loses_an_answer(acts):
    with transaction.atomic():
        history = History()
        for verb, argument in acts:
            history.do(verb, argument)

        for number in HORIZON:
            assert in_force_or_none(history, number) == history.in_force_by_hand(number)
        published = Question.objects.filter(version__published_at__isnull=False)
        assert {row["id"]: row for row in published.values()} == history.questions
        assert {
            (answer.assessment_id, answer.code): answer.value for answer in Answer.objects.all()
        } == history.answers
        assert all(
            answer.question.version_id == answer.assessment.version_id
            for answer in Answer.objects.select_related("question", "assessment")
        )
        transaction.set_rollback(True)
