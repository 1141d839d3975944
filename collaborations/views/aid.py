"""Stöd av mindre betydelse: where each recipient stands, lines of aid, declarations."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from agreements import aid as three_years
from audit import clock
from casework.moves import NotAllowed, Stale
from collaborations.forms.aid import AidLineForm, DeclarationForm, RemoveForm
from collaborations.page import visible_case
from collaborations.steps.aid import declare_aid, record_aid, remove_aid
from collaborations.views.answering_forms import stale_page, step_page
from collaborations.workflow import RECORD_AID


def to_aid(case) -> str:
    return reverse("collaborations:aid", args=[case.pk])


@require_http_methods(["GET", "POST"])
def aid(request, pk):
    return step_page(
        request,
        pk,
        name="aid",
        move=RECORD_AID,
        template="aid",
        make_form=lambda case, data: AidLineForm(
            data, case=case, initial={"version": case.version, "origin": "ours"}
        ),
        do=lambda case, form: record_aid(case, **form.facts(), by=request.user),
        success="Stödet är antecknat.",
        then=to_aid,
        context=shown,
    )


def shown(case) -> dict:
    organisations = case.organisations.all()
    lines = case.terms.aid.select_related("organisation")
    return {
        "recipients": three_years.recipients(
            case.terms, organisations, clock.today(), here=case.administration_id
        ),
        "lines": lines,
        "given": [line for line in lines if line.is_ours and line.given_on],
        "first_day": three_years.begins(clock.today()),
    }


@require_http_methods(["GET", "POST"])
def declaration(request, pk):
    return step_page(
        request,
        pk,
        name="aid",
        move=RECORD_AID,
        template="aid_declaration",
        make_form=lambda case, data: DeclarationForm(
            data, case=case, initial={"version": case.version}
        ),
        do=lambda case, form: declare_aid(case, **form.facts(), by=request.user),
        success="Intyget är antecknat.",
        then=to_aid,
    )


@require_POST
def remove(request, pk, line_pk):
    """Take away one line; a refusal is said on the page one comes back to."""
    case = visible_case(request, pk)
    line = get_object_or_404(case.terms.aid, pk=line_pk)
    form = RemoveForm(request.POST)
    if form.is_valid():
        try:
            remove_aid(case, line, **form.facts(), by=request.user)
            messages.success(request, "Raden är borttagen.")
        except NotAllowed as refusal:
            for reason in refusal.reasons:
                messages.error(request, reason.sentence)
        except Stale as stale:
            return stale_page(request, form, None, stale.current)
    return redirect(to_aid(case))
