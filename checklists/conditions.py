"""The closed list of conditions (product.md §5). There is no expression language.

A condition is a dict: {"kind": "minors"}, {"kind": "answer", "code": "VB-13", "is": ["hog"]}.
A question without one is always asked.
"""

from collections.abc import Callable, Mapping
from datetime import date

from checklists.facts import Facts, a_year_before


def value_of(answers: Mapping, code: str):
    return answers[code].value if code in answers else None


def younger_than_a_year(value, facts: Facts) -> bool:
    """Is the date (ISO text) less than a year before today? (GK-02)"""
    return bool(value) and date.fromisoformat(value) > a_year_before(facts.today)


def chosen(value) -> set:
    """What an answer's value holds, as a set: a list of codes, one code, or nothing."""
    if value is None:
        return set()
    return set(value) if isinstance(value, list) else {value}


# kind → is it so? (condition, answers by code, facts)
CONDITIONS: dict[str, Callable[[Mapping, Mapping, Facts], bool]] = {
    "answer": lambda c, answers, facts: bool(chosen(value_of(answers, c["code"])) & set(c["is"])),
    "younger_than_a_year": lambda c, answers, facts: younger_than_a_year(
        value_of(answers, c["code"]), facts
    ),
    "payout": lambda c, answers, facts: facts.payout,
    "minors": lambda c, answers, facts: facts.minors,
    "personal_data_shared": lambda c, answers, facts: facts.personal_data_shared,
    "resources": lambda c, answers, facts: facts.resources > 0,
    "outcome": lambda c, answers, facts: facts.outcomes.get(c["set"]) in c["is"],
}


def holds(condition: Mapping | None, answers: Mapping, facts: Facts) -> bool:
    """Is the condition met? None is always met. Raises KeyError for a kind outside the list."""
    return condition is None or CONDITIONS[condition["kind"]](condition, answers, facts)
