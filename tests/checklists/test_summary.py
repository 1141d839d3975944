"""Where an examination stands: what a case page and the decision ask."""

from datetime import date, timedelta

import pytest

from checklists.answering import AnswerInput, begin, lock, resolve, save_answers
from checklists.findings import add_finding, judge_finding
from checklists.models import Answer, Assessment
from checklists.sample import acceptable_answers
from checklists.summary import state, states
from tests.factories.accounts import UserFactory
from tests.factories.checklists import (
    NOW,
    TODAY,
    AssessmentFactory,
    QuestionFactory,
    VersionFactory,
    a_finding,
    facts,
    formal,
)

pytestmark = pytest.mark.django_db

SETS = ("grundkrav", "demokrati", "valfardsbrott", "jav")


def examined(code, *, case=None, **own):
    """An assessment of that set where nothing can be said against the answers, but `own`."""
    assessment = begin(code, "amf", TODAY, now=NOW)
    given = acceptable_answers(assessment, case or facts(), **own)
    save_answers(assessment, given, by=UserFactory(), now=NOW)
    return assessment


def summed_up(assessment, case=None):
    return state(Assessment.objects.with_answers().get(pk=assessment.pk), case or facts())


def codes(lines):
    return [line.code for line in lines]


def test_a_begun_examination_lists_every_question_with_its_text(loaded):
    found = summed_up(begin("jav", "amf", TODAY, now=NOW))

    assert (found.outcome, found.answered, found.total) == ("ofullstandig", 0, 4)
    assert codes(found.remaining) == ["JV-1", "JV-2", "JV-3", "JV-4"]
    assert found.remaining[2].text == "Gäller ärendet tillsyn av verksamhet du själv hör till?"
    assert not found.is_settled
    assert found.in_words == "Inte färdig. Utfallet är ett förslag. Ansvarig chef beslutar."


@pytest.mark.parametrize(
    ("case", "total"),
    [
        (facts(), 20),
        (facts(minors=True), 21),
        (formal(payout=True), 21),
        (formal(payout=True, minors=True), 22),
    ],
)
def test_the_case_decides_how_many_questions_there_are(loaded, case, total):
    found = states([examined("grundkrav", case=case), examined("demokrati")], case)["grundkrav"]

    assert (found.answered, found.total, found.outcome) == (total, total, "uppfyllt")
    assert found.allows_start


def test_an_informal_case_where_nothing_is_wrong_allows_a_start(loaded):
    found = states([examined(code) for code in SETS], facts())

    assert {code: one.outcome for code, one in found.items()} == {
        "grundkrav": "uppfyllt",
        "demokrati": "antas_uppfyllt",
        "valfardsbrott": "lag",
        "jav": "inget",
    }
    assert all(one.allows_start for one in found.values())


def test_the_checklist_waits_for_the_democracy_check_and_takes_over_its_outcome(loaded):
    checklist = examined("grundkrav")

    waiting = states([checklist, begin("demokrati", "amf", TODAY)], facts())["grundkrav"]
    refused = states([checklist, examined("demokrati", DV_01=AnswerInput("nej"))], facts())

    assert codes(waiting.remaining) == ["GK-15"]
    assert waiting.outcome == "ofullstandig"
    assert refused["demokrati"].outcome == "ej_uppfyllt"
    assert codes(refused["grundkrav"].blocking) == ["GK-15"]


@pytest.mark.parametrize(
    ("case", "blocking", "to_motivate", "to_inquire"),
    [(facts(), ["GK-14"], ["GK-03"], ["GK-08"]), (formal(), ["GK-03", "GK-08", "GK-14"], [], [])],
)
def test_undesired_answers_are_sorted_by_their_effect_at_the_level(
    loaded, case, blocking, to_motivate, to_inquire
):
    no = AnswerInput("nej")
    assessment = examined("grundkrav", case=case, GK_03=no, GK_08=no, GK_14=no)

    found = summed_up(assessment, case.with_outcomes({"demokrati": "uppfyllt"}))

    assert found.outcome == "ej_uppfyllt"
    assert codes(found.blocking) == blocking
    assert codes(found.to_motivate) == to_motivate
    assert codes(found.to_inquire) == to_inquire


