"""Who takes part in an item of the agenda, and who stands aside for jäv (G-37).

Noted for the question, or declared in its case and not ruled away: either is enough.
"""

from dataclasses import dataclass

from django.db.models import Prefetch

from advice.models import AgendaItem, Member
from collaborations.models import Consultation, Recusal


@dataclass(frozen=True)
class Aside:
    """Who stands aside, by the note in the question, or without one by what the case knows."""

    name: str
    note: Recusal | None = None

    @property
    def why(self) -> str:
        """For the group alone to read. What is declared in a case is for the two it concerns."""
        return self.note.why if self.note else "Har anmält jäv i ärendet."


def people_aside(asked: Consultation) -> dict[int, Aside]:
    """person's id → who, in order of name. Reads what `with_jav` fetched."""
    found = {}
    if asked.collaboration_id:
        latest = {one.person_id: one for one in asked.collaboration.declarations.all()}
        found = {pk: Aside(one.person.name) for pk, one in latest.items() if not one.is_free}
    found |= {one.person_id: Aside(one.person.name, one) for one in asked.noted_aside}
    return dict(sorted(found.items(), key=lambda pair: pair[1].name))


def with_jav(consultations, prefix: str = ""):
    """The query set with all that `people_aside` reads: a few queries, however many rows."""
    declared = f"{prefix}collaboration__declarations"
    noted = Recusal.objects.select_related("person", "noted_by", "withdrawn_by")
    return consultations.prefetch_related(
        Prefetch(f"{prefix}recusals", noted), f"{declared}__person", f"{declared}__ruling"
    )


def taking_part(item: AgendaItem) -> list[Member]:
    """Those who are there and do not stand aside from the item."""
    aside = people_aside(item.consultation)
    there = item.meeting.attendances.select_related("member__person", "member__represents")
    return [one.member for one in there if one.member.person_id not in aside]
