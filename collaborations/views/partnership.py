"""Pages of a partnership: what it is about, the head, the steering group."""

from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from agreements import reading
from agreements.models import Side
from casework.moves import closed
from casework.swedish import kronor
from collaborations.forms.others import MoveForm
from collaborations.forms.partnership import (
    AppointForm,
    InformHeadForm,
    MeetingForm,
    PartnershipForm,
)
from collaborations.page import visible_case
from collaborations.partnership_risk import risks
from collaborations.rules import information_is_to_the_person
from collaborations.steps.partnership import (
    appoint,
    dismiss,
    inform_head,
    note_meeting,
    read_information,
    write_partnership,
)
from collaborations.views.answering_forms import step_page
from collaborations.workflow import (
    APPOINT,
    DISMISS,
    INFORM_HEAD,
    NOTE_MEETING,
    READ_INFORMATION,
    WRITE_PARTNERSHIP,
)
from iop.models import HeadInformation, SteeringMember


def back_to(name: str):
    return lambda case: reverse(f"collaborations:{name}", args=[case.pk])


def rows(case, name: str, *related: str):
    """The partnership's rows of that name; none when it is not begun."""
    if case.partnership is None:
        return []
    return getattr(case.partnership, name).select_related(*related)


def shares(case) -> list[dict]:
    """What each side brings, and its share of the whole in percent (I-39)."""
    sums = reading.sums(case.terms)
    whole = sum(one["value"] for one in sums.values())
    return [
        {
            "label": side.label.capitalize(),
            "value": kronor(sums[side]["value"]),
            "hours": sums[side]["hours"],
            "share": round(100 * sums[side]["value"] / whole) if whole else None,
        }
        for side in Side
    ]


@require_http_methods(["GET", "POST"])
def partnership(request, pk):
    return step_page(
        request,
        pk,
        name="partnership",
        move=WRITE_PARTNERSHIP,
        template="partnership",
        make_form=lambda case, data: PartnershipForm(data, case=case),
        do=lambda case, form: write_partnership(case, **form.facts(), by=request.user),
        success="Partnerskapet är sparat.",
        then=back_to("partnership"),
        context=lambda case: {"shares": shares(case), "one": case.partnership, "risk": risks(case)},
    )


@require_http_methods(["GET", "POST"])
def inform(request, pk):
    def told(case):
        found = list(rows(case, "informations", "head", "told_by", "stand"))
        for one in found:
            one.may_read = not one.read_at and not (
                closed(case, READ_INFORMATION, request.user)
                + information_is_to_the_person.reasons(one, request.user)
            )
        return {"told": found, "is_prepared": case.step in INFORM_HEAD.leaves}

    return step_page(
        request,
        pk,
        name="inform_head",
        move=INFORM_HEAD,
        template="inform_head",
        make_form=lambda case, data: InformHeadForm(data, case=case),
        do=lambda case, form: inform_head(case, **form.facts(), by=request.user),
        success="Högsta chefen får informationen, och läser den här.",
        then=back_to("inform_head"),
        context=told,
    )


@require_POST
def read(request, pk, information_pk):
    case = visible_case(request, pk)
    told = get_object_or_404(HeadInformation, pk=information_pk, partnership__collaboration=case.pk)
    read_information(case, told, by=request.user)
    return redirect("collaborations:inform_head", pk=pk)


@require_http_methods(["GET", "POST"])
def steering(request, pk):
    return step_page(
        request,
        pk,
        name="steering",
        move=APPOINT,
        template="steering",
        make_form=lambda case, data: AppointForm(data, case=case),
        do=lambda case, form: appoint(case, **form.facts(), by=request.user),
        success="Deltagaren är utsedd.",
        then=back_to("steering"),
        context=lambda case: {
            "members": rows(case, "members", "person", "appointed_by"),
            "meetings": rows(case, "meetings", "noted_by"),
            "may_dismiss": not closed(case, DISMISS, request.user),
        },
    )


@require_http_methods(["GET", "POST"])
def dismissal(request, pk, member_pk):
    member = get_object_or_404(
        SteeringMember, pk=member_pk, partnership__collaboration=visible_case(request, pk).pk
    )
    return step_page(
        request,
        pk,
        name="dismiss",
        move=DISMISS,
        template="dismiss",
        make_form=lambda case, data: MoveForm(data, initial={"version": case.version}),
        do=lambda case, form: dismiss(case, member, **form.facts(), by=request.user),
        success="Deltagaren har lämnat styrgruppen.",
        then=back_to("steering"),
        context=lambda case: {"member": member},
    )


@require_http_methods(["GET", "POST"])
def meeting(request, pk):
    return step_page(
        request,
        pk,
        name="meeting",
        move=NOTE_MEETING,
        template="meeting",
        make_form=lambda case, data: MeetingForm(
            data, initial={"version": case.version, "held_on": timezone.localdate()}
        ),
        do=lambda case, form: note_meeting(case, **form.facts(), by=request.user),
        success="Mötet är antecknat.",
        then=back_to("steering"),
    )
