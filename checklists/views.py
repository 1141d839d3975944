"""The questions as everyone who is logged in may read them. They are changed in versions only."""

from itertools import groupby

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from audit import clock
from checklists.models import Question, QuestionSet, Version
from checklists.wording import condition_in_words, effects_by_level, undesired_in_words


@require_safe
def question_sets(request):
    """Every set with its published versions, the latest first."""
    rows = QuestionSet.objects.with_published_versions()
    sets = [{"set": row, "versions": standings_of(row.published)} for row in rows]
    return render(request, "checklists/question_sets.html", {"sets": sets})


def standings_of(versions: list[Version]) -> list[dict]:
    """Each version with the word for where it stands today; latest first."""
    today, in_force, found = clock.today(), None, []
    for version in versions:
        if version.starts_on > today:
            word = "kommande"
        elif in_force is None:
            word, in_force = "gäller nu", version
        else:
            word = "har gällt"
        found.append({"version": version, "word": word, "in_force": version is in_force})
    return found


@require_safe
def version(request, code, number):
    """One published version. ?regler= names an administration's own rule set."""
    shown = get_object_or_404(
        Version.objects.published().with_questions(),
        question_set__code=code,
        question_set__rule_set=request.GET.get("regler", ""),
        number=number,
    )
    questions = {question.code: question for question in shown.questions.all()}
    rows = [row_of(question, questions) for question in questions.values()]
    by_group = groupby(rows, key=lambda row: row["question"].group)
    groups = [(group, list(of_group)) for group, of_group in by_group]
    return render(request, "checklists/version.html", {"version": shown, "groups": groups})


def row_of(question: Question, questions: dict[str, Question]) -> dict:
    """A question with what it says in Swedish words."""
    effects = effects_by_level(question)
    return {
        "question": question,
        "effects": effects,
        "undesired": undesired_in_words(question) if effects else "",
        "condition": condition_in_words(question.condition, questions),
    }
