"""A file that cannot be used is refused with its name, the line and the reason."""

from textwrap import dedent

import pytest

from checklists.load import CONTENT
from checklists.marked_yaml import Malformed
from checklists.reading import read_bytes, read_set

WHOLE = """\
code: prov
name: Provfrågor
about: organisation
questions:
  - code: PR-01
    text: Är allt i ordning?
    answer: ja_nej
    undesired: [nej]
    effect: {informal: M, formal: B}
"""


def read(tmp_path, text):
    path = tmp_path / "prov.yaml"
    path.write_text(dedent(text), encoding="utf-8")
    return read_set(path)


def refusal(tmp_path, text):
    with pytest.raises(Malformed) as refused:
        read(tmp_path, text)
    return str(refused.value)


def with_question(**lines):
    """The whole file and a second question of the given lines, which begin on line 10."""
    entry = {"code": "PR-02", "text": "Och det här?", "answer": "ja_nej"} | lines
    said = [f"{key}: {value}" for key, value in entry.items() if value is not None]
    return WHOLE + "  - " + "\n    ".join(said) + "\n"


def test_a_whole_file_is_read_as_it_stands(tmp_path):
    found = read(tmp_path, WHOLE)

    assert (found.code, found.name, found.about) == ("prov", "Provfrågor", "organisation")
    assert (found.rule_set, found.proposal) == ("", False)
    assert found.questions == [
        {
            "code": "PR-01",
            "position": 1,
            "text": "Är allt i ordning?",
            "answer_type": "ja_nej",
            "group": "",
            "help": "",
            "parent": "",
            "fetches": "",
            "evidence_wanted": "",
            "text_allowed": True,
            "evidence_allowed": True,
            "optional": False,
            "reusable": False,
            "sources": [],
            "choices": [],
            "companions": [],
            "undesired": ["nej"],
            "effect_informal": "M",
            "effect_formal": "B",
            "effect_by_form": {},
            "stronger": None,
            "condition": None,
        }
    ]


