"""What has been told about a case, and what to do when the mail server refuses."""

from django.http import Http404
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.permissions import Permission, may
from casework.moves import NotAllowed
from casework.rules import Reason
from collaborations.forms.others import ToldOtherwiseForm
from collaborations.page import page_of, visible_case
from collaborations.steps.notices import note_told, send_again
from collaborations.views.answering_forms import carried_out, shown
from notifications.models import Notice


@require_safe
def notices(request, pk):
    case = visible_case(request, pk)
    page = page_of(
        case,
        request.user,
        name="notices",
        notices=Notice.objects.filter(about=case.chain)
        .select_related("person", "told_otherwise_by")
        .prefetch_related("attempts"),
        may_resend=may(request.user, Permission.NOTICE_RESEND, case),
    )
    return shown(request, "notices", page)


def resendable(request, pk, notice_pk):
    """The case and its notice; 404 when not its own, refused when the person may not resend."""
    case = visible_case(request, pk)
    notice = Notice.objects.filter(about=case.chain, pk=notice_pk).first()
    if notice is None:
        raise Http404
    if not may(request.user, Permission.NOTICE_RESEND, case):
        raise NotAllowed([Reason("Du har inte rätt att skicka om meddelanden i den här enheten.")])
    return case, notice


@require_POST
def resend(request, pk, notice_pk):
    case, notice = resendable(request, pk, notice_pk)
    send_again(notice, case, by=request.user)
    return redirect("collaborations:notices", pk=pk)


@require_http_methods(["GET", "POST"])
def told_otherwise(request, pk, notice_pk):
    case, notice = resendable(request, pk, notice_pk)
    data = request.POST if request.method == "POST" else None
    form = ToldOtherwiseForm(data)
    if data is not None and form.is_valid():
        done = carried_out(
            request,
            form,
            lambda: note_told(notice, case, **form.cleaned_data, by=request.user),
            "Det är antecknat att meddelandet lämnades på annat sätt.",
        )
        if done:
            return redirect("collaborations:notices", pk=pk)
    page = page_of(case, request.user, name="notices", form=form, notice=notice)
    return shown(request, "told_otherwise", page, form)
