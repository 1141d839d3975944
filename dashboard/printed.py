"""The printed pages of docs/, as text. `manage.py print_docs` writes and compares them."""

from advice import rules as advice_rules
from casework.print import mermaid, rules_of, sources
from casework.rules import Rule
from collaborations import gates, rules
from collaborations.models import Form, Step
from collaborations.workflow import ALL_MOVES
from notifications.kinds import obligations_page
from organisations import rules as organisation_rules

ALL_RULES: tuple[Rule, ...] = tuple(
    sorted(
        (
            rule
            for module in (rules, organisation_rules, advice_rules)
            for rule in vars(module).values()
            if isinstance(rule, Rule)
        ),
        key=lambda rule: rule.name,
    )
)
SIGNS = {"blocks": "stoppar", "warns": "varnar", "silent": "–"}
HEAD = "<!-- Printed from the code by `make docs`. Change the code, not this file. -->\n"


def rules_page() -> str:
    lines = [HEAD, "# Rules", "", "## Each rule, its sentence and its source", ""]
    lines += ["| Rule | What the user reads when it is not met | Source |", "|---|---|---|"]
    lines += [f"| `{r.name}` | {r.unmet} | {sources(r.sources)} |" for r in ALL_RULES]
    lines += ["", "## Before a decision to start: which rule holds for which form", ""]
    lines += ["| Gate | " + " | ".join(Form(form).label for form in gates.COLUMNS) + " | Source |"]
    lines += ["|---" * (len(gates.COLUMNS) + 2) + "|"]
    for gate in gates.GATES:
        cells = " | ".join(SIGNS[cell] for cell in gate.cells)
        lines.append(f"| {gate.label} | {cells} | {sources(gate.sources)} |")
    return "\n".join(lines) + "\n"


def workflow_page() -> str:
    lines = [HEAD, "# Workflow", "", mermaid(ALL_MOVES, dict(Step.choices)), ""]
    lines += ["| Move | Needs | From | To | Event | Conditions |", "|---|---|---|---|---|---|"]
    for move in ALL_MOVES:
        leaves = ", ".join(Step(code).label for code in Step if code in move.leaves)
        enters = Step(move.enters).label if move.enters else "(stays)"
        conditions = "<br>".join(f"{r.unmet} ({sources(r.sources)})" for r in rules_of(move))
        if callable(move.rules):
            conditions += "<br>The gates of the form, see rules.md"
        lines.append(
            f"| {move.label} | {move.needs.label} | {leaves} | {enters} | `{move.event}` "
            f"| {conditions.removeprefix('<br>') or '–'} |"
        )
    return "\n".join(lines) + "\n"


PAGES = {
    "docs/rules.md": rules_page,
    "docs/workflow.md": workflow_page,
    "docs/obligations.md": lambda: f"{HEAD}\n{obligations_page()}",
}
