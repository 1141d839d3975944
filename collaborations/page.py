"""What every page of a case shows: where it stands, what is missing and where to mend it."""

from django.shortcuts import get_object_or_404
from django.urls import reverse

from accounts.models import User
from casework.moves import closed, missing, warned
from collaborations import standing
from collaborations.log import entries
from collaborations.models import UNDECIDED_ENDS, Collaboration, Step
from collaborations.scope import SETS

# The rail: what is done at each stop, its page, and the step at which it has been done.
STOPS = (
    ("Registrera", "registration", Step.REGISTERED),
    ("Motivera", "motivation", Step.MOTIVATED),
    ("Kontrollera", "check", Step.CHECKED),
    ("Besluta", "decide", Step.DECIDED),
    ("Dokumentera", "document", Step.DOCUMENTED),
    ("Meddela", "notices", Step.TOLD),
    ("Följa upp", "follow_up", Step.ENDED),  # goes on as long as the collaboration does
    ("Avsluta", "end", Step.ENDED),
    ("Slutfölja", "close", Step.CLOSED),
)
ORDER = (
    Step.REGISTERED,
    Step.MOTIVATED,
    Step.CHECKED,
    Step.DECIDED,
    Step.DOCUMENTED,
    Step.TOLD,
    Step.ONGOING,
    Step.ENDED,
    Step.CLOSED,
)
LAST_RECENT = 6


def visible_case(request, pk: int) -> Collaboration:
    """The case, or 404 when the person may not see the whole of it."""
    return fetched(Collaboration.objects.wholly_visible_to(request.user), pk)


def readable_case(request, pk: int) -> Collaboration:
    """The case, also to those who only read what runs; `case.is_whole` says which it is."""
    case = fetched(Collaboration.objects.visible_to(request.user), pk)
    case.is_whole = Collaboration.objects.wholly_visible_to(request.user).filter(pk=pk).exists()
    return case


def fetched(visible, pk: int) -> Collaboration:
    return get_object_or_404(
        visible.select_related(
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
    """The stops in order: done, current (the first that is not), coming or skipped."""
    done = [is_done(case, step) for _, _, step in STOPS]
    now = done.index(False) if False in done else len(STOPS)
    stopped = case.step in UNDECIDED_ENDS or (case.is_refrained and case.step == Step.TOLD)
    return [
        stop(case, place, label, name, stopped=stopped, now=now, page=page)
        for place, (label, name, _) in enumerate(STOPS)
    ]


def stop(case, place: int, label: str, name: str, *, stopped: bool, now: int, page: str) -> dict:
    state = "done" if place < now else "current" if place == now else "coming"
    if state != "done" and stopped:
        state = "skipped"
    reachable = state != "skipped" and (name != "document" or state == "done")
    url = reverse(f"collaborations:{name}", args=[case.pk]) if reachable else ""
    return {"label": label, "state": state, "url": url, "current": name == page}


def is_done(case: Collaboration, step: Step) -> bool:
    """A case that ended undecided had come as far as its questions were begun."""
    if case.step in UNDECIDED_ENDS:
        motivated = bool(standing.assessments(case))
        return step == Step.REGISTERED or (motivated and step == Step.MOTIVATED)
    return ORDER.index(case.step) >= ORDER.index(step)


def places(case: Collaboration) -> dict[str, str]:
    """From a reason's `at` to the address where it is mended."""
    pages = {
        name: reverse(f"collaborations:{name}", args=[case.pk])
        for name in (
            "registration",
            "motivation",
            "check",
            "conflict",
            "consultation",
            "opinions",
            "aid",
            "notices",
            "follow_up",
            "hand_over",
            "decide",
            "board_decision",
            "referral",
            "agreement",
            "dialogue",
            "shortcomings",
            "break_off",
            "form",
            "funding",
            "scope",
            "risk",
            "employment",
            "partnership",
            "inform_head",
            "steering",
            "documents",
        )
    }
    sets = {code: reverse("collaborations:questions", args=[case.pk, code]) for code in SETS}
    overlap = f"{reverse('collaborations:case', args=[case.pk])}#annan-samverkan"
    matter = f"{reverse('collaborations:case', args=[case.pk])}#ny-provning"
    own = {"decision": pages["decide"], "overlap": overlap, "reexamination": matter}
    return {**pages, **sets, **own}


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
