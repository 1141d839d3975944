"""What is asked of the Decision itself, before it is saved."""

from datetime import date, timedelta

from audit import clock
from casework.rules import rule

# G-47 leaves the interval to the decider; product.md §3 and I-21 set twelve months as the latest.
LONGEST_WAIT = timedelta(days=366)


@rule("G-48", unmet="Skriv skälen för beslutet.", at="reasons")
def reasons_are_given(decision):
    return bool(decision.reasons.strip())


@rule(
    "G-47",
    unmet="Ange hur samverkan följs upp, av vem och när.",
    at="follow_up_method",
)
def follow_up_is_planned(decision):
    return decision.kind != "start" or bool(
        decision.follow_up_method.strip() and decision.follow_up_by_id and decision.follow_up_on
    )


@rule(
    "G-47",
    "G-81",
    unmet="Uppföljningen ska ske efter dagens datum och senast om tolv månader.",
    at="follow_up_on",
)
def follow_up_comes_within_a_year(decision):
    return decision.follow_up_on is None or is_within_a_year(decision.follow_up_on)


def is_within_a_year(day: date, start: date | None = None) -> bool:
    start = start or clock.today()
    return start < day <= start + LONGEST_WAIT
