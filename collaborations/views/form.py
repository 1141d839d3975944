"""The form of the case: compared with the others, and changed."""

from django.views.decorators.http import require_http_methods

from collaborations import form_change
from collaborations.form_texts import ASPECTS
from collaborations.forms.others import ChangeFormForm
from collaborations.page import page_of, visible_case
from collaborations.steps.change_form import change_form
from collaborations.views.answering_forms import shown, step_page
from collaborations.workflow import CHANGE_FORM


@require_http_methods(["GET", "POST"])
def form_of_case(request, pk):
    """*Visa vad som ändras*: what another form would mean. *Byt form*: it is changed."""
    if request.method == "POST" and "granska" in request.POST:
        return reviewed(request, pk)
    return step_page(
        request,
        pk,
        name="motivation",
        move=CHANGE_FORM,
        template="form_of_case",
        make_form=lambda case, data: ChangeFormForm(data, case=case),
        do=lambda case, form: change_form(case, **form.facts(), by=request.user),
        success="Formen är ändrad. Se vad som saknas i motiveringen.",
        context=compared,
    )


def compared(case) -> dict:
    return {"choices": form_change.choices(case), "aspects": ASPECTS}


def reviewed(request, pk):
    case = visible_case(request, pk)
    form = ChangeFormForm(request.POST, case=case)
    change = form_change.compare(case, form.cleaned_data["form"]) if form.is_valid() else None
    page = page_of(
        case,
        request.user,
        name="motivation",
        move=CHANGE_FORM,
        form=form,
        change=change,
        **compared(case),
    )
    return shown(request, "form_of_case", page, form)
