"""What the views for those who write questions share: find the thing, run the step."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from casework.moves import NotAllowed
from casework.rules import Reason
from checklists.models import Version
from checklists.rights import EDIT, editable_rule_sets


def own_rule_sets(request) -> set[str]:
    """Those whose questions the person may change. Raises NotAllowed when there are none."""
    found = editable_rule_sets(request.user)
    if not found:
        raise NotAllowed([Reason(f"Du har inte rätt att {EDIT.label}.")])
    return found


def own_version(request, pk: int) -> Version:
    """A version of a set that the person may change, or 404."""
    found = get_object_or_404(Version.objects.with_questions(), pk=pk)
    if found.question_set.rule_set not in editable_rule_sets(request.user):
        raise Http404
    return found


def own_draft(request, pk: int) -> Version:
    """A draft that the person may change, or 404. Raises NotAllowed when it is published."""
    found = own_version(request, pk)
    if found.is_published:
        sentence = f"Version {found.number} är publicerad och kan inte ändras."
        raise NotAllowed([Reason(sentence)])
    return found


def readable_version(request, pk: int) -> Version:
    """A published version, which everyone may read; else only one of the person's own."""
    found = get_object_or_404(Version.objects.with_questions(), pk=pk)
    open_to_all = found.is_published and not found.is_withdrawn
    if not open_to_all and found.question_set.rule_set not in editable_rule_sets(request.user):
        raise Http404
    return found


def page_of(version: Version) -> str:
    """The address of a version: a draft's own page, or the published one's."""
    if not version.is_published:
        return reverse("checklists:draft", args=[version.pk])
    own = version.question_set.rule_set
    address = reverse("checklists:version", args=[version.question_set.code, version.number])
    return f"{address}?regler={own}" if own else address


def posted(request):
    return request.POST if request.method == "POST" else None


def shown(request, template: str, form, **context):
    """The page with its form: 422 when something must be mended, 409 when it was refused."""
    status = 200
    if form.is_bound:
        status = 409 if getattr(form, "refused", False) else 422
    return render(request, f"checklists/{template}.html", {"form": form, **context}, status=status)
