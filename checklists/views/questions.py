"""The questions of a draft, one at a time: add, change, retire."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from casework.comparison import differences
from casework.moves import NotAllowed
from checklists.edit_form import EditForm
from checklists.editing import (
    QuestionRefused,
    StaleQuestion,
    add_question,
    change_question,
    retire_question,
)
from checklists.models import Question, Version
from checklists.readiness import earlier_questions, is_same
from checklists.views.saving import own_draft, posted, shown


def place_of(draft: Version, question: Question) -> str:
    return reverse("checklists:draft", args=[draft.pk]) + f"#fraga-{question.code}"


@require_http_methods(["GET", "POST"])
def new(request, pk):
    """?avsnitt= and ?under= say where it is to stand."""
    draft = own_draft(request, pk)
    form = EditForm(posted(request), question=None, rows=list(draft.questions.all()))
    form.initial |= {
        "group": request.GET.get("avsnitt", ""),
        "parent": request.GET.get("under", ""),
    }
    if form.is_valid():
        try:
            made = add_question(draft, form.entry(), by=request.user)
        except QuestionRefused as refusal:
            form.refuse(refusal.errors)
        else:
            messages.success(request, f"{made.code} är tillagd.")
            return redirect(place_of(draft, made))
    return shown(request, "question_edit", form, version=draft)


@require_http_methods(["GET", "POST"])
def change(request, pk, question_pk):
    draft = own_draft(request, pk)
    question = get_object_or_404(draft.questions, pk=question_pk)
    question.version = draft
    before = earlier_questions(draft).get(question.code)
    form = form_of(draft, question, posted(request), fixed_code=before is not None)
    if form.is_valid():
        try:
            changed = change_question(
                question,
                form.entry(),
                revision=form.cleaned_data["revision"] or 0,
                same_question=form.cleaned_data["same_question"],
                by=request.user,
            )
        except QuestionRefused as refusal:
            form.refuse(refusal.errors)
        except StaleQuestion as stale:
            return stale_page(request, draft, form, stale.current)
        else:
            messages.success(request, f"{changed.code} är sparad.")
            return redirect(place_of(draft, changed))
    page = {"version": draft, "question": question, "before": before, "asks": asks(before, form)}
    return shown(request, "question_edit", form, **page)


def form_of(draft: Version, question: Question, data=None, *, fixed_code=False) -> EditForm:
    rows = list(draft.questions.all())
    return EditForm(data, question=question, rows=rows, fixed_code=fixed_code)


def asks(before: Question | None, form: EditForm) -> bool:
    """Must somebody say whether it is the same question as the code stood for?"""
    if before is None:
        return False
    return form.question.same_question or not is_same(before, form.question)


def stale_page(request, draft: Version, form: EditForm, current: Question):
    """Both texts side by side. Nothing was saved."""
    saved = EditForm(question=current, rows=list(draft.questions.all()))
    for name in set(form.fields) - set(saved.fields):
        del form.fields[name]
    page = {"current": draft, "url": request.path, "differences": differences(form, saved)}
    return render(request, "stale.html", page, status=409)


@require_http_methods(["GET", "POST"])
def retire(request, pk, question_pk):
    draft = own_draft(request, pk)
    question = draft.questions.filter(pk=question_pk).first()
    if question is None and request.method == "POST":
        return redirect("checklists:draft", pk)  # a double click: it is gone
    question = question or get_object_or_404(draft.questions, pk=question_pk)
    question.version, refused = draft, ""
    if request.method == "POST":
        try:
            retire_question(question, by=request.user)
        except QuestionRefused as refusal:
            refused = str(refusal)
        except NotAllowed as refusal:
            refused = str(refusal)
        else:
            messages.success(request, f"{question.code} är borttagen ur utkastet.")
            return redirect("checklists:draft", pk)
    page = {"version": draft, "question": question, "refused": refused}
    return render(request, "checklists/retire.html", page, status=409 if refused else 200)
