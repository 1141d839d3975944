"""The first content says what domain part 4 says. The tables are typed by hand from there."""

import re

import pytest

from checklists.load import CONTENT
from checklists.reading import read_set

# id: (effect informal, effect formal), domain 4.1
BASIC_REQUIREMENTS = {
    "GK-01": ("M", "B"),
    "GK-02": ("-", "M"),  # only when younger than a year
    "GK-03": ("M", "B"),
    "GK-04": ("M", "M"),
    "GK-05": ("-", "M"),
    "GK-06": ("M", "B"),
    "GK-07": ("-", "M"),
    "GK-08": ("U", "B"),
    "GK-09": ("U", "B"),
    "GK-10": ("-", "M"),
    "GK-11": ("-", "B"),  # only when money is paid out
    "GK-12": ("B", "B"),
    "GK-13": ("M", "B"),
    "GK-14": ("B", "B"),
    "GK-15": ("B", "B"),
    "GK-16": ("-", "M"),
    "GK-17": ("M", "M"),
    "GK-18": ("B", "B"),
    "GK-19": ("-", "-"),  # a heading: its three parts weigh
    "GK-19a": ("M", "M"),
    "GK-19b": ("M", "M"),
    "GK-19c": ("M", "M"),  # B when personal data is shared
    "GK-20": ("M", "U"),
    "GK-T1": ("M", "B"),
    "GK-T2": ("-", "-"),
}
DEMOCRACY = {
    "DV-01": ("B", "B"),
    "DV-02": ("U", "U"),
    "DV-03": ("-", "-"),
    "DV-04": ("U", "U"),
    **dict.fromkeys(["DV-A", "DV-B", "DV-C", "DV-D", "DV-E", "DV-F", "DV-G"], ("-", "-")),
}
WELFARE_CRIME = {
    **{f"VB-{number:02}": ("-", "-") for number in range(1, 13)},
    "VB-13": ("M", "M"),
    "VB-14": ("-", "-"),
}
CONFLICT = dict.fromkeys(["JV-1", "JV-2", "JV-3", "JV-4"], ("-", "-"))
# Domain 4.3–4.6. Only formal forms ask these; a last question asks for the reasons.
CIVIL_ACTOR = {
    **dict.fromkeys(["IA-1", "IA-2", "IA-4"], ("-", "B")),
    "IA-3": ("-", "U"),
    "IA-5": ("-", "M"),
    "IA-S": ("-", "-"),
}
PARTNERSHIP = {
    **{f"IOP-{number:02}": ("-", "B") for number in (1, 2, 3, 4, 5, 6, 9, 12)},
    **{f"IOP-{number:02}": ("-", "M") for number in (7, 8, 10, 13)},
    **dict.fromkeys(["IOP-11a", "IOP-11b", "IOP-11c", "IOP-11d"], ("-", "B")),
    **dict.fromkeys(["IOP-11", "IOP-S"], ("-", "-")),
}
PUBLIC_CONTRACT = {
    **{f"OK-{number}": ("-", "-") for number in range(1, 8)},  # the outcome weighs, not the answer
    "OK-S": ("-", "-"),
}
STATE_AID = {
    **{f"SS-{number}": ("-", "-") for number in range(1, 6)},
    "SS-6": ("-", "B"),  # to refrain
    "SS-S": ("-", "-"),
}
MUNICIPAL_ACT = {
    **{f"KL-{number}": ("-", "B") for number in (1, 2, 3, 5)},
    "KL-4": ("-", "U"),
    "KL-S": ("-", "-"),
}
EVERY_SET = (
    "grundkrav",
    "demokrati",
    "valfardsbrott",
    "jav",
    "ideburen_aktor",
    "partnerskap",
    "offentligt_kontrakt",
    "statligt_stod",
    "kommunallagen",
)

ANSWER_TYPES = {
    "ja_nej": "GK-01 GK-03 GK-06 GK-08 GK-09 GK-12 GK-13 GK-14 GK-16 GK-17 GK-19a GK-19b GK-19c "
    "GK-20 GK-T1 GK-T2",
    "ja_nej_ej": "GK-04 GK-05 GK-07 GK-10 GK-11",
    "datum": "GK-02",
    "hamtas": "GK-15",
    "notering": "GK-18",
    "delfragor": "GK-19",
}
# Catalogue ids and law, typed from the column "Grund". Practice and facts have no id.
SOURCES = {
    "GK-01": {"G-05", "M-01"},
    "GK-03": {"I-54"},
    "GK-04": {"S-05"},
    "GK-05": {"I-54"},
    "GK-06": {"I-54"},
    "GK-07": {"I-54"},
    "GK-08": {"G-29", "I-27"},
    "GK-09": {"G-29"},
    "GK-12": {"G-16", "G-20"},
    "GK-13": {"G-19", "S-10", "A-05"},
    "GK-14": {"G-03", "G-24"},
    "GK-15": {"G-27", "G-28", "G-29", "G-30", "G-31"},
    "GK-16": {"G-22"},
    "GK-17": {"G-21", "G-23"},
    "GK-19": {"M-58", "S-12"},
    "GK-20": {"G-33", "G-38", "M-54"},
    "GK-T1": {"A-08"},
}


def content(code):
    return read_set(CONTENT / f"{code}.yaml")


def by_code(code):
    return {question["code"]: question for question in content(code).questions}


@pytest.mark.parametrize(
    ("code", "table"),
    [
        ("grundkrav", BASIC_REQUIREMENTS),
        ("demokrati", DEMOCRACY),
        ("valfardsbrott", WELFARE_CRIME),
        ("jav", CONFLICT),
        ("ideburen_aktor", CIVIL_ACTOR),
        ("partnerskap", PARTNERSHIP),
        ("offentligt_kontrakt", PUBLIC_CONTRACT),
        ("statligt_stod", STATE_AID),
        ("kommunallagen", MUNICIPAL_ACT),
    ],
)
def test_the_effects_are_those_of_the_table(code, table):
    found = {
        question["code"]: (question["effect_informal"], question["effect_formal"])
        for question in content(code).questions
    }

    assert found == table


