"""Domain §1.7.2, gates per form before a decision to start, typed by hand, against the program.

Where the program says something else than the table, the row says why (`because`); a reason that
is not needed fails as well. That each rule then does stop: tests/collaborations/test_every_gate.py.
"""

from dataclasses import dataclass

import pytest

from collaborations.gates import GATES

LETTERS = {"blocks": "B", "warns": "W", "silent": "-"}
MADE = {gate.label: "".join(LETTERS[cell] for cell in gate.cells) for gate in GATES}


# What a cell says, as a letter: B stops, W warns, - says nothing. "If" stops; its rule asks only
# then (tests/collaborations/test_legal_gates.py).
MEANS = {
    "●": "B",
    "if resources": "B",
    "if agreement": "B",
    "light": "B",
    "mandatory": "B",
    "mandatory before application": "B",
    "when buying: always": "B",
    "per delegationsordning": "B",
    "individually decided scope": "B",
    "optional": "W",
    "recommended": "W",
    "support": "W",
    "ordinary routine": "-",
    "informed": "-",
    "–": "-",
}


@dataclass(frozen=True)
class Row:
    says: str  # informal | other agreement | IOP | external funding | partner | employer
    kept: dict[str, str]  # label of the gate in gates.py: its letters
    because: str = ""


PER_FORM = {
    "Motivation from task, need, target group (G-16,19,20,45,71)": Row(
        "● | ● | ● | ● | ● | ●",
        {
            "Motivering ur uppdrag, behov och målgrupp": "BBBBBB",
            "Uppdrag i årets budget": "WWWWWW",
        },
        because="G-20 links to the yearly assignment where there is one; without, think again",
    ),
    "Checklist (G-25,46,72)": Row(
        "● | ● | ● | ● | individually decided scope | ordinary routine",
        {
            "Checklistan för grundläggande krav": "BBBBB-",
            "Omfattning av kontrollen": "----B-",
            "Rutiner för anställningen": "-----B",
            "Svar som stoppar ett beslut att inleda": "BBBBBB",
        },
        because=(
            "the scope must have been decided and the routine confirmed; and an answer that "
            "stops does so in every set, also in the democracy check that an employer has"
        ),
    ),
    "Demokrativillkor + extra grounds (G-27–31, I-48)": Row(
        "● | ● | ● | ● | ● | ●", {"Demokrativillkor och övriga grunder för att avstå": "BBBBBB"}
    ),
    "Not singled out/gynnande (G-17,43,68)": Row(
        "● | if resources | ● | ● | if agreement | –", {"Ingen pekas ut eller gynnas": "BBBBB-"}
    ),
    "No compensation (G-44)": Row("● | – | – | – | – | –", {"Ingen ersättning": "B-----"}),
    "Procurement assessment (G-18, I-16)": Row(
        "– | ● | ● | ● | if agreement | –", {"Upphandlingsbedömning": "-BBBB-"}
    ),
    "State aid + kommunallag (I-15)": Row(
        "– | if resources | ● | if resources | if resources | –",
        {
            "Statligt stöd och kommunallagen": "-BBBB-",
            "Stöd av mindre betydelse": "-BBBB-",
            "Lån, borgen och garanti": "-WWWW-",
        },
        because=(
            "a loan or guarantee only warns (S-23); and of a partner in a project the test is "
            "asked where the manager chose it (G-67), not for every resource"
        ),
    ),
    "Idéburen aktör check (I-14)": Row(
        "– | – | ● | – | – | –", {"Kontroll av idéburen aktör": "--B---"}
    ),
    "Nine IOP conditions (I-43)": Row(
        "– | – | ● | – | – | –",
        {
            "Nio villkor för partnerskap": "--B---",
            "Initiativet är organisationens": "--B---",
            "Sammansatt utmaning och beslutat program": "--B---",
            "Styrgrupp": "--B---",
        },
    ),
    "Underlag 8 (I-54)": Row(
        "– | recommended | ● | recommended | – | –", {"Åtta underlag": "-WBW--"}
    ),
    "Welfare-crime risk (G-33)": Row(
        "light | if resources | ● | ● | light | –",
        {"Risk för välfärdsbrott": "BBBBB-", "Varningstecken på välfärdsbrott": "WWWWW-"},
        because=(
            "the weighing stops where it is missing, in one question set for all; the signs are "
            "for the decider to read. A partner has the set where the manager chose it (G-67)"
        ),
    ),
    "Jäv declarations (G-36–38)": Row("● | ● | ● | ● | ● | ●", {"Jävsförklaringar": "BBBBBB"}),
    "Advisory-group consultation": Row(
        "optional | optional | mandatory | mandatory before application | informed | informed",
        {
            "Samråd med beredningsgruppen": "WWBBWW",
            "Beredningsgruppens råd om formen": "--BB--",
        },
        because=(
            "who only has to inform may ask all the same, and is reminded of the answer; the "
            "informing is the row of the mailbox"
        ),
    ),
    "Procurement function involved": Row(
        "– | when buying: always | support | – | – | –", {"Inköpsfunktionen deltar": "-BW---"}
    ),
    "Head informed (I-13)": Row("– | – | ● | – | – | –", {"Högsta chefen informerad": "--B---"}),
    "Nämnd decision (I-19)": Row(
        "– | per delegationsordning | ● | per delegationsordning | per delegationsordning | –",
        {"Nämndens beslut": "-BBBB-"},
    ),
    "Written agreement, 10 sections + period + insurance": Row(
        "– | ● | ● | ● | if agreement | –",
        {"Skriftlig överenskommelse": "-BBBB-", "Mätbara mål och lång period": "-WWWW-"},
        because="goals that can be measured and a long period are advice (G-80, M-63)",
    ),
    "Follow-up plan (G-47,75)": Row(
        "● | ● | ● | ● | ● | –",
        {"Plan för uppföljning": "BBBBBB"},
        because="whatever runs has a day of follow-up (product §3, Starta), employment too",
    ),
    "Notice to mailbox at start and end": Row(
        "● | ● | ● | ● | ● | ●", {"Meddelande till brevlådan vid start och slut": "BBBBBB"}
    ),
}
# Gates that stand in another table of the domain, or are advice of the catalogue.
BESIDE = {
    "Finansiär, rutin och beviljad ansökan": ("---B--", "G-62, G-63: the states of an application"),
    "Riskbedömning vid osäkerhet": ("---BB-", "§1.7.4, G-69"),
    "Beslutanderätt": ("BBBBBB", "§1.7.4, G-47, G-74"),
    "Annan samverkan med samma organisation": ("WWWWWW", "G-14: overlaps are seen, never refused"),
}


def letters(row: Row) -> str:
    return "".join(MEANS[cell.strip()] for cell in row.says.split("|"))


@pytest.mark.parametrize("name", PER_FORM)
def test_the_gates_of_each_form_are_those_of_the_table(name):
    row = PER_FORM[name]

    assert {label: MADE[label] for label in row.kept} == row.kept
    assert bool(row.because) != is_as_it_stands(letters(row), row.kept.values())


def is_as_it_stands(said: str, kept) -> bool:
    """Each form has at least one gate of the strength said, and none of another strength."""
    columns = list(zip(*kept, strict=True))
    return all(
        {*column} - {"-"} == {one} - {"-"} for one, column in zip(said, columns, strict=True)
    )


def test_every_gate_stands_in_the_table_or_says_where_it_comes_from():
    kept = [label for row in PER_FORM.values() for label in row.kept]

    assert sorted([*kept, *BESIDE]) == sorted(MADE)
    assert {label: said for label, (said, _) in BESIDE.items()} == {
        label: MADE[label] for label in BESIDE
    }
