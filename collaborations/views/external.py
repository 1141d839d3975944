"""Pages of projects with others' money, and of supported employment."""

from django.urls import reverse
from django.views.decorators.http import require_http_methods

from collaborations.forms.external import (
    AnswerForm,
    DayForm,
    EmploymentForm,
    FundingForm,
    RiskForm,
    ScopeForm,
)
from collaborations.models import Routine
from collaborations.rules.external import funding_of
from collaborations.scope import CHOOSABLE
from collaborations.steps.fund import (
    answer_application,
    confirm_employment,
    describe_funding,
    submit_application,
)
from collaborations.steps.scope import decide_risk, decide_scope
from collaborations.views.answering_forms import step_page
from collaborations.workflow import (
    ANSWER_FUNDING,
    CONFIRM_EMPLOYMENT,
    DECIDE_RISK,
    DECIDE_SCOPE,
    DESCRIBE_FUNDING,
    SUBMIT_APPLICATION,
)


def back_to(name: str):
    return lambda case: reverse(f"collaborations:{name}", args=[case.pk])


def funding_facts(case) -> dict:
    kind = Routine.Kind.EXTERNAL_FUNDING
    return {
        "funding": funding_of(case),
        "funders": case.administration.funders.current(),
        "routine": case.routines.filter(kind=kind).select_related("confirmed_by").last(),
    }


@require_http_methods(["GET", "POST"])
def funding(request, pk):
    return step_page(
        request,
        pk,
        name="funding",
        move=DESCRIBE_FUNDING,
        template="funding",
        make_form=lambda case, data: FundingForm(data, case=case, funding=funding_of(case)),
        do=lambda case, form: describe_funding(case, **form.facts(), by=request.user),
        success="Finansieringen är sparad.",
        then=back_to("funding"),
        context=funding_facts,
    )


@require_http_methods(["GET", "POST"])
def application(request, pk):
    return step_page(
        request,
        pk,
        name="application",
        move=SUBMIT_APPLICATION,
        template="application",
        make_form=lambda case, data: DayForm(data, initial={"version": case.version}),
        do=lambda case, form: submit_application(case, **form.facts(), by=request.user),
        success="Det är antecknat att ansökan är inlämnad.",
        then=back_to("funding"),
        context=funding_facts,
    )


@require_http_methods(["GET", "POST"])
def funders_answer(request, pk):
    return step_page(
        request,
        pk,
        name="funders_answer",
        move=ANSWER_FUNDING,
        template="funders_answer",
        make_form=lambda case, data: AnswerForm(data, initial={"version": case.version}),
        do=lambda case, form: answer_application(case, **form.facts(), by=request.user),
        success="Finansiärens besked är antecknat.",
        context=funding_facts,
    )


@require_http_methods(["GET", "POST"])
def scope(request, pk):
    def made(case):
        rows = list(case.check_scopes.select_related("decided_by"))
        for row in rows:
            row.names = [CHOOSABLE[code] for code in row.sets]
        return {"decided": rows}

    return step_page(
        request,
        pk,
        name="scope",
        move=DECIDE_SCOPE,
        template="scope",
        make_form=lambda case, data: ScopeForm(
            data, initial={"version": case.version, "sets": case.check_scope}
        ),
        do=lambda case, form: decide_scope(case, **form.facts(), by=request.user),
        success="Omfattningen av kontrollen är bestämd.",
        then=back_to("scope"),
        context=made,
    )


@require_http_methods(["GET", "POST"])
def risk(request, pk):
    return step_page(
        request,
        pk,
        name="risk",
        move=DECIDE_RISK,
        template="risk",
        make_form=lambda case, data: RiskForm(data, initial={"version": case.version}),
        do=lambda case, form: decide_risk(case, **form.facts(), by=request.user),
        success="Riskbedömningen är sparad.",
        then=back_to("risk"),
        context=lambda case: {"decided": case.risk_decisions.select_related("decided_by")},
    )


@require_http_methods(["GET", "POST"])
def employment(request, pk):
    return step_page(
        request,
        pk,
        name="employment",
        move=CONFIRM_EMPLOYMENT,
        template="employment",
        make_form=lambda case, data: EmploymentForm(data, initial={"version": case.version}),
        do=lambda case, form: confirm_employment(case, **form.facts(), by=request.user),
        success="Det är antecknat att rutinerna följs.",
        then=back_to("employment"),
        context=lambda case: {
            "confirmed": case.routines.filter(kind="employment").select_related("confirmed_by")
        },
    )
