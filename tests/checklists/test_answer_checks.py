"""A Swedish sentence beside each field that cannot be accepted."""

from datetime import date

import pytest

from checklists.answer_checks import AnswerInput, canonical, faults
from tests.factories.checklists import TODAY, QuestionFactory

CHOICES = [{"code": "a", "label": "A"}, {"code": "b", "label": "B"}]


def said(question, **given):
    return faults(question, canonical(question, AnswerInput(**given)), TODAY)


def of_type(answer_type, **facts):
    return QuestionFactory.build(answer_type=answer_type, **facts)


@pytest.mark.parametrize(
    ("answer_type", "given", "stored"),
    [
        ("ja_nej", "ja", "ja"),
        ("ja_nej", "", None),
        ("datum", date(2020, 5, 1), "2020-05-01"),
        ("datum", "2020-05-01", "2020-05-01"),
        ("datum", "20200501", "2020-05-01"),
        ("tal", "12 500", 12500),
        ("tal", "12\u202f500,5", 12500.5),
        ("tal", 0, 0),
        ("text", "  ett svar ", "ett svar"),
        ("val", "b", "b"),
        ("flerval", ["b", "a"], ["a", "b"]),
        ("flerval", [], None),
        ("notering", True, True),
        ("notering", False, None),
    ],
)
def test_an_answer_is_stored_in_one_way_however_it_is_written(answer_type, given, stored):
    question = of_type(answer_type, choices=CHOICES)

    found = canonical(question, AnswerInput(given))

    assert found.value == stored
    assert type(found.value) is type(stored)
    assert faults(question, found, TODAY) == {}


@pytest.mark.parametrize(
    ("answer_type", "given", "sentence"),
    [
        ("ja_nej", "ej", "Svara ja eller nej."),
        ("ja_nej", True, "Svara ja eller nej."),
        ("ja_nej_ej", "kanske", "Svara ja, nej eller ej tillämpligt."),
        ("datum", "i våras", "Skriv datumet som ÅÅÅÅ-MM-DD."),
        ("datum", "2026-02-30", "Skriv datumet som ÅÅÅÅ-MM-DD."),
        ("datum", "2026-03-11", "Datumet kan inte ligga framåt i tiden."),
        ("tal", "tolv", "Skriv ett tal med siffror, till exempel 12 500."),
        ("tal", "inf", "Skriv ett tal med siffror, till exempel 12 500."),
        ("tal", "NaN", "Skriv ett tal med siffror, till exempel 12 500."),
        ("text", 7, "Skriv en text."),
        ("text", "x" * 5001, "Texten är för lång: högst 5000 tecken, nu 5001."),
        ("val", "c", "Välj ett av svaren i listan."),
        ("val", ["a"], "Välj ett av svaren i listan."),
        ("flerval", ["a", "c"], "Välj bland svaren i listan."),
        ("flerval", "a", "Välj bland svaren i listan."),
        ("flerval", [["a"]], "Välj bland svaren i listan."),
        ("notering", "ja", "Kryssa, eller lämna tomt."),
        ("notering", 1, "Kryssa, eller lämna tomt."),
    ],
)
def test_an_answer_of_another_kind_is_refused(answer_type, given, sentence):
    assert said(of_type(answer_type, choices=CHOICES), value=given) == {"value": sentence}


@pytest.mark.parametrize("answer_type", ["hamtas", "delfragor", "kategori"])
def test_rows_that_nobody_answers_are_refused(answer_type):
    assert list(said(of_type(answer_type), value="ja")) == ["value"]


def test_not_applicable_takes_a_short_reason():
    question = of_type("ja_nej_ej")

    assert said(question, value="ej") == {"text": "Skriv kort varför frågan inte är tillämplig."}
    assert said(question, value="ej", text="   ") != {}
    assert said(question, value="ej", text="Inga anställda.") == {}


def test_a_check_cannot_have_been_made_tomorrow():
    question = of_type("ja_nej")

    assert said(question, value="ja", checked_on=TODAY) == {}
    assert said(question, value="ja", checked_on=date(2026, 3, 11)) == {
        "checked_on": "Kontrolldagen kan inte ligga framåt i tiden."
    }


@pytest.mark.parametrize("field", ["text", "note", "reference"])
def test_personal_numbers_are_refused_in_every_text(field):
    found = said(of_type("ja_nej"), value="ja", **{field: "Ordförande 850101-1234"})

    assert list(found) == [field]
    assert found[field].startswith("Det ser ut som ett personnummer")


