"""Samråd: ask the beredningsgrupp, its answer, and going on without one."""

from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from casework.moves import closed
from collaborations.forms.consultation import AdviceForm, AskForm
from collaborations.models import Consultation
from collaborations.page import page_of, visible_case
from collaborations.rules import (
    advice_is_no_must,
    last_day_has_passed,
    person_takes_part,
    question_waits,
)
from collaborations.steps.consult import advise, advise_anew, ask_for_advice, go_on_without_advice
from collaborations.views.answering_forms import (
    carried_out,
    shown,
    step_page,
    without_answer_page,
)
from collaborations.workflow import ADVISE, CONSULT, GO_ON_WITHOUT_ADVICE


def with_all(consultations):
    """With what a page shows of each; the same few queries however many."""
    people = ("asked_by", "answered_by", "assignee", "lapsed_by", "supersedes", "superseded_by")
    # The group's meetings lie in an app above this one; a page only says where a question stands.
    return consultations.select_related(*people).prefetch_related(
        "recusals__person", "documents__organisation", "agenda_items__meeting"
    )


@require_http_methods(["GET", "POST"])
def consultation(request, pk):
    def context(case):
        may_advise = not closed(case, ADVISE, request.user)
        may_go_on = not closed(case, GO_ON_WITHOUT_ADVICE, request.user)
        asked = list(with_all(case.consultations))
        for one in asked:
            one.collaboration = case
            one.may_be_advised = may_advise and not any(
                recusal.person_id == request.user.pk for recusal in one.noted_aside
            )
            one.may_be_given_up = (
                may_go_on and one.waits and last_day_has_passed(one) and advice_is_no_must(one)
            )
        return {
            "consultations": asked,
            "from_the_group": case.form in ("iop", "external_funding"),
        }

    return step_page(
        request,
        pk,
        name="consultation",
        move=CONSULT,
        template="consultation",
        make_form=lambda case, data: AskForm(data, case=case, initial={"version": case.version}),
        do=lambda case, form: ask_for_advice(case, **form.facts(), by=request.user),
        success="Frågan är ställd. Beredningsgruppen får den i sin brevlåda.",
        then=lambda case: reverse("collaborations:consultation", args=[case.pk]),
        context=context,
    )


def asked_in(case, consultation_pk) -> Consultation:
    """The case's own question, or 404."""
    asked = get_object_or_404(with_all(case.consultations), pk=consultation_pk)
    asked.collaboration = case
    return asked


@require_http_methods(["GET", "POST"])
def advice(request, pk, consultation_pk):
    """The advice; of a question that has one, a later one that supersedes it."""
    case = visible_case(request, pk)
    asked = asked_in(case, consultation_pk)
    data = request.POST if request.method == "POST" else None
    form = AdviceForm(data)
    anew = asked.answered_at is not None and "ersatt" in request.GET
    step = advise_anew if anew else advise
    if data is not None and form.is_valid():
        done = carried_out(
            request,
            form,
            lambda: step(asked, **form.cleaned_data, by=request.user),
            "Rådet är sparat. Den som frågade får veta det.",
        )
        if done:
            return redirect("collaborations:consultation", pk=pk)
    page = page_of(
        case, request.user, name="consultation", move=ADVISE, form=form, consultation=asked
    )
    page["anew"] = anew
    page["closed"] = page["closed"] or (
        person_takes_part.reasons(asked, request.user)
        + ([] if anew else question_waits.reasons(asked))
    )
    return shown(request, "advice", page, form)


@require_http_methods(["GET", "POST"])
def without_advice(request, pk, consultation_pk):
    asked = asked_in(visible_case(request, pk), consultation_pk)
    return without_answer_page(
        request,
        pk,
        asked,
        what="råd",
        name="consultation",
        move=GO_ON_WITHOUT_ADVICE,
        go_on=go_on_without_advice,
        stops=lambda: (
            question_waits.reasons(asked)
            + advice_is_no_must.reasons(asked)
            + last_day_has_passed.reasons(asked)
        ),
    )
