"""Measures with a last day: demand, report, assess, another day (I-53)."""

from functools import partial

from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from audit import clock
from checklists.models import Assessment, Measure, Verdict
from checklists.summary import measure_state
from collaborations.democracy import CHECK, day_of
from collaborations.forms.measures import DemandForm, NewDayForm, ReportForm, VerdictForm
from collaborations.page import page_of, visible_case
from collaborations.steps import measures as steps
from collaborations.views.answering_forms import shown
from collaborations.views.check import fielded
from collaborations.views.findings import posted
from collaborations.workflow import ASSESS_MEASURE, DEMAND_MEASURE, MOVE_MEASURE, REPORT_MEASURE


@require_http_methods(["GET", "POST"])
def demand(request, pk, assessment_pk):
    case = visible_case(request, pk)
    check = get_object_or_404(checks_of(case), pk=assessment_pk)
    against = check.findings.filter(verdict=Verdict.AGAINST)
    form = DemandForm(posted(request), findings=against)
    back = back_to(case, check)
    if form.is_bound and form.is_valid():
        step = partial(steps.demand, case, check, given=form.given(), by=request.user)
        if fielded(request, form, step, "Åtgärden är beslutad. Sista dagen bevakas."):
            return redirect(back)
    page = page_of(
        case, request.user, name="check", move=DEMAND_MEASURE, form=form, back=back, does="demand"
    )
    return shown(request, "measure", page, form)


def report(request, pk, measure_pk):
    return one(
        request,
        pk,
        measure_pk,
        does="report",
        move=REPORT_MEASURE,
        form=ReportForm(posted(request), initial={"reported_on": clock.today()}),
        step=lambda case, measure, said: partial(steps.report, case, measure, **said),
        success="Redovisningen är antecknad. Ansvarig chef behöver bedöma den.",
    )


def assess(request, pk, measure_pk):
    return one(
        request,
        pk,
        measure_pk,
        does="assess",
        move=ASSESS_MEASURE,
        form=VerdictForm(posted(request)),
        step=lambda case, measure, said: partial(steps.assess, case, measure, **said),
        success="Bedömningen är sparad.",
    )


def move(request, pk, measure_pk):
    return one(
        request,
        pk,
        measure_pk,
        does="move",
        move=MOVE_MEASURE,
        form=NewDayForm(posted(request)),
        step=lambda case, measure, said: partial(
            steps.set_new_day,
            case,
            measure,
            due_on=said["due_on"],
            reason=said["change_reason"],
        ),
        success="Den nya sista dagen gäller. Den förra står kvar med skälet.",
    )


@require_http_methods(["GET", "POST"])
def one(request, pk, measure_pk, *, does, move, form, step, success):
    """The page of one move on one measure. step: (case, measure, what was said) → the step."""
    case = visible_case(request, pk)
    rows = Measure.objects.filter(assessment__in=checks_of(case)).whole()
    measure = get_object_or_404(rows.select_related("assessment__reexamination"), pk=measure_pk)
    back = back_to(case, measure.assessment)
    if form.is_bound and form.is_valid():
        carried = partial(step(case, measure, form.cleaned_data), by=request.user)
        if fielded(request, form, carried, success):
            return redirect(back)
    page = page_of(case, request.user, name="check", move=move, form=form, back=back, does=does)
    page |= {"measure": measure, "state": measure_state(measure, day_of(measure.assessment))}
    return shown(request, "measure", page, form)


def checks_of(case):
    """The case's own democracy check, and those of matters that were opened in the case."""
    where = Q(examination__collaboration=case) | Q(reexamination__case=case)
    return Assessment.objects.filter(where, set_code=CHECK).select_related("reexamination")


def back_to(case, check: Assessment) -> str:
    matter = getattr(check, "reexamination", None)
    own = reverse("collaborations:questions", args=[case.pk, CHECK])
    return matter.get_absolute_url() if matter else own
