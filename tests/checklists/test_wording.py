"""Answers and effects as people read them."""

import pytest

from checklists.wording import (
    answer_in_words,
    condition_in_words,
    effect_in_words,
    effects_by_level,
    fetched_in_words,
    undesired_in_words,
    value_in_words,
)
from tests.factories.checklists import QuestionFactory, an_answer, facts, formal

CHOICES = [{"code": "a", "label": "Stadgar"}, {"code": "b", "label": "Webbplats"}]


@pytest.mark.parametrize(
    ("answer_type", "value", "words"),
    [
        ("ja_nej", "ja", "Ja"),
        ("ja_nej", "nej", "Nej"),
        ("ja_nej_ej", "ej", "Ej tillämpligt"),
        ("ja_nej", None, ""),
        ("datum", "2025-11-21", "21 november 2025"),
        ("tal", 12500, "12\u202f500"),
        ("tal", 0.5, "0,5"),
        ("text", "Fri text.", "Fri text."),
        ("val", "b", "Webbplats"),
        ("flerval", ["a", "b"], "Stadgar och Webbplats"),
        ("flerval", [], ""),
        ("notering", True, "Utdrag har visats upp"),
    ],
)
def test_an_answer_in_words(answer_type, value, words):
    question = QuestionFactory.build(answer_type=answer_type, choices=CHOICES)

    assert value_in_words(question, value) == words


def test_the_whole_answer_has_what_stands_beside_it_in_the_questions_order():
    question = QuestionFactory.build(
        companions=[
            {"name": "vem", "label": "Vem", "type": "rad", "required_when": []},
            {"name": "datum", "label": "När", "type": "datum", "required_when": []},
            {"name": "annat", "label": "Annat", "type": "rad", "required_when": []},
        ]
    )
    beside = {"datum": "2026-01-05", "vem": "Ordföranden"}
    answer = an_answer("ja", question=question, companions=beside, text="Ett skäl.")

    assert answer_in_words(answer) == "Ja\nVem: Ordföranden\nNär: 5 januari 2026\nEtt skäl."


@pytest.mark.parametrize(
    ("question", "case", "words"),
    [
        ({}, facts(), "Nej stoppar ett beslut att inleda."),
        (
            {"effect_informal": "M"},
            facts(),
            "Nej kräver att ansvarig chef motiverar skriftligt.",
        ),
        (
            {"effect_informal": "U", "undesired": ["ja"]},
            facts(),
            "Ja kräver utredning eller yttrande före beslut.",
        ),
        ({"effect_informal": "-"}, facts(), ""),
        ({"effect_informal": "-"}, formal(), "Nej stoppar ett beslut att inleda."),
        (
            {"answer_type": "datum", "undesired": "younger_than_a_year"},
            facts(),
            "Ett datum som är yngre än ett år stoppar ett beslut att inleda.",
        ),
        (
            {"answer_type": "val", "choices": CHOICES, "undesired": ["a", "b"]},
            facts(),
            "Stadgar eller Webbplats stoppar ett beslut att inleda.",
        ),
        (
            {"answer_type": "notering"},
            facts(),
            "Utan anteckning finns ett hinder som stoppar ett beslut att inleda.",
        ),
        (
            {"answer_type": "hamtas", "undesired": "not_acceptable"},
            facts(),
            "Ett utfall som inte är godtagbart stoppar ett beslut att inleda.",
        ),
    ],
)
def test_the_effect_is_said_for_the_level_of_the_case(question, case, words):
    assert effect_in_words(QuestionFactory.build(**question), case) == words


def test_both_levels_and_what_makes_them_stronger_are_said_for_a_version():
    question = QuestionFactory.build(
        effect_informal="-",
        effect_formal="M",
        stronger={"condition": {"kind": "personal_data_shared"}, "effect": {"formal": "B"}},
    )

    assert effects_by_level(question) == [
        ("Informell", "påverkar inte beslutet"),
        (
            "Formell",
            "kräver att ansvarig chef motiverar skriftligt; stoppar ett beslut att inleda "
            "om personuppgifter delas",
        ),
    ]
    assert undesired_in_words(question) == "Nej"


def test_a_question_without_effect_says_nothing_of_levels():
    assert effects_by_level(QuestionFactory.build(effect_informal="-", effect_formal="-")) == []


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        (None, ""),
        ({"kind": "minors"}, "barn berörs"),
        ({"kind": "payout"}, "pengar ska betalas ut"),
        ({"kind": "personal_data_shared"}, "personuppgifter delas"),
        ({"kind": "resources"}, "vi lämnar resurser"),
        (
            {"kind": "answer", "code": "VB-13", "is": ["forhojd", "hog"]},
            "svaret på VB-13 är förhöjd eller hög",
        ),
        ({"kind": "younger_than_a_year", "code": "GK-02"}, "datumet i GK-02 är yngre än ett år"),
        (
            {"kind": "outcome", "set": "demokrati", "is": ["utreds"]},
            "utfallet av demokrati är utreds",
        ),
    ],
)
def test_a_condition_in_words(condition, words):
    labels = [{"code": "forhojd", "label": "Förhöjd"}, {"code": "hog", "label": "Hög"}]
    risk = QuestionFactory.build(code="VB-13", answer_type="val", choices=labels)

    assert condition_in_words(condition, {"VB-13": risk}) == words


def test_a_condition_on_yes_or_no_needs_no_labels():
    condition = {"kind": "answer", "code": "DV-04", "is": ["ja"]}

    assert condition_in_words(condition) == "svaret på DV-04 är ja"


@pytest.mark.parametrize(
    ("outcomes", "words"), [({}, "Inte påbörjad"), ({"demokrati": "utreds"}, "Utreds")]
)
def test_a_fetched_outcome_in_words(outcomes, words):
    question = QuestionFactory.build(answer_type="hamtas", fetches="demokrati")

    assert fetched_in_words(question, facts(outcomes=outcomes)) == words
