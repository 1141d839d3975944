"""The ledger as pages show it: one obligation with all that became of it, and a year in months."""

from datetime import date
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.db.models.functions import ExtractMonth
from django.urls import reverse

from accounts.permissions import Permission, may
from audit import clock
from audit.record import SYSTEM_NAME
from casework.rules import Reason
from casework.swedish import long_date
from collaborations import standing
from collaborations.calendar import Month
from collaborations.ledger_filter import ALL
from collaborations.models import Collaboration, Reexamination
from notifications.kinds import Stage
from notifications.models import Notice, Obligation
from notifications.reminders import reminder_key

MET, WAIVED, TO_COME, LATE = "klara", "avskrivna", "kommande", "försenade"
STATES = (MET, WAIVED, TO_COME, LATE)


def case_of(obligation: Obligation) -> Collaboration | None:
    """The case that it is of, also when it is of a new examination within it."""
    model, _, number = obligation.about.rpartition(":")
    if model == Collaboration._meta.label_lower:
        return Collaboration.objects.filter(pk=number).first()
    if model == Reexamination._meta.label_lower:
        return Collaboration.objects.filter(reexaminations=number).first()
    return None


def against_waiving(obligation: Obligation, person) -> list[Reason]:
    """Why this person may not waive it now; empty when they may."""
    if not obligation.is_open:
        return [Reason("Åtagandet är redan klart.")]
    if not may(person, Permission.OBLIGATION_WAIVE, obligation):
        return [
            Reason("Du har inte rätt att avskriva åtaganden i den här enheten.", rule="permission")
        ]
    if kept := obligation.of_kind.kept:
        return [Reason(f"Det här kan inte avskrivas. {kept}")]
    case = case_of(obligation)
    if case and not standing.is_free(case, person):
        return [Reason("Du är jävig i ärendet och kan inte avskriva något i det.")]
    return []


# --- one -----------------------------------------------------------------------------------------


def facts(obligation: Obligation) -> list[dict]:
    kind = obligation.of_kind
    known = [
        {"label": "Ansvarig", "value": str(obligation.owner)},
        {"label": "Senast", "value": long_date(obligation.due_on)},
        {"label": "Planerat till", "value": long_date(obligation.planned_on)},
        {"label": "Enhet", "value": str(obligation.unit)},
        {"label": "Dagen räknas från", "value": kind.day},
        {"label": "Uppfyllt när", "value": kind.met},
        {"label": "Uppfyllt genom", "value": obligation.met_by},
    ]
    return [fact for fact in known if fact["value"]]


def reminders(obligation: Obligation) -> list[dict]:
    """What has been written, in order: {stage, notice}."""
    stages = {f"reminder_{stage}": stage.label for stage in Stage}
    written = Notice.objects.filter(key__startswith=reminder_key(obligation)).order_by("pk")
    return [{"stage": stages.get(one.kind, ""), "notice": one} for one in written]


def coming_reminders(obligation: Obligation) -> list[dict]:
    """Those that will be written if nothing is done: {stage, day}."""
    if not obligation.is_open:
        return []
    return [
        {"stage": stage.label, "day": obligation.of_kind.schedule.comes_on(stage, obligation.day)}
        for stage in Stage
        if stage.number > obligation.reminded
    ]


def history(obligation: Obligation) -> list[dict]:
    """What became of it, latest first, as components/timeline.html shows it."""
    entries = [{"at": obligation.created_at, "sentence": "Åtagandet skrevs upp", "icon": "flag"}]
    for one in obligation.hand_overs.select_related("giver", "taker", "by"):
        entries.append(
            {
                "at": one.at,
                "sentence": f"Lämnades över från {one.giver} till {one.taker}",
                "who": one.by.name if one.by else SYSTEM_NAME,
                "text": one.note,
                "icon": "user",
            }
        )
    if obligation.met_at:
        who = obligation.met_by_person
        done = {"at": obligation.met_at, "sentence": "Uppfylldes", "text": obligation.met_by}
        entries.append({**done, "who": who.name if who else "", "icon": "check"})
    if obligation.waived_at:
        entries.append(
            {
                "at": obligation.waived_at,
                "sentence": "Avskrevs",
                "who": obligation.waived_by.name,
                "text": obligation.waived_reason,
                "icon": "undo",
            }
        )
    return sorted(entries, key=lambda entry: entry["at"], reverse=True)


# --- a year --------------------------------------------------------------------------------------


def months(rows, year: int, kept: dict) -> list[dict]:
    """Rows for the bars component: each month of the year, with series as STATES. One query.

    kept: the filters that a month's link to the list keeps.
    """
    today = clock.today()
    counted = rows.order_by().annotate(month=ExtractMonth("due_on")).values("month")
    is_open = Q(met_at=None, waived_at=None)
    found = {
        row["month"]: [row["met"], row["waived"], row["to_come"], row["late"]]
        for row in counted.annotate(
            met=Count("pk", filter=Q(met_at__isnull=False)),
            waived=Count("pk", filter=Q(waived_at__isnull=False)),
            to_come=Count("pk", filter=is_open & Q(due_on__gte=today)),
            late=Count("pk", filter=is_open & Q(due_on__lt=today)),
        )
    }
    return [
        {
            "label": month.label,
            "values": found.get(month.number, [0] * len(STATES)),
            "url": month_url(month, kept),
        }
        for month in (Month(year, number) for number in range(1, 13))
    ]


def month_url(month: Month, kept: dict) -> str:
    last = date.fromordinal(month.following.first.toordinal() - 1)
    asked = {**kept, "lage": ALL, "fran": month.first.isoformat(), "till": last.isoformat()}
    return f"{reverse('ledger:obligations')}?{urlencode(asked)}"
