"""The data that is kept beside the PDF: the same in, the same out."""

import json
from dataclasses import dataclass, replace
from datetime import date, datetime

import pytest

from documents.canonical import Malformed, from_json, to_json
from documents.decision import Appeal, DecisionDocumentData, SecrecyMark
from documents.models import Kind
from tests.documents.samples import LONG, MOTIVATION, REFRAIN, START

SECRET = replace(START, secrecy=SecrecyMark("OSL 19 kap. 3 §", "Åsa", date(2026, 11, 20)))


@pytest.mark.parametrize("data", [START, REFRAIN, LONG, SECRET], ids=lambda data: data.number)
def test_what_is_written_can_be_read_back(data):
    assert DecisionDocumentData.from_json(data.to_json()) == data


def test_the_text_is_canonical():
    text = START.to_json()

    again = json.dumps(json.loads(text), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    assert text == again
    assert "Språkvännerna i Älvdal" in text
    assert json.loads(text)["schema"] == "samverkan/decision/4"
    assert json.loads(text)["decision"]["decided_on"] == "2026-11-21"


def test_lists_and_enums_are_written_as_what_they_stand_for():
    loose = replace(START, sent_to=list(START.sent_to), sub_type=Kind.DECISION)

    assert loose.to_json() == replace(START, sub_type="decision").to_json()


@pytest.mark.parametrize(
    ("where", "change"),
    [
        ("reasons", {"reasons": None}),
        ("decided_on", {"decided_on": datetime(2026, 11, 21, 12)}),
        ("sent_to", {"sent_to": "Beredningsgruppen"}),
        ("motivation", {"motivation": None}),
        ("involves_minors", {"motivation": replace(MOTIVATION, involves_minors="ja")}),
    ],
)
def test_what_is_not_what_was_promised_is_refused_where_it_stands(where, change):
    with pytest.raises(Malformed, match=where):
        replace(START, **change).to_json()


@dataclass(frozen=True)
class Counted:
    many: int
    sure: bool


def test_a_yes_is_no_number_and_a_number_no_yes():
    assert from_json(Counted, to_json(Counted(1, True))) == Counted(1, True)
    for wrong in (Counted(True, True), Counted(1, 1)):
        with pytest.raises(Malformed):
            to_json(wrong)
    for text in ('{"many":true,"sure":true}', '{"many":1,"sure":1}'):
        with pytest.raises(Malformed):
            from_json(Counted, text)


def test_a_decision_is_one_of_four_and_its_appeal_one_of_three():
    with pytest.raises(Malformed, match="kind: 'start'"):
        replace(START, kind="start")
    with pytest.raises(Malformed, match="appeal: 'yes'"):
        replace(START, appeal=Appeal("yes", "", ""))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"schema":"samverkan/decision/4"', '"schema":"samverkan/decision/1"'),
        ('"number":', '"nummer":'),
        ('"2026-11-21"', '"21 november"'),
        ('"number":"SAM-2026-0014"', '"number":14'),
        (
            "{",
            "[",
        ),
    ],
)
def test_a_text_of_another_shape_is_not_read(old, new):
    with pytest.raises(Malformed):
        DecisionDocumentData.from_json(START.to_json().replace(old, new, 1))
