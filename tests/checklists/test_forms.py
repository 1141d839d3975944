"""The form of a set: what is sent, what is kept, and where each sentence stands."""

import re
from datetime import date

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string

from checklists.answering import (
    AnswerInput,
    AnswersRefused,
    AssessmentLocked,
    StaleAnswer,
    begin,
    lock,
    resolve,
    save_answers,
)
from checklists.forms import AnswersForm
from checklists.models import Answer, Assessment
from checklists.sample import acceptable_answers
from tests.factories.accounts import UserFactory
from tests.factories.checklists import NOW, TODAY, AssessmentFactory, QuestionFactory, facts

pytestmark = pytest.mark.django_db

CHOICES = [{"code": "a", "label": "Stadgar"}, {"code": "b", "label": "Webbplats"}]


def fresh(assessment):
    return Assessment.objects.with_answers().get(pk=assessment.pk)


def form_of(assessment, data=None, case=None, **more):
    return AnswersForm(fresh(assessment), case or facts(), data, **more)


def page(assessment, changed=(), case=None):
    """What a browser would send from the page as it stands, with some fields changed."""
    data = QueryDict(mutable=True)
    data["fragornas_version"] = str(assessment.version_id)
    for card in form_of(assessment, case=case).cards:
        for bound in card:
            value = bound.value()
            if isinstance(value, list):
                data.setlist(bound.html_name, value)
            elif value is True:
                data[bound.html_name] = "on"
            elif value is not None:
                data[bound.html_name] = str(value)
    for name, value in dict(changed).items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return data


def save(assessment, form, by=None):
    assert form.is_valid(), form.errors
    return save_answers(
        assessment, form.inputs(), versions=form.versions(), by=by or UserFactory(), now=NOW
    )


def asking(*questions):
    return AssessmentFactory(asking=[QuestionFactory.build(**facts) for facts in questions])


def two_questions():
    return asking({"code": "PR-01"}, {"code": "PR-02"})


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


# --- What is shown ---


def rendered(form, **context):
    return render_to_string("checklists/questions.html", {"form": form, **context})


def test_a_question_that_the_case_does_not_ask_is_hidden_and_one_it_asks_is_not(loaded):
    assessment = begin("grundkrav", "amf", TODAY, now=NOW)

    without = rendered(form_of(assessment))
    with_minors = rendered(form_of(assessment, case=facts(minors=True)))

    assert re.search(r'id="fraga-GK-18"[^>]* hidden', without)
    assert not re.search(r'id="fraga-GK-18"[^>]* hidden', with_minors)


def test_the_effect_of_the_level_and_the_state_are_said_in_words(loaded):
    assessment = begin("grundkrav", "amf", TODAY, now=NOW)
    save_answers(assessment, {"GK-03": AnswerInput("nej")}, by=UserFactory(name="Siv"), now=NOW)

    card = re.search(
        r'<article[^>]*id="fraga-GK-03".*?</article>', rendered(form_of(assessment)), re.S
    )

    said = re.sub(r"<[^>]+>|\s+", " ", card[0])
    assert "Nej kräver att ansvarig chef motiverar skriftligt." in said
    assert "Ska motiveras" in said
    assert "Sparat av Siv 10 mars 2026 kl. 14.30." in said


def test_the_motivation_is_shown_at_its_question(loaded):
    assessment = begin("grundkrav", "amf", TODAY, now=NOW)
    save_answers(assessment, {"GK-03": AnswerInput("nej")}, by=UserFactory(), now=NOW)
    manager = UserFactory(name="Chefen")
    resolve(Answer.objects.get(), "motivation", "Nybildad.", by=manager, now=NOW)

    html = rendered(form_of(assessment))

    assert "Ansvarig chefs motivering, Chefen 10 mars 2026 kl. 14.30: Nybildad." in html


def test_a_field_that_only_one_answer_needs_is_marked_with_it(loaded):
    form = form_of(begin("grundkrav", "amf", TODAY, now=NOW))

    folded = {
        bound.html_name: bound.field.when
        for card in form.cards
        for bound in card
        if not bound.is_hidden and bound.field.when
    }

    assert folded == {
        "GK-01-x_orgnr": "ja",
        "GK-04-text": "ej",
        "GK-05-x_datum": "ja",
        "GK-05-text": "ej",
        "GK-07-text": "ej",
        "GK-10-text": "ej",
        "GK-11-text": "ej",
        "GK-12-x_malgrupp": "ja",
        "GK-13-text": "ja",
        "GK-20-text": "ja",
        "GK-T2-x_datum": "ja",
    }
    assert 'class="field field-with-ej"' in rendered(form)


