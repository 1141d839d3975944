"""What one answer means in one case."""

from datetime import date

import pytest

from checklists.answer_checks import AnswerInput
from checklists.facts import a_year_after, a_year_before
from checklists.models import Effect, Resolution
from checklists.outcomes import Standing, effect, remaining, standings
from tests.factories.checklists import TODAY, QuestionFactory, an_answer, facts, formal


def the(**of_the_question):
    return QuestionFactory.build(code="PR-01", **of_the_question)


def standing_of(question, value=None, *, case=None, resolution=None, **answer):
    answers = {"PR-01": an_answer(value, **answer)} if value is not None else {}
    return standings([question], answers, case or facts(), {"PR-01": resolution})["PR-01"]


@pytest.mark.parametrize(("case", "expected"), [(facts(), "M"), (formal(), "B")])
def test_the_effect_is_that_of_the_level(case, expected):
    question = the(effect_informal="M", effect_formal="B")

    assert effect(question, an_answer("nej"), case) == expected
    assert effect(question, an_answer("ja"), case) == Effect.NONE
    assert effect(question, None, case) == Effect.NONE


def test_a_form_of_collaboration_may_have_an_effect_of_its_own():
    question = the(effect_formal="B", effect_by_form={"partner": "M"})

    assert effect(question, an_answer("nej"), formal()) == "B"
    assert effect(question, an_answer("nej"), facts(form="partner", level="formal")) == "M"


def test_shared_personal_data_makes_the_effect_stronger():
    question = the(
        effect_informal="M",
        effect_formal="M",
        stronger={"condition": {"kind": "personal_data_shared"}, "effect": {"informal": "B"}},
    )

    assert effect(question, an_answer("nej"), facts()) == "M"
    assert effect(question, an_answer("nej"), facts(personal_data_shared=True)) == "B"
    assert effect(question, an_answer("nej"), formal(personal_data_shared=True)) == "M"


@pytest.mark.parametrize(
    ("registered", "expected"),
    [("2025-03-10", "-"), ("2025-03-11", "M"), ("2026-03-10", "M"), ("2001-01-01", "-")],
)
def test_an_organisation_counts_as_young_until_the_day_it_is_a_year(registered, expected):
    question = the(answer_type="datum", undesired="younger_than_a_year", effect_informal="M")

    assert effect(question, an_answer(registered), facts()) == expected


def test_yes_can_be_the_undesired_answer():
    question = the(undesired=["ja"], effect_informal="U")

    assert effect(question, an_answer("ja"), facts()) == "U"
    assert effect(question, an_answer("nej"), facts()) == "-"


def test_one_undesired_choice_among_several_is_enough():
    question = the(answer_type="flerval", undesired=["b"], effect_informal="M")

    assert effect(question, an_answer(["a", "b"]), facts()) == "M"
    assert effect(question, an_answer(["a"]), facts()) == "-"


@pytest.mark.parametrize(
    ("letter", "resolution", "expected"),
    [
        ("B", None, Standing.BLOCKING),
        ("B", Resolution(kind="motivation"), Standing.BLOCKING),
        ("B", Resolution(kind="inquiry"), Standing.BLOCKING),
        ("M", None, Standing.TO_MOTIVATE),
        ("M", Resolution(kind="motivation"), Standing.MOTIVATED),
        ("M", Resolution(kind="inquiry"), Standing.TO_MOTIVATE),
        ("U", None, Standing.TO_INQUIRE),
        ("U", Resolution(kind="motivation"), Standing.TO_INQUIRE),
        ("U", Resolution(kind="inquiry"), Standing.INQUIRED),
        ("U", Resolution(kind="inquiry", acceptable=False), Standing.BLOCKING),
        ("-", None, Standing.FINE),
    ],
)
def test_a_motivation_meets_m_an_inquiry_meets_u_and_nothing_meets_b(letter, resolution, expected):
    assert standing_of(the(effect_informal=letter), "nej", resolution=resolution) == expected


