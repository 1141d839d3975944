"""While it runs and when it ends: follow-up, ordinary end, closing follow-up."""

from django.utils import timezone
from django.views.decorators.http import require_http_methods

from collaborations.forms.decision import EndForm
from collaborations.forms.others import ClosingForm, FollowUpForm, MoveForm
from collaborations.overview import ASKED_BY_THE_FORM
from collaborations.steps.end import close, end
from collaborations.steps.follow_up import follow_up
from collaborations.steps.tell import start_formal
from collaborations.views.answering_forms import step_page
from collaborations.workflow import CLOSE, END, FOLLOW_UP, START_FORMAL


def earlier(case) -> dict:
    return {
        "follow_ups": case.follow_ups.select_related("made_by"),
        "plan": case.decisions.filter(kind="start").select_related("follow_up_by").first(),
    }


@require_http_methods(["GET", "POST"])
def start_view(request, pk):
    return step_page(
        request,
        pk,
        name="follow_up",
        move=START_FORMAL,
        template="start",
        make_form=lambda case, data: MoveForm(data, initial={"version": case.version}),
        do=lambda case, form: start_formal(case, **form.facts(), by=request.user),
        success="Samverkan har startat. Beredningsgruppen får veta det.",
    )


@require_http_methods(["GET", "POST"])
def follow_up_view(request, pk):
    return step_page(
        request,
        pk,
        name="follow_up",
        move=FOLLOW_UP,
        template="follow_up",
        make_form=lambda case, data: FollowUpForm(
            data, initial={"version": case.version, "held_on": timezone.localdate()}
        ),
        do=lambda case, form: follow_up(case, **form.facts(), by=request.user),
        success="Uppföljningen är sparad, och nästa är planerad.",
        context=earlier,
    )


@require_http_methods(["GET", "POST"])
def end_view(request, pk):
    return step_page(
        request,
        pk,
        name="end",
        move=END,
        template="end",
        make_form=lambda case, data: EndForm(
            data, initial={"version": case.version, "ended_on": timezone.localdate()}
        ),
        do=lambda case, form: end(case, **form.facts(), by=request.user),
        success="Samverkan är avslutad. Beredningsgruppen får veta det.",
        context=lambda case: {
            **earlier(case),
            "made": case.decisions.filter(kind="end").select_related("decided_by").first(),
        },
    )


@require_http_methods(["GET", "POST"])
def close_view(request, pk):
    return step_page(
        request,
        pk,
        name="close",
        move=CLOSE,
        template="close",
        make_form=lambda case, data: ClosingForm(
            data,
            initial={"version": case.version, "held_on": timezone.localdate(), "conclusion": "end"},
        ),
        do=lambda case, form: close(case, **form.facts(), by=request.user),
        success="Slutuppföljningen är sparad och ärendet är klart.",
        context=lambda case: {**earlier(case), "asked_by_the_form": ASKED_BY_THE_FORM},
    )
