"""What the legal tests add up to (domain 4.4 and 4.5). Pure functions, as in outcomes.py.

An unclear test takes an opinion of procurement, finance or a lawyer; `opinion` is what it came to.
"""

from collections.abc import Sequence

from django.db import models

from checklists.models.words import NO, YES
from checklists.outcomes import Outcome

UNCLEAR = "oklart"
SMALL, EXEMPTION, REFRAIN = "mindre", "undantag", "avsta"


class Opinion(models.TextChoices):
    """What an opinion on a test comes to. It counts only where the test itself leaves it open."""

    CLEAR = "clear", "inget hinder"
    STOP = "stop", "hinder"
    OPEN = "open", "går inte att avgöra"


OPEN = frozenset({None, Opinion.OPEN})


def public_contract(answers: Sequence[str | None], opinion: str | None = None) -> Outcome:
    """Is it a public contract (domain 4.4; I-44)? answers: to OK-1 … OK-5.

    All yes is a contract. One clear no among the first four is none; a no to the fifth alone is
    not enough, for the four are what makes a contract. Anything else is unclear.
    """
    if None in answers:
        return Outcome.UNFINISHED
    if all(answer == YES for answer in answers):
        return Outcome.PUBLIC_CONTRACT
    if NO in answers[:4]:
        return Outcome.NO_CONTRACT
    if opinion in OPEN:
        return Outcome.UNCLEAR
    return Outcome.NO_CONTRACT if opinion == Opinion.CLEAR else Outcome.PUBLIC_CONTRACT


def state_aid(
    answers: Sequence[str | None], way: str | None, opinion: str | None = None
) -> Outcome:
    """Is it state aid, and by which way may it be given (domain 4.5; I-45)?

    answers: to SS-1 … SS-5, which are asked one after the other until a no. A clear no is none.
    Otherwise a way is chosen: small aid needs no opinion, for it is safe also where it turns out
    to be no aid; another exemption needs the lawyer's; to refrain stops the decision.
    """
    for answer in answers:
        if answer == NO:
            return Outcome.NO_AID
        if answer is None:
            return Outcome.UNFINISHED
    if way is None:
        return Outcome.UNFINISHED
    if way == REFRAIN:
        return Outcome.UNLAWFUL_AID
    if way == SMALL:
        return Outcome.SMALL_AID
    if opinion in OPEN:
        return Outcome.UNCLEAR
    return Outcome.EXEMPT_AID if opinion == Opinion.CLEAR else Outcome.UNLAWFUL_AID
