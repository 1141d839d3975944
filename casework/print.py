"""The process and its rules, printed from the code: docs/rules.md and docs/workflow.md."""

from collections.abc import Iterable

from casework.moves import Move, asked
from casework.rules import Rule


def sources(of: Iterable[str]) -> str:
    return ", ".join(of)


def rules_of(move: Move) -> list[Rule]:
    """The rules of a move that are the same for every subject; those from a table stand there."""
    return [*move.person, *(asked(move.rules, None) if not callable(move.rules) else ())]


def mermaid(moves: Iterable[Move], labels: dict[str, str]) -> str:
    """A diagram of the moves that change the step."""
    lines = ["```mermaid", "stateDiagram-v2"]
    lines += [f"    {code}: {label}" for code, label in labels.items()]
    for move in moves:
        if move.enters is None:
            continue
        for leaves in (code for code in labels if code in move.leaves and code != move.enters):
            lines.append(f"    {leaves} --> {move.enters}: {move.label}")
    return "\n".join([*lines, "```"])
