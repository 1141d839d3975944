"""A rule: a claim that is true or false, its source, and the sentence the user reads.

The same object guards the move, explains on the page what is missing, and prints docs/rules.md.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from inspect import signature


@dataclass(frozen=True)
class Reason:
    """Why a move cannot be made: a sentence, where it is mended, and which rule says so."""

    sentence: str
    sources: tuple[str, ...] = ()
    at: str = ""  # the name of the page where it is mended, such as "motivation"
    rule: str = ""

    def __str__(self):
        return self.sentence


@dataclass(frozen=True)
class Rule:
    do_not_call_in_templates = True  # a page shows a rule; only moves and their pages ask it

    claim: Callable
    sources: tuple[str, ...]
    unmet: str
    at: str = ""
    explain: Callable | None = field(default=None, compare=False)
    says_who: bool = False

    @property
    def name(self) -> str:
        return self.claim.__name__

    @property
    def about_person(self) -> bool:
        return len(signature(self.claim).parameters) == 2

    def __call__(self, *subject) -> bool:
        return bool(self.claim(*subject))

    def reasons(self, *subject) -> list[Reason]:
        """Empty when the rule is met. `explain`, where given, says what exactly is missing."""
        if self(*subject):
            return []
        sentences = (self.explain(*subject) if self.explain else None) or [self.unmet]
        return [Reason(sentence, self.sources, self.at, self.name) for sentence in sentences]


def rule(
    *sources: str,
    unmet: str,
    at: str = "",
    explain: Callable | None = None,
    says_who: bool = False,
):
    """Make a rule of a function of the subject, or of (subject, person).

    sources: ids of the catalogue, or of law ("KL 6:30"). unmet: the Swedish sentence read when it
    is false. at: the page where it is mended. explain: (subject) → more exact sentences. says_who:
    the sentence says who may, so that no permission need be named beside it.
    """

    def make(claim: Callable) -> Rule:
        return Rule(claim, sources, unmet, at, explain, says_who)

    return make