def test_a_fetched_outcome_links_to_where_it_is_made(loaded):
    assessment = begin("grundkrav", "amf", TODAY, now=NOW)
    case = facts(outcomes={"demokrati": "utreds"})

    html = rendered(form_of(assessment, case=case, set_urls={"demokrati": "/prov/"}))

    assert '<a href="/prov/">Utreds</a>' in html


def test_without_script_every_group_has_a_button_and_with_it_each_card_saves_itself(loaded):
    assessment = begin("demokrati", "amf", TODAY, now=NOW)

    html = rendered(form_of(assessment), save_url="/spara/")

    assert html.count("Spara svaren") == 1
    assert html.count('hx-post="/spara/"') == 4
    assert """hx-vals='{"fraga": "DV-03"}'""" in html
    assert "hx-post" not in rendered(form_of(assessment))


def test_the_answer_to_one_saved_question_has_its_state_and_leaves_its_fields_alone(loaded):
    assessment = begin("valfardsbrott", "amf", TODAY, now=NOW)
    risk = {"VB-13": AnswerInput("hog", text="Skäl.")}
    save_answers(assessment, risk, by=UserFactory(), now=NOW)

    form = form_of(assessment, only="VB-13")
    html = render_to_string("checklists/card.html", {"form": form, "save_url": "/spara/"})

    assert 'name="VB-13-version" value="1"' in html
    assert 'name="VB-13-value"' not in html
    assert '<div id="id_VB-13-text_error" hx-swap-oob="innerHTML"></div>' in html
    assert re.search(r'id="fraga-VB-14"[^>]*hx-swap-oob="outerHTML"', html)
    assert not re.search(r'id="fraga-VB-14"[^>]* hidden', html)
    assert re.search(r'id="aterstar"[^>]*hx-swap-oob="outerHTML"', html)


def test_the_answer_to_a_refused_question_has_the_sentence_for_its_field(loaded):
    assessment = begin("grundkrav", "amf", TODAY, now=NOW)
    data = {"fraga": "GK-04", "GK-04-version": "0", "GK-04-value": "ej"}
    form = form_of(assessment, data)
    assert not form.is_valid()

    html = render_to_string("checklists/card.html", {"form": form})

    place = re.search(
        r'<div id="id_GK-04-text_error" hx-swap-oob="innerHTML">(.*?)</div>', html, re.S
    )
    assert "Skriv kort varför frågan inte är tillämplig." in place[1]
    assert "Inte sparat." in html


def test_answers_that_cannot_be_changed_are_shown_without_fields(loaded):
    assessment = begin("demokrati", "amf", TODAY, now=NOW)
    given = acceptable_answers(assessment, facts(), DV_04=AnswerInput("nej", note="Inget hittat."))
    save_answers(assessment, given, by=UserFactory(), now=NOW)

    html = render_to_string("checklists/answers.html", {"form": form_of(assessment)})

    assert "<input" not in html
    assert "Vem som har intygat: Enligt styrelsens protokoll" in html
    assert "Inget hittat." in html


@pytest.mark.parametrize("number", [1, 3])
def test_the_form_costs_the_same_whatever_the_number_of_answers(
    loaded, number, django_assert_num_queries
):
    assessment = begin("grundkrav", "amf", TODAY, now=NOW)
    given = dict(list(acceptable_answers(assessment, facts()).items())[:number])
    save_answers(assessment, given, by=UserFactory(), now=NOW)

    with django_assert_num_queries(5):
        html = rendered(form_of(assessment))

    assert html.count("Sparat av") == number


def test_no_inline_script_or_style_is_rendered(loaded):
    html = rendered(form_of(begin("grundkrav", "amf", TODAY, now=NOW)), save_url="/spara/")

    assert "<script" not in html
    assert " style=" not in html
    assert not re.search(r"\son\w+=", html)
