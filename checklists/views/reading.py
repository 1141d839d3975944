"""The questions as everyone who is logged in may read them. They are changed in drafts only."""

from itertools import groupby

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from accounts.permissions import may_anywhere
from audit import clock
from checklists.models import Question, QuestionSet, Version
from checklists.rights import COMMON, EDIT, editable_rule_sets
from checklists.wording import condition_in_words, effects_by_level, undesired_in_words


@require_safe
def question_sets(request):
    """Every set with its versions, the latest first; those who write see drafts too."""
    own = editable_rule_sets(request.user)
    sets = QuestionSet.objects.for_readers(own)
    page = {
        "sets": [
            {"set": row, "may_edit": row.rule_set in own, **standings_of(row.shown)} for row in sets
        ],
        "writes": bool(own) or may_anywhere(request.user, EDIT),
        "may_write_own": own - {COMMON},
    }
    return render(request, "checklists/question_sets.html", page)


def standings_of(versions: list[Version]) -> dict:
    """{draft, versions: each with the word for where it stands today}; latest first."""
    today, in_force, found, draft = clock.today(), None, [], None
    for version in versions:
        if not version.is_published:
            draft = version
            continue
        if version.is_withdrawn:
            word = "tillbakadragen"
        elif version.starts_on > today:
            word = "kommande"
        elif in_force is None:
            word, in_force = "gäller nu", version
        else:
            word = "har gällt"
        found.append({"version": version, "word": word, "in_force": version is in_force})
    return {"draft": draft, "versions": found}


@require_safe
def version(request, code, number):
    """One published version. ?regler= names an administration's own rule set."""
    shown = get_object_or_404(
        Version.objects.with_questions().select_related("published_by", "withdrawn_by"),
        question_set__code=code,
        question_set__rule_set=request.GET.get("regler", ""),
        number=number,
    )
    own = editable_rule_sets(request.user)
    may_edit = shown.question_set.rule_set in own
    if not (shown.is_published and not shown.is_withdrawn) and not may_edit:
        raise Http404
    if not shown.is_published:
        return redirect("checklists:draft", shown.pk)
    page = {
        "version": shown,
        "groups": groups_of(shown),
        "may_edit": may_edit,
        "is_coming": shown.starts_on > clock.today() and not shown.is_withdrawn,
    }
    return render(request, "checklists/version.html", page)


def groups_of(shown: Version) -> list[tuple[str, list[dict]]]:
    """(section, its questions with their words) in order."""
    questions = {question.code: question for question in shown.questions.all()}
    rows = [row_of(question, questions) for question in questions.values()]
    by_group = groupby(rows, key=lambda row: row["question"].group)
    return [(group, list(of_group)) for group, of_group in by_group]


def row_of(question: Question, questions: dict[str, Question]) -> dict:
    """A question with what it says in Swedish words."""
    effects = effects_by_level(question)
    return {
        "question": question,
        "effects": effects,
        "undesired": undesired_in_words(question) if effects else "",
        "condition": condition_in_words(question.condition, questions),
    }
