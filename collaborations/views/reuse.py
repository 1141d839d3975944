"""Använd det här svaret: one answer from another case, by one press of a button."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from casework.moves import NotAllowed
from checklists.answering import AssessmentLocked, StaleAnswer
from collaborations.steps.reuse import reuse
from collaborations.views.check import answers_form, case_and_assessment, questions_page, saved


@require_POST
def reuse_view(request, pk, code):
    """Take over one answer. What was typed on the page is saved too, or else nothing is.

    The button says which, with "GK-03:17:2": question, answer, and its version on the page.
    """
    case, assessment = case_and_assessment(request, pk, code)
    form = answers_form(case, assessment, request.user, request.POST)
    if not form.is_valid() or saved(request, case, code, form) is None:
        return questions_page(request, case, code, form)
    key = request.POST.get("ateranvand", "")
    question = key.partition(":")[0]
    version = request.POST.get(f"{question}-version", "")
    try:
        reuse(
            case,
            code,
            key=key,
            version=int(version) if version.isdecimal() else 0,
            follows=assessment.version_id,
            by=request.user,
        )
    except (NotAllowed, StaleAnswer, AssessmentLocked) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"Svaret på {question} är hämtat från det tidigare ärendet.")
    url = reverse("collaborations:questions", args=[pk, code])
    return redirect(f"{url}#fraga-{question}" if question in form.known else url)
