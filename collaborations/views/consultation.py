"""Samråd: ask the beredningsgrupp, and its answer."""

from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from casework.moves import closed
from collaborations.forms.others import AdviceForm, AskForm
from collaborations.page import page_of, visible_case
from collaborations.steps.consult import advise, ask_for_advice
from collaborations.views.answering_forms import carried_out, shown, step_page
from collaborations.workflow import ADVISE, CONSULT


@require_http_methods(["GET", "POST"])
def consultation(request, pk):
    return step_page(
        request,
        pk,
        name="consultation",
        move=CONSULT,
        template="consultation",
        make_form=lambda case, data: AskForm(data, initial={"version": case.version}),
        do=lambda case, form: ask_for_advice(case, **form.facts(), by=request.user),
        success="Frågan är ställd. Beredningsgruppen får den i sin brevlåda.",
        then=lambda case: reverse("collaborations:consultation", args=[case.pk]),
        context=lambda case: {
            "consultations": case.consultations.select_related("asked_by", "answered_by"),
            "may_advise": not closed(case, ADVISE, request.user),
            "advice_closed": closed(case, ADVISE, request.user),
        },
    )


@require_http_methods(["GET", "POST"])
def advice(request, pk, consultation_pk):
    case = visible_case(request, pk)
    asked = case.consultations.select_related("asked_by").filter(pk=consultation_pk).first()
    if asked is None:
        raise Http404
    data = request.POST if request.method == "POST" else None
    form = AdviceForm(data)
    if data is not None and form.is_valid():
        done = carried_out(
            request,
            form,
            lambda: advise(asked, **form.cleaned_data, by=request.user),
            "Rådet är sparat. Den som frågade får veta det.",
        )
        if done:
            return redirect("collaborations:consultation", pk=pk)
    page = page_of(
        case, request.user, name="consultation", move=ADVISE, form=form, consultation=asked
    )
    return shown(request, "advice", page, form)
