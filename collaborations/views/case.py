"""The case's own page, its log, and the small moves that can be made at any time."""

from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from casework.moves import closed, missing
from collaborations import agreement_page, custody, democracy, standing
from collaborations.forms.others import (
    HandOverForm,
    RegistryNumberForm,
    SecrecyForm,
    SendBackForm,
    WithdrawForm,
)
from collaborations.log import entries
from collaborations.models import Collaboration, Referral, Step
from collaborations.overview import next_step, tasks
from collaborations.page import page_of, readable_case, visible_case
from collaborations.rules import form_has_an_agreement, is_a_purchase, is_formal
from collaborations.steps.hand_over import hand_over, mark_secret, set_registry_number
from collaborations.steps.send_back import send_back, withdraw
from collaborations.views.answering_forms import step_page
from collaborations.views.follow_up import shown_follow_ups
from collaborations.views.shortcomings import of_case
from collaborations.workflow import (
    CHANGE_FORM,
    HAND_OVER,
    MARK_SECRET,
    RECORD_BOARD_DECISION,
    REFER,
    REPORT_FINDING,
    REPORT_SHORTCOMING,
    SEND_BACK_TO_CHECK,
    SEND_BACK_TO_MOTIVATION,
    SET_REGISTRY_NUMBER,
    WITHDRAW,
)

SIDE_MOVES = (
    (REPORT_FINDING, "new_finding", "Registrera en ny uppgift om organisationen"),
    (SEND_BACK_TO_MOTIVATION, "send_back", "Skicka tillbaka"),
    (CHANGE_FORM, "form", "Byt samverkansform"),
    (WITHDRAW, "withdraw", "Återta ärendet"),
    (RECORD_BOARD_DECISION, "board_decision", "Nämndens beslut"),
    (REFER, "referral", "Lämna över till inköp"),
    (HAND_OVER, "hand_over", "Lämna över till en annan chef eller handläggare"),
    (MARK_SECRET, "secrecy", "Sekretessmarkering"),
    (SET_REGISTRY_NUMBER, "registry_number", "Diarienummer"),
)


@require_safe
def case(request, pk):
    """The whole case to those who work with it; what was promised and done to those who read."""
    shown = readable_case(request, pk)
    context = {
        "case": shown,
        "decisions": shown.decisions.select_related(
            "decided_by", "board_decision", "follow_up_by", "document__stored"
        ),
        "follow_ups": shown_follow_ups(shown),
        "remedies": shown.remedies.open().select_related("owner"),
        "shortcomings": of_case(shown, request.user),
        "may_report_shortcoming": not closed(shown, REPORT_SHORTCOMING, request.user),
        "others": others(shown, request.user),
        "has_agreement": form_has_an_agreement(shown),
        "in_force": agreement_page.in_force(shown) if is_formal(shown) else [],
    }
    if shown.is_whole:
        context |= page_of(shown, request.user, name="") | preparation(shown, request.user)
    return render(request, "collaborations/case.html", context)


def preparation(case: Collaboration, person) -> dict:
    return {
        "tasks": tasks(case),
        "newer": standing.newer_versions(case),
        "next_step": next_step(case, person),
        "referral": Referral.objects.filter(collaboration=case).select_related("made_by").first(),
        "side_moves": side_moves(case, person),
        "remarks": case.remarks.select_related("made_by"),
        "matters": democracy.matters(case),
        "democracy": democracy.in_short(case, person),
    }


def side_moves(case: Collaboration, person) -> list[dict]:
    """The moves that can be made beside the main way, open to this person now."""
    return [
        {"label": label, "url": reverse(f"collaborations:{name}", args=[case.pk])}
        for move, name, label in SIDE_MOVES
        if applies(case, name) and not closed(case, move, person) and not missing(case, move)
    ]


def applies(case: Collaboration, name: str) -> bool:
    """Some moves are of no use to most cases, and then not offered."""
    asks = {"board_decision": is_formal, "referral": is_a_purchase}.get(name)
    return asks is None or asks(case)


def others(case: Collaboration, person):
    """Other collaborations with the same organisations that the person may see (G-14)."""
    return (
        Collaboration.objects.visible_to(person)
        .filter(organisations__in=case.organisations.all())
        .exclude(pk=case.pk)
        .distinct()
        .order_by("-registered_at")[:5]
    )


@require_safe
def log(request, pk):
    shown = visible_case(request, pk)
    page = page_of(shown, request.user, name="log", entries=entries(shown, request.user))
    return render(request, "collaborations/log.html", page)


@require_http_methods(["GET", "POST"])
def send_back_view(request, pk):
    return step_page(
        request,
        pk,
        name="send_back",
        move=SEND_BACK_TO_CHECK if at_check(request, pk) else SEND_BACK_TO_MOTIVATION,
        template="send_back",
        make_form=lambda case, data: SendBackForm(
            data, case=case, initial={"version": case.version, "to": Step.REGISTERED}
        ),
        do=lambda case, form: send_back(case, **form.facts(), by=request.user),
        success="Ärendet är skickat tillbaka. Handläggaren får veta det.",
    )


def at_check(request, pk) -> bool:
    return visible_case(request, pk).step == Step.CHECKED


@require_http_methods(["GET", "POST"])
def withdraw_view(request, pk):
    return step_page(
        request,
        pk,
        name="withdraw",
        move=WITHDRAW,
        template="withdraw",
        make_form=lambda case, data: WithdrawForm(data, initial={"version": case.version}),
        do=lambda case, form: withdraw(case, **form.facts(), by=request.user),
        success="Ärendet är återtaget. Det finns kvar och kan sökas fram.",
    )


@require_http_methods(["GET", "POST"])
def hand_over_view(request, pk):
    return step_page(
        request,
        pk,
        name="hand_over",
        move=HAND_OVER,
        template="hand_over",
        make_form=lambda case, data: HandOverForm(
            data, case=case, initial={"version": case.version}
        ),
        do=lambda case, form: hand_over(case, **form.facts(), by=request.user),
        success="Ärendet är överlämnat. De som berörs får veta det.",
        context=lambda case: {"terms": custody.terms(case)},
    )


@require_http_methods(["GET", "POST"])
def secrecy_view(request, pk):
    return step_page(
        request,
        pk,
        name="secrecy",
        move=MARK_SECRET,
        template="secrecy",
        make_form=lambda case, data: SecrecyForm(
            data, initial={"version": case.version, "provision": case.secrecy_provision}
        ),
        do=lambda case, form: mark_secret(case, **form.facts(), by=request.user),
        success="Sekretessmarkeringen är sparad.",
    )


@require_http_methods(["GET", "POST"])
def registry_number_view(request, pk):
    return step_page(
        request,
        pk,
        name="registry_number",
        move=SET_REGISTRY_NUMBER,
        template="registry_number",
        make_form=lambda case, data: RegistryNumberForm(
            data, initial={"version": case.version, "registry_number": case.registry_number}
        ),
        do=lambda case, form: set_registry_number(case, **form.facts(), by=request.user),
        success="Diarienumret är sparat.",
    )
