"""What another form would ask for: why it is closed here, what is added, what falls away."""

from copy import copy
from dataclasses import dataclass

from casework.rules import Reason
from collaborations import gates, rules, standing
from collaborations.form_texts import DOCUMENTS, TEXTS, FormText
from collaborations.models import Collaboration, Form
from collaborations.scope import required_sets

# What makes a form impossible for a case, whatever else is missing (G-37–G-53).
POSSIBLE = (
    rules.is_no_association_grant,
    rules.informal_hands_nothing_over,
    rules.informal_has_no_written_agreement,
    rules.initiative_is_the_organisations,
)


@dataclass(frozen=True)
class Choice:
    form: Form
    text: FormText
    closed: tuple[Reason, ...]  # empty: it can be chosen
    chosen: bool


@dataclass(frozen=True)
class Change:
    """Names of sets, gates and documents; each list in the order they are asked."""

    form: Form
    added: tuple[str, ...]
    dropped: tuple[str, ...]


def as_form(case: Collaboration, form: str) -> Collaboration:
    """The case as it would be in that form. Not saved, and nothing of the real one is touched."""
    other = copy(case)
    other.form = form
    standing.forget(other)
    return other


def choices(case: Collaboration) -> list[Choice]:
    """Every form, with why it is closed for this very case."""
    return [
        Choice(form, TEXTS[form], tuple(reasons_against(case, form)), form == case.form)
        for form in Form
    ]


def reasons_against(case: Collaboration, form: str) -> list[Reason]:
    other = as_form(case, form)
    return [reason for rule in POSSIBLE for reason in rule.reasons(other)]


def asked_for(case: Collaboration, form: str) -> list[str]:
    """Every test, gate and document of the form, once each."""
    other = as_form(case, form)
    gated = [gate.label for gate in gates.GATES if gate.strength(form) != gates.Strength.SILENT]
    return list(dict.fromkeys([*sets(other), *gated, *DOCUMENTS[Form(form)]]))


def sets(case: Collaboration) -> list[str]:
    return [f"Frågor: {name}" for name in required_sets(case).values()]


def compare(case: Collaboration, form: str) -> Change:
    """From the case's form to that one."""
    before, after = asked_for(case, case.form), asked_for(case, form)
    return Change(
        Form(form),
        tuple(name for name in after if name not in before),
        tuple(name for name in before if name not in after),
    )
