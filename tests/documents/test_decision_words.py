"""What the decision document says. Words are tested on HTML, looks on the PDF."""

import re
from dataclasses import replace
from datetime import date
from html import unescape
from html.parser import HTMLParser

import pytest

from documents.decision import (
    Appeal,
    SecrecyMark,
    Unfinished,
    decision_file_name,
    decision_html,
)
from documents.parts import ANSWER_COLUMN, Answer
from tests.documents.samples import CHECKLIST, DRAFT, MOTIVATION, REFRAIN, START


def words(data, **how) -> str:
    """The document's text, one blank between words."""
    html = re.sub(r"(?s)<head>.*?</head>|<[^>]+>", " ", decision_html(data, **how))
    return re.sub(r"\s+", " ", unescape(html))


def after(heading: str, text: str, length: int = 200) -> str:
    return text[text.index(heading) + len(heading) :][:length]


@pytest.mark.parametrize(
    ("kind", "heading", "does"),
    [
        ("inleda", "Beslut att inleda samverkan", "inleder samverkan med"),
        ("avstå", "Beslut att avstå från samverkan", "avstår från samverkan med"),
        ("avbryta", "Beslut att avbryta samverkan", "avbryter samverkan med"),
        ("avsluta", "Beslut att avsluta samverkan", "avslutar samverkan med"),
    ],
)
def test_the_document_says_in_one_sentence_what_was_decided(kind, heading, does):
    text = words(replace(START, kind=kind))

    assert f" {heading} " in text
    assert (
        f"Arbetsmarknadsförvaltningen i Älvdal {does} Språkvännerna i Älvdal "
        "och Nätverket Öppna dörrar." in text
    )


@pytest.mark.parametrize(
    "said",
    [
        "Beslutat av Åsa Björkängen, enhetschef",
        "Datum 21 november 2026",
        "Med vilken rätt Ansvarig chef för verksamheten beslutar om informell samverkan",
        "Samverkansform Informell samverkan, lokal samverkan",
        "Berett av Örjan Ålöf, handläggare",
        "Beslutet är fattat av Åsa Björkängen, inte av ett program.",
        "Diarienummer AMF 2026/1147",
        "Skäl för beslutet Språkkaféerna når elever som skolan inte når",
        "Språkvännerna i Älvdal 899990-1236 Ideell förening",
        "Nätverket Öppna dörrar Saknas, är ingen juridisk person",
        "Ligger verksamheten inom den kommunala kompetensen? Ja.",
        "Nytt sätt att möta en målgrupp.",
        "Uppdrag Fler vuxna ska slutföra studier i svenska (budget 2026, uppdrag 4.2)",
        "Så hörs målgruppen Elevrådet har lämnat synpunkter",
        "Samma möjlighet för andra Inbjudan låg på webbplatsen i sex veckor",
        "Berör barn Ja Personuppgifter delas Nej",
        "Språkvännerna i Älvdal Tolv volontärer, två kvällar i veckan –",
        "Uppföljning Enkät till deltagarna i maj",
        "Senast 15 juni 2027 Ansvarig Örjan Ålöf, handläggare",
        "Skickas till Beredningsgruppens funktionsbrevlåda",
    ],
)
def test_it_says_who_decided_what_when_by_what_right_and_why(said):
    assert said in words(START)


def test_advice_stands_beside_the_decision_and_says_so():
    text = words(START)

    assert after("Råd bredvid beslutet", text).startswith(" Ett råd är inte en del av beslutet.")
    assert "Råd Lämpligt Märta Sjöö, 9 november 2026 Skäl En liknande samverkan finns" in text
    assert "Inget råd har efterfrågats." in words(REFRAIN)


def test_a_question_that_got_no_answer_is_shown_as_unanswered():
    asked = replace(START.advice[0], answered_on=None, answered_by="", advice="", reasons="")

    assert "Råd Inget svar hade kommit." in words(replace(START, advice=(asked,)))


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("ja", "Ja, beslutet kan överklagas."),
        ("nej", "Nej, beslutet kan inte överklagas."),
        ("oklart", "Det är oklart om beslutet kan överklagas."),
    ],
)
def test_it_says_whether_it_can_be_appealed_and_in_which_version_how(answer, said):
    appeal = Appeal(answer, "Skriv till förvaltningsrätten.", "3", reasons="Kommunallagen 13 kap.")

    assert (
        words(replace(START, appeal=appeal)).count(
            f"Kan beslutet överklagas? {said} Kommunallagen 13 kap. Skriv till förvaltningsrätten. "
            "Text om överklagande: 3."
        )
        == 1
    )


def test_no_last_day_to_appeal_is_printed():
    """It is counted from an announcement that has not been made yet (KL 13:2, 13:5)."""
    section = decision_html(START).split("Kan beslutet överklagas?")[1].split("</section>")[0]

    assert re.findall(r"20\d\d", section.replace(START.appeal.version, "")) == []


def test_the_appendix_has_every_answer_with_its_evidence_effect_and_origin():
    text = words(START)

    assert (
        "Checklista för grundläggande krav Version 1, gäller från 1 september 2026 "
        "Utfall Uppfyllt med motivering Skäl Föreningen är ung." in text
    )
    assert (
        "GK-01 Har organisationen ett giltigt organisationsnummer? Ja "
        "Registerutdrag 2026-11-10 Örjan Ålöf 2026-11-12" in text
    )
    assert "Svaret innebär: Kräver motivering, eftersom det är mindre än ett år sedan." in text
    assert "Motivering: Styrelsen har drivit samma verksamhet" in text
    assert (
        "eller har upphandlat? Ja – Örjan Ålöf 2026-11-12 Svar: Den når elever på kvällar" in text
    )
    assert "Återanvänt från: SAM-2026-0003, 3 mars 2026" in text


