"""The form of a set: what is sent, what is refused, and what is kept."""

from datetime import date

import pytest
from django.template.loader import render_to_string

from checklists.answering import (
    AnswerInput,
    AnswersRefused,
    AssessmentLocked,
    StaleAnswer,
    begin,
    lock,
    save_answers,
)
from checklists.models import Answer
from checklists.sample import acceptable_answers
from tests.checklists.browsing import asking, form_of, page, save, two_questions
from tests.factories.accounts import UserFactory
from tests.factories.checklists import NOW, TODAY, facts

pytestmark = pytest.mark.django_db

CHOICES = [{"code": "a", "label": "Stadgar"}, {"code": "b", "label": "Webbplats"}]


# --- What is sent ---


def test_a_page_sent_untouched_saves_nothing(loaded):
    assessment = begin("grundkrav", "amf", TODAY, now=NOW)
    given = acceptable_answers(assessment, facts(minors=True))
    save_answers(assessment, given, by=UserFactory(), now=NOW)
    case = facts(minors=True)

    form = form_of(assessment, page(assessment, case=case), case)

    assert form.is_valid(), form.errors
    assert (form.inputs(), form.versions()) == ({}, {})


def test_only_what_was_changed_on_the_page_is_sent_on():
    assessment = two_questions()
    save_answers(assessment, {"PR-01": AnswerInput("ja")}, by=UserFactory(), now=NOW)

    form = form_of(assessment, page(assessment, {"PR-01-value": "nej"}))

    assert form.is_valid()
    assert form.inputs() == {"PR-01": AnswerInput("nej")}
    assert form.versions() == {"PR-01": 1}


def test_every_kind_of_answer_goes_the_whole_way():
    kinds = ["ja_nej", "ja_nej_ej", "datum", "tal", "text", "val", "flerval", "notering"]
    silent = {"text_allowed": False, "evidence_allowed": False}
    choices = {"val": {"choices": CHOICES}, "flerval": {"choices": CHOICES}, "notering": silent}
    assessment = asking(
        *(
            {"code": f"PR-{n}", "answer_type": kind, **choices.get(kind, {})}
            for n, kind in enumerate(kinds)
        )
    )
    data = page(
        assessment,
        {
            "PR-0-value": "nej",
            "PR-0-note": "Rad ett\r\nrad två",
            "PR-0-reference": "dnr 7",
            "PR-0-checked_on": "2026-03-01",
            "PR-1-value": "ej",
            "PR-1-text": "Ingen styrelse.",
            "PR-2-value": "2020-05-01",
            "PR-3-value": "12 500",
            "PR-4-value": "Fri text.",
            "PR-5-value": "b",
            "PR-6-value": ["b", "a"],
            "PR-7-value": "on",
            "PR-7-checked_on": "2026-03-02",
        },
    )

    save(assessment, form_of(assessment, data))

    values = dict(Answer.objects.values_list("code", "value"))
    assert values == {
        "PR-0": "nej",
        "PR-1": "ej",
        "PR-2": "2020-05-01",
        "PR-3": 12500,
        "PR-4": "Fri text.",
        "PR-5": "b",
        "PR-6": ["a", "b"],
        "PR-7": True,
    }
    first = Answer.objects.get(code="PR-0")
    assert (first.note, first.reference) == ("Rad ett\nrad två", "dnr 7")
    assert first.checked_on == date(2026, 3, 1)
    assert Answer.objects.get(code="PR-1").text == "Ingen styrelse."
    untouched = form_of(assessment, page(assessment))
    assert untouched.is_valid()
    assert untouched.inputs() == {}


def test_what_stands_beside_the_answer_is_sent_with_it(loaded):
    assessment = begin("grundkrav", "amf", TODAY, now=NOW)
    data = page(assessment, {"GK-01-value": "ja", "GK-05-value": "ja", "GK-13-value": "ja"})
    data["GK-01-x_orgnr"] = "8999900007"
    data["GK-05-x_datum"] = "2025-11-20"
    data["GK-13-text"] = "Läxhjälp på kvällar."

    save(assessment, form_of(assessment, data))

    beside = dict(Answer.objects.values_list("code", "companions"))
    assert beside == {
        "GK-01": {"orgnr": "899990-0007"},
        "GK-05": {"datum": "2025-11-20"},
        "GK-13": {},
    }
    assert Answer.objects.get(code="GK-13").text == "Läxhjälp på kvällar."


def test_one_question_is_saved_alone():
    assessment = two_questions()
    data = page(assessment, {"PR-01-value": "ja", "PR-02-value": "nej"})
    data["fraga"] = "PR-02"

    form = form_of(assessment, data)

    assert form.codes == ["PR-02"]
    assert save(assessment, form).codes == ("PR-02",)


def test_a_question_that_is_not_in_what_was_sent_is_left_alone():
    assessment = two_questions()
    save_answers(assessment, {"PR-01": AnswerInput("ja")}, by=UserFactory(), now=NOW)

    form = form_of(assessment, {"PR-02-version": "0", "PR-02-value": "nej"})

    assert form.is_valid()
    assert list(form.inputs()) == ["PR-02"]


# --- What is refused ---


