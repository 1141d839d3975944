"""Byta form: before the decision, knowing what is added and what falls away (G-40, G-52, G-73)."""

from casework.moves import moving
from collaborations import form_change, standing
from collaborations.models import Collaboration
from collaborations.workflow import CHANGE_FORM


def change_form(case: Collaboration, *, form: str, by, version: int) -> form_change.Change:
    """Make it a case of that form. It goes back to registered; answers already given are kept.

    Raises Stale, NotAllowed when the form is not possible for this case.
    """
    change = form_change.compare(case, form)
    details = {"to": form, "added": len(change.added), "dropped": len(change.dropped)}
    with moving(case, CHANGE_FORM, by=by, version=version, details=details) as locked:
        locked.form = form
        standing.forget(locked)
    standing.forget(case)
    return change
