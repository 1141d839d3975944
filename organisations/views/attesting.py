"""Attestations: note one, take one back. All other administrations' are 404."""

from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from organisations.attestations import attest, take_back
from organisations.forms_attesting import AttestationForm, TakeBackForm
from organisations.models import HeldDocument
from organisations.register import refuse_unless_editor
from organisations.views.change import posted
from organisations.views.saving import own_administrations, saved, shown, visible_organisation


@require_http_methods(["GET", "POST"])
def new_attestation(request, pk):
    organisation = visible_organisation(request, pk)
    administrations = own_administrations(request)
    held = HeldDocument.objects.counting().filter(
        organisation=organisation, administration__in=administrations
    )
    asked = [one for one in administrations if one.slug == request.GET.get("forvaltning")]
    form = AttestationForm(
        posted(request),
        administrations=administrations,
        held=held,
        initial={"administration": asked[0]} if asked else {},
    )
    if form.is_valid() and saved(
        request,
        form,
        lambda: attest(organisation, **form.cleaned_data, by=request.user),
        "Intyget är antecknat. Det gäller i tolv månader och kan användas i flera ärenden.",
    ):
        return redirect(organisation)
    return shown(request, "attestation", form, organisation=organisation)


@require_http_methods(["GET", "POST"])
def taken_back(request, pk, attestation_pk):
    organisation = visible_organisation(request, pk)
    own = organisation.attestations.visible_to(request.user).select_related("held")
    found = get_object_or_404(own.select_related("administration"), pk=attestation_pk)
    refuse_unless_editor(request.user, found.administration)
    form = TakeBackForm(posted(request))
    if form.is_valid() and saved(
        request,
        form,
        lambda: take_back(found, **form.cleaned_data, by=request.user),
        "Intyget är taget tillbaka.",
    ):
        return redirect(organisation)
    return shown(request, "attestation", form, organisation=organisation, attestation=found)
