"""Use what the organisation has attested to the administration as the answer to DV-01."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from casework.moves import NotAllowed
from checklists.answer_checks import AnswerInput
from checklists.answering import AnswersRefused, AssessmentLocked, StaleAnswer
from checklists.summary import ATTESTED
from collaborations.democracy import CHECK
from collaborations.steps import check as steps
from collaborations.views.check import case_and_assessment
from organisations.models import Attestation


@require_POST
def use(request, pk, attestation_pk):
    """One click: who, role, date and document become the answer, valid as long as the attestation.

    An answer that somebody has given meanwhile is not overwritten: the page sends its version.
    """
    case, _ = case_and_assessment(request, pk, CHECK)
    rows = Attestation.objects.of(case.organisations.all(), case.administration_id).counting()
    attestation = get_object_or_404(rows.select_related("held"), pk=attestation_pk)
    shown = request.POST.get("version", "")
    versions = {ATTESTED: int(shown) if shown.isdigit() else 0}
    inputs = {ATTESTED: as_answer(attestation)}
    try:
        steps.answer(case, CHECK, inputs=inputs, versions=versions, by=request.user)
        messages.success(request, f"Intyget av {attestation.name} är nu svaret på {ATTESTED}.")
    except (NotAllowed, AnswersRefused, StaleAnswer, AssessmentLocked) as refusal:
        messages.error(request, str(refusal))
    page = reverse("collaborations:questions", args=[pk, CHECK])
    return redirect(f"{page}#fraga-{ATTESTED}")


def as_answer(attestation: Attestation) -> AnswerInput:
    return AnswerInput(
        value="ja",
        companions={
            "vem": attestation.name,
            "roll": attestation.role,
            "datum": attestation.attested_on,
        },
        reference=attestation.shown_by[:300],
        checked_on=attestation.attested_on,
    )
