"""Findings: register, correct, judge; in a case's own check or in a new examination."""

from functools import partial

from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from audit import clock
from casework.moves import closed
from checklists.models import Assessment, Finding
from checklists.versions import in_force
from collaborations.forms.check import CorrectionForm, FindingForm, JudgementForm
from collaborations.page import page_of, visible_case
from collaborations.steps import check as steps
from collaborations.steps.reexamine import CHECK, joined, report_finding
from collaborations.views.answering_forms import shown
from collaborations.views.check import case_and_assessment, fielded
from collaborations.workflow import ANSWER, REPORT_FINDING


@require_http_methods(["GET", "POST"])
def finding(request, pk, code):
    """Register something that speaks against the attestation."""
    case, assessment = case_and_assessment(request, pk, code)
    form = FindingForm(
        posted(request), assessment=assessment, organisations=case.organisations.all()
    )
    back = reverse("collaborations:questions", args=[pk, code])
    if form.is_bound and form.is_valid():
        step = partial(steps.add_finding, case, code, given=form.given(), by=request.user)
        if fielded(request, form, step, "Uppgiften är registrerad."):
            return redirect(back)
    page = page_of(case, request.user, name="check", move=ANSWER, form=form, back=back)
    return shown(request, "finding", page, form)


@require_http_methods(["GET", "POST"])
def new_finding(request, pk):
    """Register something new about an organisation in a collaboration that is decided or runs."""
    case = visible_case(request, pk)
    organisations = case.organisations.all()
    form = FindingForm(
        posted(request), assessment=categories_of(case, organisations), organisations=organisations
    )
    if form.is_bound and form.is_valid():
        step = partial(report_finding, case, given=form.given(), by=request.user)
        said = "Uppgiften är registrerad. Ansvarig chef får veta det och ska bedöma den."
        if made := fielded(request, form, step, said):
            return redirect(made.assessment.reexamination)
    back = case.get_absolute_url()
    move = REPORT_FINDING
    page = page_of(case, request.user, name="", move=move, form=form, back=back, is_new=True)
    return shown(request, "finding", page, form)


def categories_of(case, organisations) -> Assessment:
    """That of the open examination the finding would join, else the version in force today."""
    matter = joined(case, organisations[0]) if len(organisations) == 1 else None
    if matter:
        return matter.assessment
    return Assessment(version=in_force(CHECK, case.administration.rule_set, clock.today()))


@require_http_methods(["GET", "POST"])
def judge(request, pk, code, finding_pk):
    case, row, back = found(request, pk, code, finding_pk)
    form = JudgementForm(posted(request), initial={"version": row.version})
    if form.is_bound and form.is_valid():
        step = partial(steps.judge_finding, case, row, **form.facts(), by=request.user)
        if fielded(request, form, step, "Bedömningen är sparad."):
            return redirect(back)
    page = page_of(case, request.user, name="check", form=form, finding=row, back=back)
    page["closed"] = closed(case, steps.move_for(row), request.user)
    return shown(request, "finding", page, form)


@require_http_methods(["GET", "POST"])
def correct(request, pk, code, finding_pk):
    """Correct what was registered, or add what the organisation says about it."""
    case, row, back = found(request, pk, code, finding_pk)
    form = CorrectionForm(
        posted(request),
        assessment=row.assessment,
        organisations=case.organisations.all(),
        initial={**as_typed(row), "version": row.version},
    )
    if form.is_bound and form.is_valid():
        version = form.cleaned_data["version"]
        facts = {"given": form.given(), "version": version, "by": request.user}
        if fielded(request, form, partial(steps.correct_finding, case, row, **facts), CORRECTED):
            return redirect(back)
    page = page_of(case, request.user, name="check", form=form, back=back, corrects=row)
    page["closed"] = closed(case, steps.move_for(row), request.user)
    return shown(request, "finding", page, form)


CORRECTED = "Uppgiften är ändrad. Den behöver bedömas på nytt om den var bedömd."


def as_typed(row: Finding) -> dict:
    """The finding as the form's fields hold it."""
    said = vars(steps.given_of(row))
    return {**said, "connected": "true" if row.connected else "false"}


def found(request, pk, code, finding_pk):
    """(case, finding, where to go back): of the case's own check or a matter opened in the case."""
    case = visible_case(request, pk)
    where = Q(assessment__examination__collaboration=case) | Q(assessment__reexamination__case=case)
    rows = Finding.objects.filter(where, assessment__set_code=code).select_related(
        "assessment__version", "assessment__reexamination", "judged_by"
    )
    row = get_object_or_404(rows, pk=finding_pk)
    matter = getattr(row.assessment, "reexamination", None)
    own = reverse("collaborations:questions", args=[pk, code])
    return case, row, matter.get_absolute_url() if matter else own


def posted(request):
    return request.POST if request.method == "POST" else None
