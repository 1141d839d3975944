"""What there has been between us and an organisation, as far as the reader may see. Reads only."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, Sum
from django.db.models.functions import ExtractYear
from django.utils import timezone

from accounts.permissions import Permission, within
from agreements.models import HANDED_OVER, Contribution, Kind, Side
from checklists.models import Finding
from collaborations.models import (
    OPEN_TO_CORRECTION,
    Collaboration,
    Decision,
    FollowUp,
    Outcome,
    Reexamination,
    Step,
)
from collaborations.workflow import DECIDED_TO_START

MOST = 100  # of each kind of thing on the page; the list of cases has them all
# What became of the cases.
STANDINGS = (
    ("Under beredning", Q(step__in=OPEN_TO_CORRECTION)),
    ("Beslutade", Q(step__in=[Step.DECIDED, Step.DOCUMENTED, Step.TOLD], outcome=Outcome.START)),
    ("Pågående", Q(step=Step.ONGOING)),
    ("Avslutade", Q(step__in=[Step.ENDED, Step.CLOSED])),
    ("Avstådda", Q(outcome=Outcome.REFRAIN)),
    ("Återtagna", Q(step=Step.WITHDRAWN)),
    ("Överlämnade till inköp", Q(step=Step.REFERRED)),
)
SUPPORT = [Kind(code) for code in Kind.values if code in HANDED_OVER]


@dataclass(frozen=True)
class Support:
    """What we have handed over: bars for the picture, lines for the table."""

    bars: list[dict]
    series: list[str]
    lines: list[dict]


def cases_with(organisation, person):
    """The cases (query set) with the organisation that the person may see."""
    return Collaboration.objects.visible_to(person).filter(organisations=organisation)


def standings(organisation, person) -> list[dict]:
    """For components/numbers.html: how many cases went which way. One query."""
    counted = cases_with(organisation, person).aggregate(
        **{f"n{at}": Count("pk", filter=which) for at, (_, which) in enumerate(STANDINGS)}
    )
    return [
        {"number": counted[f"n{at}"], "label": label} for at, (label, _) in enumerate(STANDINGS)
    ]


def decisions_about(organisation, person):
    """Who decided what and when, latest first, with the document where it is made."""
    return (
        Decision.objects.filter(collaboration__in=cases_with(organisation, person))
        .select_related("collaboration", "decided_by", "document__stored")
        .order_by("-decided_at")[:MOST]
    )


def findings_about(organisation, person):
    """What was registered against it, in cases the person wholly sees and new examinations."""
    whole = Collaboration.objects.wholly_visible_to(person).filter(organisations=organisation)
    matters = Reexamination.objects.visible_to(person).filter(organisation=organisation)
    where = Q(assessment__examination__collaboration__in=whole)
    return (
        Finding.objects.filter(where | Q(assessment__reexamination__in=matters))
        .filter(Q(organisation=organisation) | Q(organisation=None))
        .select_related(
            "assessment__examination__collaboration", "assessment__reexamination", "registered_by"
        )
        .order_by("-happened_on", "-pk")[:MOST]
    )


def to_register_in(organisation, person):
    """The collaborations where the person may register something new about it (G-31)."""
    may = within(person, Permission.COLLABORATION_FOLLOW_UP)
    return (
        Collaboration.objects.wholly_visible_to(person)
        .filter(may, organisations=organisation, outcome=Outcome.START)
        .at(*DECIDED_TO_START)
    )


def support_to(organisation, person) -> Support:
    """What we handed over in cases that were decided to start, by year of the decision and kind.

    Cases with several organisations count whole for each. What was never valued is only counted.
    """
    begun = cases_with(organisation, person).filter(outcome=Outcome.START, decided_on__isnull=False)
    rows = (
        Contribution.objects.filter(
            terms__collaboration__in=begun, party=Side.US, kind__in=HANDED_OVER
        )
        .order_by()
        .annotate(year=ExtractYear("terms__collaboration__decided_on"))
        .values("year", "kind")
        .annotate(total=Sum("value"), count=Count("pk"), unvalued=Count("pk", filter=Q(value=None)))
    )
    lines = [{**row, "kind": Kind(row["kind"])} for row in rows]
    lines.sort(key=lambda line: (-line["year"], SUPPORT.index(line["kind"])))
    valued = [line for line in lines if line["total"]]
    kinds = [kind for kind in SUPPORT if any(line["kind"] == kind for line in valued)]
    amounts: dict[int, dict] = defaultdict(dict)
    for line in valued:
        amounts[line["year"]][line["kind"]] = line["total"]
    bars = [
        {"label": str(year), "values": [amounts[year].get(kind, 0) for kind in kinds]}
        for year in sorted(amounts, reverse=True)
    ]
    return Support(bars, [kind.label.capitalize() for kind in kinds], lines)


def timeline(cases, decisions, follow_ups) -> list[dict]:
    """What happened, latest first, for components/timeline.html."""
    told = [*told_of_cases(cases), *told_of_decisions(decisions), *told_of(follow_ups)]
    return sorted(told, key=lambda entry: moment(entry["at"]), reverse=True)[:MOST]


def told_of_cases(cases) -> Iterator[dict]:
    for case in cases:
        about = {"text": case.title, "url": case.get_absolute_url()}
        yield about | {"at": case.registered_at, "sentence": "Initiativ", "icon": "flag"}
        if case.started_on:
            began = {"at": case.started_on, "sentence": "Samverkan började", "icon": "cycle"}
            yield about | began
        if case.ended_on:
            ended = {"at": case.ended_on, "sentence": "Samverkan avslutades", "icon": "stop"}
            yield about | ended


def told_of_decisions(decisions) -> Iterator[dict]:
    for decision in decisions:
        yield {
            "at": decision.decided_at,
            "sentence": f"Beslut att {decision.get_kind_display()}",
            "who": decision.decided_by.name,
            "text": decision.collaboration.title,
            "url": decision.collaboration.get_absolute_url(),
            "icon": "stamp",
        }


def told_of(follow_ups) -> Iterator[dict]:
    for made in follow_ups:
        yield {
            "at": made.held_on,
            "sentence": f"{made.get_kind_display()}: {made.get_conclusion_display()}",
            "who": made.made_by.name,
            "text": made.collaboration.title,
            "url": made.collaboration.get_absolute_url(),
            "icon": "clipboard",
        }


def follow_ups_with(organisation, person):
    return (
        FollowUp.objects.filter(collaboration__in=cases_with(organisation, person))
        .select_related("collaboration", "made_by")
        .order_by("-held_on", "-pk")[:MOST]
    )


def moment(at: date | datetime) -> datetime:
    """A day counts from its midnight, so that days and moments sort together."""
    if isinstance(at, datetime):
        return at
    return timezone.make_aware(datetime.combine(at, datetime.min.time()))
