"""A field is read as label, help, error, input; and a reader of screens hears the same."""

import re

import pytest
from django import forms
from django.http import QueryDict
from django.template import Context, Template
from django.utils.html import format_html

from dashboard.gallery import SampleForm

FORM = Template("{% load crispy_forms_filters %}{{ form|crispy }}")
SUMMARY = Template('{% include "components/error_summary.html" %}')


def shown(template, data=None) -> str:
    form = SampleForm(QueryDict(data) if data is not None else None)
    return template.render(Context({"form": form}))


def tag_with(page: str, part: str) -> str:
    return next(tag for tag in re.findall(r"<[^>]+>", page) if part in tag)


def test_the_input_points_at_its_help_and_its_error():
    page = shown(FORM, "")

    described = re.search(r'aria-describedby="([^"]+)"', tag_with(page, 'id="id_title"'))[1]

    assert described == "id_title_helptext id_title_error"
    assert all(f'id="{one}"' in page for one in described.split())


def test_radios_are_a_group_with_a_legend_and_an_error():
    page = shown(FORM, "")

    assert 'aria-describedby="id_initiative_error"' in tag_with(page, "<fieldset")
    assert "<legend>Vem tog initiativet?</legend>" in page


def test_the_error_stands_between_help_and_input():
    page = shown(FORM, "")

    places = [page.index(f'id="id_title{end}"') for end in ("_helptext", "_error", "")]

    assert places == sorted(places)


def test_only_what_may_be_left_out_is_marked():
    page = shown(FORM)

    optional = re.findall(r'>([^<]+)<span class="field-optional">\(valfritt\)', page)

    assert [label.strip() for label in optional] == ["Börjar", "Hur hörs målgruppen?"]
    assert "*" not in page


def test_a_form_that_is_saved_unfinished_marks_nothing():
    form = SampleForm()
    form.marks_optional = False

    assert "valfritt" not in FORM.render(Context({"form": form}))


def test_a_day_is_asked_for_with_the_browsers_own_picker_and_keeps_its_value():
    page = shown(FORM, "starts_on=2026-11-21")

    field = tag_with(page, 'name="starts_on"')

    assert 'type="date"' in field
    assert 'value="2026-11-21"' in field


def test_what_was_typed_is_kept():
    page = shown(FORM, "need=L%C3%A4xhj%C3%A4lp&initiative=us")

    assert ">\nLäxhjälp</textarea>" in page
    assert "checked" in tag_with(page, 'value="us"')


def test_each_line_of_the_summary_leads_to_an_input():
    form, summary = shown(FORM, ""), shown(SUMMARY, "")

    links = re.findall(r'href="#([^"]+)"', summary)

    assert links == ["id_title", "id_need", "id_kind", "id_initiative_0"]
    assert all(f'id="{link}"' in form for link in links)


@pytest.mark.parametrize(
    ("label", "line"),
    [
        ("id_title", "Titel: Detta fält måste fyllas i."),
        ("id_initiative_0", "Vem tog initiativet? Detta fält måste fyllas i."),
    ],
)
def test_a_line_of_the_summary_names_the_field(label, line):
    found = re.search(rf'href="#{label}">([^<]+)</a>', shown(SUMMARY, ""))

    assert found[1] == line


def test_help_text_is_text_and_not_markup():
    class Asking(forms.Form):
        title = forms.CharField(help_text="<b>fet</b>")

    page = FORM.render(Context({"form": Asking()}))

    assert "&lt;b&gt;fet&lt;/b&gt;" in page


@pytest.mark.parametrize(
    ("error", "said"),
    [
        ("Ta bort ”<b>”.", "Ta bort ”&lt;b&gt;”."),
        (format_html('Se <a href="/x/">{}</a>.', "Kalle & co"), "Se Kalle &amp; co."),
    ],
)
def test_the_summary_keeps_what_was_typed_and_drops_the_programs_own_links(error, said):
    form = SampleForm(QueryDict(""))
    form.add_error("title", error)

    assert f"{said}</a></li>" in SUMMARY.render(Context({"form": form}))