@pytest.mark.parametrize("path", sorted(CONTENT.glob("*.yaml")), ids=lambda path: path.stem)
def test_the_files_of_the_repository_can_be_read(path):
    assert read_set(path).code == path.stem


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "prov.yaml, rad 1: filen är tom."),
        ("- a\n", "prov.yaml, rad 1: filen ska börja med code, name, about och questions."),
        ("code: a\nname: [b\n", "prov.yaml, rad 3: det är inte giltig YAML"),
        ("code: a\n1: b\n", "prov.yaml, rad 2: nyckeln 1 är ingen text."),
        ("code: a\nname: b\ncode: c\n", "prov.yaml, rad 3: code står två gånger."),
        ("a: &x [1]\nb: *x\n", "ankare och hänvisningar (& och *) går inte."),
        ("a: &x\n  b: *x\n", "ankare och hänvisningar (& och *) går inte."),
        ("a: !!python/object/apply:os.getcwd []\n", "taggen tag:yaml.org,2002:python/object"),
        ("a: !!python/name:os.getcwd x\n", "det är inte giltig YAML"),
        (WHOLE + "regler: b\n", "rad 10: nyckeln regler finns inte för en frågeuppsättning."),
        (WHOLE.replace("name: Provfrågor\n", ""), "rad 1: name saknas."),
        (WHOLE.replace("name: Provfrågor", "name: ''"), "rad 1: name saknas."),
        (WHOLE.replace("code: prov", "code: Pröv"), "rad 1: code skrivs med små bokstäver"),
        (WHOLE.replace("name: Provfrågor", "name: 3"), "rad 2: name ska vara text"),
        (
            WHOLE.replace("about: organisation", "about: världen"),
            "rad 3: about ska vara organisation, case, person.",
        ),
        (WHOLE + "proposal: kanske\n", "rad 10: proposal ska vara true eller false."),
        (
            "code: a\nname: b\nabout: case\nquestions: []\n",
            "rad 4: questions ska vara en lista med minst en fråga.",
        ),
        (
            "code: a\nname: b\nabout: case\nquestions:\n  - bara text\n",
            "rad 5: varje fråga ska ha nycklar",
        ),
    ],
)
def test_a_file_that_is_no_question_set_is_refused(tmp_path, text, said):
    assert said in refusal(tmp_path, text)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ({"colour": "red"}, "rad 13: nyckeln colour finns inte för en fråga."),
        ({"text": None}, "rad 10: text saknas i frågan PR-02."),
        ({"text": "''"}, "rad 10: text saknas i frågan PR-02."),
        ({"code": "pr 2"}, "rad 10: koden 'pr 2' ska likna GK-01 eller GK-19a."),
        ({"code": "PR-01"}, "rad 10: koden PR-01 används redan i samma uppsättning."),
        ({"answer": "kanske"}, "rad 12: answer ska vara något av ja_nej,"),
        ({"answer": "[ja_nej]"}, "rad 12: answer ska vara något av ja_nej,"),
        ({"parent": "PR-01"}, "rad 13: PR-01 är ingen delfragor-rad som står före frågan."),
        ({"answer": "val"}, "rad 12: svarsvalen (choices) saknas."),
        ({"choices": "[{code: a, label: A}]"}, "rad 13: bara val och flerval har choices."),
        ({"answer": "val", "choices": "[a]"}, "rad 13: choices ska vara en lista där varje rad"),
        (
            {"answer": "val", "choices": "[{code: a}]"},
            "rad 13: ett svarsval ska ha code och label.",
        ),
        (
            {"answer": "val", "choices": "[{code: a, label: A}, {code: a, label: B}]"},
            "rad 13: två svarsval har samma kod.",
        ),
        ({"undesired": "[kanske]"}, "rad 13: undesired nämner ett svar som frågan inte kan få."),
        ({"undesired": "[ej]"}, "rad 13: undesired nämner ett svar som frågan inte kan få."),
        (
            {"undesired": "younger_than_a_year"},
            "rad 13: undesired nämner ett svar som frågan inte kan få.",
        ),
        ({"undesired": "3"}, "rad 13: undesired nämner ett svar som frågan inte kan få."),
        ({"undesired": "[[ja]]"}, "rad 13: undesired ska vara en lista av texter."),
        ({"effect": "{informal: X}"}, "rad 13: informal ska vara något av B, M, U, -."),
        ({"effect": "{sometimes: B}"}, "rad 13: nyckeln sometimes finns inte för effect."),
        ({"effect": "B"}, "rad 13: effect ska likna"),
        ({"effect": "{informal: B}"}, "rad 10: frågan har en effekt men inget oönskat svar"),
        ({"effect_by_form": "{iop: Z}"}, "rad 13: iop ska vara något av B, M, U, -."),
        ({"effect_by_form": "{partner: B}"}, "rad 13: nyckeln partner finns inte för effect_by"),
        ({"group": "a" * 121}, "rad 13: group är längre än 120 tecken."),
        ({"text": "a" * 4001}, "rad 11: text är längre än 4000 tecken."),
        ({"evidence": "a" * 201}, "rad 13: evidence är längre än 200 tecken."),
        ({"sources": f"[{'a' * 4001}]"}, "rad 13: sources är längre än 4000 tecken."),
        ({"help": r'"a\0b"'}, "rad 13: texten har ett tecken som inte kan skrivas ut."),
        ({"help": r'"a\ud800b"'}, "rad 13: "),
        ({"help": "2026-13-45"}, "rad 13: värdet går inte att tolka."),
        ({"help": "1" * 5000}, "rad 13: värdet går inte att tolka."),
        (
            {"condition": "{kind: younger_than_a_year, code: PR-01}"},
            "rad 13: PR-01 besvaras inte med ett datum.",
        ),
        (
            {"answer": "val", "choices": "[{code: 'a,b', label: A}]"},
            "rad 13: koden 'a,b' ska skrivas med små bokstäver",
        ),
        (
            {"companions": "[{name: A B, label: A, type: rad}]"},
            "rad 13: koden 'A B' ska skrivas med små bokstäver",
        ),
        ({"condition": "minors"}, "rad 13: villkorets kind ska vara något av answer,"),
        ({"condition": "{kind: moonlight}"}, "rad 13: villkorets kind ska vara något av answer,"),
        ({"condition": "{kind: [minors]}"}, "rad 13: villkorets kind ska vara något av answer,"),
        (
            {"condition": "{kind: minors, is: [ja]}"},
            "rad 13: ett villkor av slaget minors har andra",
        ),
        (
            {"condition": "{kind: answer, code: PR-09, is: [ja]}"},
            "rad 13: PR-09 är ingen fråga som står före.",
        ),
        (
            {"condition": "{kind: answer, code: PR-01, is: [ej]}"},
            "rad 13: PR-01 kan inte få det svaret.",
        ),
        (
            {"condition": "{kind: answer, code: PR-01, is: []}"},
            "rad 13: is ska vara en lista med minst ett svar.",
        ),
        (
            {"condition": "{kind: outcome, set: 3, is: [utreds]}"},
            "rad 13: set ska vara text",
        ),
        ({"condition": "{kind: outcome, set: '', is: [utreds]}"}, "rad 13: set ska vara koden"),
        (
            {"condition": "{kind: outcome, set: demokrati, is: [kanske]}"},
            "rad 13: utfallen heter ofullstandig,",
        ),
        ({"stronger": "{effect: {informal: B}}"}, "rad 13: stronger ska ha condition och effect."),
        (
            {"companions": "[{name: text, label: A, type: rad}]"},
            "rad 13: en följduppgift av typen text, och bara den, heter text.",
        ),
        ({"companions": "[{name: a, label: A}]"}, "rad 13: type saknas i en följduppgift."),
        (
            {"companions": "[{name: a, label: A, type: rad, required_when: [ej]}]"},
            "rad 13: required_when nämner ett svar som inte finns.",
        ),
        (
            {"companions": "[{name: a, label: A, type: rad}, {name: a, label: B, type: tal}]"},
            "rad 13: två följduppgifter har samma namn.",
        ),
        ({"answer": "hamtas"}, "rad 10: fetches hör till hamtas och måste stå där."),
        ({"fetches": "demokrati"}, "rad 10: fetches hör till hamtas och måste stå där."),
        ({"text_allowed": "false"}, "rad 10: text_allowed: false kräver evidence_allowed: false"),
        (
            {"evidence": "protokoll", "evidence_allowed": "false"},
            "rad 13: underlag kan inte önskas när det inte får sparas.",
        ),
        ({"sources": "G-01"}, "rad 13: sources ska vara en lista av texter."),
        ({"reusable": "ibland"}, "rad 13: reusable ska vara true eller false."),
        ({"optional": "ibland"}, "rad 13: optional ska vara true eller false."),
    ],
)
def test_a_question_that_does_not_hang_together_is_refused(tmp_path, lines, said):
    assert said in refusal(tmp_path, with_question(**lines))


