"""The broker is gone when a decision is saved: the page answers, and the sweep does the rest."""

import pytest
from django.urls import reverse

from collaborations.models import Collaboration, Decision, Step
from collaborations.steps.declare import declare
from collaborations.tasks import carry_out_leftovers
from tests.collaborations.test_pages import decision
from tests.factories.collaborations import case_at, free_answers, place
from tests.notifications.test_delivery import dead_broker

__all__ = ["dead_broker"]


@pytest.mark.django_db(transaction=True)
def test_a_decision_is_saved_and_carried_out_without_a_broker(client, dead_broker):
    at = place()
    case, _ = case_at(Step.CHECKED, at)
    declare(case, inputs=free_answers(), by=at.manager)
    client.force_login(at.manager)

    answer = client.post(
        reverse("collaborations:decide", args=[case.pk]), decision(case, at) | {"besluta": "1"}
    )

    assert (answer.status_code, answer.url) == (302, case.get_absolute_url())
    assert Decision.objects.count() == 1
    assert carry_out_leftovers() == 1
    assert Collaboration.objects.get(pk=case.pk).step == Step.ONGOING
