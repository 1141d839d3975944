"""Who takes part in an item of the agenda, and who stands aside for jäv (G-37).

Noted for the question, or declared in its case and not ruled away: either is enough.
"""

from advice.models import AgendaItem, Member
from collaborations.models import OPEN_TO_CORRECTION, Consultation


def people_aside(asked: Consultation) -> dict[int, str]:
    """person's id → name, in order of name. Reads what `with_jav` fetched."""
    found = {one.person_id: one.person.name for one in asked.recusals.all()}
    if asked.collaboration_id:
        latest = {one.person_id: one for one in asked.collaboration.declarations.all()}
        found |= {pk: one.person.name for pk, one in latest.items() if not one.is_free}
    return dict(sorted(found.items(), key=lambda pair: pair[1]))


def with_jav(consultations, prefix: str = ""):
    """The query set with all that `people_aside` reads: a few queries, however many rows."""
    declared = f"{prefix}collaboration__declarations"
    return consultations.prefetch_related(
        f"{prefix}recusals__person", f"{declared}__person", f"{declared}__ruling"
    )


def is_past(asked: Consultation) -> bool:
    """Not answered, and its case no longer needs advice: it is decided, withdrawn or referred."""
    case = asked.collaboration
    return asked.waits and case is not None and case.step not in OPEN_TO_CORRECTION


def taking_part(item: AgendaItem) -> list[Member]:
    """Those who are there and do not stand aside from the item."""
    aside = people_aside(item.consultation)
    there = item.meeting.attendances.select_related("member__person", "member__represents")
    return [one.member for one in there if one.member.person_id not in aside]
