"""All notices that a person may see, each by itself, and what should have been told and was not."""

from uuid import uuid4

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.permissions import Permission, may, may_anywhere
from casework.listing import Order, listed
from casework.moves import NotAllowed
from casework.rules import Reason
from collaborations.duties import BY_CODE, DUTIES, unmet_of
from collaborations.forms.others import ToldOtherwiseForm
from collaborations.models import Collaboration
from collaborations.notice_filters import NoticeFilter, UntoldFilter
from collaborations.page import visible_case
from collaborations.secrecy import as_read_by, hide_from
from collaborations.seen_notices import case_of, may_mend, seen_by
from collaborations.steps import notices as steps
from collaborations.views.answering_forms import carried_out
from notifications.mail_kinds import name_of

ORDERS = (
    Order("senast", "Senast skrivet", ("-created_at",)),
    Order("aldst", "Äldst först", ("created_at",)),
    Order("lage", "Läge", ("state", "-created_at")),
    Order("slag", "Slag", ("kind", "-created_at")),
)
ORDERS_OF_UNTOLD = (
    Order("aldst", "Äldst först", ("since",)),
    Order("senast", "Nyast först", ("-since",)),
    Order("rubrik", "Ärendets rubrik", ("sort_key",)),
)


@require_safe
def notices(request):
    rows = seen_by(request.user).select_related("person", "administration", "digest")
    chosen = NoticeFilter(request.GET, rows, request=request)
    listing = listed(chosen.qs, request.GET, ORDERS)
    hide_from(request.user, listing.rows)
    for notice in listing.rows:
        notice.kind_name = name_of(notice.kind)
    return render(
        request, "collaborations/all_notices.html", {"filter": chosen, "listing": listing}
    )


def notice_of(request, pk):
    """The notice in words that the person may read, what it gathered, its case if it is about
    one, and whether the person may mend it; else 404."""
    rows = (
        seen_by(request.user)
        .with_attempts()
        .select_related(
            "person", "administration", "responsible", "digest", "told_otherwise_by", "attachment"
        )
    )
    notice = get_object_or_404(rows, pk=pk)
    case, gathered = case_of(notice), as_read_by(request.user, notice)
    return notice, gathered, case, may_mend(request.user, notice, case)


def mendable(request, pk):
    notice, _, case, may_be = notice_of(request, pk)
    if not may_be:
        raise NotAllowed([Reason("Du har inte rätt att skicka om det här meddelandet.")])
    return notice, case


@require_safe
def notice(request, pk):
    found, gathered, case, may_be = notice_of(request, pk)
    page = {
        "notice": found,
        "case": case if case and visible(request, case) else None,
        "kind_name": name_of(found.kind),
        "may_mend": may_be,
        "gathered": gathered,
    }
    return render(request, "collaborations/one_notice.html", page)


def visible(request, case) -> bool:
    return type(case).objects.wholly_visible_to(request.user).filter(pk=case.pk).exists()


@require_http_methods(["GET", "POST"])
def resend(request, pk):
    """POST sends what has not come through; what was told goes once more from a page that asks."""
    found, case = mendable(request, pk)
    if not found.is_told:
        if request.method == "POST":
            steps.send_again(found, case, by=request.user)
            messages.success(request, "Meddelandet skickas igen.")
        return redirect("notices:notice", pk=pk)
    if request.method == "POST" and (key := form_key(request)):
        copy = steps.send_copy(found, case, form_key=key, by=request.user)
        messages.success(request, "En kopia skickas.")
        return redirect("notices:notice", pk=copy.pk)
    page = {"notice": found, "form_key": uuid4()}
    return render(request, "collaborations/send_copy.html", page)


def form_key(request) -> str:
    """Of the page that asked: a double click has the same. Empty when it is none of ours."""
    key = request.POST.get("form_key", "")
    return key if len(key) == 36 and key.replace("-", "").isalnum() else ""


@require_http_methods(["GET", "POST"])
def told_otherwise(request, pk):
    found, case = mendable(request, pk)
    data = request.POST if request.method == "POST" else None
    form = ToldOtherwiseForm(data)
    if data is not None and form.is_valid():
        done = carried_out(
            request,
            form,
            lambda: steps.note_told(found, case, **form.cleaned_data, by=request.user),
            "Det är antecknat att meddelandet lämnades på annat sätt.",
        )
        if done:
            return redirect("notices:notice", pk=pk)
    page = {"notice": found, "form": form}
    status = 422 if form.errors else 200
    return render(request, "collaborations/notice_told.html", page, status=status)


@require_safe
def untold(request):
    """What should have been told and was not, computed from the cases: so many cases a page."""
    cases = Collaboration.objects.wholly_visible_to(request.user).select_related("unit")
    chosen = UntoldFilter(request.GET, cases, request=request)
    listing = listed(chosen.qs, request.GET, ORDERS_OF_UNTOLD)
    page = {
        "filter": chosen,
        "listing": listing,
        "rows": [
            {"row": row, "url": url_of(row), "may_write": may_write(request, row)}
            for row in unmet_of(listing.rows)
        ],
        "duties": DUTIES,
        "sees_cases": may_anywhere(request.user, Permission.COLLABORATION_SEE),
    }
    return render(request, "collaborations/untold.html", page)


def url_of(row) -> str:
    if row.notice is None:
        return reverse("collaborations:notices", args=[row.case.pk])
    return reverse("notices:notice", args=[row.notice.pk])


def may_write(request, row) -> bool:
    return row.notice is None and may(request.user, Permission.NOTICE_RESEND, row.case)


@require_POST
def write(request, pk, code):
    """Write the notice that was never written. One that exists stays as it is."""
    if code not in BY_CODE:
        raise Http404
    case = visible_case(request, pk)
    steps.write_missing(case, BY_CODE[code], by=request.user)
    messages.success(request, "Meddelandet är skrivet och skickas.")
    return redirect("collaborations:notices", pk=pk)
