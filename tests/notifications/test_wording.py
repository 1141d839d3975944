"""What a text of a mail may be, and how its fields are filled."""

import pytest

from notifications.mail_kinds import LINK, Field, Kind, all_kinds, shipped
from notifications.texts import fill
from notifications.wording import filled, problems

KIND = Kind(
    "told",
    "Ett mejl",
    (Field("nummer", "numret", "12"), Field("skäl", "skälen", "Ja."), LINK),
)
BODY = "Ärende {nummer}\n\n{skäl}\n\nLäs: {länk}\n"
ALLOWED = "Fälten är {nummer}, {skäl} och {länk}."


def at(subject="Ärende {nummer}", body=BODY):
    return problems(KIND, subject, body)


def test_named_fields_within_braces_are_all_that_is_asked():
    assert at() == {}


@pytest.mark.parametrize("code", list(all_kinds()))
def test_what_the_program_brings_keeps_its_own_rules_and_can_be_filled(code):
    kind, (subject, body) = all_kinds()[code], shipped(code)

    words = fill(subject, body, kind.examples)

    assert problems(kind, subject, body) == {}
    assert "{" not in words.subject + words.body
    assert all(field.example and field.says for field in kind.fields)


@pytest.mark.parametrize("code", list(all_kinds()))
def test_a_kind_says_which_of_its_fields_no_text_may_lack(code):
    kind = all_kinds()[code]

    assert kind.must
    assert set(kind.must) <= set(kind.names)


@pytest.mark.parametrize("strange", ["{rubrik}", "{Nummer}", "{lank}", "{nummer_två}"])
def test_an_unknown_field_is_refused_with_those_there_are(strange):
    assert ALLOWED in " ".join(at(body=BODY + strange)["body"])
    assert ALLOWED in " ".join(at(subject=f"Om {strange}")["subject"])


@pytest.mark.parametrize(
    "strange",
    [
        "{nummer",
        "nummer}",
        "{}",
        "{ nummer }",
        "{nummer.__class__}",
        "{nummer[0]}",
        "{nummer!r}",
        "{nummer:>9}",
        "{{nummer}}",
        "{{ case.number }}",
        "{% if nummer %}",
        "{0}",
        "${nummer}}",
    ],
)
def test_there_is_no_template_language(strange):
    sentences = at(body=f"{BODY}\n{strange}")["body"]

    assert sentences[0].startswith("Klamrar får bara stå runt namnet på ett fält, som {nummer}.")
    assert ALLOWED in sentences[0]


@pytest.mark.parametrize(
    "tag", ["<script>alert(1)</script>", "<b>", "</p>", "<!-- -->", "< img src=x>", "<SCRIPT"]
)
def test_a_mail_is_plain_text(tag):
    assert "Mejlet är ren text." in at(body=f"{BODY}{tag}")["body"][0]
    assert "Mejlet är ren text." in at(subject=f"Om {tag}")["subject"][0]


def test_less_than_is_no_tag():
    assert at(body=f"{BODY}Värdet är < 100 000 kr, 3 <4.") == {}


@pytest.mark.parametrize("sign", ["\x00", "\x07", "\x1b"])
def test_signs_that_nobody_sees_are_refused(sign):
    assert at(body=BODY + sign + "x")["body"] == [
        "Texten innehåller tecken som inte syns och inte kan skickas."
    ]


@pytest.mark.parametrize(
    ("subject", "sentence"),
    [
        ("", "Skriv ett ämne."),
        (" \n ", "Skriv ett ämne."),
        ("Ärende\nBcc: alla@staden.example", "Ämnet ska stå på en rad."),
        ("Ärende\rBcc: alla@staden.example", "Ämnet ska stå på en rad."),
        ("x" * 151, "Ämnet får ha högst 150 tecken."),
    ],
)
def test_a_subject_is_one_line_that_says_something(subject, sentence):
    assert at(subject=subject) == {"subject": [sentence]}


def test_a_text_that_lacks_the_link_is_refused():
    assert at(body="Ärende {nummer}") == {"body": ["{länk} måste finnas i texten."]}
    assert at(body="")["body"] == ["Skriv en text."]


def test_a_text_has_an_end():
    assert at(body=BODY + "x" * 10_000)["body"] == ["Texten får ha högst 10 000 tecken."]


def test_an_a_with_dots_after_it_is_an_ä():
    assert at(body="Läs: {la\u0308nk}") == {}


# --- filling -----------------------------------------------------------------------------------


def test_a_value_is_never_read_as_a_field():
    values = {"nummer": "{skäl}", "skäl": "{länk} {nummer.__class__}", "länk": "L"}

    assert filled("{nummer}: {skäl}", values) == "{skäl}: {länk} {nummer.__class__}"


def test_a_line_of_nothing_but_empty_fields_is_left_out_with_the_empty_line_after_it():
    values = {"nummer": "12", "skäl": "", "länk": "L"}

    assert filled("Först\n\n{skäl}\n\nSist {länk}", values) == "Först\n\nSist L"
    assert filled("Först\n{skäl}\nSist", values) == "Först\nSist"
    assert filled("{skäl}\n\nSist", values) == "Sist"
    assert filled("Skäl: {skäl}\n\nSist", values) == "Skäl:\n\nSist"
    assert filled("{skäl} {skäl}\nSist", values) == "Sist"


def test_the_empty_lines_of_a_value_stay():
    values = {"skäl": "Ett.\n\n\nTvå."}

    assert filled("Skäl\n{skäl}\n\nSist", values) == "Skäl\nEtt.\n\n\nTvå.\n\nSist"


def test_a_subject_stays_on_one_line_whatever_its_values_hold():
    subject, _ = fill("Om {skäl}", BODY, {"nummer": "1", "skäl": "en\nBcc: x", "länk": "L"})

    assert subject == "Om en Bcc: x"
