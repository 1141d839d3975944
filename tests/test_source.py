"""The catalogue and the program, compared both ways."""

import csv
import re

import pytest
from django.conf import settings

from checklists.load import CONTENT
from collaborations.gates import GATES
from dashboard.printed import ALL_RULES

ROOT = settings.BASE_DIR
with (ROOT / "docs/source/catalogue.csv").open(encoding="utf-8") as file:
    CATALOGUE = list(csv.DictReader(file))
IDS = {row["id"] for row in CATALOGUE}
KEEPERS = {"rule", "field", "notice", "report", "text", "person", "outside", "later"}
CATALOGUE_ID = re.compile(r"\b[GIMSA]-\d\d\b")
CITED = {source for rule in ALL_RULES for source in rule.sources if CATALOGUE_ID.fullmatch(source)}
GATE_SOURCES = {source for gate in GATES for source in gate.sources}


def test_the_catalogue_has_all_245_rules():
    assert len(CATALOGUE) == len(IDS) == 245


@pytest.mark.parametrize("row", CATALOGUE, ids=lambda row: row["id"])
def test_every_entry_says_who_keeps_it_and_where(row):
    assert row["kept_by"] in KEEPERS
    assert row["where"].strip()


def test_every_entry_that_a_rule_keeps_is_cited_by_a_rule():
    assert {row["id"] for row in CATALOGUE if row["kept_by"] == "rule"} - CITED == set()


def test_every_entry_that_a_rule_cites_is_kept_by_something_that_exists():
    later = {row["id"] for row in CATALOGUE if row["kept_by"] in ("later", "outside")}

    assert CITED & later == set()


def test_nothing_cites_an_entry_that_does_not_exist():
    texts = [path.read_text(encoding="utf-8") for path in CONTENT.glob("*.yaml")]
    in_questions = {source for text in texts for source in CATALOGUE_ID.findall(text)}

    assert (CITED | GATE_SOURCES | in_questions) - IDS == set()


@pytest.mark.parametrize(
    "row",
    [row for row in CATALOGUE if row["kept_by"] not in ("later", "outside", "person")],
    ids=lambda row: row["id"],
)
def test_the_place_that_keeps_an_entry_is_there(row):
    """`where` names a file, or file:name; both must exist."""
    for place in row["where"].split(";"):
        name, _, word = place.strip().partition(":")
        path = ROOT / name
        assert path.exists(), place
        if word:
            assert word in path.read_text(encoding="utf-8"), place
