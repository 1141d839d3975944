"""The signed agreement is registered; a signed one is amended."""

from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from agreements import reading
from casework.moves import Stale
from collaborations import agreement_page
from collaborations.forms.agreement import AmendForm, SigningForm
from collaborations.page import page_of, visible_case
from collaborations.rules.signing import Signing, what_stops
from collaborations.steps.amend import amend
from collaborations.steps.sign import sign, signed_by
from collaborations.views.agreement import agreement_of, home
from collaborations.views.answering_forms import carried_out, shown, stale_page
from collaborations.workflow import AMEND_AGREEMENT, SIGN_AGREEMENT
from documents.receiving import is_whole, limit_in_words, was_too_large
from organisations.document_forms import CUT_OFF


@require_http_methods(["GET", "POST"])
def sign_view(request, pk, agreement_pk):
    case = visible_case(request, pk)
    agreement = agreement_of(case, agreement_pk)
    post = request.method == "POST"
    too_large = post and was_too_large(request, "file")
    form = SigningForm(
        *((request.POST, request.FILES) if post else ()), case=case, agreement=agreement
    )
    if too_large:
        form.errors["file"] = form.error_class([f"Filen är större än {limit_in_words()}."])
    elif post and not is_whole(request):
        form.errors["file"] = form.error_class([CUT_OFF])
    if post and form.is_valid():
        try:
            if registered(request, case, agreement, form):
                return home(case)
        except Stale as stale:
            return stale_page(request, form, None, stale.current)
    draft = reading.latest_drafts(case.terms)[agreement.pk]
    page = page_of(
        case,
        request.user,
        name="agreement",
        move=SIGN_AGREEMENT,
        form=form,
        agreement=agreement,
        draft=draft,
        content=reading.content_of(agreement),
        unmet=[] if post else what_stops(Signing(case, agreement, draft)),
    )
    return shown(request, "agreement_sign", page, form)


def registered(request, case, agreement, form) -> bool:
    given = form.cleaned_data
    return carried_out(
        request,
        form,
        lambda: sign(
            case,
            agreement,
            draft=given["draft"],
            signatures=[signed_by(**one) for one in form.signed()],
            file=given["file"],
            by=request.user,
            version=given["version"],
        ),
        "Den undertecknade överenskommelsen är registrerad.",
    )


@require_http_methods(["GET", "POST"])
def amend_view(request, pk, agreement_pk):
    case = visible_case(request, pk)
    main = agreement_of(case, agreement_pk)
    form = AmendForm(request.POST if request.method == "POST" else None, main=main)
    if request.method == "POST" and form.is_valid():
        done = carried_out(
            request,
            form,
            lambda: amend(case, main, **form.cleaned_data, by=request.user),
            "Tillägget är påbörjat. Skriv avsnitten som ändras.",
        )
        if done:
            return redirect(reverse("collaborations:agreement", args=[pk]))
    page = page_of(case, request.user, name="agreement", move=AMEND_AGREEMENT, form=form)
    more = {"agreement": main, "held": agreement_page.in_force(case)}
    return shown(request, "agreement_amend", {**page, **more}, form)