def test_a_part_of_a_question_stands_right_under_it_in_its_section(tmp_path):
    heading = WHOLE.replace("answer: ja_nej\n    undesired: [nej]\n", "answer: delfragor\n")
    heading = heading.replace("    effect: {informal: M, formal: B}\n", "")
    between = "  - {code: PR-02, text: Mellan?, answer: text}\n"
    part = "  - {code: PR-01a, parent: PR-01, text: Del?, answer: text}\n"
    other = "  - {code: PR-01b, parent: PR-01, text: Del?, answer: text, group: Annat}\n"

    assert [one["code"] for one in read(tmp_path, heading + part).questions] == ["PR-01", "PR-01a"]
    said = refusal(tmp_path, heading + between + part)
    assert said == "prov.yaml, rad 9: PR-01a ska stå direkt under PR-01."
    said = refusal(tmp_path, heading + other)
    assert said == "prov.yaml, rad 8: PR-01b ska stå i samma avsnitt som PR-01."


@pytest.mark.parametrize("opening", ["[", "{a: ", "- "])
def test_a_file_of_lists_in_lists_is_refused_before_it_uses_up_the_stack(tmp_path, opening):
    said = refusal(tmp_path, opening * 100_000)

    assert said == "prov.yaml, rad 1: listorna ligger för djupt i varandra."


def test_a_file_that_begins_with_a_byte_order_mark_is_read(tmp_path):
    path = tmp_path / "prov.yaml"
    path.write_text(WHOLE, encoding="utf-8-sig")

    assert read_set(path).code == "prov"


def test_a_file_that_is_too_large_is_refused():
    with pytest.raises(Malformed, match="rad 1: filen är större än 1 MB."):
        read_bytes(b"#" * (1024 * 1024 + 1), "prov.yaml")


def test_a_file_in_another_encoding_is_refused(tmp_path):
    path = tmp_path / "prov.yaml"
    path.write_bytes("code: prov\nname: Frågor".encode("latin-1"))

    with pytest.raises(Malformed, match="prov.yaml, rad 2: filen är inte skriven i UTF-8"):
        read_set(path)


def test_the_fingerprint_follows_the_content_and_not_the_note_on_the_change(tmp_path):
    first = read(tmp_path, WHOLE)

    noted = read(tmp_path, WHOLE + "change_note: Nu med anteckning.\n")
    laid_out = read(tmp_path, WHOLE.replace("[nej]", "\n      - nej"))
    changed = read(tmp_path, WHOLE.replace("allt", "det mesta"))

    assert first.fingerprint == noted.fingerprint == laid_out.fingerprint
    assert changed.fingerprint != first.fingerprint
