"""Look at a version before it is in force: as the officer will see it, and beside another one."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_safe

from checklists.difference import difference
from checklists.models import QuestionSet, Version
from checklists.preview import CaseForm, asked_sets, preview
from checklists.rights import COMMON, editable_rule_sets
from checklists.views.saving import posted, readable_version


@require_http_methods(["GET", "POST"])
def preview_page(request, pk):
    """GET says what the case is like, POST tries answers. Nothing is saved."""
    version = readable_version(request, pk)
    names = QuestionSet.objects.filter(code__in=asked_sets(version), rule_set=COMMON)
    case = CaseForm(
        request.GET if request.GET else None, fetched=dict(names.values_list("code", "name"))
    )
    form = preview(version, case.facts(), posted(request))
    status = 422 if form.errors else 200
    page = {"version": version, "case": case, "form": form}
    return render(request, "checklists/preview.html", page, status=status)


@require_safe
def compare(request, pk):
    """A version beside the one before it, or beside ?med=<pk>."""
    version = readable_version(request, pk)
    others = comparable(request, version)
    other = chosen(others, request.GET.get("med", ""), version)
    page = {"version": version, "others": others, "other": other}
    if other:
        old = get_object_or_404(Version.objects.with_questions(), pk=other.pk)
        found = difference(old, version)
        page |= {"difference": found, "reordered": reordered(old, version)}
    return render(request, "checklists/compare.html", page)


def comparable(request, version: Version) -> list[Version]:
    """Versions of the same set, common or own, that the person may read; the latest first."""
    own = editable_rule_sets(request.user)
    rows = (
        Version.objects.filter(question_set__code=version.question_set.code)
        .exclude(pk=version.pk)
        .select_related("question_set")
        .order_by("question_set__rule_set", "-number")
    )
    return [
        row
        for row in rows
        if row.question_set.rule_set in own or (row.is_published and not row.is_withdrawn)
    ]


def chosen(others: list[Version], pk: str, version: Version) -> Version | None:
    """The one asked for; else the latest published one before it, of its own set or the common."""
    if asked := next((one for one in others if str(one.pk) == pk), None):
        return asked
    usable = [one for one in others if one.is_published and not one.is_withdrawn]
    own = [
        one
        for one in usable
        if one.question_set_id == version.question_set_id and one.number < version.number
    ]
    common = [one for one in usable if one.question_set.rule_set == COMMON]
    return next(iter(own or common), None)


def reordered(old: Version, new: Version) -> bool:
    """Are the questions that both have asked in another order?"""
    before, after = ([row.code for row in one.questions.all()] for one in (old, new))
    return [one for one in before if one in after] != [one for one in after if one in before]
