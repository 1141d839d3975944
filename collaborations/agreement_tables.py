"""What is agreed, as the tables that several documents show: promises, goals, what is brought."""

from django.utils.text import capfirst

from agreements.content import Content
from casework.swedish import hours, kronor
from collaborations.models import Collaboration
from documents.parts import Block, Table


def commitments(content: Content) -> Block:
    rows = tuple(
        (one.party, one.what, one.evidence, iso(one.due_on)) for one in content.commitments
    )
    head = ("Part", "Åtagande", "Mått eller underlag", "Senast")
    return Block("Åtaganden", table=Table(head, rows, short=(3,)))


def goals(content: Content) -> Block:
    rows = tuple(
        (one.text, one.indicator, one.baseline, one.target, iso(one.due_on))
        for one in content.goals
    )
    head = ("Mål", "Indikator", "Utgångsläge", "Målvärde", "Nås senast")
    return Block("Mål", table=Table(head, rows, short=(2, 3, 4)))


def contributions(case: Collaboration, text: str = "") -> Block:
    rows = tuple(
        (
            line.who,
            f"{capfirst(line.get_kind_display())}: {line.what}",
            value(line),
            line.valuation,
        )
        for line in case.terms.contributions.all()
    )
    head = ("Part", "Insats", "Värde", "Så är värdet beräknat")
    return Block("Vad parterna bidrar med", text, table=Table(head, rows))


def value(line) -> str:
    """ "60 000 kr, 480 timmar", as far as it is known."""
    return ", ".join(filter(None, (kronor(line.value), hours(line.hours)))) or "Inte värderat"


def iso(day) -> str:
    """A date as tables have it: one that keeps to its column."""
    return day.isoformat() if day else ""
