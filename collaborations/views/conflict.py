"""Jäv: declare for oneself, see who has declared, and rule on what was reported."""

from django.http import Http404
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from casework.moves import closed
from collaborations import standing
from collaborations.forms.declaration import DeclarationForm
from collaborations.forms.others import RulingForm
from collaborations.page import page_of, visible_case
from collaborations.rules import person_may_rule
from collaborations.steps.declare import declare, rule_on
from collaborations.views.answering_forms import carried_out, shown
from collaborations.workflow import DECLARE, RULE


@require_http_methods(["GET", "POST"])
def conflict(request, pk):
    case = visible_case(request, pk)
    data = request.POST if request.method == "POST" else None
    form = DeclarationForm(data, case=case)
    if data is not None and form.is_valid():
        done = carried_out(
            request,
            form,
            lambda: declare(case, inputs=form.inputs(), by=request.user),
            "Din jävsförklaring är sparad.",
        )
        if done:
            return redirect(request.path)
    page = page_of(
        case,
        request.user,
        name="conflict",
        move=DECLARE,
        form=form,
        own=standing.declaration_of(case, request.user),
        declarations=[described(one, request.user) for one in case_declarations(case)],
    )
    return shown(request, "conflict", page, form)


def case_declarations(case):
    return case.declarations.select_related("person", "ruling__ruled_by").order_by("-pk")


def described(declaration, person) -> dict:
    """A declaration as this person may read it: what was reported only for the two concerned."""
    may_rule = declaration.is_open and person_may_rule(declaration, person)
    concerned = may_rule or declaration.person_id == person.pk
    return {
        "row": declaration,
        "may_rule": may_rule,
        "what": declaration.what() if concerned else [],
    }


@require_http_methods(["GET", "POST"])
def ruling(request, pk, declaration_pk):
    case = visible_case(request, pk)
    declaration = case.declarations.select_related("person").filter(pk=declaration_pk).first()
    if declaration is None or not person_may_rule(declaration, request.user):
        raise Http404
    data = request.POST if request.method == "POST" else None
    form = RulingForm(data)
    if data is not None and form.is_valid():
        done = carried_out(
            request,
            form,
            lambda: rule_on(declaration, **form.cleaned_data, by=request.user),
            "Jävsfrågan är avgjord.",
        )
        if done:
            return redirect("collaborations:conflict", pk=pk)
    page = page_of(
        case,
        request.user,
        name="conflict",
        form=form,
        declaration=declaration,
        closed=closed(case, RULE, request.user),
    )
    return shown(request, "ruling", page, form)
