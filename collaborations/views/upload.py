"""Drafts that were written elsewhere: uploaded, looked at for words, fetched again."""

from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_safe

from collaborations import agreement_page
from collaborations.forms.agreement import UploadDraftForm
from collaborations.page import page_of, visible_case
from collaborations.steps.upload_draft import upload_draft
from collaborations.views.answering_forms import carried_out, shown
from collaborations.workflow import WRITE_AGREEMENT
from documents.receiving import is_whole, limit_in_words, was_too_large
from documents.store import respond
from organisations.document_forms import CUT_OFF


@require_http_methods(["GET", "POST"])
def uploads(request, pk):
    case = visible_case(request, pk)
    post = request.method == "POST"
    too_large = post and was_too_large(request, "file")
    form = UploadDraftForm(*((request.POST, request.FILES) if post else ()))
    if too_large:
        form.errors["file"] = form.error_class([f"Filen är större än {limit_in_words()}."])
    elif post and not is_whole(request):
        form.errors["file"] = form.error_class([CUT_OFF])
    if post and form.is_valid():
        done = carried_out(
            request,
            form,
            lambda: upload_draft(case, **form.cleaned_data, by=request.user),
            "Utkastet är uppladdat.",
        )
        if done:
            return redirect(request.path)
    page = page_of(case, request.user, name="agreement", move=WRITE_AGREEMENT, form=form)
    return shown(
        request, "agreement_uploads", {**page, "uploads": agreement_page.uploads(case)}, form
    )


@require_safe
def uploaded_draft(request, pk, upload_pk):
    case = visible_case(request, pk)
    return respond(get_object_or_404(case.terms.uploads, pk=upload_pk).stored)
