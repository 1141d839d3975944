"""Lämna över till inköp: the form before, and the record after."""

from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.permissions import Permission, within
from agreements.procurement import Way
from collaborations.decision_right import amount
from collaborations.forms.referral import ReferralForm
from collaborations.models import Referral
from collaborations.steps.refer import known, refer
from collaborations.views.answering_forms import step_page
from collaborations.views.check import thresholds
from collaborations.workflow import REFER


@require_http_methods(["GET", "POST"])
def referral(request, pk):
    return step_page(
        request,
        pk,
        name="referral",
        move=REFER,
        template="referral",
        make_form=lambda case, data: ReferralForm(
            data,
            initial={
                "version": case.version,
                "contacted_on": timezone.localdate(),
                "value": amount(case) or None,
                "way": Way.PROCUREMENT,
            },
        ),
        do=lambda case, form: refer(case, **form.facts(), by=request.user),
        success="Ärendet är överlämnat till inköp och upphandling.",
        context=lambda case: {
            "made": Referral.objects.filter(collaboration=case).select_related("made_by").first(),
            "known": known(case),
            "thresholds": thresholds(case),
        },
    )


@require_safe
def received(request, pk):
    """What was handed over, to those who received it and see nothing else of the case."""
    within_reach = within(request.user, Permission.REFERRAL_RECEIVE, "collaboration__unit")
    made = get_object_or_404(
        Referral.objects.filter(within_reach).select_related("collaboration", "made_by"),
        collaboration=pk,
    )
    return render(request, "collaborations/received.html", {"made": made})
