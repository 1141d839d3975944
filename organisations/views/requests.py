"""Ask an organisation for documents: choose, look at the letter, send; then see what has come."""

from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.permissions import Permission, may
from audit import clock
from documents.letter import letter_file_name, letter_pdf
from documents.pdf import PdfUnavailable
from documents.store import answer_with, respond
from organisations.choices import DocumentKind
from organisations.document_forms import RequestForm, WaiveForm
from organisations.holdings import holdings
from organisations.models import Contact, DocumentRequest, RequestedDocument
from organisations.register import refuse_unless_editor
from organisations.requests import (
    ask,
    letter_of,
    notice_of,
    proposed,
    send_again,
    waive,
    words_of,
)
from organisations.views.change import posted
from organisations.views.saving import (
    add_errors,
    own_administrations,
    saved,
    shown,
    visible_organisation,
)

DAYS = 21  # what an association needs to find its papers


@require_http_methods(["GET", "POST"])
def new_request(request, pk):
    """Without a button: the form. *Granska*: the letter. *Skicka*: it is asked."""
    organisation = visible_organisation(request, pk)
    form = request_form(request, organisation)
    if form.is_valid() and "skicka" in request.POST:
        asked = saved(
            request,
            form,
            lambda: ask(organisation, **form.facts(), by=request.user),
            "Begäran är sparad. Brevet görs och skickas nu.",
        )
        if asked:
            return redirect(asked)
    data = letter_data(request, organisation, form) if "granska" in request.POST else None
    if data:
        text = words_of(form.facts()["administration"], data).body
        page = {"organisation": organisation, "form": form, "text": text}
        return render(request, "organisations/request_review.html", page)
    if "andra" in request.POST and form.is_valid():
        page = {"organisation": organisation, "form": form}
        return render(request, "organisations/request.html", page)
    return shown(request, "request", form, organisation=organisation)


def request_form(request, organisation) -> RequestForm:
    own = own_administrations(request)
    contacts = Contact.objects.filter(organisation=organisation, administration__in=own)
    form = RequestForm(
        posted(request),
        contacts=contacts.exclude(email="").select_related("administration"),
        initial={
            "kinds": request.GET.getlist("slag") or lacking(organisation, own),
            "due_on": clock.today() + timedelta(days=DAYS),
            "reference": request.GET.get("arende", "")[:40],
        },
    )
    form.has_contacts = form.fields["contact"].queryset.exists()
    return form


def lacking(organisation, administrations) -> list[str]:
    """Which of the eight are missing or too old with those who may ask."""
    held = organisation.helddocuments.filter(administration__in=administrations).with_files()
    rows = holdings(held, clock.today())
    return [row.kind.value for row in rows if row.wanted and row.is_lacking]


def letter_data(request, organisation, form):
    """What the letter would say; None with the form's errors when it cannot be written."""
    if not form.is_valid():
        return None
    try:
        asked, wanted = proposed(organisation, **form.facts(), by=request.user)
    except ValidationError as fault:
        add_errors(form, fault)
        return None
    return letter_of(asked, wanted)


@require_POST
def draft_letter(request, pk):
    """The letter as PDF before it is sent. Nothing is saved."""
    organisation = visible_organisation(request, pk)
    data = letter_data(request, organisation, request_form(request, organisation))
    if data is None:
        return redirect("organisations:request_documents", pk=pk)
    try:
        return answer_with(letter_pdf(data), letter_file_name(data), inline=True)
    except PdfUnavailable as problem:
        messages.error(request, str(problem))
        return redirect("organisations:request_documents", pk=pk)


@require_safe
def document_request(request, pk, request_pk):
    organisation, asked = visible_request(request, pk, request_pk)
    notice = notice_of(asked)
    page = {
        "organisation": organisation,
        "asked": asked,
        "notice": notice,
        "may_edit": may(request.user, Permission.ORGANISATION_EDIT, asked.administration),
    }
    return render(request, "organisations/document_request.html", page)


@require_safe
def letter(request, pk, request_pk):
    _, asked = visible_request(request, pk, request_pk)
    if asked.letter is None:
        raise Http404
    return respond(asked.letter)


@require_POST
def again(request, pk, request_pk):
    """Send the letter once more, to the address that the contact has now."""
    _, asked = visible_request(request, pk, request_pk)
    send_again(asked, by=request.user)
    messages.success(request, "Brevet skickas igen.")
    return redirect(asked)


@require_http_methods(["GET", "POST"])
def waive_line(request, pk, request_pk, line_pk):
    organisation, asked = visible_request(request, pk, request_pk)
    line = get_object_or_404(RequestedDocument.objects.filter(request=asked), pk=line_pk)
    line.request = asked
    refuse_unless_editor(request.user, asked.administration)
    form = WaiveForm(posted(request))
    if form.is_valid() and saved(
        request,
        form,
        lambda: waive(line, **form.cleaned_data, by=request.user),
        "Det är antecknat att handlingen inte behövs.",
    ):
        return redirect(asked)
    kind = DocumentKind(line.kind).label
    return shown(request, "waive", form, organisation=organisation, asked=asked, kind=kind)


def visible_request(request, pk: int, request_pk: int):
    """(organisation, request), or 404 when either may not be seen."""
    organisation = visible_organisation(request, pk)
    own = DocumentRequest.objects.visible_to(request.user).with_lines()
    return organisation, get_object_or_404(own, organisation=organisation, pk=request_pk)
