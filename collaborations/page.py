"""What every page of a case shows: where it stands, what is missing and where to mend it."""

from django.shortcuts import get_object_or_404
from django.urls import reverse

from accounts.models import User
from casework.moves import closed, missing, warned
from collaborations.log import entries
from collaborations.models import Collaboration, Step

# The rail: what is done at each stop, the page where it is done, and the step it leads to.
STOPS = (
    ("Registrera", "registration", Step.REGISTERED),
    ("Motivera", "motivation", Step.MOTIVATED),
    ("Kontrollera", "check", Step.CHECKED),
    ("Besluta", "decide", Step.DECIDED),
    ("Dokumentera", "decide", Step.DOCUMENTED),
    ("Meddela", "notices", Step.TOLD),
    ("Starta", "follow_up", Step.ONGOING),
    ("Avsluta", "end", Step.ENDED),
    ("Slutfölja", "close", Step.CLOSED),
)
ORDER = [step for _, _, step in STOPS]
LAST_RECENT = 6


def visible_case(request, pk: int) -> Collaboration:
    """The case, or 404 when the person may not see it."""
    return get_object_or_404(
        Collaboration.objects.visible_to(request.user).select_related(
            "administration",
            "unit",
            "responsible_manager",
            "officer",
            "area",
            "terms",
            "secrecy_by",
        ),
        pk=pk,
    )


def rail(case: Collaboration, page: str) -> list[dict]:
    """The stops in order, each done, current (the next to be done), coming or skipped."""
    done = ORDER.index(case.step) if case.step in ORDER else furthest(case)
    stopped = case.step == Step.WITHDRAWN or (case.is_refrained and case.step == Step.TOLD)
    stops = []
    for place, (label, name, _) in enumerate(STOPS):
        state = "done" if place <= done else "current" if place == done + 1 else "coming"
        if state != "done" and stopped:
            state = "skipped"
        url = reverse(f"collaborations:{name}", args=[case.pk]) if state != "skipped" else ""
        shown = name == page and (label != "Dokumentera")
        stops.append({"label": label, "state": state, "url": url, "current": shown})
    return stops


def furthest(case: Collaboration) -> int:
    """How far a withdrawn case had come, as its log says it."""
    return 1 if case.within_competence is not None else 0


def places(case: Collaboration) -> dict[str, str]:
    """From a reason's `at` to the address where it is mended."""
    pages = {
        name: reverse(f"collaborations:{name}", args=[case.pk])
        for name in (
            "motivation",
            "check",
            "conflict",
            "consultation",
            "notices",
            "follow_up",
            "hand_over",
            "decide",
        )
    }
    sets = {
        code: reverse("collaborations:questions", args=[case.pk, code])
        for code in ("grundkrav", "demokrati", "valfardsbrott")
    }
    overlap = f"{reverse('collaborations:case', args=[case.pk])}#annan-samverkan"
    return {**pages, **sets, "decision": pages["decide"], "overlap": overlap}


def page_of(case: Collaboration, person: User, *, name: str, move=None, **more) -> dict:
    """The context of a page of the case. `move` is the one that the page is for."""
    context = {
        "case": case,
        "rail": rail(case, name),
        "places": places(case),
        "recent": entries(case, person, most=LAST_RECENT),
        **more,
    }
    if move is not None:
        context["closed"] = closed(case, move, person)
        here = case.step in move.leaves
        context["missing"] = missing(case, move) if here else []
        context["warnings"] = warned(case, move) if here else []
    return context