@pytest.mark.parametrize(
    ("sent", "field", "sentence"),
    [
        ({"GK-01-value": "kanske"}, ("GK-01", "value"), "Välj ett av svaren."),
        ({"GK-01-value": "ja"}, ("GK-01", "x_orgnr"), "Fyll i: organisationsnummer."),
        (
            {"GK-01-value": "ja", "GK-01-x_orgnr": "899990-0008"},
            ("GK-01", "x_orgnr"),
            "Numret stämmer inte: den sista siffran är en kontrollsiffra. Jämför med registret.",
        ),
        ({"GK-02-value": "i våras"}, ("GK-02", "value"), "Skriv datumet som ÅÅÅÅ-MM-DD."),
        (
            {"GK-02-value": "2027-01-01"},
            ("GK-02", "value"),
            "Datumet kan inte ligga framåt i tiden.",
        ),
        (
            {"GK-04-value": "ej"},
            ("GK-04", "text"),
            "Skriv kort varför frågan inte är tillämplig.",
        ),
        (
            {"GK-18-value": "on"},
            ("GK-18", "checked_on"),
            "Ange vilken dag utdraget visades upp.",
        ),
    ],
)
def test_a_clear_sentence_stands_at_the_field_and_nothing_is_saved(loaded, sent, field, sentence):
    case = facts(minors=True)
    assessment = begin("grundkrav", "amf", TODAY, now=NOW)
    form = form_of(assessment, page(assessment, sent, case), case)

    code, name = field
    assert not form.is_valid()
    [card] = [card for card in form.cards if card.question.code == code]
    assert card.errors == {name: [sentence]}
    first = next(iter(sent))
    assert card[first.removeprefix(f"{code}-")].value() in (sent[first], True)


def test_a_note_on_an_extract_has_no_field_for_words(loaded):
    form = form_of(begin("grundkrav", "amf", TODAY, now=NOW), case=facts(minors=True))

    [card] = [card for card in form.cards if card.question.code == "GK-18"]
    assert list(card.fields) == ["value", "checked_on", "version", "was"]


def test_words_sent_about_an_extract_by_force_are_not_kept(loaded):
    case = facts(minors=True)
    assessment = begin("grundkrav", "amf", TODAY, now=NOW)
    data = page(assessment, {"GK-18-value": "on", "GK-18-note": "Inga anmärkningar."}, case)
    data["GK-18-checked_on"] = "2026-03-01"

    save(assessment, form_of(assessment, data, case))

    answer = Answer.objects.get(code="GK-18")
    assert (answer.note, answer.text, answer.reference, answer.companions) == ("", "", "", {})


@pytest.mark.parametrize(
    "sent",
    [
        {"fragornas_version": "999999"},
        {"PR-77-version": "0", "PR-77-value": "ja"},
        {"fraga": "PR-77"},
    ],
)
def test_a_page_of_another_version_saves_nothing(sent):
    assessment = two_questions()
    form = form_of(assessment, page(assessment, {"PR-01-value": "ja", **sent}))

    assert not form.is_valid()
    assert "inte till den version som ärendet följer" in form.non_field_errors()[0]


def test_what_somebody_else_saved_is_shown_and_what_was_typed_is_kept():
    assessment, other = two_questions(), UserFactory(name="Siv Påhittad")
    data = page(assessment, {"PR-01-value": "ja", "PR-01-note": "Min anteckning."})
    theirs = {"PR-01": AnswerInput("nej", note="Deras anteckning.", text="Stadgar saknas.")}
    save_answers(assessment, theirs, by=other, now=NOW)
    form = form_of(assessment, data)

    with pytest.raises(StaleAnswer) as stale:
        save(assessment, form)
    form.refuse(stale.value)

    [card, _] = form.cards
    assert not form.is_valid()
    assert card.clash == {"saved": "Nej\nStadgar saknas.", "who": other, "at": NOW}
    assert (card["value"].value(), card["note"].value()) == ("ja", "Min anteckning.")
    html = render_to_string("checklists/questions.html", {"form": form})
    assert "Siv Påhittad" in html
    assert "Stadgar saknas." in html
    assert "Min anteckning." in html


def test_saving_again_after_having_seen_both_is_deliberate_and_works():
    assessment = two_questions()
    data = page(assessment, {"PR-01-value": "ja"})
    save_answers(assessment, {"PR-01": AnswerInput("nej")}, by=UserFactory(), now=NOW)
    form = form_of(assessment, data)
    with pytest.raises(StaleAnswer) as stale:
        save(assessment, form)
    form.refuse(stale.value)

    again = form_of(assessment, form.cards[0].data)

    assert save(assessment, again).codes == ("PR-01",)
    assert Answer.objects.get(code="PR-01").value == "ja"


def test_a_question_nobody_touched_does_not_clash_with_what_another_saved():
    assessment = two_questions()
    data = page(assessment, {"PR-02-value": "ja"})
    save_answers(assessment, {"PR-01": AnswerInput("nej")}, by=UserFactory(), now=NOW)

    changed = save(assessment, form_of(assessment, data))

    assert changed.codes == ("PR-02",)
    assert Answer.objects.get(code="PR-01").value == "nej"


def test_refusals_of_the_step_stand_at_their_questions():
    form = form_of(two_questions(), {"PR-01-version": "0", "PR-01-value": "ja"})
    assert form.is_valid()

    form.refuse(AnswersRefused({"PR-01": {"value": "Nej tack.", "x_borta": "Okänt."}}))

    assert form.cards[0].errors == {"value": ["Nej tack."], "__all__": ["Okänt."]}
    assert form.errors == {"PR-01": form.cards[0].errors}


def test_a_locked_assessment_is_refused_as_a_whole():
    assessment = two_questions()
    form = form_of(assessment, page(assessment, {"PR-01-value": "ja"}))
    lock([assessment], now=NOW)

    with pytest.raises(AssessmentLocked) as locked:
        save(assessment, form)
    form.refuse(locked.value)

    assert form.non_field_errors() == [str(locked.value)]
