"""The form of a set: what is shown, and what a save changes on the page."""

import re

import pytest
from django.template.loader import render_to_string

from checklists.answering import AnswerInput, begin, resolve, save_answers
from checklists.models import Answer
from checklists.sample import acceptable_answers
from tests.checklists.browsing import form_of
from tests.factories.accounts import UserFactory
from tests.factories.checklists import NOW, TODAY, facts

pytestmark = pytest.mark.django_db


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

    assert html.count("Spara svaren<span") == 1
    assert html.count('hx-post="/spara/"') == 4
    assert """hx-vals='{"fraga": "DV-03"}'""" in html
    assert "hx-post" not in rendered(form_of(assessment))


def test_enter_in_a_field_presses_the_button_that_saves(loaded):
    html = rendered(form_of(begin("demokrati", "amf", TODAY, now=NOW)), save_url="/spara/")

    first = html.partition("<button")[2].partition("</button>")[0]
    assert first.endswith("Spara svaren")
    assert "formaction" not in first


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

    with django_assert_num_queries(6):
        html = rendered(form_of(assessment))

    assert html.count("Sparat av") == number


def test_no_inline_script_or_style_is_rendered(loaded):
    html = rendered(form_of(begin("grundkrav", "amf", TODAY, now=NOW)), save_url="/spara/")

    assert "<script" not in html
    assert " style=" not in html
    assert not re.search(r"\son\w+=", html)
