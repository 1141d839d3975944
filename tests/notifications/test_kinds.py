"""Domain §1.7.5, typed by hand as it stands there, against the kinds of the ledger."""

import ast
import csv
from dataclasses import dataclass

import pytest
from django.conf import settings

from accounts.roles import ROLES, Role
from notifications.kinds import KINDS, Stage

ROOT = settings.BASE_DIR


@dataclass(frozen=True)
class Row:
    when: str
    sources: tuple[str, ...]
    kinds: tuple[str, ...]
    because: str = ""  # why no kind keeps it


TABLE = {
    "Follow-up of agreement": Row("≤ 12 months from start/last", ("I-21",), ("follow_up",)),
    "Follow-up after the end": Row("suggest 3 months", ("I-21",), ("closing_follow_up",)),
    "Other collaborations' follow-up": Row("per plan", ("G-47", "G-81"), ("follow_up",)),
    "Report of democracy measures": Row("date decided", ("I-53",), ("measure",)),
    "Underlag requested": Row("date set in request", ("I-30",), ("document_request",)),
    "Agreement about to expire": Row("6 and 3 months before", ("S-08",), ("agreement_ends",)),
    "Checklist/underlag renewal": Row("suggest 12 months", (), ("renewal", "annual_documents")),
    "Feedback after samråd": Row(
        "date promised", ("M-36",), (), because="later: samråd with civil society is a module"
    ),
    "Material before samråd": Row(
        "suggest ≥ 14 days", ("M-37",), (), because="later: samråd with civil society is a module"
    ),
    "Governing documents": Row("guidelines end of 2025", ("G-04", "I-59"), ("review",)),
    "Link to annual budget assignment": Row("new year", ("G-20",), ("yearly_assignments",)),
    "Direct-procurement documentation": Row(
        "≤ 30 days after agreement, if > 100 000 SEK",
        (),
        (),
        because="what is bought is handed over: procurement signs, and we never know the day",
    ),
}
# Days that stand elsewhere in the domain: §1.7.3, §1.7.4, product §3 and §6.
BESIDE = {
    "advice": ("G-45", "the answer to a consultation"),
    "opinion": ("I-26", "opinions of procurement, finance, lawyer"),
    "reexamination": ("G-82", "a new finding in a running collaboration opens the matter again"),
    "follow_up_stand": ("I-34", "a documented assessment of compliance to the manager"),
    "head_reads": ("I-23", "the head is informed of follow-up and measures"),
    "follow_up_to_board": ("I-24", "follow-up carried out: case to nämnd"),
    "remedy": ("I-22", "measures with owner and date"),
    "shortcoming_received": ("I-36", "employee → enhetschef"),
    "shortcoming_assessed": ("G-82", "thorough assessment and dialogue"),
    "shortcoming_concluded": ("G-82", "conclusion"),
    "signing": ("G-75", "a signed agreement is a condition for ongoing"),
}
# Days from the obligation's day: before, on, after, last.
REMINDED = {
    "follow_up": (-30, 0, 14, 30),
    "closing_follow_up": (-30, 0, 14, 30),
    "advice": (-3, 0, 7, 14),
    "opinion": (-3, 0, 7, 14),
    "measure": (-30, 0, 14, 30),
    "reexamination": (-30, 0, 14, 30),
    "document_request": (-3, 0, 7, 14),
    "agreement_ends": (-14, 0, 30, 60),
    "follow_up_stand": (-3, 0, 7, 14),
    "head_reads": (-3, 0, 7, 14),
    "follow_up_to_board": (-30, 0, 14, 30),
    "remedy": (-30, 0, 14, 30),
    "shortcoming_received": (-3, 0, 7, 14),
    "shortcoming_assessed": (-3, 0, 7, 14),
    "shortcoming_concluded": (-3, 0, 7, 14),
    "signing": (-30, 0, 14, 30),
    "renewal": (-30, 0, 14, 30),
    "annual_documents": (-30, 0, 14, 30),
    "yearly_assignments": (-30, 0, 14, 30),
    "review": (-30, 0, 14, 30),
}
NEVER_WAIVED_BY_HAND = {
    "follow_up",
    "closing_follow_up",
    "measure",
    "reexamination",
    "remedy",
    "shortcoming_assessed",
    "shortcoming_concluded",
}


def catalogue() -> dict[str, str]:
    with (ROOT / "docs/source/catalogue.csv").open(encoding="utf-8") as file:
        return {row["id"]: row["kept_by"] for row in csv.DictReader(file)}


@pytest.mark.parametrize("name", TABLE)
def test_each_line_of_the_table_is_kept_by_a_kind_that_cites_it_or_says_why_not(name):
    row = TABLE[name]
    cited = {source for kind in row.kinds for source in KINDS[kind].sources}

    assert bool(row.kinds) != bool(row.because)
    if row.kinds:
        assert set(row.sources) <= cited
    elif row.sources:
        assert {catalogue()[source] for source in row.sources} == {"later"}


def test_every_kind_stands_in_the_table_or_says_where_it_comes_from():
    kept = {kind for row in TABLE.values() for kind in row.kinds}

    assert kept | set(BESIDE) == set(KINDS)
    assert [code for code, (source, _) in BESIDE.items() if source not in KINDS[code].sources] == []


def test_each_kind_is_reminded_of_on_the_days_of_the_table():
    assert {
        code: tuple(kind.schedule.days(stage) for stage in Stage) for code, kind in KINDS.items()
    } == REMINDED


def test_what_is_done_in_its_own_place_cannot_be_waived_by_hand():
    assert {code for code, kind in KINDS.items() if kind.kept} == NEVER_WAIVED_BY_HAND


def test_what_keeps_a_kind_exists_in_the_catalogue_and_does_not_come_later():
    kept_by = catalogue()
    cited = {source for kind in KINDS.values() for source in kind.sources}

    assert {one for one in cited if kept_by[one] in ("later", "outside")} == set()


def test_somebody_may_always_take_over():
    for kind in KINDS.values():
        able = {role for role in Role if ROLES[role].permissions & set(kind.needs)}
        assert able, kind.code


def test_every_kind_is_written_somewhere_and_nothing_else_is():
    """Each call of `oblige` names its kind by a constant of its module, or by a text."""
    written = set()
    for path in ROOT.glob("*/**/*.py"):
        if path.parts[len(ROOT.parts)] in ("tests", "node_modules", "var") or ".venv" in path.parts:
            continue
        text = path.read_text(encoding="utf-8")
        if "oblige(" in text:
            written |= kinds_in(ast.parse(text))

    assert written == set(KINDS)


def kinds_in(tree) -> set[str]:
    names = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            names |= named(node.targets[0], node.value)
    return {
        keyword.value.value if isinstance(keyword.value, ast.Constant) else names[keyword.value.id]
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "oblige"
        for keyword in node.keywords
        if keyword.arg == "kind"
    }


def named(target, value) -> dict[str, str]:
    """NAME = "text", and A, B = "a", "b"."""
    if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        pairs = zip(target.elts, value.elts, strict=True)
        return {name: code for pair in pairs for name, code in named(*pair).items()}
    is_text = isinstance(target, ast.Name) and isinstance(value, ast.Constant)
    return {target.id: value.value} if is_text else {}
