"""Göra tillägg: an amendment names the sections it changes and inherits the rest (I-55 p. 10)."""

from contextlib import suppress
from uuid import UUID

from agreements import reading, writing
from agreements.models import Agreement
from agreements.sections import sections_of
from audit import clock
from casework.moves import NotAllowed, moving
from casework.rules import Reason
from collaborations.models import Collaboration
from collaborations.steps.agree import Unchanged, begun
from collaborations.workflow import AMEND_AGREEMENT


def amend(
    case: Collaboration, main: Agreement, *, form_key: UUID, sections: list[str], by
) -> Agreement:
    """Begin an amendment of the sections. The same form sent twice gives the same one.

    Raises NotAllowed: without sections, on an agreement that is unsigned or has ended, and while
    another draft is being written.
    """
    if already := begun(case, form_key):
        return already
    details = {"amends": main.pk, "sections": sorted(sections)}
    with suppress(Unchanged), moving(case, AMEND_AGREEMENT, by=by, details=details) as locked:
        if begun(locked, form_key):
            raise Unchanged
        refuse_unless_in_force(locked, main, sections)
        fresh = next(one for one in reading.mains(locked.terms) if one.pk == main.pk)
        amendment = writing.amend(
            fresh, form_key=form_key, sections=in_order(main, sections), by=by
        )
        details["agreement"] = amendment.pk
    reading.forget(case.terms)
    return begun(case, form_key)


def in_order(main: Agreement, sections) -> list[str]:
    return [one.code for one in sections_of(main.template) if one.code in set(sections)]


def refuse_unless_in_force(case: Collaboration, main: Agreement, sections: list[str]) -> None:
    signed = {one.pk: one for one in reading.mains(case.terms) if one.is_signed}
    reasons = []
    if main.pk not in signed:
        reasons.append(Reason("Ett tillägg gäller en undertecknad överenskommelse.", ("G-75",)))
    elif reading.has_ended(signed[main.pk], clock.today()):
        reasons.append(Reason("Överenskommelsen är slut och kan inte ändras längre.", ("G-75",)))
    if reading.being_drafted(case.terms):
        reasons.append(Reason("Det finns redan ett utkast. Skriv på det eller lägg ner det."))
    if not in_order(main, sections):
        reasons.append(Reason("Välj minst ett avsnitt som ska ändras.", ("I-55",), "sections"))
    if reasons:
        raise NotAllowed(reasons)
