"""A draft: begin it, read it whole, order its questions and sections, throw it away."""

from itertools import groupby

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from checklists.draft_forms import BeginForm, OwnSetForm, SectionForm
from checklists.drafting import begin_draft, begin_own_set
from checklists.editing import QuestionRefused, change_section, move_question
from checklists.models import Question, QuestionSet, Version
from checklists.readiness import problems
from checklists.rights import COMMON, refuse_unless_editor
from checklists.versions import CannotPublish, discard
from checklists.views.reading import row_of
from checklists.views.saving import own_draft, own_rule_sets, posted, shown


@require_http_methods(["GET", "POST"])
def new(request, pk):
    """A new draft of a set: from one of its versions, or from an empty page."""
    question_set = get_object_or_404(QuestionSet, pk=pk)
    refuse_unless_editor(request.user, question_set.rule_set)
    if draft := question_set.versions.drafts().first():
        messages.info(request, "Det finns redan ett utkast. Här är det.")
        return redirect("checklists:draft", draft.pk)
    form = BeginForm(posted(request), question_set=question_set)
    if form.is_valid():
        try:
            draft = begin_draft(question_set, like=form.like(), by=request.user)
        except CannotPublish:  # a double click, or somebody was faster
            draft = question_set.versions.drafts().get()
        messages.success(request, f"Utkastet till version {draft.number} är skapat.")
        return redirect("checklists:draft", draft.pk)
    return shown(request, "begin", form, question_set=question_set)


@require_http_methods(["GET", "POST"])
def own_set(request, pk):
    """An administration's own questions instead of the common ones."""
    common = get_object_or_404(QuestionSet, pk=pk, rule_set=COMMON)
    form = OwnSetForm(posted(request), rule_sets=own_rule_sets(request) - {COMMON})
    if form.is_valid():
        try:
            draft = begin_own_set(
                common,
                form.cleaned_data["rule_set"],
                empty=form.cleaned_data["begin"] == "empty",
                by=request.user,
            )
        except CannotPublish as refusal:
            form.add_error("rule_set", str(refusal))
        else:
            messages.success(request, "Den egna uppsättningen är skapad som ett utkast.")
            return redirect("checklists:draft", draft.pk)
    return shown(request, "own_set", form, question_set=common)


@require_safe
def draft(request, pk):
    """The whole draft, with what can be done to each question and what stops the publication."""
    found = own_draft(request, pk)
    rows = list(found.questions.all())
    page = {
        "version": found,
        "sections": sections(rows),
        "problems": problems(found),
        "count": len(rows),
    }
    return render(request, "checklists/draft.html", page)


def sections(rows: list[Question]) -> list[dict]:
    """{name, before, after, rows}: before and after name the sections it can change places with."""
    questions = {row.code: row for row in rows}
    found = [(group, list(of)) for group, of in groupby(rows, key=lambda row: row.group)]
    names = [name for name, _ in found]
    return [
        {
            "name": name,
            "earlier": names[n - 1] if n else None,
            "rows": [{**row_of(row, questions), **ways(row, of)} for row in of],
        }
        for n, (name, of) in enumerate(found)
    ]


def ways(question: Question, rows: list[Question]) -> dict:
    """Before which question it goes when it is moved up or down; None where it cannot."""
    own = [row.code for row in rows if row.parent == question.parent]
    at = own.index(question.code)
    return {
        "up": own[at - 1] if at else None,
        "down": (own + [""])[at + 2] if at + 1 < len(own) else None,
    }


@require_POST
def move(request, pk, question_pk):
    found = own_draft(request, pk)
    question = found.questions.filter(pk=question_pk).first()
    if question:
        try:
            move_question(question, before=request.POST.get("fore", ""), by=request.user)
        except QuestionRefused as refusal:
            messages.error(request, f"Frågan flyttades inte. {refusal}")
    anchor = f"#fraga-{question.code}" if question else ""
    return redirect(reverse("checklists:draft", args=[pk]) + anchor)


@require_http_methods(["GET", "POST"])
def section(request, pk):
    """Another name for a section, and another place. ?avsnitt= says which."""
    found = own_draft(request, pk)
    groups = list(dict.fromkeys(row.group for row in found.questions.all()))
    chosen = request.GET.get("avsnitt", "")
    if chosen not in groups:
        return redirect("checklists:draft", pk)
    form = SectionForm(posted(request), groups=groups, chosen=chosen)
    if form.is_valid():
        try:
            change_section(found, chosen, **form.change(), by=request.user)
        except QuestionRefused as refusal:
            form.refuse(refusal.errors)
        else:
            messages.success(request, "Avsnittet är ändrat.")
            return redirect("checklists:draft", pk)
    return shown(request, "section", form, version=found)


@require_http_methods(["GET", "POST"])
def throw_away(request, pk):
    if request.method == "POST" and not Version.objects.filter(pk=pk).exists():
        return redirect("checklists:sets")  # a double click: it is thrown away
    found = own_draft(request, pk)
    if request.method == "GET":
        return render(request, "checklists/discard.html", {"version": found})
    discard(found, by=request.user)
    messages.success(request, f"Utkastet till version {found.number} är kastat.")
    return redirect("checklists:sets")
