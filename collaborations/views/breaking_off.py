"""When something does not work: what was said, and breaking off."""

from django.urls import reverse
from django.views.decorators.http import require_http_methods

from agreements import reading
from audit import clock
from collaborations.forms.breaking_off import BreakOffForm, DialogueForm
from collaborations.steps.break_off import break_off
from collaborations.steps.dialogue import note_dialogue
from collaborations.views.answering_forms import step_page
from collaborations.views.shortcomings import of_case
from collaborations.workflow import BREAK_OFF, NOTE_DIALOGUE


@require_http_methods(["GET", "POST"])
def dialogue(request, pk):
    return step_page(
        request,
        pk,
        name="dialogue",
        move=NOTE_DIALOGUE,
        template="dialogue",
        make_form=lambda case, data: DialogueForm(data, initial={"held_on": clock.today()}),
        do=lambda case, form: note_dialogue(case, **form.facts(), by=request.user),
        success="Anteckningen är sparad.",
        then=lambda case: reverse("collaborations:dialogue", args=[case.pk]),
        context=lambda case: {"notes": case.dialogue_notes.select_related("made_by")},
    )


def last_day(case):
    """Of the agreement with its amendments; None when nothing is signed."""
    signed = reading.latest_signed(case.terms)
    return reading.last_day(signed) if signed else None


@require_http_methods(["GET", "POST"])
def break_off_view(request, pk):
    return step_page(
        request,
        pk,
        name="break_off",
        move=BREAK_OFF,
        template="break_off",
        make_form=lambda case, data: BreakOffForm(
            data,
            initial={
                "version": case.version,
                "given_on": clock.today(),
                "ended_on": clock.today(),
            },
        ),
        do=lambda case, form: break_off(case, **form.facts(), by=request.user),
        success="Samverkan är avbruten. Beredningsgruppen får veta det.",
        context=lambda case: {
            "notes": case.dialogue_notes.select_related("made_by"),
            "last_day": last_day(case),
            "shortcomings": of_case(case, request.user),
        },
    )