def test_an_unanswered_question_and_an_inquiry_are_shown():
    answers = (Answer("GK-08", "Är ekonomin i god ordning?", "", inquiry="Bokslut begärt."),)

    text = words(replace(START, question_sets=(replace(CHECKLIST, answers=answers),)))

    assert "GK-08 Är ekonomin i god ordning? Obesvarad – – Utredning: Bokslut begärt." in text


def test_an_answer_in_many_words_stands_below_its_question():
    words_enough = "Stadgar, webbplats, protokoll och verksamhetsberättelse"
    answers = (Answer("DV-03", "Vilka källor?", words_enough),)

    text = words(replace(START, question_sets=(replace(CHECKLIST, answers=answers),)))

    assert f"DV-03 Vilka källor? Se nedan – – Svar: {words_enough}" in text


def test_the_column_of_roles_is_there_when_someone_has_one():
    nameless = replace(START, organisations=(replace(START.organisations[0], role=""),))

    assert '<th scope="col">Roll</th>' in decision_html(START)
    assert '<th scope="col">Roll</th>' not in decision_html(nameless)


def test_declarations_say_who_as_what_when_and_what_it_led_to():
    text = words(START)

    assert "Örjan Ålöf, handläggare Kontrollerar 2026-11-02 Inget jäv anmält –" in text
    assert (
        "Åsa Björkängen, enhetschef Beslutar 2026-11-03 Uppenbart utan betydelse "
        "Gösta Ärnström 2026-11-05" in text
    )


def test_a_secrecy_mark_stands_at_the_top():
    mark = SecrecyMark("OSL 19 kap. 3 §", "Åsa Björkängen", date(2026, 11, 20))

    top = words(replace(START, secrecy=mark)).split("Beslut att inleda")[0]

    assert "markering OSL 19 kap. 3 § Åsa Björkängen 20 november 2026" in top
    assert "Sekretess" not in words(START)


def test_what_people_wrote_is_text_and_never_markup():
    data = replace(START, reasons='<img src="https://staden.example/x"> & <b>fet</b>')

    html = decision_html(data)

    assert "&lt;img src=&quot;https://staden.example/x&quot;&gt; &amp; &lt;b&gt;fet" in html
    assert "<img" not in html


def test_a_refusal_has_no_follow_up_and_still_every_other_part():
    text = words(REFRAIN)

    assert "Senast" not in text
    assert "Skäl för beslutet Föreningen kan inte visa att ekonomin är i god ordning." in text
    assert "Bilaga 1. Frågor och svar" in text


def test_the_data_and_its_hash_belong_to_the_document():
    assert re.search(r"kontrollsumma \(SHA-256\) är [0-9a-f]{64} \.", words(START))
    assert words(START) != words(replace(START, diary_number="AMF 2026/1148"))


def test_a_draft_says_that_nothing_is_decided():
    text = words(DRAFT, draft=True)

    assert "Utkast. Inget är beslutat." in text
    assert "Datum Inte beslutat" in text
    assert "Skälen är inte skrivna." in text
    assert "inte av ett program" not in text
    assert "Utkast" not in words(START)


@pytest.mark.parametrize(
    "lacking",
    [{"decided_on": None}, {"reasons": ""}, {"appeal": Appeal("", "", "")}],
    ids=lambda lacking: next(iter(lacking)),
)
def test_only_a_draft_may_lack_date_reasons_or_appeal(lacking):
    data = replace(START, **lacking)

    with pytest.raises(Unfinished):
        decision_html(data)
    assert "Inget är beslutat" in words(data, draft=True)


def test_the_file_is_called_what_it_is():
    assert decision_file_name(START) == "Beslut SAM-2026-0014 inleda 2026-11-21.pdf"
    assert decision_file_name(REFRAIN) == "Beslut SAM-2026-0021 avstå 2026-11-21.pdf"
    assert decision_file_name(DRAFT, draft=True) == "Utkast till beslut SAM-2026-0014 inleda.pdf"
    odd = replace(START, number='SAM/2026:"14"\n')
    assert decision_file_name(odd) == "Beslut SAM-2026-14- inleda 2026-11-21.pdf"


class Tables(HTMLParser):
    """Counts header cells, those without scope, and how headings step down."""

    def __init__(self, html):
        super().__init__()
        self.tables, self.without_scope, self.levels = [], 0, []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        if tag == "table":
            self.tables.append(0)
        if tag == "th":
            self.tables[-1] += 1
            self.without_scope += "scope" not in dict(attributes)
        if re.fullmatch(r"h\d", tag):
            self.levels.append(int(tag[1]))


def test_every_table_has_headers_with_scope_and_no_heading_is_jumped():
    found = Tables(decision_html(replace(START, motivation=MOTIVATION)))

    assert min(found.tables) > 0
    assert found.without_scope == 0
    assert found.levels[0] == 1
    assert max(b - a for a, b in zip(found.levels, found.levels[1:], strict=False)) == 1


@pytest.mark.parametrize(("more", "in_the_column"), [(0, True), (1, False)])
def test_an_answer_stands_in_its_column_as_long_as_it_has_room(more, in_the_column):
    line = "x" * (ANSWER_COLUMN + more)
    answer = Answer("GK-01", "Vad heter ni?", f"{line}\nOch mer.")

    assert answer.first_line == (line if in_the_column else "")
    assert answer.rest == ("Och mer." if in_the_column else f"{line}\nOch mer.")