def test_the_answers_are_of_the_types_of_the_table():
    expected = {code: kind for kind, codes in ANSWER_TYPES.items() for code in codes.split()}

    found = {code: question["answer_type"] for code, question in by_code("grundkrav").items()}

    assert found == expected


def test_the_sources_are_those_of_the_table():
    found = by_code("grundkrav")

    assert {code: set(found[code]["sources"]) for code in SOURCES} == SOURCES


def test_no_is_the_undesired_answer_of_every_requirement_but_three():
    undesired = {code: question["undesired"] for code, question in by_code("grundkrav").items()}

    assert {code for code, answers in undesired.items() if answers == ["nej"]} == set(undesired) - {
        "GK-02",
        "GK-15",
        "GK-18",
        "GK-19",
        "GK-T2",
    }
    assert undesired["GK-02"] == "younger_than_a_year"
    assert undesired["GK-15"] == "not_acceptable"
    assert [undesired[code] for code in ("GK-18", "GK-19", "GK-T2")] == [[], [], []]


def test_yes_is_the_undesired_answer_where_something_speaks_against():
    assert by_code("demokrati")["DV-04"]["undesired"] == ["ja"]
    assert {tuple(question["undesired"]) for question in by_code("jav").values()} == {("ja",)}
    signs = list(by_code("valfardsbrott").values())[:12]
    assert {tuple(question["undesired"]) for question in signs} == {("ja",)}
    assert by_code("valfardsbrott")["VB-13"]["undesired"] == ["forhojd", "hog"]


def test_three_requirements_hang_on_the_case():
    conditions = {
        code: question["condition"]
        for code, question in by_code("grundkrav").items()
        if question["condition"]
    }

    assert conditions == {"GK-11": {"kind": "payout"}, "GK-18": {"kind": "minors"}}
    assert by_code("grundkrav")["GK-19c"]["stronger"] == {
        "condition": {"kind": "personal_data_shared"},
        "effect": {"informal": "B", "formal": "B"},
    }


def test_what_is_asked_anew_in_every_case_is_never_reused():
    reusable = {
        question["code"]
        for code in EVERY_SET
        for question in content(code).questions
        if question["reusable"]
    }

    # The rest are about this case, its risks, or what speaks against today (G-55).
    assert reusable == {
        *(f"GK-{number:02}" for number in range(1, 11)),
        *("GK-14", "GK-16", "GK-19a", "GK-19b", "GK-T2", "DV-01", "DV-02"),
    }


def test_only_the_note_on_the_criminal_records_extract_may_hold_no_text():
    silent = [
        question["code"]
        for code in EVERY_SET
        for question in content(code).questions
        if not question["text_allowed"]
    ]

    assert silent == ["GK-18"]
    assert by_code("grundkrav")["GK-18"]["evidence_allowed"] is False


def test_two_questions_are_asked_by_choice():
    optional = [code for code, question in by_code("grundkrav").items() if question["optional"]]

    assert optional == ["GK-T1", "GK-T2"]


@pytest.mark.parametrize("code", EVERY_SET)
def test_the_content_says_that_it_is_a_proposal(code):
    assert content(code).proposal is True
    assert content(code).rule_set == ""


def test_every_question_has_a_source_that_can_be_found():
    known = re.compile(
        r"[GIMSA]-\d\d|(KL|LOU) \d+:\d+(–\d+)?|förordning \(EU\) \d+/\d+|lag \d{4}:\d+.*|praxis.*"
    )
    cited = {
        (question["code"], source)
        for code in EVERY_SET
        for question in content(code).questions
        for source in question["sources"] or [""]
    }

    assert {pair for pair in cited if not known.fullmatch(pair[1])} == set()


def test_every_contract_and_aid_question_may_be_answered_with_unclear():
    said = {
        code: [choice["code"] for choice in question["choices"]]
        for name in ("offentligt_kontrakt", "statligt_stod")
        for code, question in by_code(name).items()
    }
    tests = [f"OK-{n}" for n in range(1, 6)] + [f"SS-{n}" for n in range(1, 6)]

    assert {tuple(said[code]) for code in tests} == {("ja", "nej", "oklart")}
    assert said["SS-6"] == ["mindre", "undantag", "avsta"]


def test_what_speaks_for_support_and_for_purchase_is_ticked_and_never_weighs():
    both = [by_code("offentligt_kontrakt")[code] for code in ("OK-6", "OK-7")]

    assert [len(question["choices"]) for question in both] == [6, 6]
    assert {(q["answer_type"], q["optional"], tuple(q["undesired"])) for q in both} == {
        ("flerval", True, ())
    }


def test_the_aid_questions_are_asked_one_after_the_other():
    found = by_code("statligt_stod")

    assert found["SS-1"]["condition"] is None
    assert [found[f"SS-{n}"]["condition"] for n in range(2, 7)] == [
        {"kind": "answer", "code": f"SS-{n}", "is": ["ja", "oklart"]} for n in range(1, 6)
    ]


def test_a_partnership_fetches_the_four_assessments_that_come_before_it():
    fetched = {code: q["fetches"] for code, q in by_code("partnerskap").items() if q["fetches"]}

    assert fetched == {
        "IOP-11a": "demokrati",
        "IOP-11b": "offentligt_kontrakt",
        "IOP-11c": "statligt_stod",
        "IOP-11d": "kommunallagen",
    }