def test_a_checklist_with_explanations_is_met_with_a_motivation(loaded):
    no = AnswerInput("nej")
    assessment = examined("grundkrav", GK_03=no, GK_08=no)
    case = facts(outcomes={"demokrati": "antas_uppfyllt"})
    assert summed_up(assessment, case).outcome == "kraver_utredning"

    inquire = assessment.answers.get(code="GK-08")
    resolve(inquire, "inquiry", "Ekonomi har yttrat sig.", by=UserFactory(), now=NOW)
    assert summed_up(assessment, case).outcome == "ofullstandig"

    motivate = assessment.answers.get(code="GK-03")
    resolve(motivate, "motivation", "Nybildad.", by=UserFactory(), now=NOW)
    found = summed_up(assessment, case)
    assert (found.outcome, found.allows_start) == ("uppfyllt_med_motivering", True)

    save_answers(
        assessment, {"GK-03": AnswerInput("nej", note="Ändrad.")}, by=UserFactory(), now=NOW
    )
    assert codes(summed_up(assessment, case).to_motivate) == ["GK-03"]


def test_an_inquiry_that_turned_out_badly_blocks(loaded):
    assessment = examined("grundkrav", GK_09=AnswerInput("nej"))
    answer = assessment.answers.get(code="GK-09")
    resolve(answer, "inquiry", "Konkurs.", by=UserFactory(), now=NOW, acceptable=False)

    found = summed_up(assessment, facts(outcomes={"demokrati": "uppfyllt"}))

    assert (found.outcome, codes(found.blocking)) == ("ej_uppfyllt", ["GK-09"])


def test_answering_one_optional_question_with_no_has_its_effect(loaded):
    case = facts(outcomes={"demokrati": "uppfyllt"})
    assessment = examined("grundkrav", GK_T1=AnswerInput("nej"))

    assert codes(summed_up(assessment, case).to_motivate) == ["GK-T1"]


# --- The democracy check ---


def test_what_speaks_against_is_examined_finding_by_finding(loaded):
    assessment = examined("demokrati", DV_04=AnswerInput("ja"))
    person = UserFactory()
    said = summed_up(assessment)
    assert (said.outcome, codes(said.to_inquire)) == ("utreds", ["DV-04"])

    first = add_finding(assessment, a_finding(), by=person, now=NOW)
    second = add_finding(assessment, a_finding(category="DV-B"), by=person, now=NOW)
    judge_finding(first, "not_against", "Skäl.", by=person, now=NOW)
    said = summed_up(assessment)
    assert (said.outcome, codes(said.to_inquire)) == ("utreds", ["DV-04"])

    second = judge_finding(second, "not_against", "Skäl.", by=person, now=NOW)
    found = summed_up(assessment)
    assert (found.outcome, found.allows_start) == ("uppfyllt", True)

    judge_finding(second, "against", "Nya skäl.", by=person, now=NOW)
    found = summed_up(assessment)
    assert (found.outcome, codes(found.blocking)) == ("ej_uppfyllt", ["DV-04"])


def test_a_description_that_is_not_compatible_is_inquired_into(loaded):
    assessment = examined("demokrati", DV_02=AnswerInput("nej"))
    answer = assessment.answers.get(code="DV-02")
    assert summed_up(assessment).outcome == "utreds"

    resolve(answer, "inquiry", "Oklart språk, rätt innehåll.", by=UserFactory(), now=NOW)
    assert summed_up(assessment).outcome == "uppfyllt"

    resolve(answer, "inquiry", "Oförenlig.", by=UserFactory(), now=NOW, acceptable=False)
    assert summed_up(assessment).outcome == "ej_uppfyllt"


def test_at_least_one_open_source_has_been_seen(loaded):
    assessment = examined("demokrati", DV_03=AnswerInput())

    found = summed_up(assessment)

    assert (found.outcome, codes(found.remaining)) == ("ofullstandig", ["DV-03"])


