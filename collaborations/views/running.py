"""When it starts and when it ends as planned."""

from django.utils import timezone
from django.views.decorators.http import require_http_methods

from collaborations.forms.decision import EndForm
from collaborations.forms.others import MoveForm
from collaborations.steps.end import end
from collaborations.steps.tell import start_formal
from collaborations.views.answering_forms import step_page
from collaborations.views.follow_up import earlier
from collaborations.workflow import END, START_FORMAL


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
