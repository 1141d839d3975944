"""A newer version of a set: the difference, the move to it, and what was answered before it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from casework.moves import NotAllowed, Stale
from checklists.difference import Pair
from checklists.forms import AnswersForm
from checklists.models import Assessment, Question, Version
from checklists.moving import Plan, earlier_than, plan
from checklists.wording import answer_in_words
from collaborations import standing
from collaborations.forms.others import NewerForm
from collaborations.page import page_of
from collaborations.steps.move import AnotherInForce, move_questions
from collaborations.views.answering_forms import shown, stale_page
from collaborations.views.check import case_and_assessment
from collaborations.workflow import MOVE_QUESTIONS


@require_http_methods(["GET", "POST"])
def newer(request, pk, code):
    """Show what differs; move when the button is pressed."""
    case, assessment = case_and_assessment(request, pk, code)
    form = NewerForm(request.POST) if request.method == "POST" else None
    if form is None or not form.is_valid():
        return difference_page(request, case, assessment)
    back = redirect("collaborations:questions", pk, code)
    try:
        move_questions(case, code, **form.facts(), by=request.user)
    except Stale as stale:
        return already(request, back, stale, code, form) or stale_page(
            request, form, None, stale.current
        )
    except NotAllowed as refusal:
        if isinstance(refusal, AnotherInForce):
            standing.forget(case)
        case, assessment = case_and_assessment(request, pk, code)
        return difference_page(request, case, assessment, refusal)
    messages.success(request, "Ärendet följer nu den nyare versionen. Besvara det som är öppet.")
    return back


def already(request, back, stale: Stale, code: str, form):
    """Whoever presses twice, or second, is told so and sees the questions."""
    followed = standing.assessments(stale.current)[code].version
    if followed.pk != form.cleaned_data["to"]:
        return None
    messages.info(request, f"Ärendet följer redan version {followed.number} av frågorna.")
    return back


def difference_page(request, case, assessment: Assessment, refusal: NotAllowed | None = None):
    """The difference as it is now, with a form that carries the version it is shown for."""
    code = assessment.set_code
    target = standing.newer_versions(case).get(code)
    form = NewerForm(initial={"version": case.version, "to": target.pk if target else None})
    form.refusal = refusal.reasons if refusal else None
    more = difference_of(assessment, target) if target else {}
    page = page_of(
        case,
        request.user,
        name="check",
        move=MOVE_QUESTIONS,
        form=form,
        code=code,
        target=target,
        assessment=assessment,
        **more,
    )
    return shown(request, "newer", page, form)


def difference_of(assessment: Assessment, target: Version) -> dict:
    """Each question that differs, with what is said in answer to it and what becomes of that."""
    target = Version.objects.with_questions().get(pk=target.pk)
    planned = plan(assessment, target)
    answers = {answer.code: answer for answer in assessment.answers.all()}
    found = planned.difference

    def row(question: Question, pair: Pair | None = None) -> dict:
        answer = answers.get(question.code)
        return {
            "question": question,
            "pair": pair,
            "said": answer_in_words(answer) if answer else "",
            "fate": fate(question.code, planned),
        }

    return {
        "plan": planned,
        "changed": [row(pair.new, pair) for pair in found.changed],
        "reworded": [row(pair.new, pair) for pair in found.reworded],
        "added": [row(question) for question in found.added],
        "retired": [row(question) for question in found.retired],
    }


def fate(code: str, planned: Plan) -> str:
    """What becomes of the answer, as a sentence; empty where there is none."""
    if code in planned.carried:
        return "Svaret följer med."
    if code in planned.opened:
        return "Frågan ska besvaras på nytt. Det som svarades visas bredvid den."
    if code in planned.retired:
        return "Svaret finns kvar bland ärendets tidigare svar."
    return ""


@require_safe
def earlier(request, pk, code, assessment_pk):
    """What was answered to a version that the case has left. Nothing here can be changed."""
    case, current = case_and_assessment(request, pk, code)
    if assessment_pk not in {one.pk for one in earlier_than(current)}:
        raise Http404
    assessment = Assessment.objects.with_answers().get(pk=assessment_pk)
    form = AnswersForm(assessment, standing.facts_with_outcomes(case))
    page = page_of(case, request.user, name="check", form=form, code=code, left=assessment)
    return shown(request, "earlier", page)
