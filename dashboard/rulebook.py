"""*Regelverket*: the process and its rules, for people, from the same objects that guard the moves.

What does not change while the program runs is worked out once.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache

from accounts.models import GoverningDocument
from accounts.permissions import administrations_of
from accounts.roles import ROLES
from casework.catalogue import LAWS, Entry, catalogue
from casework.moves import Move
from casework.print import rules_of
from casework.rules import Rule
from checklists.models import Question
from collaborations.gates import COLUMNS, GATES, Gate, Strength
from collaborations.models import Form, Step
from collaborations.workflow import ALL_MOVES
from dashboard.printed import ALL_RULES

# What stands in a cell of the gate table: the word says it all, the tone only helps the eye.
STRENGTHS = {
    Strength.BLOCKS: ("stoppar", "stop"),
    Strength.WARNS: ("varnar", "think"),
    Strength.SILENT: ("–", "none"),
}
# Where a rule is mended, in the order of the work: the heading it stands under.
PARTS = {
    "motivation": "Motiveringen",
    "check": "Kontrollen",
    "grundkrav": "Grundkraven",
    "demokrati": "Demokrativillkoren",
    "valfardsbrott": "Risken för välfärdsbrott",
    "consultation": "Samrådet",
    "overlap": "Annan samverkan",
    "conflict": "Jäv",
    "hand_over": "Ansvaret för ärendet",
    "manager": "En ny ansvarig chef",
    "decision": "Beslutet och dokumentet",
    "reasons": "Skälen för beslutet",
    "follow_up_method": "Planen för uppföljning",
    "follow_up_on": "Dagen för uppföljning",
    "notices": "Meddelandena",
    "follow_up": "Uppföljningen",
    **dict.fromkeys(("held_on", "next_on", "shortcomings", "compliance"), "Uppföljningen"),
}


@dataclass
class Source:
    """What an id or a section of law stands behind. `entry` is missing for law and practice."""

    id: str
    entry: Entry | None
    rules: list[Rule] = field(default_factory=list)
    gates: list[Gate] = field(default_factory=list)
    questions: dict[str, list[str]] = field(default_factory=dict)  # name of the set → codes

    @property
    def heading(self) -> str:
        return self.entry.heading if self.entry else LAWS.get(self.id.split()[0], "Annan grund")


@cache
def forms() -> list[str]:
    return [Form(code).label for code in COLUMNS]


@cache
def gate_table() -> list[dict]:
    """The rows of the table: {gate, cells: [{form, said, tone}]}."""
    return [
        {
            "gate": gate,
            "cells": [
                {"form": label, "said": STRENGTHS[cell][0], "tone": STRENGTHS[cell][1]}
                for label, cell in zip(forms(), gate.cells, strict=True)
            ],
        }
        for gate in GATES
    ]


@cache
def move_table() -> list[dict]:
    """Every move: {label, needs, roles, leaves, enters, conditions, by_form}."""
    return [described(move) for move in ALL_MOVES]


def described(move: Move) -> dict:
    roles = [role.label for role, what in ROLES.items() if move.needs in what.permissions]
    leaves = [step.label for step in Step if step in move.leaves]
    return {
        "label": move.label,
        "needs": move.needs.label,
        "roles": roles,
        "leaves": ["Alla steg"] if len(leaves) == len(Step) else leaves,
        "enters": Step(move.enters).label if move.enters else "",
        "conditions": rules_of(move),
        "by_form": callable(move.rules),
    }


@cache
def rule_groups() -> list[dict]:
    """The rules by where they are mended: {label, rules}, in the order of the work."""
    by_place = defaultdict(list)
    for rule in ALL_RULES:
        by_place[PARTS.get(rule.at, "Ärendet")].append(rule)
    order = [*dict.fromkeys(PARTS.values()), "Ärendet"]
    return [{"label": label, "rules": by_place[label]} for label in order if by_place[label]]


@cache
def cited_by_code() -> dict[str, tuple[list[Rule], list[Gate]]]:
    """Source → the rules and the gates that follow from it."""
    cited = defaultdict(lambda: ([], []))
    for rule in ALL_RULES:
        for source in rule.sources:
            cited[source][0].append(rule)
    for gate in GATES:
        for source in gate.sources:
            cited[source][1].append(gate)
    return dict(cited)


def cited_by_questions() -> dict[str, dict[str, list[str]]]:
    """Source → name of a set → the codes of its published questions that follow from it."""
    rows = (
        Question.objects.filter(version__published_at__isnull=False, version__withdrawn_on=None)
        .exclude(sources=[])
        .order_by("version__question_set__name", "position")
        .values_list("version__question_set__name", "code", "sources")
    )
    cited = defaultdict(lambda: defaultdict(list))
    for name, code, sources in rows:
        for source in sources:
            if code not in cited[source][name]:  # the same in several versions
                cited[source][name].append(code)
    return {source: dict(questions) for source, questions in cited.items()}


def sources() -> list[Source]:
    """Everything that is cited, the catalogue first and in its order. One query."""
    entries, by_code, by_questions = catalogue(), cited_by_code(), cited_by_questions()
    cited = by_code.keys() | by_questions.keys()
    known = [one for one in entries if one in cited]
    return [
        Source(
            one, entries.get(one), *by_code.get(one, ([], [])), questions=by_questions.get(one, {})
        )
        for one in [*known, *sorted(cited - entries.keys())]
    ]


def governing_documents(person):
    """The guidelines and routines of the person's administrations, the next review first."""
    return (
        GoverningDocument.objects.filter(administration__in=administrations_of(person))
        .select_related("administration", "owner_unit")
        .order_by("next_review_on", "title")
    )


def entries_kept_by(keeper: str, document: str) -> list[Entry]:
    """The catalogue, or the part of it that is kept so and comes from that document."""
    return [
        entry
        for entry in catalogue().values()
        if keeper in ("", entry.kept_by) and entry.id.startswith(document)
    ]
