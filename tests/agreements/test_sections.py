"""Which sections an agreement must have, typed by hand from domain 4.3 C, G-51 and M-58."""

from datetime import date

import pytest

from agreements.completeness import missing_sections
from agreements.content import CommitmentLine, Content, GoalLine
from agreements.effective import Change, effective
from agreements.models import Template
from agreements.sections import REQUIRED, SECTIONS
from collaborations.models import Form

BOTH = ("us", "organisation")
DAY = date(2027, 6, 1)
GOAL = GoalLine("Fler blir klara", "andel", "61 %", "70 %", DAY)
OURS = CommitmentLine("us", "Staden", "öppnar aulan", "utan lokal ingen hjälp", "bokning", DAY)
THEIRS = CommitmentLine("organisation", "Föreningen", "kommer", "hjälpen", "närvaro", DAY)

PARTNERSHIP = {
    "syfte",
    "mal",
    "varderingar",
    "malgrupp",
    "ataganden",
    "organisation",
    "dokumentation",
    "ekonomi",
    "uppfoljning",
    "andring",
    "period",
    "ansvar",
    "insyn",
}
FORMAL = {
    "roller",
    "befogenheter",
    "budget",
    "ersattning",
    "forsakring",
    "uppfoljning",
    "period",
}


def whole(template=Template.PARTNERSHIP, **facts) -> Content:
    return Content(
        **{
            "texts": dict.fromkeys(REQUIRED[template], "Så gör vi."),
            "commitments": (OURS, THEIRS),
            "goals": (GOAL,),
            "starts_on": date(2026, 1, 1),
            "ends_on": date(2028, 12, 31),
            **facts,
        }
    )


def lacks(form, content, **more) -> set[str]:
    return {one.code for one in missing_sections(form, content, **{"sides": BOTH, **more})}


def test_a_partnership_has_thirteen_sections_and_others_seven():
    assert set(REQUIRED[Template.PARTNERSHIP]) == PARTNERSHIP
    assert set(REQUIRED[Template.FORMAL]) == FORMAL
    assert len(PARTNERSHIP) == 13


@pytest.mark.parametrize(
    ("form", "template", "codes"),
    [
        (Form.IOP, Template.PARTNERSHIP, PARTNERSHIP),
        (Form.OTHER_AGREEMENT, Template.FORMAL, FORMAL),
        (Form.EXTERNAL_FUNDING, Template.FORMAL, FORMAL),
        (Form.PARTNER_IN_PROJECT, Template.FORMAL, FORMAL),
    ],
)
def test_an_empty_draft_lacks_every_section_and_a_whole_one_none(form, template, codes):
    assert lacks(form, Content()) == codes
    assert lacks(form, whole(template)) == set()


def test_principles_add_four_sections_to_those_of_every_formal_agreement():
    added = {"utgangspunkter", "vision", "principer", "ataganden"}

    assert lacks(Form.OTHER_AGREEMENT, Content(), template=Template.PRINCIPLES) == FORMAL | added


@pytest.mark.parametrize("code", sorted(PARTNERSHIP - {"period"}))
def test_each_section_that_is_emptied_is_missed_alone(code):
    texts = dict.fromkeys(PARTNERSHIP, "Så gör vi.") | {code: "  "}

    assert lacks(Form.IOP, whole(texts=texts)) == {code}


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"goals": ()}, "mal"),
        ({"commitments": ()}, "ataganden"),
        ({"commitments": (OURS,)}, "ataganden"),
        ({"commitments": (THEIRS,)}, "ataganden"),
        ({"commitments": (OURS, CommitmentLine("organisation", "F", "kommer"))}, "ataganden"),
        ({"starts_on": None}, "period"),
        ({"ends_on": None}, "period"),
        ({"ends_on": date(2025, 12, 31)}, "period"),
    ],
)
def test_a_partnership_needs_the_rows_of_its_sections(facts, code):
    assert lacks(Form.IOP, whole(**facts)) == {code}


@pytest.mark.parametrize("sides", [(), ("us",), ("organisation",)])
def test_a_partnership_where_a_side_brings_nothing_lacks_its_economy(sides):
    assert lacks(Form.IOP, whole(), sides=sides) == {"ekonomi"}


def test_an_amendment_needs_only_the_sections_it_names():
    only = ("mal", "syfte")

    assert lacks(Form.IOP, Content(), only=only) == {"mal", "syfte"}
    assert (
        lacks(Form.IOP, Content(texts={"syfte": "S", "mal": "M"}, goals=(GOAL,)), only=only)
        == set()
    )


def test_what_a_version_says_survives_being_kept():
    assert Content.from_json(whole().to_json()) == whole()


def test_an_amendment_changes_the_sections_it_names_and_inherits_the_rest():
    other = GoalLine("Färre är ensamma")
    first = Change("tillägg 1", ("mal",), Content(texts={"mal": "Nya mål."}, goals=(other,)))
    second = Change("tillägg 2", ("period",), Content(ends_on=date(2030, 1, 1)))

    held = effective(whole(), [first, second], "avtal 1")

    assert held.content.goals == (other,)
    assert held.content.commitments == (OURS, THEIRS)
    assert held.content.text("mal") == "Nya mål."
    assert held.content.text("syfte") == "Så gör vi."
    assert held.content.ends_on == date(2030, 1, 1)
    assert held.origin["mal"] == "tillägg 1"
    assert held.origin["syfte"] == "avtal 1"


def test_every_section_says_what_belongs_in_it_and_whose_rule_it_is():
    assert all(section.help and section.sources for section in SECTIONS.values())
    assert {code for codes in REQUIRED.values() for code in codes} == set(SECTIONS)
