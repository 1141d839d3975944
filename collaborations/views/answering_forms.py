"""What the views share: run a step, and answer a refusal on the form with what was typed kept."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse

from casework.comparison import differences
from casework.moves import NotAllowed, Stale
from collaborations.forms.consultation import GoOnForm
from collaborations.models import Collaboration
from collaborations.page import page_of, visible_case


def carried_out(request, form, action, success: str) -> bool:
    """Run a step. True when it was done; a refusal stands on the form with its reasons.

    A stale form is left to the caller, who knows what to compare it with (`Stale` passes on).
    """
    try:
        action()
    except NotAllowed as refusal:
        form.refusal = refusal.reasons
        for reason in refusal.reasons:
            form.add_error(reason.at if reason.at in form.fields else None, reason.sentence)
        return False
    messages.success(request, success)
    return True


def shown(request, template: str, context: dict, *forms):
    """The page; with a refused or faulty form the status says so."""
    status = status_of(*forms)
    return render(request, f"collaborations/{template}.html", context, status=status)


def status_of(*forms) -> int:
    """409 with a refused form, 422 with a faulty one, else 200."""
    if any(getattr(form, "refusal", None) for form in forms):
        return 409
    return 422 if any(form.is_bound and not form.is_valid() for form in forms) else 200


def stale_page(request, form, saved_form, current: Collaboration):
    """Both texts side by side; nothing was saved. `saved_form` is filled from what is there."""
    return render(
        request,
        "stale.html",
        {
            "current": current,
            "url": request.path,
            "differences": differences(form, saved_form) if saved_form else [],
        },
        status=409,
    )


def without_answer_page(request, pk, asked, *, what, name, move, go_on, stops):
    """*Inget yttrande*: going on without what was asked for, where no rule makes it a must.

    what: the word for it. go_on: the step. stops: () → why it may not be done.
    """
    return step_page(
        request,
        pk,
        name=name,
        move=move,
        template="without_answer",
        make_form=lambda case, data: GoOnForm(data, initial={"version": case.version}),
        do=lambda case, form: go_on(asked, **form.facts(), by=request.user),
        success="Det är antecknat att inget yttrande kom.",
        then=lambda case: reverse(f"collaborations:{name}", args=[pk]),
        context=lambda case: {"asked": asked, "what": what},
        stops=stops,
    )


def with_rail(request, case, page: dict, name: str = "") -> dict:
    """The page of a case to those who see all of it; to readers without rail and log."""
    whole = page_of(case, request.user, name=name) if case.is_whole else {"case": case}
    return whole | page


def reader_page(request, case, form, page: dict, *, name="", template, do, success, then):
    """One page for one step that readers of what runs take too: show the form, run the step.

    case: from readable_case. do: (**what the form holds, by) → runs the step. then: () → where to
    go. page: more for the template.
    """
    if form.is_bound and form.is_valid():

        def action():
            do(**form.cleaned_data, by=request.user)

        if carried_out(request, form, action, success):
            return redirect(then())
    return shown(request, template, with_rail(request, case, page | {"form": form}, name), form)


def step_page(
    request,
    pk,
    *,
    name,
    move,
    template,
    make_form,
    do,
    success,
    then=None,
    context=None,
    stops=None,
):
    """One page for one move: show the form, run the step, answer a refusal.

    make_form: (case, data or None) → form. do: (case, form) → runs the step. then: (case) → where
    to go. context: (case) → more for the template. stops: () → why it is closed though the move is
    open.
    """
    case = visible_case(request, pk)
    form = make_form(case, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            if carried_out(request, form, lambda: do(case, form), success):
                return redirect(then(case) if then else case)
        except Stale as stale:
            return stale_page(request, form, make_form(stale.current, None), stale.current)
    more = context(case) if context else {}
    page = page_of(case, request.user, name=name, move=move, form=form, **more)
    if stops:
        page["closed"] = page["closed"] or stops()
    return shown(request, template, page, form)
