"""Versions as files: take one out, read one in as a draft."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from checklists.draft_forms import ImportForm
from checklists.importing import import_draft
from checklists.marked_yaml import Malformed
from checklists.reading import LARGEST
from checklists.versions import CannotPublish
from checklists.views.saving import own_rule_sets, readable_version, shown
from checklists.writing import as_yaml


@require_safe
def export(request, pk):
    version = readable_version(request, pk)
    question_set = version.question_set
    names = [question_set.code, question_set.rule_set, f"version-{version.number}"]
    answer = HttpResponse(as_yaml(version), content_type="application/yaml; charset=utf-8")
    name = "-".join(filter(None, names))
    answer["Content-Disposition"] = f'attachment; filename="{name}.yaml"'
    return answer


@require_http_methods(["GET", "POST"])
def read_in(request):
    data = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ImportForm(*data, rule_sets=own_rule_sets(request))
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            draft = import_draft(
                file.read(LARGEST + 1),
                file.name,
                rule_set=form.cleaned_data["rule_set"],
                by=request.user,
            )
        except (Malformed, CannotPublish) as refusal:
            form.add_error("file", str(refusal))
        else:
            messages.success(request, f"Filen är inläst som utkast till version {draft.number}.")
            return redirect("checklists:draft", draft.pk)
    return shown(request, "import", form)
