"""Underlag: what the case's organisations have handed in, and which answer rests on what."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts.permissions import Permission, may
from checklists.answering import AssessmentLocked, UnknownQuestion
from checklists.evidence import EvidenceRefused
from collaborations.holdings import documents_of, of_case
from collaborations.page import page_of, visible_case
from collaborations.steps.evidence import put_document_aside, use_document
from collaborations.views.check import (
    answers_form,
    case_and_assessment,
    questions_page,
    saved,
)

STEPS = {"anvand": use_document, "ta_bort": put_document_aside}


@require_safe
def documents(request, pk):
    case = visible_case(request, pk)
    page = page_of(
        case,
        request.user,
        name="documents",
        holdings=of_case(case),
        may_edit=may(request.user, Permission.ORGANISATION_EDIT, case.administration),
    )
    return render(request, "collaborations/documents.html", page)


@require_POST
def evidence(request, pk, code):
    """Choose a document for a question, or put one aside. What was typed on the page is saved too.

    The button says which: anvand or ta_bort, with "GK-03:17" for question and document.
    """
    case, assessment = case_and_assessment(request, pk, code)
    form = answers_form(case, assessment, request.user, request.POST)
    if not form.is_valid() or saved(request, case, code, form) is None:
        return questions_page(request, case, code, form)
    verb = next((verb for verb in STEPS if verb in request.POST), None)
    question, _, document_pk = request.POST.get(verb, "").rpartition(":")
    if not verb or not document_pk.isdecimal():
        raise Http404
    document = get_object_or_404(documents_of(case), pk=int(document_pk))
    try:
        STEPS[verb](case, code, question=question, document=document, by=request.user)
    except UnknownQuestion as unknown:
        raise Http404 from unknown
    except (EvidenceRefused, AssessmentLocked) as refusal:
        messages.error(request, str(refusal))
    url = reverse("collaborations:questions", args=[pk, code])
    return redirect(f"{url}#fraga-{question}")
