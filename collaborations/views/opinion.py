"""Yttrande: ask for it in the case; the asked read and answer on a page of their own."""

from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from casework.moves import closed
from casework.rules import Reason
from checklists.models import Assessment
from checklists.wording import answer_in_words
from collaborations.forms.opinion import AskOpinionForm, GiveOpinionForm
from collaborations.models import Collaboration, Opinion
from collaborations.page import visible_case
from collaborations.rules import last_day_has_passed, opinion_is_no_must
from collaborations.scope import SETS
from collaborations.steps.opinion import ask_for_opinion, give_opinion, go_on_without_opinion
from collaborations.views.answering_forms import carried_out, step_page, without_answer_page
from collaborations.workflow import ASK_OPINION, GIVE_OPINION, GO_ON_WITHOUT_OPINION
from documents.store import respond


@require_http_methods(["GET", "POST"])
def opinions(request, pk):
    return step_page(
        request,
        pk,
        name="opinions",
        move=ASK_OPINION,
        template="opinions",
        make_form=lambda case, data: AskOpinionForm(
            data,
            case=case,
            initial={"version": case.version, "test": request.GET.get("provning", "")},
        ),
        do=lambda case, form: ask_for_opinion(case, **form.facts(), by=request.user),
        success="Frågan är ställd. Den som tillfrågas får veta det.",
        then=lambda case: reverse("collaborations:opinions", args=[case.pk]),
        context=lambda case: {
            "opinions": [
                {
                    "opinion": one,
                    "about": SETS.get(one.test, ""),
                    "may_be_given_up": may_be_given_up(one, case, request.user),
                }
                for one in case.opinions.select_related(
                    "asked_by", "answered_by", "person", "lapsed_by"
                ).prefetch_related("documents__organisation")
            ],
        },
    )


def may_be_given_up(asked: Opinion, case: Collaboration, person) -> bool:
    """Whether the page offers to go on without it; the step asks the rules again."""
    late = asked.waits and last_day_has_passed(asked)
    return late and not closed(case, GO_ON_WITHOUT_OPINION, person)


@require_http_methods(["GET", "POST"])
def without_opinion(request, pk, opinion_pk):
    case = visible_case(request, pk)
    asked = get_object_or_404(case.opinions.select_related("asked_by"), pk=opinion_pk)
    asked.collaboration = case
    return without_answer_page(
        request,
        pk,
        asked,
        what="yttrande",
        name="opinions",
        move=GO_ON_WITHOUT_OPINION,
        go_on=go_on_without_opinion,
        stops=lambda: (
            ([] if asked.waits else [Reason("Frågan väntar inte längre på svar.")])
            + opinion_is_no_must.reasons(asked)
            + last_day_has_passed.reasons(asked)
        ),
    )


def asked_opinion(request, pk, opinion_pk) -> Opinion:
    """One that the person may read, with what the asked see of its case; else 404."""
    rows = Opinion.objects.visible_to(request.user).select_related(
        "collaboration__unit",
        "collaboration__administration",
        "collaboration__terms",
        "collaboration__responsible_manager",
        "asked_by",
        "answered_by",
        "person",
        "lapsed_by",
    )
    return get_object_or_404(rows, collaboration=pk, pk=opinion_pk)


@require_safe
def opinion_document(request, pk, opinion_pk, document_pk):
    """A document that was chosen for the one who answers; no other document of the case."""
    asked = asked_opinion(request, pk, opinion_pk)
    document = get_object_or_404(
        asked.documents.select_related("stored"), pk=document_pk, stored__isnull=False
    )
    return respond(document.stored)


@require_http_methods(["GET", "POST"])
def opinion(request, pk, opinion_pk):
    """What the asked need to know of the case, and the answer. They see no more of it."""
    asked = asked_opinion(request, pk, opinion_pk)
    case, assessment = asked.collaboration, assessment_of(asked)
    data = request.POST if request.method == "POST" else None
    revision = assessment.revision if assessment else None
    form = GiveOpinionForm(data, opinion=asked, initial={"revision": revision})
    if data is not None and form.is_valid():
        answer = form.cleaned_data

        def action():
            give_opinion(asked, **answer, by=request.user)

        if carried_out(request, form, action, "Yttrandet är sparat. Den som frågade får veta det."):
            return redirect(asked)
    refused, faulty = getattr(form, "refusal", None), form.is_bound and not form.is_valid()
    context = {
        "case": case,
        "opinion": asked,
        "form": form,
        "about": SETS.get(asked.test, ""),
        "answers": answers_shown(assessment),
        "contributions": case.terms.handed_over(),
        "documents": asked.documents.select_related("organisation", "shown_to"),
        "closed": [] if not asked.waits else closed(case, GIVE_OPINION, request.user),
        "is_whole": Collaboration.objects.wholly_visible_to(request.user).filter(pk=pk).exists(),
    }
    status = 409 if refused else 422 if faulty else 200
    return render(request, "collaborations/opinion.html", context, status=status)


def assessment_of(asked: Opinion) -> Assessment | None:
    """The test's answers, also where the case no longer asks for them."""
    rows = Assessment.objects.with_answers().filter(
        examination__collaboration=asked.collaboration_id, examination__code=asked.test
    )
    return rows.first() if asked.test else None


def answers_shown(assessment: Assessment | None) -> list[dict]:
    """Each question of the test that has an answer: {code, text, said}, in order."""
    if assessment is None:
        return []
    given = {answer.code: answer for answer in assessment.answers.all()}
    return [
        {
            "code": question.code,
            "text": question.text,
            "said": answer_in_words(given[question.code]),
        }
        for question in sorted(assessment.version.questions.all(), key=lambda one: one.position)
        if question.code in given and given[question.code].value is not None
    ]
