"""A new examination of an organisation: its page, for every case there, and its end (G-31)."""

from functools import partial

from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from casework.moves import Stale, closed
from collaborations import democracy, standing
from collaborations.forms.measures import CloseForm
from collaborations.models import Collaboration, Reexamination
from collaborations.steps.reexamine import close, concerned, what_remains
from collaborations.views.answering_forms import shown, stale_page
from collaborations.views.check import fielded
from collaborations.workflow import CLOSE_REEXAMINATION, REPORT_FINDING


@require_safe
def reexamination(request, pk):
    matter = visible_matter(request, pk)
    return render(request, "collaborations/reexamination.html", page_of(matter, request.user))


@require_http_methods(["GET", "POST"])
def close_view(request, pk):
    """The responsible manager says what the matter came to."""
    matter = visible_matter(request, pk)
    form = closing_form(matter, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            step = partial(close, matter, **form.facts(), by=request.user)
            if fielded(request, form, step, "Prövningen är avslutad."):
                return redirect(matter)
        except Stale as stale:
            return stale_page(request, form, None, stale.current)
    page = page_of(matter, request.user) | {"form": form, "back": matter.get_absolute_url()}
    page["closed"] = closed(matter.case, CLOSE_REEXAMINATION, request.user) or already(matter)
    return shown(request, "close_reexamination", page, form)


def already(matter: Reexamination) -> list[str]:
    return [] if matter.is_open else ["Prövningen är redan avslutad."]


def closing_form(matter: Reexamination, data) -> CloseForm:
    said = {"version": matter.version, "outcome": matter.found}
    return CloseForm(data, initial=said)


def visible_matter(request, pk) -> Reexamination:
    """With its check and what it comes to today. 404 for those who see no case with it there."""
    rows = Reexamination.objects.visible_to(request.user).whole()
    matter = get_object_or_404(rows, pk=pk)
    standing.check_of(matter)
    matter.found = standing.outcome_of(matter, matter.assessment)
    return matter


def page_of(matter: Reexamination, person) -> dict:
    case = matter.case
    there = Collaboration.objects.wholly_visible_to(person).filter(
        administration=matter.administration, organisations=matter.organisation
    )
    acts = matter.is_open and there.filter(pk=case.pk).exists()
    may_close = acts and not closed(case, CLOSE_REEXAMINATION, person)
    return {
        "matter": matter,
        "cases": concerned(matter).filter(pk__in=there.values("pk")).for_list(),
        "sees_the_case": acts or there.filter(pk=case.pk).exists(),
        "what_remains": what_remains(matter) if matter.is_open else [],
        "may_close": may_close,
        "may_report": acts and not closed(case, REPORT_FINDING, person),
        "democracy": democracy.page(case, matter.assessment, person, acts=acts, new=True),
    }
