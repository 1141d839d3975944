"""Answering within a case: what leaves a trace, what does not, and two officers at once."""

import pytest
from django.urls import reverse

from audit.models import Event
from checklists.answer_checks import AnswerInput
from checklists.answering import AnotherVersion, StaleAnswer
from checklists.models import Answer
from collaborations import standing
from collaborations.models import Collaboration, Step
from collaborations.steps.check import answer, check
from collaborations.steps.declare import declare
from tests.factories.collaborations import answer_all, case_at, free_answers

pytestmark = pytest.mark.django_db

SIGNS = "valfardsbrott"


@pytest.fixture
def case(at):
    case, _ = case_at(Step.MOTIVATED, at)
    for person in (at.officer, at.manager):
        declare(case, inputs=free_answers(), by=person)
    return case


def said(case, code="VB-01"):
    return Answer.objects.get(assessment__examination__collaboration=case, code=code)


def state(case) -> tuple:
    row = Collaboration.objects.get(pk=case.pk)
    answers = Answer.objects.filter(assessment__examination__collaboration=case)
    return row.step, row.version, row.chain_count, sorted(answers.values_list("code", "version"))


def give(case, by, value="nej", **more):
    return answer(case, SIGNS, inputs={"VB-01": AnswerInput(value)}, versions={}, by=by, **more)


def page_fields(client, case, *, code=SIGNS) -> dict:
    """What the set's page would send back if nobody touched it."""
    form = client.get(reverse("collaborations:questions", args=[case.pk, code])).context["form"]
    fields = {"fragornas_version": form.assessment.version_id}
    for card in form.cards:
        for bound in card:
            value = bound.value()
            fields[bound.html_name] = "" if value is None else value
    return fields


def url(case, name="questions"):
    return reverse(f"collaborations:{name}", args=[case.pk, SIGNS])


def test_saving_a_page_where_nothing_was_changed_leaves_no_trace(client, at, case):
    give(case, at.officer)
    client.force_login(at.officer)
    fields = page_fields(client, case)
    before = state(case)

    page = client.post(url(case), fields, follow=True)

    assert state(case) == before
    assert "Inget svar var ändrat, så inget har sparats." in page.text


def test_saving_nothing_new_does_not_open_the_finished_check_again(client, at, case):
    answer_all(case, at)
    check(case, by=at.officer, version=case.version)
    client.force_login(at.officer)
    fields = page_fields(client, case)
    before = state(case)

    client.post(url(case), fields)

    assert before[0] == Step.CHECKED
    assert state(case) == before


def test_the_same_answer_twice_is_saved_and_told_once(at, case):
    events = Event.objects.of(case).filter(code="questions_answered")

    assert give(case, at.officer) == ["VB-01"]
    assert give(case, at.manager) == []

    assert (events.count(), said(case).version, said(case).answered_by) == (1, 1, at.officer)


def test_one_question_saved_twice_as_you_go_is_saved_once(client, at, case):
    client.force_login(at.officer)
    fields = page_fields(client, case) | {"fraga": "VB-01", "VB-01-value": "nej"}

    first = client.post(url(case, "save_answer"), fields)
    before = state(case)
    second = client.post(url(case, "save_answer"), fields)

    assert (first.status_code, second.status_code) == (200, 200)
    assert state(case) == before


def test_a_page_of_another_version_saves_nothing(at, case):
    follows = standing.assessments(case)[SIGNS].version_id
    before = state(case)

    with pytest.raises(AnotherVersion):
        give(case, at.officer, follows=follows + 1)

    assert state(case) == before
    assert give(case, at.officer, follows=follows) == ["VB-01"]


@pytest.mark.parametrize("name", ["questions", "save_answer"])
def test_neither_officer_overwrites_the_other_unseen(client, at, case, name):
    """Both opened the page before either saved: as a whole, and one question as you go."""
    client.force_login(at.officer)
    fields = page_fields(client, case) | {"VB-01-value": "ja", "VB-02-value": "ja"}
    if name == "save_answer":
        fields["fraga"] = "VB-01"
    give(case, at.manager, "nej")
    before = state(case)

    page = client.post(url(case, name), fields)

    assert state(case) == before
    assert said(case).value == "nej"
    assert "Någon annan har ändrat svaret. Se båda nedan." in page.text
    again = fields | {"VB-01-version": 1}
    client.post(url(case, name), again)
    assert said(case).value == "ja"


def test_what_one_officer_clears_is_not_filled_in_again_by_the_other(client, at, case):
    give(case, at.officer)
    client.force_login(at.officer)
    fields = page_fields(client, case) | {"VB-01-note": "Sett i årsredovisningen."}
    answer(case, SIGNS, inputs={"VB-01": AnswerInput()}, versions={"VB-01": 1}, by=at.manager)
    before = state(case)

    client.post(url(case), fields)

    assert state(case) == before
    assert (said(case).value, said(case).note) == (None, "")


def test_an_officer_who_leaves_the_others_answer_alone_saves_their_own(client, at, case):
    client.force_login(at.officer)
    fields = page_fields(client, case) | {"VB-02-value": "ja"}
    give(case, at.manager, "nej")

    client.post(url(case), fields)

    assert (said(case).value, said(case, "VB-02").value) == ("nej", "ja")


def test_the_step_itself_refuses_an_answer_that_rests_on_an_older_one(at, case):
    give(case, at.manager)

    with pytest.raises(StaleAnswer):
        give(case, at.officer, "ja")
