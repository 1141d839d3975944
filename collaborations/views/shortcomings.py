"""Brister: the list of a case, the report that anybody makes, and what the manager makes of it."""

from functools import partial

from django.db.models import Count
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from audit import clock
from casework.moves import closed
from collaborations.forms.follow_up import RemedyForm
from collaborations.forms.shortcoming import AssessForm, ConcludeForm, PassOnForm, ReportForm
from collaborations.models import Shortcoming
from collaborations.page import readable_case, visible_case
from collaborations.steps.after_follow_up import decide_remedy
from collaborations.steps.shortcoming import assess, conclude, pass_on, report_shortcoming
from collaborations.views.answering_forms import reader_page, shown, step_page, with_rail
from collaborations.workflow import (
    ASSESS_SHORTCOMING,
    BREAK_OFF,
    CONCLUDE_SHORTCOMING,
    DECIDE_REMEDY,
    PASS_ON_SHORTCOMING,
    REPORT_SHORTCOMING,
)


def of_case(case, person):
    """The shortcomings of the case that the person may see, the latest first."""
    rows = Shortcoming.objects.visible_to(person).filter(collaboration=case)
    return rows.annotate(measures=Count("remedies")).order_by("-pk")


def one_of(case, person, pk) -> Shortcoming:
    rows = Shortcoming.objects.visible_to(person).select_related(
        "reported_by", "received_by", "assessed_by", "concluded_by"
    )
    found = get_object_or_404(rows, collaboration=case, pk=pk)
    found.collaboration = case
    return found


@require_safe
def shortcomings(request, pk):
    case = readable_case(request, pk)
    page = {
        "shortcomings": of_case(case, request.user),
        "may_report_shortcoming": not closed(case, REPORT_SHORTCOMING, request.user),
    }
    return shown(request, "shortcomings", with_rail(request, case, page))


@require_http_methods(["GET", "POST"])
def report(request, pk):
    """Anybody who sees that it runs may report; it takes a minute."""
    case = readable_case(request, pk)
    data = request.POST if request.method == "POST" else None
    form = ReportForm(data, initial={"seen_on": clock.today()})
    return reader_page(
        request,
        case,
        form,
        {"closed": closed(case, REPORT_SHORTCOMING, request.user)},
        template="report_shortcoming",
        do=partial(report_shortcoming, case),
        success="Tack. Bristen är anmäld, och du kan följa vad den leder till här.",
        then=lambda: Shortcoming.objects.get(form_key=form.cleaned_data["form_key"]),
    )


@require_safe
def shortcoming(request, pk, shortcoming_pk):
    case = readable_case(request, pk)
    one = one_of(case, request.user, shortcoming_pk)
    page = {
        "one": one,
        "shows_reporter": one.shows_reporter_to(request.user),
        "remedies": one.remedies.select_related("owner") if case.is_whole else [],
        "ways_on": ways_on(case, one, request.user),
    }
    return shown(request, "shortcoming", with_rail(request, case, page))


def ways_on(case, one: Shortcoming, person) -> list[dict]:
    """What this person can do with it now: {label, url}, the main thing first."""
    found = []
    if one.is_open and one.received_at is None and not closed(case, PASS_ON_SHORTCOMING, person):
        found.append(("Lämna vidare till ansvarig chef", "pass_on_shortcoming", (one.pk,)))
    if one.is_open and one.assessed_at is None and not closed(case, ASSESS_SHORTCOMING, person):
        found.append(("Bedöm bristen", "assess_shortcoming", (one.pk,)))
    if one.is_open and one.assessed_at and not closed(case, CONCLUDE_SHORTCOMING, person):
        found += [
            ("Avsluta bristen", "conclude_shortcoming", (one.pk,)),
            ("Anteckna ett samtal", "dialogue", ()),
        ]
        if not closed(case, DECIDE_REMEDY, person):
            found.append(("Lägg till en åtgärd", "shortcoming_remedy", (one.pk,)))
        if not closed(case, BREAK_OFF, person):
            found.append(("Avbryt samverkan", "break_off", ()))
    return [
        {"label": label, "url": reverse(f"collaborations:{name}", args=[case.pk, *more])}
        for label, name, more in found
    ]


@require_http_methods(["GET", "POST"])
def pass_on_view(request, pk, shortcoming_pk):
    """The unit's manager sees no more of the case than other readers, and yet takes it on."""
    case = readable_case(request, pk)
    one = one_of(case, request.user, shortcoming_pk)
    form = PassOnForm(request.POST if request.method == "POST" else None)
    page = {
        "one": one,
        "closed": closed(case, PASS_ON_SHORTCOMING, request.user),
        "label": "Lämna vidare",
    }
    return reader_page(
        request,
        case,
        form,
        page,
        template="shortcoming_step",
        do=partial(pass_on, case, one),
        success="Bristen är hos ansvarig chef.",
        then=lambda: one,
    )


def step_of(request, pk, shortcoming_pk, *, move, make_form, do, success, label, heading=""):
    case = visible_case(request, pk)
    one = one_of(case, request.user, shortcoming_pk)
    return step_page(
        request,
        pk,
        name="",
        move=move,
        template="shortcoming_step",
        make_form=make_form,
        do=lambda case, form: do(case, one, **form.cleaned_data, by=request.user),
        success=success,
        then=lambda case: one.get_absolute_url(),
        context=lambda case: {"one": one, "label": label, "heading": heading},
    )


@require_http_methods(["GET", "POST"])
def assess_view(request, pk, shortcoming_pk):
    return step_of(
        request,
        pk,
        shortcoming_pk,
        move=ASSESS_SHORTCOMING,
        make_form=lambda case, data: AssessForm(data),
        do=assess,
        success="Bedömningen är sparad.",
        label="Spara bedömningen",
        heading="Bedöm bristen",
    )


@require_http_methods(["GET", "POST"])
def conclude_view(request, pk, shortcoming_pk):
    return step_of(
        request,
        pk,
        shortcoming_pk,
        move=CONCLUDE_SHORTCOMING,
        make_form=lambda case, data: ConcludeForm(data),
        do=conclude,
        success="Bristen är avslutad. Den som anmälde kan läsa svaret.",
        label="Avsluta bristen",
    )


@require_http_methods(["GET", "POST"])
def remedy(request, pk, shortcoming_pk):
    return step_of(
        request,
        pk,
        shortcoming_pk,
        move=DECIDE_REMEDY,
        make_form=lambda case, data: RemedyForm(data, case=case),
        do=lambda case, one, **facts: decide_remedy(case, shortcoming=one, **facts),
        success="Åtgärden är beslutad. Sista dagen bevakas.",
        label="Besluta om åtgärden",
    )
