"""Invented reports to make documents of."""

from dataclasses import replace
from datetime import date

from documents.minutes import MinutesData, minutes_pdf
from documents.parts import Block, Fact, Table
from documents.report import ReportData, report_pdf
from tests.documents.samples import CHECKLIST

BOARD = ReportData(
    heading="Tjänsteutlåtande",
    number="SAM-2026-0014",
    title="Idéburet offentligt partnerskap: Öppna kvällar",
    administration="Provförvaltningen",
    unit="Enheten för unga",
    made_on=date(2026, 11, 21),
    prepared_by="Åsa Björkängen",
    responsible="Örjan Ålöf, avdelningschef",
    proposal=("Nämnden ingår ett partnerskap med Föreningen Lyktan.",),
    blocks=(
        Block("Samhällsutmaningen", "Unga lämnar skolan.\nIngen har en lösning."),
        Block("Det här står tomt", ""),
        Block(
            "Vad parterna bidrar med",
            "Vi bidrar med mest.",
            table=Table(("Part", "Insats", "Värde"), (("Vi", "Lokal", ""), ("Föreningen", "", ""))),
        ),
        Block(
            "Prövningar",
            lines=("Kommunallagen: uppfyllt.",),
            table=Table(("Prövning", "Utfall"), (("Statligt stöd", "Inte statligt stöd"),)),
        ),
        Block("Styrgrupp", none="Ingen är utsedd."),
    ),
    diary_number="PROV 2026/120",
    secrecy="OSL 19 kap. 3 §",
)
CHECK = replace(
    BOARD,
    heading="Kontroll och bedömning av idéburen aktör",
    proposal=(),
    question_sets=(CHECKLIST,),
    draft_words="Kontrollen pågår.",
    blocks=(
        Block("Organisationen", facts=(Fact("Namn", "Föreningen Lyktan\ni Älvdal"),)),
        Block(
            "Åtta underlag",
            table=Table(
                ("Underlag", "Avser", "Läge"),
                tuple((f"Underlag {n}", "", "Saknas") for n in range(60)),
            ),
        ),
    ),
)
FOLLOW_UP = replace(
    BOARD,
    heading="Uppföljning av överenskommelse",
    proposal=(),
    conclusion="Slutsats: fortsätt som nu.",
    secrecy="",
    diary_number="",
)


MINUTES = MinutesData(
    administration="Provförvaltningen",
    held_on=date(2026, 11, 20),
    place="Stora rummet, eller länken i kallelsen",
    chair="Örjan Ålöf (Enheten för unga)",
    present=("Örjan Ålöf (Enheten för unga)", "Åsa Björkängen (Staben)"),
    items=(
        Block(
            "1. SAM-2026-0014 Öppna kvällar",
            facts=(
                Fact("Fråga", "Passar formen?\nFinns det fler som vill?"),
                Fact("Jävig och deltog inte", "Åsa Björkängen"),
                Fact("Råd", "Lämplig på villkor"),
                Fact("Skäl", "Om tiderna samordnas. " * 40),
            ),
        ),
        Block("2. Fråga utan ärende", facts=(Fact("Utfall", "Frågan är inte besvarad."),)),
    ),
    closed_by="Örjan Ålöf",
    closed_on=date(2026, 11, 21),
)


def board_pdf() -> bytes:
    return report_pdf(BOARD)


def check_pdf() -> bytes:
    return report_pdf(CHECK)


def follow_up_pdf() -> bytes:
    return report_pdf(FOLLOW_UP)


def minutes_of_a_meeting() -> bytes:
    return minutes_pdf(MINUTES)


def draft_minutes() -> bytes:
    return minutes_pdf(replace(MINUTES, closed_by="", closed_on=None, items=(), present=()))
