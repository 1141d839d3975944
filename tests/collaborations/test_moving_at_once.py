"""Two people at the same moment, over two real connections, while a case moves."""

import pytest

from audit.models import Event
from checklists.answer_checks import AnswerInput
from checklists.models import Answer, Assessment
from collaborations.models import Collaboration, Step
from collaborations.steps.check import answer
from collaborations.steps.declare import declare
from collaborations.steps.move import move_questions
from tests.checklists.test_at_once import both_at_once, kinds
from tests.factories.collaborations import case_at, free_answers, place
from tests.factories.versions import load_long_ago, newer_version

pytestmark = pytest.mark.django_db(transaction=True)

SIGNS = "valfardsbrott"


@pytest.fixture
def at(db):
    load_long_ago()
    return place()


@pytest.fixture
def case(at):
    case, _ = case_at(Step.MOTIVATED, at)
    for person in (at.officer, at.manager):
        declare(case, inputs=free_answers(), by=person)
    return case


def fresh(case):
    return Collaboration.objects.get(pk=case.pk)


def moves(case) -> int:
    return Event.objects.of(fresh(case)).filter(code="questions_moved").count()


def test_two_who_move_the_case_at_once_move_it_once(at, case):
    newer, version = newer_version(), case.version

    def move(person):
        return move_questions(fresh(case), SIGNS, to=newer.pk, by=person, version=version)

    results = both_at_once(lambda: move(at.officer), lambda: move(at.manager))

    assert kinds(results) == ["NoneType", "Stale"]
    assert moves(case) == 1
    assert Assessment.objects.filter(earlier__isnull=False).count() == 1


def test_an_answer_given_while_the_case_moves_is_refused_or_follows(at, case):
    """VB-02 is another question in the newer version, VB-01 is not."""
    newer = newer_version()
    follows = Assessment.objects.get(examination__collaboration=case, set_code=SIGNS).version_id

    def give():
        inputs = {"VB-01": AnswerInput("nej"), "VB-02": AnswerInput("ja")}
        return answer(
            fresh(case), SIGNS, inputs=inputs, versions={}, follows=follows, by=at.officer
        )

    def move():
        return move_questions(
            fresh(case), SIGNS, to=newer.pk, by=at.manager, version=fresh(case).version
        )

    given, _ = both_at_once(give, move)

    now = Assessment.objects.get(examination__collaboration=case, set_code=SIGNS)
    said = dict(now.answers.values_list("code", "value"))
    assert (now.version, moves(case)) == (newer, 1)
    if isinstance(given, list):
        assert said == {"VB-01": "nej"}
        assert Answer.objects.get(assessment=now.earlier, code="VB-02").value == "ja"
    else:
        assert kinds([given]) == ["AnotherVersion"]
        assert said == {}