def test_a_reference_is_one_line_and_only_where_evidence_may_be_kept():
    assert said(of_type("ja_nej"), reference="x" * 301) == {
        "reference": "Högst 300 tecken, nu 301."
    }
    assert said(of_type("ja_nej", evidence_allowed=False), reference="pärm 3") == {
        "reference": "Till den här frågan sparas ingen hänvisning till underlag."
    }


# --- What is asked for beside the answer ---


def with_companion(kind, when=("ja",)):
    name = "text" if kind == "text" else "uppgift"
    companion = {"name": name, "label": "Uppgiften", "type": kind, "required_when": list(when)}
    return of_type("ja_nej", companions=[companion])


def test_what_belongs_to_the_answer_is_asked_for_when_it_is_needed():
    question = with_companion("rad")

    assert said(question, value="ja") == {"x_uppgift": "Fyll i: uppgiften."}
    assert said(question, value="nej") == {}
    assert said(question, value="ja", companions={"uppgift": " Ordförande "}) == {}


def test_the_text_beside_the_answer_is_asked_for_too():
    question = with_companion("text")

    assert said(question, value="ja") == {"text": "Fyll i: uppgiften."}
    assert said(question, value="ja", text="Läxhjälp.") == {}
    assert said(question, value="ja", companions={"text": "Läxhjälp."}) == {}


def test_the_text_beside_the_answer_is_kept_as_text_wherever_it_is_given():
    found = canonical(with_companion("text"), AnswerInput("ja", {"text": " Läxhjälp. "}))

    assert (found.text, found.companions) == ("Läxhjälp.", {})


def test_it_is_asked_for_with_any_of_several_choices():
    question = of_type(
        "flerval",
        choices=CHOICES,
        companions=[{"name": "n", "label": "När", "type": "datum", "required_when": ["a"]}],
    )

    assert said(question, value=["a", "b"]) == {"x_n": "Fyll i: när."}
    assert said(question, value=["b"]) == {}


@pytest.mark.parametrize(
    ("kind", "value", "sentence"),
    [
        ("orgnr", "899990-0007", None),
        ("orgnr", "899990-0008", "kontrollsiffra"),
        ("orgnr", "850101-1236", "en persons nummer"),
        ("orgnr", "förening", "tio siffror"),
        ("datum", date(2026, 3, 10), None),
        ("datum", date(2026, 3, 11), "framåt i tiden"),
        ("tal", "tolv", "Skriv ett tal"),
        ("tal", "12", None),
        ("rad", "850101-1234", "personnummer"),
    ],
)
def test_what_stands_beside_the_answer_is_checked(kind, value, sentence):
    found = said(with_companion(kind), value="ja", companions={"uppgift": value})

    assert list(found) == ([] if sentence is None else ["x_uppgift"])
    assert sentence is None or sentence in found["x_uppgift"]


def test_an_organisation_number_is_stored_as_it_is_written_in_sweden():
    found = canonical(with_companion("orgnr"), AnswerInput("ja", {"uppgift": "16 8999900007"}))

    assert found.companions == {"uppgift": "899990-0007"}


def test_what_the_question_does_not_ask_for_is_refused():
    assert said(of_type("ja_nej"), value="ja", companions={"lon": "30 000"}) == {
        "x_lon": "Uppgiften hör inte till frågan."
    }


# --- The note on the criminal-records extract ---


def silent():
    return of_type("notering", text_allowed=False, evidence_allowed=False)


@pytest.mark.parametrize(
    ("given", "fields"),
    [
        ({"value": True, "checked_on": TODAY}, []),
        ({"value": True, "checked_on": date(2025, 3, 10)}, []),
        ({"value": True, "checked_on": date(2025, 3, 9)}, ["checked_on"]),
        ({"value": True, "checked_on": date(2026, 3, 11)}, ["checked_on"]),
        ({"value": True}, ["checked_on"]),
        ({"checked_on": TODAY}, ["value"]),
        ({"value": True, "checked_on": TODAY, "text": "x"}, ["text"]),
        ({"value": True, "checked_on": TODAY, "note": "x"}, ["note"]),
        ({"value": True, "checked_on": TODAY, "reference": "x"}, ["reference"]),
        ({"value": True, "checked_on": TODAY, "companions": {"namn": "x"}}, ["x_namn"]),
        ({"value": "inga anmärkningar", "checked_on": TODAY}, ["value"]),
        ({"value": 1, "checked_on": TODAY}, ["value"]),
        ({}, []),
    ],
)
def test_the_note_on_an_extract_is_a_tick_and_a_date_within_a_year(given, fields):
    assert list(said(silent(), **given)) == fields
