"""Motivera: why this collaboration, for whom, and what the parties bring (G-16–G-26, G-43–G-45)."""

from agreements.models import Contribution
from agreements.writing import ensure_parties
from casework.moves import moving, refuse_if
from collaborations import standing
from collaborations.models import Collaboration, Form
from collaborations.rules import amounts_are_sane
from collaborations.steps.check import begin_all
from collaborations.workflow import MOTIVATE, WRITE_MOTIVATION


def write_motivation(
    case: Collaboration,
    *,
    target_groups,
    assignments,
    written_agreement: bool | None,
    contributions: list[dict] | None = None,
    by,
    version: int,
    **facts,
) -> None:
    """Save the motivation, finished or not. The case goes back to registered when it had gone on.

    facts: fields of the case. contributions: every line as {party, kind, what, value, hours}; they
    replace the earlier lines; None leaves them. Raises Stale, NotAllowed (G-53, I-39).
    """
    lines = [] if contributions is None else contributions
    details = {
        "target_groups": sorted(group.pk for group in target_groups),
        "assignments": sorted(assignment.pk for assignment in assignments),
        "contributions": [[line["party"], line["kind"], line.get("value")] for line in lines],
    }
    with moving(case, WRITE_MOTIVATION, by=by, version=version, details=details) as locked:
        for name, value in facts.items():
            setattr(locked, name, value)
        locked.target_groups.set(target_groups)
        locked.assignments.set(assignments)
        terms, organisations = locked.terms, list(locked.organisations.all())
        if locked.form != Form.INFORMAL and len(organisations) > 1:
            # So that it can be said which of them brings what (G-54).
            ensure_parties(terms, unit=locked.unit, organisations=organisations)
        terms.written_agreement = written_agreement
        terms.save()
        if contributions is not None:
            made = [Contribution(terms=terms, **line) for line in lines]
            refuse_if([reason for line in made for reason in amounts_are_sane.reasons(line)])
            terms.contributions.all().delete()
            Contribution.objects.bulk_create(made)


def motivate(case: Collaboration, *, by, version: int) -> None:
    """The motivation is finished: the question sets begin. Raises Stale, NotAllowed."""
    with moving(case, MOTIVATE, by=by, version=version) as locked:
        begin_all(locked)
    standing.forget(case)
