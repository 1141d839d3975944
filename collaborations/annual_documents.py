"""What an organisation hands in each year is asked for anew while a formal collaboration runs.

Domain 1.7.5: the annual documents by financial year. Written in the ledger two months before the
first of them counts no longer, and met when all that are there count beyond that day.
"""

from datetime import date, timedelta

from django.db import transaction
from django.urls import reverse

from collaborations.models import Collaboration, Form
from collaborations.renewals import locked_while_running
from notifications.models import Obligation
from notifications.obligations import meet, oblige
from organisations.choices import DocumentKind
from organisations.models import HeldDocument
from organisations.validity import current, last_day

ANNUAL = "annual_documents"
KINDS = (DocumentKind.ANNUAL_REPORT, DocumentKind.ACCOUNTS, DocumentKind.AUDIT)
IN_ADVANCE = timedelta(days=60)
MOST = 500  # at a time; the next sweep goes on

Parties = dict[tuple[int, int], date]  # organisation and administration: the first day to end


def sweep(today: date) -> int:
    """Write down what must be renewed, mark what has been; returns how many changed."""
    ends = first_ends(today)
    met = [meet(one, ref="nya årshandlingar") for one in owed() if is_renewed(one, ends)]
    return len(met) + sum(write(*row) for row in lacking(today, ends))


def first_ends(today: date) -> Parties:
    """When the first of each organisation's latest annual documents counts no longer."""
    rows = HeldDocument.objects.filter(
        kind__in=KINDS,
        organisation__in=running().values("organisations"),
    ).select_related("stored")
    by_party: dict[tuple[int, int], list[HeldDocument]] = {}
    for one in rows:
        by_party.setdefault((one.organisation_id, one.administration_id), []).append(one)
    latest = {party: current(documents).values() for party, documents in by_party.items()}
    return {
        party: min(last_day(one, today) for one in documents)
        for party, documents in latest.items()
        if documents
    }


def running():
    return Collaboration.objects.running().exclude(form=Form.INFORMAL)


def owed():
    return Obligation.objects.open().filter(kind=ANNUAL)


def key_of(case: int, organisation: int, end: date) -> str:
    return f"{Collaboration._meta.label_lower}:{case}:{ANNUAL}:{organisation}:{end}"


def is_renewed(obligation: Obligation, ends: Parties) -> bool:
    organisation = int(obligation.key.split(":")[3])
    end = ends.get((organisation, obligation.administration_id))
    return end is not None and end > obligation.due_on


def lacking(today: date, ends: Parties) -> list[tuple[int, int, date]]:
    """(case, organisation, the day), of running cases where nothing is written of it."""
    found = {
        key_of(pk, organisation, end): (pk, organisation, end)
        for pk, administration, organisation in running().values_list(
            "pk", "administration", "organisations"
        )
        if (end := ends.get((organisation, administration))) and end <= today + IN_ADVANCE
    }
    written = set(Obligation.objects.filter(kind=ANNUAL).values_list("key", flat=True))
    return [row for key, row in sorted(found.items()) if key not in written][:MOST]


@transaction.atomic
def write(number: int, organisation: int, end: date) -> int:
    case = locked_while_running(number)
    if case is None:
        return 0
    oblige(
        key_of(case.pk, organisation, end),
        kind=ANNUAL,
        about=case.chain,
        unit=case.unit,
        owner=case.officer,
        what=f"Nya årshandlingar i {case.number}",
        path=reverse("organisations:documents", args=[organisation]),
        due_on=end,
    )
    return 1
