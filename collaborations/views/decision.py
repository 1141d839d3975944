"""Besluta: write, check what was written, decide. And the document, as draft and as made."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from casework.moves import NotAllowed, Stale, closed, missing
from casework.swedish import kronor, long_date
from collaborations import decision_right, standing
from collaborations.decision_document import data_of
from collaborations.forms.decision import DecisionForm
from collaborations.models import Collaboration, Decision, DecisionDocument
from collaborations.page import page_of, readable_case, visible_case
from collaborations.partnership_risk import risks
from collaborations.steps.decide import against, decide, proposed
from collaborations.views.answering_forms import carried_out, shown, stale_page
from collaborations.workflow import DECIDE
from documents.decision import decision_file_name, decision_pdf
from documents.pdf import PdfUnavailable
from documents.store import respond


@require_http_methods(["GET", "POST"])
def decision(request, pk):
    """Without a button: the form. *Granska*: what it says. *Besluta*: it is decided."""
    case = visible_case(request, pk)
    data = request.POST if request.method == "POST" else None
    form = DecisionForm(data, case=case)
    valid = data is not None and form.is_valid()
    if valid and "besluta" in data:
        try:
            if decided(request, case, form):
                return redirect(case)
        except Stale as stale:
            return stale_page(request, form, None, stale.current)
    reviewing = valid and "granska" in data and may_go_on(case, form, request.user)
    page = page_of(
        case,
        request.user,
        name="decide",
        move=DECIDE,
        form=form,
        answers=answers(form) if reviewing else [],
        consultations=case.consultations.select_related("answered_by", "superseded_by"),
        standings=standing.of(case),
        made=made_decision(case),
        risk=risks(case),
        right=decision_right.right_of(case, request.user),
        amount=kronor(decision_right.amount(case)),
    )
    return shown(request, "decide_review" if reviewing else "decide", page, form)


def decided(request, case: Collaboration, form) -> bool:
    return carried_out(
        request,
        form,
        lambda: decide(case, **form.facts(), by=request.user),
        "Beslutet är fattat. Dokumentet görs och beredningsgruppen får veta det.",
    )


def may_go_on(case: Collaboration, form, person) -> bool:
    """Say what stops the decision already at the review, with the same words as the step."""
    case.outcome = form.cleaned_data["outcome"]
    form.refusal = closed(case, DECIDE, person) or missing(case, DECIDE)
    if not form.refusal:
        facts = {name: value for name, value in form.facts().items() if name != "version"}
        form.refusal = against(proposed(case, **facts, by=person))
    case.outcome = ""
    for reason in form.refusal:
        form.add_error(reason.at if reason.at in form.fields else None, reason.sentence)
    return not form.refusal


def answers(form) -> list[dict]:
    """What was written, for the last look before the decision."""
    given = form.cleaned_data
    rows = [
        ("Beslut", dict(form.fields["outcome"].choices)[given["outcome"]]),
        ("Skäl", given["reasons"]),
    ]
    if given["outcome"] == "start":
        if given.get("against_advice"):
            rows.append(("Om beredningsgruppens råd", given["against_advice"]))
        rows += [
            ("Hur samverkan följs upp", given["follow_up_method"]),
            ("Vem som följer upp", str(given["follow_up_by"])),
            ("När den följs upp", long_date(given["follow_up_on"])),
        ]
    rows.append(("Kan överklagas", dict(form.fields["appealable"].choices)[given["appealable"]]))
    return [{"label": label, "value": value} for label, value in rows]


def made_decision(case: Collaboration) -> Decision | None:
    return (
        case.decisions.filter(kind__in=["start", "refrain"])
        .select_related("decided_by", "board_decision", "follow_up_by", "document__stored")
        .first()
    )


@require_POST
def draft(request, pk):
    """The document as it would be, marked as a draft. Nothing is saved."""
    case = visible_case(request, pk)
    if closed(case, DECIDE, request.user):
        raise NotAllowed(closed(case, DECIDE, request.user))
    form = DecisionForm(request.POST, case=case)
    if not form.is_valid():
        return redirect("collaborations:decide", pk=pk)
    facts = {name: value for name, value in form.facts().items() if name != "version"}
    data = data_of(proposed(case, **facts, by=request.user), draft=True)
    try:
        pdf = decision_pdf(data, draft=True)
    except PdfUnavailable as problem:
        messages.error(request, str(problem))
        return redirect("collaborations:decide", pk=pk)
    name = decision_file_name(data, draft=True)
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)


@require_safe
def document(request, pk):
    """The decision document, to those who may see the case."""
    case = readable_case(request, pk)
    made = (
        DecisionDocument.objects.select_related("stored")
        .filter(decision__collaboration=case)
        .first()
    )
    if made is None:
        raise Http404
    return respond(made.stored)
