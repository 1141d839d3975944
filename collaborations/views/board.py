"""Nämndens beslut: what the board decided, recorded in the case."""

from django.urls import reverse
from django.views.decorators.http import require_http_methods

from casework.swedish import kronor
from collaborations import decision_right
from collaborations.forms.board import BoardDecisionForm
from collaborations.steps.board import record_board_decision
from collaborations.views.answering_forms import step_page
from collaborations.workflow import RECORD_BOARD_DECISION


@require_http_methods(["GET", "POST"])
def board_decision(request, pk):
    return step_page(
        request,
        pk,
        name="decide",
        move=RECORD_BOARD_DECISION,
        template="board_decision",
        make_form=lambda case, data: BoardDecisionForm(data, case=case),
        do=lambda case, form: record_board_decision(case, **form.facts(), by=request.user),
        success="Nämndens beslut är antecknat.",
        then=lambda case: reverse("collaborations:board_decision", args=[case.pk]),
        context=lambda case: {
            "recorded": case.board_decisions.select_related("recorded_by"),
            "in_force": decision_right.board_decision(case),
            "amount": kronor(decision_right.amount(case)),
        },
    )
