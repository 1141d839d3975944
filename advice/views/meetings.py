"""Meetings of the group: called, prepared, held, and their minutes."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.permissions import Permission, administrations_wholly
from advice.aside import people_aside, taking_part
from advice.forms import (
    AttendanceForm,
    ChangeMeetingForm,
    ItemForm,
    MeetingAdviceForm,
    MeetingForm,
)
from advice.minutes import data_of, items_of
from advice.models import AgendaItem, Meeting, Member
from advice.rules import agenda_can_change
from advice.steps.meetings import (
    add_item,
    advise_at_meeting,
    call_meeting,
    cancel_meeting,
    change_meeting,
    move_item,
    note_attendance,
    remove_item,
)
from advice.steps.minutes import close_minutes
from advice.views.members import answered
from advice.views.questions import superseded_at
from advice.workflow import (
    CANCEL_MEETING,
    CLOSE_MINUTES,
    NOTE_ADVICE,
    NOTE_ATTENDANCE,
    SET_AGENDA,
    TAKE_OFF,
)
from audit import clock
from casework.moves import closed, missing
from collaborations import standing
from collaborations.forms.fields import VersionedForm
from collaborations.page import places
from collaborations.rules import case_needs_advice
from collaborations.views.answering_forms import carried_out
from collaborations.workflow import ADVISE
from documents.minutes import minutes_file_name, minutes_pdf
from documents.pdf import PdfUnavailable
from documents.store import answer_with, respond

MOST = 50


def own_groups(request):
    """The administrations whose whole group the person is in; 403 when there is none."""
    found = administrations_wholly(request.user, Permission.GROUP_SEE)
    if not found:
        raise PermissionDenied
    return found


@require_safe
def meetings(request):
    own_groups(request)
    found = Meeting.objects.visible_to(request.user).select_related(
        "administration", "chair__person"
    )
    return answered(request, "meetings", {"meetings": found[:MOST]}, None)


@require_http_methods(["GET", "POST"])
def new_meeting(request):
    """Of the group that the address names (forvaltning), else of one where the person sits."""
    groups = own_groups(request)
    sits_in = Member.objects.on(clock.today()).filter(person=request.user)
    own = set(sits_in.values_list("administration", flat=True))
    administration = next((one for one in groups if one.pk in own), groups[0])
    if wanted := request.GET.get("forvaltning"):
        administration = next((one for one in groups if one.slug == wanted), administration)
    data = request.POST if request.method == "POST" else None
    form = MeetingForm(data, administration=administration)
    called = []

    def action():
        called.append(call_meeting(administration, **form.cleaned_data, by=request.user))

    if data is not None and form.is_valid() and carried_out(request, form, action, "Mötet finns."):
        return redirect(called[0])
    page = {"administration": administration, "groups": groups}
    return answered(request, "new_meeting", page, form)


def visible(request, pk) -> Meeting:
    return get_object_or_404(
        Meeting.objects.visible_to(request.user).select_related(
            "administration",
            "unit",
            "chair__person",
            "chair__represents",
            "called_by",
            "closed_by",
            "minutes",
        ),
        pk=pk,
    )


def meeting_page(request, one: Meeting, form=None):
    """The meeting: when and where, who, the agenda with who stands aside, and what comes next."""
    items = items_of(one)
    standing.remember_declarations(
        [one.consultation.collaboration for one in items if one.consultation.collaboration]
    )
    for item in items:
        item.aside = people_aside(item.consultation)
        item.again = superseded_at(item.consultation, request.user)
        item.past = case_needs_advice.reasons(item.consultation)
    may_arrange = not closed(one, SET_AGENDA, request.user) and agenda_can_change(one)
    may_advise = not (closed(one, NOTE_ADVICE, request.user) + missing(one, NOTE_ADVICE))
    may_attend = not closed(one, NOTE_ATTENDANCE, request.user) and not missing(
        one, NOTE_ATTENDANCE
    )
    page = {
        "meeting": one,
        "items": items,
        "attendances": one.attendances.select_related("member__person", "member__represents"),
        "may_arrange": may_arrange,
        "may_take_off": not closed(one, TAKE_OFF, request.user),
        "may_cancel": not (
            closed(one, CANCEL_MEETING, request.user) + missing(one, CANCEL_MEETING)
        ),
        "may_advise": may_advise,
        "may_attend": may_attend,
        "item_form": form or (ItemForm(None, meeting=one) if may_arrange else None),
        "may_close": not closed(one, CLOSE_MINUTES, request.user),
    }
    return answered(request, "meeting", page, form)


@require_safe
def meeting(request, pk):
    return meeting_page(request, visible(request, pk))


def done(request, one: Meeting, template: str, form, action, success: str, **page):
    """One form of a meeting on a page of its own."""
    if form.is_bound and form.is_valid() and carried_out(request, form, action, success):
        return redirect(one)
    return answered(request, template, {"meeting": one, **page}, form)


@require_http_methods(["GET", "POST"])
def change(request, pk):
    one = visible(request, pk)
    form = ChangeMeetingForm(request.POST or None, meeting=one)
    return done(
        request,
        one,
        "change_meeting",
        form,
        lambda: change_meeting(one, **form.cleaned_data, by=request.user),
        "Mötet är ändrat.",
    )


@require_http_methods(["GET", "POST"])
def cancel(request, pk):
    one = visible(request, pk)
    form = VersionedForm(request.POST or None, initial={"version": one.version})
    return done(
        request,
        one,
        "cancel_meeting",
        form,
        lambda: cancel_meeting(one, **form.cleaned_data, by=request.user),
        "Mötet är inställt. Frågorna väntar på ett annat möte.",
        closed=closed(one, CANCEL_MEETING, request.user) + missing(one, CANCEL_MEETING),
    )


@require_POST
def add(request, pk):
    one = visible(request, pk)
    form = ItemForm(request.POST, meeting=one)
    if form.is_valid():
        facts = form.cleaned_data

        def action():
            add_item(one, **facts, by=request.user)

        if carried_out(request, form, action, "Frågan står på dagordningen."):
            return redirect(one)
    return meeting_page(request, visible(request, pk), form)


def item_of(one: Meeting, item_pk: int) -> AgendaItem:
    item = next((item for item in items_of(one) if item.pk == item_pk), None)
    if item is None:
        raise Http404
    return item


@require_POST
def arrange(request, pk, item_pk):
    """The button says what: upp, ner or ta_bort. An old page changes nothing."""
    one = visible(request, pk)
    item, form = item_of(one, item_pk), VersionedForm(request.POST)
    if not form.is_valid():
        raise Http404
    facts = {"by": request.user, "version": form.cleaned_data["version"]}
    if "ta_bort" in request.POST:
        remove_item(item, **facts)
    else:
        move_item(item, up="upp" in request.POST, **facts)
    return redirect(one)


@require_http_methods(["GET", "POST"])
def attendance(request, pk):
    one = visible(request, pk)
    form = AttendanceForm(request.POST or None, meeting=one)
    return done(
        request,
        one,
        "attendance",
        form,
        lambda: note_attendance(one, **form.cleaned_data, by=request.user),
        "Närvaron är antecknad.",
        closed=closed(one, NOTE_ATTENDANCE, request.user) + missing(one, NOTE_ATTENDANCE),
    )


@require_http_methods(["GET", "POST"])
def advise(request, pk, item_pk):
    one = visible(request, pk)
    item = item_of(one, item_pk)
    form, case = MeetingAdviceForm(request.POST or None, item=item), item.consultation.collaboration
    of_the_case = closed(case, ADVISE, request.user) if case else []
    return done(
        request,
        one,
        "item_advice",
        form,
        lambda: advise_at_meeting(item, **form.cleaned_data, by=request.user),
        "Rådet är antecknat. Den som frågade får veta det.",
        item=item,
        asked=item.consultation,
        aside=people_aside(item.consultation),
        people=taking_part(item),
        closed=closed(one, NOTE_ADVICE, request.user) + missing(one, NOTE_ADVICE) + of_the_case,
        places=places(case) if case else {},
    )


@require_http_methods(["GET", "POST"])
def close(request, pk):
    """The chair reads the minutes as they will be, and closes them."""
    one = visible(request, pk)
    form = VersionedForm(request.POST or None, initial={"version": one.version})
    waiting = [item for item in items_of(one) if item.consultation.waits]

    def action():
        close_minutes(one, **form.cleaned_data, by=request.user)

    try:
        return done(
            request,
            one,
            "close_minutes",
            form,
            action,
            "Protokollet är justerat och sparat.",
            waiting=waiting,
            closed=closed(one, CLOSE_MINUTES, request.user) + missing(one, CLOSE_MINUTES),
        )
    except PdfUnavailable as problem:
        messages.error(request, str(problem))
        return redirect(one)


@require_safe
def minutes(request, pk):
    """The minutes: as they were closed, or a draft of what they would say now."""
    one = visible(request, pk)
    if one.minutes:
        return respond(one.minutes, inline=True)
    data = data_of(one)
    try:
        return answer_with(minutes_pdf(data), minutes_file_name(data), inline=True)
    except PdfUnavailable as problem:
        messages.error(request, str(problem))
        return redirect(one)
