"""The legal tests as they are answered in a case: from the questions to the outcome."""

import pytest

from checklists.answering import AnswerInput, begin, save_answers
from checklists.models import Assessment
from checklists.outcomes import Standing
from checklists.sample import acceptable_answers
from checklists.summary import state, states
from tests.factories.accounts import UserFactory
from tests.factories.checklists import NOW, TODAY, formal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]


def answered(code, **own):
    """An assessment answered so that nothing stands against it, but `own` (OK_1="ja")."""
    assessment = begin(code, "amf", TODAY, now=NOW)
    own = {name: AnswerInput(value, text="Skäl.") for name, value in own.items()}
    given = acceptable_answers(assessment, formal(), **own)
    save_answers(assessment, given, by=UserFactory(), now=NOW)
    return assessment


def stands(assessment, **facts):
    return state(Assessment.objects.with_answers().get(pk=assessment.pk), formal(**facts))


ALL_YES = {f"OK_{n}": "ja" for n in range(1, 6)}
AID = {f"SS_{n}": "ja" for n in range(1, 6)}


def test_the_contract_test_comes_from_its_five_answers():
    assert stands(answered("offentligt_kontrakt")).outcome == "inte_kontrakt"
    assert stands(answered("offentligt_kontrakt", **ALL_YES)).outcome == "offentligt_kontrakt"


def test_an_unclear_test_is_settled_by_an_opinion_and_by_nothing_else():
    unclear = answered("offentligt_kontrakt", **ALL_YES | {"OK_2": "oklart"})

    before = stands(unclear)
    after = stands(unclear, opinions={"offentligt_kontrakt": "clear"})

    assert (before.outcome, before.remaining, before.is_settled) == ("oklart", (), False)
    assert (after.outcome, after.is_settled, after.allows_start) == ("inte_kontrakt", True, True)
    assert stands(unclear, opinions={"statligt_stod": "clear"}).outcome == "oklart"


def test_without_reasons_there_is_no_outcome_but_a_contract_is_said_at_once():
    silent = {"OK_S": None}

    assert stands(answered("offentligt_kontrakt", **silent)).outcome == "ofullstandig"
    assert stands(answered("offentligt_kontrakt", **ALL_YES | silent)).outcome == (
        "offentligt_kontrakt"
    )


def test_after_a_clear_no_the_rest_of_the_aid_questions_are_not_asked():
    found = stands(answered("statligt_stod", SS_1="ja", SS_2="nej"))

    assert found.outcome == "inte_stod"
    assert {code for code, one in found.standings.items() if one == Standing.NOT_ASKED} == {
        *("SS-3", "SS-4", "SS-5", "SS-6")
    }


def test_answers_below_a_no_that_came_later_count_no_more():
    assessment = answered("statligt_stod", **AID, SS_6="mindre")
    assert stands(assessment).outcome == "mindre_betydelse"

    no = {"SS-2": AnswerInput("nej", text="Ingen marknad.")}
    save_answers(assessment, no, by=UserFactory(), now=NOW)

    found = stands(assessment)
    assert found.outcome == "inte_stod"
    assert found.standings["SS-4"] == found.standings["SS-6"] == Standing.NOT_ASKED


@pytest.mark.parametrize(
    ("way", "opinion", "outcome"),
    [
        ("mindre", None, "mindre_betydelse"),
        ("undantag", None, "oklart"),
        ("undantag", "clear", "undantaget_stod"),
        ("undantag", "stop", "otillatet_stod"),
        ("avsta", None, "otillatet_stod"),
    ],
)
def test_where_it_may_be_aid_a_way_is_chosen(way, opinion, outcome):
    found = stands(answered("statligt_stod", **AID, SS_6=way), opinions={"statligt_stod": opinion})

    assert found.outcome == outcome
    assert [line.code for line in found.blocking] == (["SS-6"] if way == "avsta" else [])


def test_a_partnership_shows_what_the_other_tests_came_to():
    sets = ("demokrati", "offentligt_kontrakt", "statligt_stod", "kommunallagen", "partnerskap")
    fine = states([answered(code) for code in sets], formal())
    contract = [answered(code, **ALL_YES if code == "offentligt_kontrakt" else {}) for code in sets]

    assert fine["partnerskap"].outcome == "uppfyllt"
    stopped = states(contract, formal())["partnerskap"]
    assert [line.code for line in stopped.blocking] == ["IOP-11b"]
