"""How long what an organisation hands in counts. The table is typed by hand, not from the code."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organisations.choices import EIGHT_DOCUMENTS, DocumentKind
from organisations.models import HeldDocument
from organisations.validity import (
    RULES,
    current,
    is_valid,
    months_after,
    needs_period,
    newest_first,
    valid_until,
)

TODAY = date(2026, 11, 21)
# kind: the last day a document of 10 March 2025 about the year 2024 counts
LAST_DAYS = {
    "activities": date(2027, 3, 10),
    "statutes": None,
    "minutes": date(2026, 9, 10),
    "annual_report": date(2026, 6, 30),
    "accounts": date(2026, 6, 30),
    "audit": date(2026, 6, 30),
    "plan_and_board": date(2025, 6, 30),
    "members": date(2026, 3, 10),
    "attestation": date(2026, 3, 10),
    "values": date(2026, 3, 10),
    "registration": date(2026, 3, 10),
    "de_minimis": date(2026, 3, 10),
    "insurance": date(2024, 12, 31),
    "measures": None,
}


def document(kind="accounts", **facts):
    return HeldDocument(
        **{
            "kind": kind,
            "dated_on": date(2025, 3, 10),
            "covers_from": date(2024, 1, 1),
            "covers_to": date(2024, 12, 31),
            "received_on": date(2025, 4, 1),
            **facts,
        }
    )


@pytest.mark.parametrize("kind", DocumentKind.values)
def test_each_kind_counts_until_its_own_day(kind):
    last = valid_until(
        kind, dated_on=date(2025, 3, 10), covers_to=date(2024, 12, 31), day=date(2025, 4, 1)
    )

    assert last == LAST_DAYS[kind]


@pytest.mark.parametrize("kind", DocumentKind.values)
def test_a_document_counts_on_its_last_day_and_not_the_day_after(kind):
    last = LAST_DAYS[kind] or date(2099, 1, 1)

    assert is_valid(document(kind), last)
    assert is_valid(document(kind), last + timedelta(days=1)) == (LAST_DAYS[kind] is None)


def test_the_eight_are_those_of_the_handbook_in_its_order():
    assert [kind.label for kind in EIGHT_DOCUMENTS] == [
        "beskrivning av verksamheten",
        "stadgar",
        "årsmötesprotokoll",
        "verksamhetsberättelse",
        "ekonomisk berättelse med bokslut",
        "revisionsberättelse",
        "verksamhetsplan och styrelseförteckning",
        "uppgifter om medlemsantal",
    ]


def test_the_extract_of_the_criminal_register_is_no_kind_of_document():
    assert [kind for kind in DocumentKind if "belastning" in kind.label] == []


def test_every_set_of_rules_knows_every_kind():
    assert [set(kinds) for _, kinds in RULES] == [set(DocumentKind)]
    assert [start for start, _ in RULES] == sorted(start for start, _ in RULES)


def test_what_is_counted_by_period_is_asked_for_its_period():
    asked = {kind.value for kind in DocumentKind if needs_period(kind, TODAY)}

    assert asked == {"annual_report", "accounts", "audit", "plan_and_board", "insurance"}


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2025, 12, 31), 18, date(2027, 6, 30)),
        (date(2025, 6, 30), 18, date(2026, 12, 31)),  # the end of a month stays the end
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2025, 8, 30), 6, date(2026, 2, 28)),
        (date(2025, 1, 15), 12, date(2026, 1, 15)),
        (date(2025, 1, 15), 0, date(2025, 1, 15)),
    ],
)
def test_months_are_counted_as_people_count_them(day, months, then):
    assert months_after(day, months) == then


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 48))
def test_later_by_months_is_never_earlier_and_falls_in_the_right_month(day, months):
    then = months_after(day, months)

    assert then >= day
    assert (then.year * 12 + then.month) - (day.year * 12 + day.month) == months


def test_the_newer_period_takes_the_place_of_the_older_whichever_came_first():
    old = document(pk=1, received_on=date(2026, 5, 1))
    new = document(
        pk=2,
        covers_from=date(2025, 1, 1),
        covers_to=date(2025, 12, 31),
        received_on=date(2026, 4, 1),
    )

    assert newest_first([old, new]) == [new, old]
    assert current([old, new]) == {"accounts": new}


def test_what_is_taken_back_counts_no_longer_and_gives_its_place_back():
    old = document("statutes", pk=1)
    wrong = document("statutes", pk=2, dated_on=date(2026, 1, 1), withdrawn_at=TODAY)

    assert current([old, wrong]) == {"statutes": old}
    assert not is_valid(wrong, TODAY)


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (date(2025, 1, 1), date(2025, 12, 31), "2025"),
        (date(2024, 1, 1), date(2025, 12, 31), "2024–2025"),
        (date(2024, 7, 1), date(2025, 6, 30), "2024-07-01–2025-06-30"),
        (None, None, "2025-03-10"),
    ],
)
def test_a_period_is_said_shortly(first, last, said):
    assert document(covers_from=first, covers_to=last).period == said