def test_an_answer_remains_until_there_is_one_that_is_still_valid():
    assert standing_of(the()) == Standing.REMAINING
    assert standing_of(the(), "ja", valid_until=TODAY) == Standing.FINE
    assert standing_of(the(), "ja", valid_until=date(2026, 3, 9)) == Standing.REMAINING
    assert standing_of(the(optional=True)) == Standing.OPTIONAL
    assert standing_of(the(optional=True), "nej") == Standing.BLOCKING


def test_a_cleared_list_is_no_answer():
    question = the(answer_type="flerval")

    assert standing_of(question, []) == Standing.REMAINING


@pytest.mark.parametrize(
    ("condition", "case"),
    [
        ({"kind": "payout"}, facts(payout=True)),
        ({"kind": "minors"}, facts(minors=True)),
        ({"kind": "personal_data_shared"}, facts(personal_data_shared=True)),
        ({"kind": "resources"}, facts(resources=1)),
        (
            {"kind": "outcome", "set": "demokrati", "is": ["utreds"]},
            facts(outcomes={"demokrati": "utreds"}),
        ),
    ],
)
def test_a_question_is_asked_only_when_its_condition_is_met(condition, case):
    question = the(condition=condition)

    assert standing_of(question) == Standing.NOT_ASKED
    assert standing_of(question, case=case) == Standing.REMAINING


@pytest.mark.parametrize(
    ("condition", "met", "unmet"),
    [
        ({"kind": "answer", "code": "PR-01", "is": ["ja"]}, "ja", "nej"),
        ({"kind": "younger_than_a_year", "code": "PR-01"}, "2026-01-01", "2020-01-01"),
    ],
)
def test_a_question_may_hang_on_another_answer(condition, met, unmet):
    first, second = (
        the(effect_informal="-"),
        QuestionFactory.build(code="PR-02", condition=condition),
    )

    assert remaining([first, second], {}, facts()) == ["PR-01"]
    assert remaining([first, second], {"PR-01": an_answer(unmet)}, facts()) == []
    assert remaining([first, second], {"PR-01": an_answer(met)}, facts()) == ["PR-02"]


def test_sub_questions_are_asked_with_their_heading_and_count_one_by_one():
    heading = the(answer_type="delfragor", condition={"kind": "minors"})
    parts = [QuestionFactory.build(code=f"PR-01{letter}", parent="PR-01") for letter in "ab"]

    assert remaining([heading, *parts], {}, facts(minors=True)) == ["PR-01a", "PR-01b"]
    assert remaining([heading, *parts], {}, facts(minors=False)) == []


@pytest.mark.parametrize(
    ("outcome", "expected"),
    [
        (None, Standing.REMAINING),
        ("ofullstandig", Standing.REMAINING),
        ("utreds", Standing.REMAINING),
        ("kraver_utredning", Standing.REMAINING),
        ("ej_uppfyllt", Standing.BLOCKING),
        ("antas_uppfyllt", Standing.FINE),
        ("uppfyllt", Standing.FINE),
        ("uppfyllt_med_motivering", Standing.FINE),
    ],
)
def test_a_fetched_outcome_waits_blocks_or_is_fine(outcome, expected):
    question = the(answer_type="hamtas", fetches="demokrati", undesired="not_acceptable")
    case = facts(outcomes={"demokrati": outcome} if outcome else {})

    assert standing_of(question, case=case) == expected


def test_categories_of_findings_are_not_questions_to_answer():
    assert standings([the(answer_type="kategori")], {}, facts(), {}) == {}


def test_an_input_can_be_weighed_like_an_answer():
    assert effect(the(), AnswerInput("nej"), facts()) == "B"


@pytest.mark.parametrize(
    ("day", "before", "after"),
    [
        (date(2026, 3, 10), date(2025, 3, 10), date(2027, 3, 10)),
        (date(2024, 2, 29), date(2023, 2, 28), date(2025, 2, 28)),
    ],
)
def test_a_year_is_counted_by_the_calendar(day, before, after):
    assert (a_year_before(day), a_year_after(day)) == (before, after)
