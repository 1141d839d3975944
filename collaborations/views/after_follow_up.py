"""After a follow-up: the manager's stand, whom it was reported to, measures (I-09, I-22–I-24)."""

from functools import partial

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from audit import clock
from casework.moves import closed
from collaborations.forms.follow_up import (
    FinishRemedyForm,
    RemedyForm,
    ReportedForm,
    StandForm,
)
from collaborations.models import Conclusion, FollowUp, Form
from collaborations.page import readable_case, visible_case
from collaborations.people import heads_of
from collaborations.rules import form_has_an_agreement, person_answers_for_the_remedy
from collaborations.steps.after_follow_up import (
    decide_remedy,
    finish_remedy,
    note_reported,
    take_stand,
)
from collaborations.views.answering_forms import reader_page, step_page
from collaborations.workflow import (
    AMEND_AGREEMENT,
    CORRECT_FOLLOW_UP,
    DECIDE_REMEDY,
    END,
    FINISH_REMEDY,
    NOTE_REPORTED,
    NOTE_REPORTED_TO_BOARD,
    TAKE_STAND,
)


def of_case(case, follow_up_pk) -> FollowUp:
    made = get_object_or_404(case.follow_ups.select_related("made_by"), pk=follow_up_pk)
    made.collaboration = case
    return made


def back_to(follow_up_pk):
    return lambda case: reverse("collaborations:made_follow_up", args=[case.pk, follow_up_pk])


def what_follows(case, made: FollowUp, person) -> dict:
    """What is noted after the follow-up, and what this person can do now."""
    stand = getattr(made, "stand", None)
    reports = list(made.reports.select_related("noted_by"))
    return {
        "stand": stand,
        "reports": reports,
        "is_partnership": case.form == Form.IOP,
        "board_has_it": any(one.to == "board" for one in reports),
        "may_stand": stand is None and not closed(case, TAKE_STAND, person),
        "may_report": not closed(case, NOTE_REPORTED, person)
        or not closed(case, NOTE_REPORTED_TO_BOARD, person),
        "may_decide_remedy": not closed(case, DECIDE_REMEDY, person),
        "may_correct": not closed(case, CORRECT_FOLLOW_UP, person),
        "leads_to": leads_to(case, made, person),
    }


def leads_to(case, made: FollowUp, person) -> list[dict]:
    """Where the conclusion is carried out: {label, url}."""
    if made.conclusion == Conclusion.END and not closed(case, END, person):
        return [link("Avsluta samverkan", "end", case)]
    if made.conclusion == Conclusion.CHANGE and case.step == "ongoing":
        if form_has_an_agreement(case) and not closed(case, AMEND_AGREEMENT, person):
            return [
                link("Ändra överenskommelsen genom ett tillägg", "agreement", case),
                {"label": "Jämför med en annan form", "url": reverse("collaborations:forms")},
            ]
        return [
            {"label": "Jämför med en annan form", "url": reverse("collaborations:forms")},
            {"label": "Börja ett nytt ärende", "url": reverse("collaborations:register")},
        ]
    return []


def link(label: str, name: str, case) -> dict:
    return {"label": label, "url": reverse(f"collaborations:{name}", args=[case.pk])}


@require_http_methods(["GET", "POST"])
def stand(request, pk, follow_up_pk):
    made = of_case(visible_case(request, pk), follow_up_pk)
    return step_page(
        request,
        pk,
        name="follow_up",
        move=TAKE_STAND,
        template="stand",
        make_form=lambda case, data: StandForm(data, case=case, heads=heads_of(case)),
        do=lambda case, form: take_stand(case, made, **form.cleaned_data, by=request.user),
        success="Ställningstagandet är sparat.",
        then=back_to(follow_up_pk),
        context=lambda case: {"made": made},
    )


@require_http_methods(["GET", "POST"])
def reported(request, pk, follow_up_pk):
    case = visible_case(request, pk)
    made = of_case(case, follow_up_pk)
    keeps_the_boards = closed(case, NOTE_REPORTED, request.user)
    return step_page(
        request,
        pk,
        name="follow_up",
        move=NOTE_REPORTED_TO_BOARD if keeps_the_boards else NOTE_REPORTED,
        template="reported",
        make_form=lambda case, data: ReportedForm(
            data, initial={"on": clock.today(), "to": request.GET.get("till", "")}
        ),
        do=lambda case, form: note_reported(case, made, **form.cleaned_data, by=request.user),
        success="Det är antecknat.",
        then=back_to(follow_up_pk),
        context=lambda case: {"made": made},
    )


@require_http_methods(["GET", "POST"])
def new_remedy(request, pk, follow_up_pk):
    made = of_case(visible_case(request, pk), follow_up_pk)
    return step_page(
        request,
        pk,
        name="follow_up",
        move=DECIDE_REMEDY,
        template="new_remedy",
        make_form=lambda case, data: RemedyForm(data, case=case),
        do=lambda case, form: decide_remedy(
            case, follow_up=made, **form.cleaned_data, by=request.user
        ),
        success="Åtgärden är beslutad. Sista dagen bevakas.",
        then=back_to(follow_up_pk),
        context=lambda case: {"back": back_to(follow_up_pk)(case)},
    )


@require_http_methods(["GET", "POST"])
def remedy(request, pk, remedy_pk):
    """One measure, also to the one who answers for it and only reads the rest."""
    case = readable_case(request, pk)
    found = get_object_or_404(
        case.remedies.select_related(
            "owner", "decided_by", "closed_by", "follow_up", "shortcoming"
        ),
        pk=remedy_pk,
    )
    found.collaboration = case
    form = FinishRemedyForm(request.POST if request.method == "POST" else None)
    refused = closed(case, FINISH_REMEDY, request.user)
    refused += person_answers_for_the_remedy.reasons(found, request.user)
    return reader_page(
        request,
        case,
        form,
        {"remedy": found, "closed": refused},
        name="follow_up",
        template="remedy",
        do=partial(finish_remedy, case, found),
        success="Åtgärden är avslutad.",
        then=lambda: found,
    )
