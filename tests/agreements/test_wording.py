"""Words of purchase law in a draft are shown where they stand (S-19, domain 4.4)."""

import pytest

from agreements.wording import WORDS, Hit, purchase_words


def words(text):
    return [hit.word for hit in purchase_words(text)]


def test_the_list_is_that_of_the_catalogue():
    assert WORDS == (
        "beställare",
        "leverantör",
        "uppdragstagare",
        "avrop",
        "anbud",
        "kravspecifikation",
        "vite",
        "skadestånd",
        "leverans",
        "fakturering per",
        "option",
    )


@pytest.mark.parametrize("word", WORDS)
def test_every_word_of_the_list_is_found_as_it_stands(word):
    assert purchase_words(f"Parterna talar om {word}.") == [Hit(word, word, 18, 18 + len(word))]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Beställaren får häva.", "beställare"),
        ("LEVERANTÖRENS ansvar", "leverantör"),
        ("underleverantörer godkänns", "leverantör"),
        ("Uppdragstagaren utför", "uppdragstagare"),
        ("avropas löpande", "avrop"),
        ("anbudet gäller", "anbud"),
        ("enligt kravspecifikationen", "kravspecifikation"),
        ("vitet är", "vite"),
        ("viten tas ut", "vite"),
        ("vitesbeloppet", "vite"),
        ("skadeståndsskyldig", "skadestånd"),
        ("leveransvillkor", "leverans"),
        ("varje delleverans", "leverans"),
        ("Fakturering per\ntimme", "fakturering per"),
        ("föreningen fakturerar per deltagare", "fakturering per"),
        ("optionen utnyttjas", "option"),
        ("optionsår", "option"),
    ],
)
def test_a_word_is_found_in_its_other_forms(text, word):
    assert words(text) == [word]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Parterna bidrar var för sig och följer upp tillsammans.",
        "adoption",
        "optimism och optik",
        "invit till viteboard",
        "beställning av lokal",
        "faktureras månadsvis",
        "levererar",
    ],
)
def test_other_words_are_left_alone(text):
    assert purchase_words(text) == []


def test_every_hit_is_told_in_order_with_its_place():
    text = "Leverantören lämnar anbud.\nVite: 5 000 kr. Leverantören svarar."
    hits = purchase_words(text)

    assert [hit.word for hit in hits] == ["leverantör", "anbud", "vite", "leverantör"]
    assert [text[hit.start : hit.end] for hit in hits] == [hit.found for hit in hits]
    assert [hit.found for hit in hits] == ["Leverantören", "anbud", "Vite", "Leverantören"]