@pytest.mark.parametrize(
    ("letter", "outcome"), [("B", "ej_uppfyllt"), ("U", "utreds"), ("-", "antas_uppfyllt")]
)
def test_questions_that_a_rule_set_has_added_count_too(loaded, letter, outcome):
    common = begin("demokrati", "", TODAY, now=NOW).version
    own = [*common.questions.order_by("position"), QuestionFactory.build(code="AMF-1")]
    for question in own:
        question.pk = None
        question._state.adding = True
    own[-1].effect_informal = letter
    version = VersionFactory(asking=own, published_from=date(2025, 2, 1))
    assessment = AssessmentFactory(version=version, set_code="demokrati")
    given = acceptable_answers(assessment, facts(), AMF_1=AnswerInput("nej"))
    save_answers(assessment, given, by=UserFactory(), now=NOW)

    assert summed_up(assessment).outcome == outcome


# --- Welfare crime and conflict of interest ---


def test_a_raised_risk_takes_reasons_a_measure_and_the_managers_motivation(loaded):
    raised = AnswerInput("forhojd", text="Två signaler.")
    assessment = examined(
        "valfardsbrott", VB_02=AnswerInput("ja"), VB_13=raised, VB_14=AnswerInput()
    )
    found = summed_up(assessment)
    assert (found.outcome, codes(found.remaining)) == ("ofullstandig", ["VB-14"])
    assert codes(found.to_motivate) == ["VB-13"]

    measure = {"VB-14": AnswerInput("Besök varje kvartal.")}
    save_answers(assessment, measure, by=UserFactory(), now=NOW)
    risk = assessment.answers.get(code="VB-13")
    resolve(risk, "motivation", "Ändå värdefullt.", by=UserFactory(), now=NOW)

    found = summed_up(assessment)
    assert (found.outcome, found.allows_start) == ("forhojd", True)


def test_a_sign_left_unanswered_leaves_the_risk_open(loaded):
    assessment = examined("valfardsbrott", VB_07=AnswerInput())

    assert summed_up(assessment).outcome == "ofullstandig"


def test_one_yes_is_a_reported_conflict_before_the_rest_is_answered(loaded):
    assessment = begin("jav", "amf", TODAY, now=NOW)
    yes = {"JV-2": AnswerInput("ja", text="Min bror är kassör.")}

    save_answers(assessment, yes, by=UserFactory(), now=NOW)

    assert summed_up(assessment).outcome == "anmalt"


# --- Time and cost ---


def test_an_answer_that_has_expired_is_asked_again(loaded):
    assessment = examined("demokrati")

    assert summed_up(assessment, facts().as_on(date(2027, 3, 10))).outcome == "antas_uppfyllt"
    later = summed_up(assessment, facts().as_on(date(2027, 3, 11)))
    assert codes(later.remaining) == ["DV-01", "DV-02", "DV-03", "DV-04"]


def test_what_a_decision_rests_on_is_read_as_on_the_day_it_was_locked(loaded):
    assessment = examined("demokrati")
    lock([assessment], now=NOW + timedelta(days=2))

    assert summed_up(assessment, facts().as_on(date(2031, 1, 1))).outcome == "antas_uppfyllt"


@pytest.mark.parametrize("cases", [1, 3])
def test_summing_up_costs_the_same_for_one_case_and_for_many(
    loaded, cases, django_assert_num_queries
):
    for _ in range(cases):
        for code in SETS:
            examined(code)
    finding = Assessment.objects.filter(set_code="demokrati").last()
    add_finding(finding, a_finding(), by=UserFactory(), now=NOW)
    resolve(Answer.objects.first(), "motivation", "Skäl.", by=UserFactory(), now=NOW)

    with django_assert_num_queries(7):
        rows = list(Assessment.objects.with_answers())
        for assessment in rows:
            state(assessment, facts())

    assert len(rows) == 4 * cases
