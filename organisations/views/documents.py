"""Documents of an organisation: what is here, add one, read one, take one back.

Those of other administrations are 404, file and all.
"""

from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods, require_safe

from accounts.permissions import Permission, may
from audit import clock
from documents.receiving import is_whole, was_too_large
from documents.store import Tampered, is_served, respond
from organisations.document_forms import CHOOSE_AGAIN, HoldForm, WithdrawForm
from organisations.dossier import own_sides
from organisations.hold import AlreadyHeld, hold, tell, withdraw
from organisations.holdings import file_in_words
from organisations.models import HeldDocument
from organisations.validity import is_valid, last_day, rule_for
from organisations.views.change import posted
from organisations.views.saving import own_administrations, saved, shown, visible_organisation


@require_safe
def documents(request, pk):
    organisation = visible_organisation(request, pk)
    sides = own_sides(organisation, request.user)
    asked = list(organisation.documentrequests.visible_to(request.user).with_lines())
    for side in sides:
        own = side.administration.pk
        side.requests = [one for one in asked if one.administration_id == own]
    page = {"organisation": organisation, "sides": sides}
    return render(request, "organisations/documents.html", page)


@require_http_methods(["GET", "POST"])
def new_document(request, pk):
    organisation = visible_organisation(request, pk)
    form = hold_form(request)
    if form.is_valid() and (held := taken_in(request, organisation, form)):
        return redirect(held)
    if request.FILES and form.errors and "file" not in form.errors:
        form.add_error("file", CHOOSE_AGAIN)
    return shown(request, "new_document", form, organisation=organisation)


def hold_form(request) -> HoldForm:
    data = posted(request)
    return HoldForm(
        data,
        request.FILES if data is not None else None,
        administrations=own_administrations(request),
        whole=data is None or is_whole(request),
        too_large=data is not None and was_too_large(request, "file"),
        initial={"kind": request.GET.get("slag", "")},
    )


def taken_in(request, organisation, form) -> HeldDocument | None:
    try:
        return saved(
            request,
            form,
            lambda: hold(organisation, **form.cleaned_data, by=request.user),
            "Handlingen är antecknad.",
        )
    except AlreadyHeld as same:
        there = same.document
        link = format_html('<a href="{}">{}</a>', there.get_absolute_url(), there)
        form.add_error("file", format_html("Filen finns redan: {}. Inget nytt har sparats.", link))
    return None


@require_http_methods(["GET", "POST"])
def held_document(request, pk, document_pk):
    """What it is and how long it counts; the form takes it back."""
    organisation, document = visible_document(request, pk, document_pk)
    form = WithdrawForm(posted(request))
    if form.is_valid() and saved(
        request,
        form,
        lambda: withdraw(document, **form.cleaned_data, by=request.user),
        "Handlingen är tagen tillbaka.",
    ):
        return redirect(document)
    page = {
        "organisation": organisation,
        "document": document,
        "valid_until": last_day(document, clock.today()),
        "is_valid": is_valid(document, clock.today()),
        "rule": rule_for(document.kind, clock.today()).in_words,
        "file_in_words": file_in_words(document),
        "is_served": document.stored and is_served(document.stored),
        "may_edit": may(request.user, Permission.ORGANISATION_EDIT, document.administration),
    }
    return shown(request, "held_document", form, **page)


@require_safe
def document_file(request, pk, document_pk):
    """The file, as a download. Raises NotScanned and Tampered, which say why in words."""
    _, document = visible_document(request, pk, document_pk)
    if document.stored is None:
        raise Http404
    try:
        return respond(document.stored)
    except Tampered:
        with transaction.atomic():
            tell("document_tampered", document, request.user, sha256=document.stored.sha256)
        raise


def visible_document(request, pk: int, document_pk: int):
    """(organisation, document), or 404 when either may not be seen."""
    organisation = visible_organisation(request, pk)
    own = organisation.helddocuments.visible_to(request.user).with_files()
    return organisation, get_object_or_404(own, pk=document_pk)
