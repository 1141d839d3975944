"""Kontrollera: the sets, one page each, saved as you go; deviations; findings."""

from functools import partial

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import LegalAmount
from agreements.models.terms import worth
from agreements.procurement import limits
from audit import clock
from casework.moves import NotAllowed, closed
from checklists.answering import AnswersRefused, AssessmentLocked, StaleAnswer, UnknownQuestion
from checklists.findings import FindingRefused, StaleFinding
from checklists.forms import AnswersForm
from checklists.measures import MeasureRefused
from checklists.models import Answer
from checklists.moving import earlier_than, said_before
from checklists.summary import ATTESTED
from checklists.wording import answer_in_words
from collaborations import democracy, standing
from collaborations.agreement_page import words_in_drafts
from collaborations.forms.check import ResolutionForm
from collaborations.forms.others import MoveForm
from collaborations.holdings import on_questions
from collaborations.models.opinion import TESTS
from collaborations.offers import offers, origins
from collaborations.page import page_of, visible_case
from collaborations.partnership_risk import risks
from collaborations.scope import required_sets
from collaborations.steps import check as steps
from collaborations.views.answering_forms import carried_out, shown, step_page
from collaborations.workflow import ANSWER, CHECK, RESOLVE

REFUSALS = (AnswersRefused, StaleAnswer, UnknownQuestion, AssessmentLocked)


@require_http_methods(["GET", "POST"])
def check_page(request, pk):
    return step_page(
        request,
        pk,
        name="check",
        move=CHECK,
        template="check",
        make_form=lambda case, data: MoveForm(data, initial={"version": case.version}),
        do=lambda case, form: steps.check(case, **form.facts(), by=request.user),
        success="Kontrollen är klar. Ansvarig chef får veta att ärendet väntar på beslut.",
        context=lambda case: {
            "standings": standing.of(case),
            "newer": standing.newer_versions(case),
            "deviations": deviations(case),
            "answer_closed": closed(case, ANSWER, request.user),
        },
    )


def deviations(case) -> list[dict]:
    """The answers that must be motivated or inquired into, with where it is done."""
    rows = []
    for code, assessment in standing.assessments(case).items():
        state = standing.of(case)[code]
        answers = {answer.code: answer for answer in assessment.answers.all()}
        for kind, lines in (("motivation", state.to_motivate), ("inquiry", state.to_inquire)):
            rows += [
                {
                    "kind": kind,
                    "line": line,
                    "answer": answers[line.code],
                    "url": reverse("collaborations:resolve", args=[case.pk, answers[line.code].pk]),
                }
                for line in lines
                if line.code in answers
            ]
    return rows


def case_and_assessment(request, pk, code):
    """The case and its assessment of that set; 404 when it has none (yet)."""
    case = visible_case(request, pk)
    assessment = standing.assessments(case).get(code)
    if assessment is None:
        raise Http404
    return case, assessment


@require_http_methods(["GET", "POST"])
def questions(request, pk, code):
    case, assessment = case_and_assessment(request, pk, code)
    data = request.POST if request.method == "POST" else None
    form = answers_form(case, assessment, request.user, data)
    changed = saved(request, case, code, form) if data is not None and form.is_valid() else None
    if changed is not None:
        say_what_was_saved(request, changed)
        return redirect(request.path)
    return questions_page(request, case, code, form)


def questions_page(request, case, code, form):
    """The set as it stands, or as it was sent when something was refused."""
    assessment = form.assessment
    page = page_of(
        case,
        request.user,
        name="check",
        move=ANSWER,
        form=form,
        code=code,
        newer={one: row for one, row in standing.newer_versions(case).items() if one == code},
        earlier=earlier_than(assessment),
        **democracy_of(case, assessment, request.user),
        deviations=[row for row in deviations(case) if row["line"].code in form.codes],
        save_url=reverse("collaborations:save_answer", args=[case.pk, code]),
        thresholds=thresholds(case) if code == "offentligt_kontrakt" else None,
        risk=risks(case) if code == "offentligt_kontrakt" else None,
        words=words_in_drafts(case) if code == "offentligt_kontrakt" else None,
        opinions=case.opinions.filter(test=code) if code in TESTS else None,
        reuse_url=reverse("collaborations:reuse", args=[case.pk, code]),
    )
    return shown(request, "questions", page, form)


def democracy_of(case, assessment, person) -> dict:
    """What the democracy check shows beside its questions; nothing for the other sets."""
    if assessment.set_code != democracy.CHECK:
        return {}
    return {
        "democracy": democracy.page(case, assessment, person),
        "attestations": democracy.attestations(case),
        "several": len(case.organisations.all()) > 1,
        "attested_version": next(
            (one.version for one in assessment.answers.all() if one.code == ATTESTED), 0
        ),
        "beside": democracy.beside(case, person),
    }


