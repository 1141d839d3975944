"""Uppföljning and slutuppföljning: the long form, its draft, and corrections (domain 4.9)."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from audit import clock
from casework.comparison import differences
from casework.moves import NotAllowed, Stale, closed
from collaborations import goal_chart
from collaborations.forms.follow_up import (
    ClosingCorrectionForm,
    ClosingForm,
    CorrectionForm,
    FollowUpForm,
    said_in,
)
from collaborations.models import Collaboration, FollowUp, FollowUpDraft
from collaborations.overview import ASKED_BY_THE_FORM
from collaborations.page import page_of, readable_case, visible_case
from collaborations.steps.end import close
from collaborations.steps.follow_up import correct_follow_up, follow_up, save_draft
from collaborations.views.after_follow_up import what_follows
from collaborations.views.answering_forms import carried_out, shown
from collaborations.workflow import CLOSE, CORRECT_FOLLOW_UP, FOLLOW_UP

CHANGED = (
    "Ärendet har ändrats sedan du öppnade sidan. Inget är sparat. Det du skrev står kvar: se efter "
    "om det fortfarande stämmer, och spara igen."
)
ENDED_MEANWHILE = (
    "Samverkan har avslutats. Det du skrev är sparat som utkast, här i slutuppföljningen."
)


@require_http_methods(["GET", "POST"])
def follow_up_view(request, pk):
    return form_page(
        request,
        pk,
        name="follow_up",
        move=FOLLOW_UP,
        form_class=FollowUpForm,
        do=follow_up,
        success="Uppföljningen är sparad, och nästa är planerad.",
    )


@require_http_methods(["GET", "POST"])
def close_view(request, pk):
    return form_page(
        request,
        pk,
        name="close",
        move=CLOSE,
        form_class=ClosingForm,
        do=close,
        success="Slutuppföljningen är sparad och ärendet är klart.",
    )


def form_page(request, pk, *, name, move, form_class, do, success):
    """Save it, or what has been typed so far; whatever is refused keeps the text."""
    case = visible_case(request, pk)
    draft = FollowUpDraft.objects.filter(collaboration=case).select_related("saved_by").first()
    data = request.POST if request.method == "POST" else None
    form = form_class(data, case=case, initial=begins_with(case, draft))
    saves_draft = data is not None and "spara_utkast" in data
    if saves_draft and kept(request, case, form, "Utkastet är sparat."):
        return redirect(request.path)
    if data is not None and not saves_draft and form.is_valid():
        try:
            made = carried_out(
                request, form, lambda: do(case, **form.facts(), by=request.user), success
            )
        except Stale as stale:
            case, made = stale.current, False
            changed_meanwhile(request, case, form, move)
        if made:
            return redirect(latest(case))
    if data is not None and case.step not in move.leaves and keep_for_later(request, case, form):
        return redirect("collaborations:close", pk=pk)
    draft = FollowUpDraft.objects.filter(collaboration=case).select_related("saved_by").first()
    compared = beside(form, form_class(case=case, initial=begins_with(case, draft)), draft)
    page = page_of(
        case,
        request.user,
        name=name,
        move=move,
        form=form,
        draft=draft,
        compared=compared,
        charts=goal_chart.charts(case),
        remedies=case.remedies.open().select_related("owner"),
        asked_by_the_form=ASKED_BY_THE_FORM,
        **earlier(case),
    )
    return shown(request, name, page, form)


def begins_with(case: Collaboration, draft: FollowUpDraft | None) -> dict:
    return {
        "version": case.version,
        "held_on": clock.today(),
        **(draft.content if draft else {}),
        "revision": draft.revision if draft else 0,
    }


def earlier(case: Collaboration) -> dict:
    return {
        "follow_ups": shown_follow_ups(case),
        "plan": case.decisions.filter(kind="start").select_related("follow_up_by").first(),
    }


def shown_follow_ups(case: Collaboration):
    return (
        case.follow_ups.standing()
        .select_related("made_by")
        .prefetch_related("commitments__commitment__party", "goals__goal", "remedies__owner")
    )


def latest(case: Collaboration) -> str:
    made = case.follow_ups.order_by("pk").last()
    return reverse("collaborations:made_follow_up", args=[case.pk, made.pk])


def kept(request, case, form, success: str) -> bool:
    """Keep what has been typed as the draft. False when it is refused: then it stands there."""
    revision = form.data.get("revision") or "0"
    try:
        save_draft(
            case,
            content=form.typed(),
            revision=int(revision) if revision.isdecimal() else 0,
            by=request.user,
        )
    except NotAllowed as refusal:
        form.is_valid()
        form.errors.clear()
        form.refusal = refusal.reasons
        for reason in refusal.reasons:
            form.add_error(None, reason.sentence)
        return False
    messages.success(request, success)
    return True


def beside(form, saved_form, draft: FollowUpDraft | None) -> list[dict]:
    """What was sent beside a draft that another has saved since; then it can be sent again.

    Only here does the hidden revision follow the draft: nobody writes over what was never shown.
    """
    if not form.is_bound:
        return []
    form.data = form.data.copy()
    shown_revision = form.data.get("revision") or "0"
    form.data["revision"] = draft.revision if draft else 0
    if draft is None or shown_revision == str(draft.revision):
        return []
    return differences(form, saved_form)


def changed_meanwhile(request, case: Collaboration, form, move) -> None:
    form.refusal = [CHANGED]
    if case.step in move.leaves:
        form.add_error(None, CHANGED)
    form.data = form.data.copy()
    form.data["version"] = case.version


def keep_for_later(request, case: Collaboration, form) -> bool:
    """It ended while it was being written: the text waits in the closing follow-up, if it may."""
    return not closed(case, CLOSE, request.user) and kept(request, case, form, ENDED_MEANWHILE)


@require_safe
def made_follow_up(request, pk, follow_up_pk):
    """One follow-up, what came of it, and what is to be done after it."""
    case = readable_case(request, pk)
    made = get_object_or_404(
        case.follow_ups.select_related("made_by", "supersedes").prefetch_related(
            "commitments__commitment__party",
            "goals__goal",
        ),
        pk=follow_up_pk,
    )
    made.collaboration = case
    page = {
        "case": case,
        "made": made,
        "newer": FollowUp.objects.filter(supersedes=made).first(),
        "remedies": made.measures(),
    }
    if case.is_whole:
        page |= page_of(case, request.user, name="follow_up") | what_follows(
            case, made, request.user
        )
    return shown(request, "made_follow_up", page)


@require_http_methods(["GET", "POST"])
def correct(request, pk, follow_up_pk):
    """The same form, filled from what was wrong; both are kept."""
    case = visible_case(request, pk)
    wrong = get_object_or_404(case.follow_ups, pk=follow_up_pk)
    is_closing = wrong.kind == FollowUp.Kind.CLOSING
    form_class = ClosingCorrectionForm if is_closing else CorrectionForm
    data = request.POST if request.method == "POST" else None
    initial = {**said_in(wrong), "version": case.version}
    form = form_class(data, case=case, wrong=wrong, initial=initial)
    if data is not None and form.is_valid():
        try:
            made = carried_out(
                request,
                form,
                lambda: correct_follow_up(case, wrong, **form.facts(), by=request.user),
                "Rättelsen är sparad. Den tidigare uppföljningen finns kvar.",
            )
        except Stale as stale:
            case, made = stale.current, False
            changed_meanwhile(request, case, form, CORRECT_FOLLOW_UP)
        if made:
            return redirect(latest(case))
    page = page_of(
        case, request.user, name="follow_up", move=CORRECT_FOLLOW_UP, form=form, wrong=wrong
    )
    return shown(request, "correct_follow_up", page, form)
