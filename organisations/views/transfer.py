"""Import and export of organisations, and the page that follows the work."""

import mimetypes
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import Administration
from accounts.permissions import Permission, administrations_where
from casework.jobs import again, ask
from casework.models import Job
from casework.moves import NotAllowed
from casework.rules import Reason
from organisations import exporting, importing
from organisations.forms import choose_administration
from organisations.models import Organisation
from organisations.table_file import MOST_BYTES, TOO_LARGE, NotATable, refuse_at_once
from organisations.views.saving import shown

RECENT = 10


class ImportForm(forms.Form):
    administration = forms.ModelChoiceField(label="Läses in för", queryset=None, empty_label=None)
    file = forms.FileField(
        label="Fil",
        help_text="Kalkylblad (xlsx) eller CSV, högst 5 MB och 10 000 rader.",
        error_messages={"empty": "Filen är tom.", "required": "Välj en fil."},
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv,.txt"}),
    )
    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def __init__(self, *args, administrations, **kwargs):
        super().__init__(*args, **kwargs)
        choose_administration(self, administrations)

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(TOO_LARGE)
        self.content = file.read()
        try:
            refuse_at_once(self.content)
        except NotATable as fault:
            raise forms.ValidationError(str(fault)) from fault
        return file


def importing_administrations(request) -> list[Administration]:
    """Those where the person may import. Raises NotAllowed, shown with its reason, when none."""
    found = administrations_where(request.user, Permission.ORGANISATION_IMPORT)
    if not found:
        raise NotAllowed([Reason(f"Du har inte rätt att {Permission.ORGANISATION_IMPORT.label}.")])
    return found


@require_http_methods(["GET", "POST"])
def import_file(request):
    administrations = importing_administrations(request)
    given = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ImportForm(*given, administrations=administrations)
    if form.is_valid():
        facts = {name: form.cleaned_data[name] for name in ("administration", "form_key")}
        name = form.cleaned_data["file"].name
        return redirect(
            "organisations:job",
            importing.ask_for_check(form.content, name, **facts, by=request.user).pk,
        )
    jobs = Job.objects.visible_to(request.user)
    recent = jobs.filter(kind__in=[importing.CHECK, importing.IMPORT])[:RECENT]
    return shown(request, "import", form, recent=recent)


@require_safe
def import_template(request):
    importing_administrations(request)
    return sent(exporting.template(), "organisationer-mall.csv")


@require_safe
def job(request, job_pk):
    found = own_job(request, job_pk)
    page = {"job": found, "is_import": found.kind != exporting.EXPORT}
    page["may_confirm"] = found.kind == importing.CHECK and importing.may_confirm(found)
    if page["may_confirm"]:
        page["import_job"] = importing.import_of(found)
    return render(request, "organisations/job.html", page)


@require_POST
def confirm(request, job_pk):
    checked = own_job(request, job_pk)
    overwrite = request.POST.get("overwrite") == "on"
    return redirect(
        "organisations:job", importing.confirm(checked, overwrite=overwrite, by=request.user).pk
    )


@require_POST
def restart(request, job_pk):
    found = own_job(request, job_pk)
    if not again(found):
        messages.info(request, "Arbetet är redan i gång eller klart.")
    return redirect("organisations:job", found.pk)


@require_safe
def result(request, job_pk):
    """The file that came of it. Only the one who asked may fetch it."""
    found = own_job(request, job_pk)
    if not found.result or not default_storage.exists(found.result):
        raise Http404
    return sent(default_storage.open(found.result), found.result_name)


@require_POST
def export(request):
    """The list as its address says; at once when it is short, else by the worker."""
    form = request.POST.get("form")
    if form not in exporting.TYPES:
        raise Http404
    rows = exporting.chosen(request.user, request.GET)
    if not Organisation.objects.visible_to(request.user).exists():
        raise Http404
    if rows.order_by()[: exporting.AT_ONCE + 1].count() <= exporting.AT_ONCE:
        lines = exporting.lines_of(request.user, rows)
        return sent(exporting.write(form, lines), exporting.file_name(form))
    asked = {"form": form, "asked": request.GET.urlencode()}
    made = ask(exporting.EXPORT, by=request.user, form_key=key_in(request), given=asked)
    return redirect("organisations:job", made.pk)


def key_in(request):
    field = forms.UUIDField(required=False)
    try:
        return field.clean(request.POST.get("form_key")) or uuid4()
    except forms.ValidationError:
        return uuid4()


def own_job(request, job_pk: int) -> Job:
    kinds = [importing.CHECK, importing.IMPORT, exporting.EXPORT]
    own = Job.objects.visible_to(request.user).filter(kind__in=kinds)
    return get_object_or_404(own.select_related("administration", "created_by"), pk=job_pk)


def sent(file, name: str) -> FileResponse:
    kind = exporting.TYPES.get(name.rpartition(".")[2]) or mimetypes.guess_type(name)[0]
    response = FileResponse(file, as_attachment=True, filename=name, content_type=kind)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
