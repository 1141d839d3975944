"""Whatever is drafted, published, withdrawn, answered, moved and decided, in whatever order:

no answer is lost, a case's answers belong to the version that it follows, and a decided case never
moves (product.md §5).
"""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from audit import clock
from audit.models import Event
from audit.verify import first_break
from casework.moves import NotAllowed
from checklists.answer_checks import AnswerInput
from checklists.models import Answer, Assessment, QuestionSet
from checklists.moving import earlier_than
from checklists.sample import acceptable_answers
from checklists.versions import (
    CannotPublish,
    CannotWithdraw,
    discard,
    draft_next,
    in_force,
    publish,
    withdraw,
)
from collaborations import standing
from collaborations.models import Collaboration, Step
from collaborations.steps.check import answer, check
from collaborations.steps.decide import decide
from collaborations.steps.declare import declare
from collaborations.steps.move import move_questions
from tests.factories.collaborations import (
    case_at,
    decision_to_start,
    free_answers,
    place,
)
from tests.factories.versions import load_long_ago

SIGNS = "valfardsbrott"
CODES = ["VB-01", "VB-02", "VB-03"]

code = st.sampled_from(CODES)
answering = st.tuples(st.just("answer"), st.tuples(code, st.sampled_from(["ja", "nej", None])))
moving = st.tuples(st.just("move"), st.one_of(st.none(), code, code))
act = st.one_of(
    st.tuples(st.just("draft"), st.none()),
    st.tuples(st.just("reword"), code),
    st.tuples(st.just("retire"), code),
    st.tuples(st.just("publish"), st.integers(0, 4)),
    st.tuples(st.just("withdraw"), st.none()),
    st.tuples(st.just("discard"), st.none()),
    st.tuples(st.just("sleep"), st.integers(1, 3)),
)
renewing = st.tuples(st.just("renew"), code)
acts = st.lists(st.one_of(act, answering, renewing, moving, moving), min_size=6, max_size=14)
afterwards = st.lists(st.one_of(answering, renewing, moving), max_size=4)


def in_order(before, decides, after):
    return [*before, *([("decide", None), *after] if decides else [])]


class History:
    """What was true when it happened, kept outside the database."""

    def __init__(self, at):
        self.at, self.days = at, 0
        self.case, _ = case_at(Step.MOTIVATED, at)
        for person in (at.officer, at.manager):
            declare(self.case, inputs=free_answers(), by=person)
        self.set = QuestionSet.objects.get(code=SIGNS)
        self.said, self.left, self.moves, self.pinned = {}, {}, 0, None

    def do(self, verb, argument):
        self.case = Collaboration.objects.get(pk=self.case.pk)
        getattr(self, verb)(argument)

    @property
    def assessment(self) -> Assessment:
        return Assessment.objects.get(examination__collaboration=self.case, set_code=SIGNS)

    @property
    def asked(self) -> set[str]:
        return set(self.assessment.version.questions.values_list("code", flat=True))

    # --- What people do

    def open_draft(self):
        return self.set.versions.drafts().first()

    def draft(self, _):
        if not self.open_draft():
            draft_next(self.set)

    def reword(self, code):
        if draft := self.open_draft():
            draft.questions.filter(code=code).update(text=f"Nya ord, dag {self.days}?")

    def retire(self, code):
        if draft := self.open_draft():
            draft.questions.filter(code=code).delete()

    def publish(self, number):
        if draft := self.open_draft():
            try:
                publish(draft, starts_on=clock.today() + timedelta(days=number))
            except CannotPublish:
                draft.refresh_from_db()
                assert not draft.is_published

    def renew(self, code):
        """A reworded version in force today."""
        self.sleep(1)
        self.draft(None)
        self.reword(code)
        self.publish(0)

    def withdraw(self, _):
        if latest := self.set.versions.published().order_by("-starts_on").first():
            try:
                withdraw(latest, reason="Fel.", by=self.at.manager)
            except CannotWithdraw:
                assert latest.starts_on <= clock.today() or latest.assessments.exists()

    def discard(self, _):
        if draft := self.open_draft():
            discard(draft, by=self.at.manager)

    def sleep(self, days):
        self.days += days

    def answer(self, given):
        code, value = given
        if self.pinned or code not in self.asked:
            return
        if self.give(self.assessment, {code: AnswerInput(value)}):
            self.said[code] = value

    def give(self, assessment, inputs):
        versions = dict(assessment.answers.values_list("code", "version"))
        by = self.at.officer
        return answer(self.case, assessment.set_code, inputs=inputs, versions=versions, by=by)

    def move(self, code):
        """code: publish a version first where it is in other words."""
        if code:
            self.renew(code)
        before = self.assessment
        target = in_force(SIGNS, "", clock.today())
        same = {
            question.code
            for question in before.version.questions.all()
            if target.questions.filter(code=question.code, text=question.text).exists()
        }
        try:
            move_questions(
                self.case, SIGNS, to=target.pk, by=self.at.officer, version=self.case.version
            )
        except NotAllowed:
            assert self.pinned or target == before.version
            assert self.assessment == before
        else:
            assert not self.pinned
            self.left[before.pk] = self.said
            self.said = {code: value for code, value in self.said.items() if code in same}
            self.moves += 1

    def decide(self, _):
        if self.pinned:
            return
        for assessment in standing.assessments(self.case).values():
            facts = standing.facts_with_outcomes(self.case)
            self.give(assessment, acceptable_answers(assessment, facts))
        check(self.case, by=self.at.officer, version=self.case.version)
        facts = decision_to_start(self.at, follow_up_on=timezone.localdate() + timedelta(days=90))
        decide(self.case, **facts, by=self.at.manager, version=self.case.version)
        self.said = values(self.assessment)
        self.pinned = self.assessment.pk


def values(assessment) -> dict:
    return dict(assessment.answers.values_list("code", "value"))


@settings(
    max_examples=25,
    phases=[Phase.reuse, Phase.generate],  # a case is slow to make, and shrinking makes hundreds
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(acts=st.builds(in_order, acts, st.booleans(), afterwards))
def test_no_order_of_acts_loses_an_answer_or_moves_a_decided_case(db, monkeypatch, acts):
    with transaction.atomic():
        load_long_ago()
        history = History(place())
        monkeypatch.setattr(
            clock, "today", lambda: timezone.localdate() + timedelta(days=history.days)
        )
        for verb, argument in acts:
            history.do(verb, argument)
        monkeypatch.undo()
        keeps_its_promises(history)
        transaction.set_rollback(True)


def keeps_its_promises(history):
    now = history.assessment
    assert values(now) == history.said
    chain = {one.pk: values(one) for one in earlier_than(now)}
    assert chain == history.left
    assert all(one.locked_at for one in earlier_than(now))
    mine = Answer.objects.filter(assessment__in=[now.pk, *chain])
    assert all(
        answer.question.version_id == answer.assessment.version_id
        for answer in mine.select_related("question", "assessment")
    )
    events = Event.objects.of(history.case)
    assert events.filter(code="questions_moved").count() == history.moves == len(chain)
    assert history.pinned in (None, now.pk)
    assert first_break(Collaboration.objects.get(pk=history.case.pk)) is None
