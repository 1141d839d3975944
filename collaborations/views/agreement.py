"""The agreement's page, its documents, and the small moves: begin, drop, parties."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agreements import reading
from agreements.models import Agreement
from casework.moves import closed
from collaborations import agreement_page, goal_chart
from collaborations.agreement_document import data_of
from collaborations.forms.agreement import BeginForm, DropForm, LabelForm, PartyForm
from collaborations.models import OPEN_TO_CORRECTION, Collaboration
from collaborations.page import page_of, readable_case, visible_case
from collaborations.rules import form_has_an_agreement, goals_are_measurable
from collaborations.rules import partnership_is_for_more_than_a_year as long_enough
from collaborations.rules.agreement import needs_agreement
from collaborations.rules.signing import Signing, what_stops
from collaborations.steps import agree
from collaborations.views.answering_forms import carried_out, shown
from collaborations.workflow import (
    AMEND_AGREEMENT,
    BEGIN_AGREEMENT,
    DROP_AGREEMENT,
    SIGN_AGREEMENT,
    WRITE_AGREEMENT,
)
from documents.agreement import agreement_docx, agreement_file_name, agreement_pdf
from documents.pdf import PdfUnavailable
from documents.store import answer_with, respond
from documents.word import DOCX


def agreement_of(case: Collaboration, agreement_pk: int) -> Agreement:
    """The case's own agreement, or 404."""
    agreement = get_object_or_404(Agreement, pk=agreement_pk, terms=case.terms_id)
    agreement.terms = case.terms
    return agreement


def home(case: Collaboration):
    return redirect("collaborations:agreement", pk=case.pk)


@require_http_methods(["GET", "POST"])
def agreement(request, pk):
    """What is agreed, to those who read what runs; the drafts too, to those who prepare."""
    case = readable_case(request, pk)
    if not case.is_whole:
        return render(request, "collaborations/agreement.html", what_holds(case))
    form = BeginForm(request.POST or None, case=case)
    if request.method == "POST" and form.is_valid():
        done = carried_out(
            request,
            form,
            lambda: agree.begin_agreement(case, **form.cleaned_data, by=request.user),
            "Överenskommelsen är påbörjad. Skriv avsnitt för avsnitt.",
        )
        if done:
            return home(case)
    page = page_of(case, request.user, name="agreement", move=BEGIN_AGREEMENT, form=form)
    return shown(
        request, "agreement", {**page, **what_holds(case), **drafting(case, request)}, form
    )


def what_holds(case: Collaboration) -> dict:
    return {
        "case": case,
        "in_force": agreement_page.in_force(case),
        "parties": case.terms.parties.all(),
        "contributions": case.terms.contributions.all(),
        "bars": agreement_page.contribution_bars(case),
        "charts": goal_chart.charts(case),
    }


def drafting(case: Collaboration, request) -> dict:
    drafted = reading.being_drafted(case.terms)
    more = {"has_form": form_has_an_agreement(case), "needed": needs_agreement(case)}
    if drafted is None:
        may_amend = not closed(case, AMEND_AGREEMENT, request.user)
        return {**more, "may_amend": may_amend}
    latest = reading.latest_drafts(case.terms)[drafted.pk]
    reasons = goals_are_measurable.reasons(case) + long_enough.reasons(case)
    return {
        **more,
        "drafted": drafted,
        "latest": latest,
        "can_be_signed": not what_stops(Signing(case, drafted, latest)),
        "tasks": agreement_page.section_tasks(case, drafted),
        "unfinished": len({one.code for one in agreement_page.lacking(case, drafted)}),
        "think": reasons,
        "words": agreement_page.word_warnings(drafted),
        "may_write": not closed(case, WRITE_AGREEMENT, request.user),
        "may_change_parties": case.step in OPEN_TO_CORRECTION,
        "may_sign": not closed(case, SIGN_AGREEMENT, request.user),
    }


@require_http_methods(["GET", "POST"])
def parties(request, pk):
    case = visible_case(request, pk)
    form = PartyForm(request.POST or None, case=case)
    if request.method == "POST" and "ta_bort" in request.POST:
        party = get_object_or_404(case.terms.parties, pk=number(request.POST["ta_bort"]))
        agree.remove_party(case, party, by=request.user)
        messages.success(request, "Parten är borttagen.")
        return redirect(request.path)
    if request.method == "POST" and form.is_valid():
        done = carried_out(
            request,
            form,
            lambda: agree.add_party(case, **form.cleaned_data, by=request.user),
            "Parten är tillagd.",
        )
        if done:
            return redirect(request.path)
    page = page_of(case, request.user, name="agreement", move=WRITE_AGREEMENT, form=form)
    return shown(request, "agreement_parties", {**page, "parties": case.terms.parties.all()}, form)


def number(text: str) -> int:
    if not text.isdecimal():
        raise Http404
    return int(text)


@require_http_methods(["GET", "POST"])
def drop(request, pk, agreement_pk):
    case = visible_case(request, pk)
    dropped = agreement_of(case, agreement_pk)
    form = DropForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and carried_out(
        request,
        form,
        lambda: agree.drop(case, dropped, by=request.user),
        "Utkastet är nedlagt. Dess versioner finns kvar.",
    ):
        return home(case)
    page = page_of(case, request.user, name="agreement", move=DROP_AGREEMENT, form=form)
    return shown(request, "agreement_drop", {**page, "agreement": dropped}, form)


@require_safe
def export(request, pk, agreement_pk, number, ending):
    """A version as PDF or Word, marked as a draft until it is the one that can be signed."""
    case = visible_case(request, pk)
    exported = agreement_of(case, agreement_pk)
    draft = get_object_or_404(exported.drafts.select_related("saved_by"), number=number)
    data = data_of(case, exported, draft)
    marked = exported.is_signed or bool(what_stops(Signing(case, exported, draft)))
    name = agreement_file_name(data, ending, draft=marked)
    if ending == "docx":
        return answer_with(agreement_docx(data, draft=marked), name, DOCX)
    try:
        return answer_with(agreement_pdf(data, draft=marked), name, inline=True)
    except PdfUnavailable as problem:
        messages.error(request, str(problem))
        return home(case)


@require_POST
def name_version(request, pk, agreement_pk):
    """A name for a version, given once."""
    case = visible_case(request, pk)
    named = agreement_of(case, agreement_pk)
    form = LabelForm(request.POST)
    if form.is_valid():
        draft = get_object_or_404(named.drafts, number=form.cleaned_data["number"])
        agree.name_version(case, draft, label=form.cleaned_data["label"], by=request.user)
        messages.success(request, "Versionen har fått ett namn.")
    else:
        messages.error(request, "Skriv ett namn på versionen, högst 80 tecken.")
    return redirect("collaborations:agreement_versions", pk=pk, agreement_pk=agreement_pk)


@require_safe
def signed_file(request, pk, agreement_pk):
    """The signed agreement, to those who may read what runs."""
    case = readable_case(request, pk)
    signed = agreement_of(case, agreement_pk)
    if signed.signed_file is None:
        raise Http404
    return respond(signed.signed_file)
