"""The pages that show the whole: one's own work, the group's, and the rules."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from casework.catalogue import DOCUMENTS, KEEPERS
from dashboard import group, group_page, mine, rulebook
from dashboard.diagram import way
from dashboard.landing import landing


class ReadForm(forms.Form):
    fram_till = forms.DateTimeField()


@require_safe
def own_page(request):
    if route := landing(request.user):
        return redirect(route)
    return render(request, "dashboard/mine.html", mine.page(request.user))


@require_safe
def groups_page(request):
    if not group.may_see(request.user):
        raise PermissionDenied
    return render(request, "dashboard/group.html", group_page.page(request.user))


@require_POST
def group_read(request):
    """Remember that the page is read, up to the moment when it was shown."""
    if not group.may_see(request.user):
        raise PermissionDenied
    form = ReadForm(request.POST)
    if form.is_valid():
        group.mark_as_read(request.user, form.cleaned_data["fram_till"])
    return redirect("dashboard:group")


@require_safe
def rulebook_page(request):
    page = {
        "way": way(),
        "forms": rulebook.forms(),
        "gates": rulebook.gate_table(),
        "moves": rulebook.move_table(),
        "groups": rulebook.rule_groups(),
        "sources": rulebook.sources(),
        "documents": rulebook.governing_documents(request.user),
    }
    return render(request, "dashboard/rulebook.html", page)


@require_safe
def catalogue_page(request):
    keeper, document = request.GET.get("haller", ""), request.GET.get("kalla", "")
    page = {
        "entries": rulebook.entries_kept_by(keeper, document),
        "keepers": KEEPERS,
        "documents": DOCUMENTS,
        "keeper": keeper,
        "document": document,
    }
    return render(request, "dashboard/catalogue.html", page)
