"""What overlaps (G-14): one organisation in several cases, or one area and target group."""

from django.db.models import Count, F, Q, Window
from django.db.models.functions import RowNumber
from django.urls import reverse
from django.utils.http import urlencode

from collaborations.models import Collaboration, Step
from dashboard.group import cases_of

MOST = 8  # overlaps of a kind that are shown, those with most cases
SHOWN = 3  # cases of each


def list_of(**chosen) -> str:
    """The list of cases under way, filtered."""
    return f"{reverse('collaborations:list')}?{urlencode({'steg': 'aktuella', **chosen})}"


def under_way(person):
    return cases_of(person).under_way()


def same_organisation(person) -> list[dict]:
    """Organisations with more than one case under way, those with most first.

    Each {label, count, url, cases}; cases are the latest few.
    """
    parties = Collaboration.organisations.through.objects.filter(
        collaboration__in=under_way(person)
    )
    shared = list(
        parties.values("organisation", "organisation__name", "organisation__org_number")
        .annotate(count=Count("pk"))
        .filter(count__gt=1)
        .order_by("-count", "organisation__sort_key")[: MOST + 1]
    )
    groups = [{"organisation": row["organisation"]} for row in shared]
    cases = latest_cases(parties, groups, ("organisation",))
    return [
        {
            "label": row["organisation__name"],
            "count": row["count"],
            "url": list_of(q=row["organisation__org_number"] or row["organisation__name"]),
            "cases": cases.get((row["organisation"],), []),
        }
        for row in shared
    ]


def same_area_and_target_group(person) -> list[dict]:
    """Pairs of area and target group with more than one case under way; as above."""
    aimed = Collaboration.target_groups.through.objects.filter(
        collaboration__in=under_way(person), collaboration__area__isnull=False
    ).annotate(area=F("collaboration__area"))
    shared = list(
        aimed.values("area", "targetgroup", "collaboration__area__name", "targetgroup__name")
        .annotate(count=Count("pk"))
        .filter(count__gt=1)
        .order_by("-count", "collaboration__area__name", "targetgroup__name")[: MOST + 1]
    )
    groups = [{"area": row["area"], "targetgroup": row["targetgroup"]} for row in shared]
    cases = latest_cases(aimed, groups, ("area", "targetgroup"))
    return [
        {
            "label": f"{row['collaboration__area__name']}, {row['targetgroup__name']}",
            "count": row["count"],
            "url": list_of(omrade=row["area"], malgrupp=row["targetgroup"]),
            "cases": cases.get((row["area"], row["targetgroup"]), []),
        }
        for row in shared
    ]


def latest_cases(rows, groups: list[dict], by: tuple[str, ...]) -> dict[tuple, list[dict]]:
    """The latest few cases of each group, by its key: {number, title, step, url}. One query."""
    if not groups:
        return {}
    wanted = Q()
    for group in groups:
        wanted |= Q(**group)
    newest = Window(
        RowNumber(), partition_by=[F(name) for name in by], order_by="-collaboration__registered_at"
    )
    ranked = rows.filter(wanted).annotate(rank=newest).filter(rank__lte=SHOWN)
    facts = [f"collaboration__{name}" for name in ("number", "title", "step")]
    found: dict[tuple, list[dict]] = {}
    for *key, pk, number, title, step in ranked.order_by("rank").values_list(
        *by, "collaboration", *facts
    ):
        url = reverse("collaborations:case", args=[pk])
        case = {"number": number, "title": title, "step": Step(step).label, "url": url}
        found.setdefault(tuple(key), []).append(case)
    return found
