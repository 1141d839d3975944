"""Register an organisation, and change what is known of it."""

from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from accounts.models import Administration
from accounts.permissions import Permission, administrations_where
from casework.moves import Stale
from organisations.edit import change_facts, describe, note_size, refuse_to_change_facts
from organisations.forms import DescriptionForm, FactsForm, RegisterForm, SizeForm
from organisations.models import Organisation, Profile
from organisations.register import refuse_unless_editor, register
from organisations.views.saving import (
    own_administrations,
    saved,
    shown,
    stale_page,
    visible_organisation,
)

DESCRIBED = ("roles", "relations", "relation_note", "description", "procurement_assessed_on")


@require_http_methods(["GET", "POST"])
def new(request):
    administrations = own_administrations(request)
    form = RegisterForm(posted(request), administrations=administrations)
    if form.is_valid():
        made = saved(
            request,
            form,
            lambda: register(**form.cleaned_data, by=request.user),
            "Organisationen är registrerad.",
        )
        if made:
            return redirect(made)
    return shown(request, "register", form)


@require_http_methods(["GET", "POST"])
def facts(request, pk):
    organisation = visible_organisation(request, pk)
    refuse_to_change_facts(request.user, organisation)
    form = FactsForm(posted(request), initial=facts_of(organisation))
    if form.is_valid():
        try:
            if saved(
                request,
                form,
                lambda: change_facts(organisation, **form.cleaned_data, by=request.user),
                "Ändringarna är sparade.",
            ):
                return redirect(organisation)
        except Stale as stale:
            now = FactsForm(initial=facts_of(stale.current))
            return stale_page(request, form, now, organisation)
    return shown(request, "facts", form, organisation=organisation)


@require_http_methods(["GET", "POST"])
def description(request, pk, slug):
    organisation = visible_organisation(request, pk)
    administration = editable_administration(request, slug)
    form = DescriptionForm(posted(request), initial=described(organisation, administration))
    if form.is_valid():
        try:
            if saved(
                request,
                form,
                lambda: describe(
                    organisation, administration, **form.cleaned_data, by=request.user
                ),
                "Ändringarna är sparade.",
            ):
                return redirect(organisation)
        except Stale:
            now = DescriptionForm(initial=described(organisation, administration))
            return stale_page(request, form, now, organisation)
    page = {"organisation": organisation, "administration": administration}
    return shown(request, "description", form, **page)


@require_http_methods(["GET", "POST"])
def size(request, pk):
    organisation = visible_organisation(request, pk)
    form = SizeForm(posted(request), administrations=own_administrations(request))
    if form.is_valid() and saved(
        request,
        form,
        lambda: note_size(organisation, **form.cleaned_data, by=request.user),
        "Storleken är antecknad.",
    ):
        return redirect(organisation)
    return shown(request, "size", form, organisation=organisation)


def posted(request):
    return request.POST if request.method == "POST" else None


def facts_of(organisation: Organisation) -> dict:
    return {
        "name": organisation.name,
        "legal_form": organisation.legal_form,
        "org_number": organisation.number_written,
        "version": organisation.version,
    }


def described(organisation: Organisation, administration: Administration) -> dict:
    profile = Profile.objects.filter(
        organisation=organisation, administration=administration
    ).first()
    if profile is None:
        return {"version": 0}
    return {"version": profile.version, **{name: getattr(profile, name) for name in DESCRIBED}}


def editable_administration(request, slug: str) -> Administration:
    """One of the person's own, or 404. Raises NotAllowed where they see but may not edit."""
    own = administrations_where(request.user, Permission.ORGANISATION_SEE)
    mine = Administration.objects.filter(pk__in=[one.pk for one in own])
    administration = get_object_or_404(mine, slug=slug)
    refuse_unless_editor(request.user, administration)
    return administration
