"""The motivation page: save as you go, see what is missing, and go on when it is finished."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.permissions import administrations_of
from casework.moves import NotAllowed, Stale, closed
from collaborations.form_texts import ASPECTS, TEXTS
from collaborations.forms.motivation import (
    ContributionFormSet,
    MotivationForm,
    contribution_lines,
    parties_that_bring,
)
from collaborations.gates import COLUMNS, GATES
from collaborations.models import Collaboration, Form
from collaborations.page import page_of, visible_case
from collaborations.steps.motivate import motivate, write_motivation
from collaborations.views.answering_forms import carried_out, shown, stale_page
from collaborations.workflow import MOTIVATE, WRITE_MOTIVATION


@require_http_methods(["GET", "POST"])
def motivation(request, pk):
    case = visible_case(request, pk)
    data = request.POST if request.method == "POST" else None
    form = MotivationForm(data, case=case)
    lines = ContributionFormSet(
        data,
        initial=contribution_lines(case),
        prefix="insats",
        form_kwargs={"parties": parties_that_bring(case)},
    )
    if data is not None and form.is_valid() and lines.is_valid():
        try:
            if saved(request, case, form, lines):
                return redirect(request.path if case.step == "registered" else case)
        except Stale as stale:
            return stale_page(request, form, MotivationForm(case=stale.current), stale.current)
    page = page_of(
        case,
        request.user,
        name="motivation",
        move=MOTIVATE,
        form=form,
        lines=lines,
        several=not parties_that_bring(case) and case.organisations.count() > 1,
        may_write=closed(case, WRITE_MOTIVATION, request.user),
    )
    return shown(request, "motivation", page, form, lines)


def saved(request, case: Collaboration, form, lines) -> bool:
    """Save, and go on to the check when that button was pressed and nothing is missing."""
    done = carried_out(
        request,
        form,
        lambda: write_motivation(
            case, **form.facts(), contributions=lines.lines(), by=request.user
        ),
        "Motiveringen är sparad.",
    )
    if done and "vidare" in request.POST:
        try:
            motivate(case, by=request.user, version=case.version)
        except NotAllowed:
            messages.warning(request, "Allt är inte klart än. Se vad som saknas.")
        else:
            messages.success(request, "Motiveringen är klar. Nu väntar kontrollen.")
    return done


@require_safe
def compare_forms(request):
    """The forms of collaboration side by side, and which are open in this version."""
    return render(
        request,
        "collaborations/forms.html",
        {
            "texts": [(form, TEXTS[form]) for form in Form],
            "columns": [Form(code) for code in COLUMNS],
            "gates": GATES,
            "aspects": ASPECTS,
            "pointers": [one.association_grant_pointer for one in administrations_of(request.user)],
        },
    )