def answers_form(case, assessment, person, data, *, only=None) -> AnswersForm:
    urls = {
        code: reverse("collaborations:questions", args=[case.pk, code])
        for code in required_sets(case)
    }
    facts = standing.facts_with_outcomes(case)
    more = {
        "held": on_questions(case, assessment),
        "before": said_before(assessment),
        "offers": offers(case, assessment, person),
        "cases": origins(assessment, person),
    }
    return AnswersForm(assessment, facts, data, only=only, set_urls=urls, **more)


def thresholds(case) -> dict:
    """What we hand over, in kronor, beside the limits of procurement in force today (2.6)."""
    handed_over = case.terms.handed_over()
    value = worth(handed_over)
    return {
        "value": value,
        "unvalued": sum(line.value is None for line in handed_over),
        "rows": limits(value, LegalAmount.in_force(clock.today())),
    }


def saved(request, case, code, form) -> list[str] | None:
    """Save what changed and say which questions it was. None when it was refused.

    A refusal stands beside its question, with what was typed kept.
    """
    try:
        return steps.answer(
            case,
            code,
            inputs=form.inputs(),
            versions=form.versions(),
            follows=form.assessment.version_id,
            by=request.user,
        )
    except NotAllowed as refusal:
        form.refusal = refusal.reasons
    except REFUSALS as refusal:
        form.refuse(refusal)
    return None


def say_what_was_saved(request, codes: list[str]) -> None:
    if codes:
        messages.success(request, "Svaren är sparade.")
    else:
        messages.info(request, "Inget svar var ändrat, så inget har sparats.")


@require_POST
def save_one(request, pk, code):
    """One question saved as you go; answers with its card, in its new state."""
    case, assessment = case_and_assessment(request, pk, code)
    form = answers_form(case, assessment, request.user, request.POST)
    if form.is_valid() and saved(request, case, code, form) is not None:
        now = standing.assessments(case)[code]
        form = answers_form(case, now, request.user, None, only=form.only)
    urls = {
        "save_url": reverse("collaborations:save_answer", args=[pk, code]),
        "reuse_url": reverse("collaborations:reuse", args=[pk, code]),
    }
    return render(request, "checklists/card.html", {"form": form, **urls})


def fielded(request, form, step, success: str):
    """Run a step whose refusals name the form's fields. What it made, or True; else False."""
    made = []
    try:
        if carried_out(request, form, lambda: made.append(step()), success):
            return made[0] or True
    except (FindingRefused, MeasureRefused, AnswersRefused) as refusal:
        for errors in all_errors(refusal):
            for field, sentence in errors.items():
                form.add_error(field if field in form.fields else None, sentence)
    except (StaleFinding, StaleAnswer, AssessmentLocked) as refusal:
        form.add_error(None, str(refusal))
    return False


def all_errors(refusal) -> list[dict]:
    """The field → sentence of a refusal: a finding's own, or those of each question."""
    if isinstance(refusal, FindingRefused | MeasureRefused):
        return [refusal.errors]
    return list(refusal.errors.values())


@require_http_methods(["GET", "POST"])
def resolution(request, pk, answer_pk):
    """Motivate (the responsible manager) or inquire into an answer that deviates."""
    case = visible_case(request, pk)
    data = request.POST if request.method == "POST" else None
    row = next((one for one in deviations(case) if one["answer"].pk == answer_pk), None)
    row = row or left_behind(case, answer_pk, data)
    if row is None:
        raise Http404
    given, kind = row["answer"], row["kind"]
    form = ResolutionForm(data, kind=kind, initial={"version": given.version})
    if data is not None and form.is_valid():
        step = partial(steps.resolve, case, given, kind=kind, **form.facts(), by=request.user)
        if fielded(request, form, step, "Sparat."):
            return redirect("collaborations:check", pk=pk)
    said = answer_in_words(given)
    page = page_of(
        case,
        request.user,
        name="check",
        move=RESOLVE,
        form=form,
        answer=given,
        kind=kind,
        said=said,
    )
    return shown(request, "resolution", page, form)


def left_behind(case, answer_pk, data) -> dict | None:
    """What was typed on a page that was opened before the case moved to a newer version.

    The step refuses it; the page is shown again, so that the text can be copied.
    """
    moved = Answer.objects.filter(assessment__later__examination__collaboration=case)
    given = moved.filter(pk=answer_pk).first() if data is not None else None
    kind = "inquiry" if "acceptable" in (data or {}) else "motivation"
    return {"answer": given, "kind": kind} if given else None
