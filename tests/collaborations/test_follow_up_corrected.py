"""A correction comes in the place of one follow-up, and touches nothing else (domain 4.9)."""

from datetime import timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.utils import timezone

from agreements import reading
from audit import clock
from casework.moves import NotAllowed
from collaborations import goal_chart
from collaborations.follow_up_report import measures
from collaborations.forms.follow_up import CorrectionForm, said_in
from collaborations.models import Collaboration, FollowUpDraft
from collaborations.steps.after_follow_up import take_stand
from collaborations.steps.amend import amend
from collaborations.steps.follow_up import correct_follow_up, save_draft
from notifications.models import Notice, Obligation
from tests.factories.agreements import fill, sign_it
from tests.factories.collaborations import place
from tests.factories.follow_up import WHOLE, a_remedy, outcomes, promising, wholly_followed_up
from tests.factories.once import made_once

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.fixture(scope="module")
def city(django_db_setup, django_db_blocker):
    with made_once(django_db_blocker):
        at = place()
        yield SimpleNamespace(at=at, case=promising(at).pk)


def correct(case, wrong, at, **facts):
    said = {**WHOLE, **outcomes(case), "held_on": TODAY(), **facts}
    return correct_follow_up(case, wrong, **said, by=at.officer, version=case.version)


def test_the_draft_of_the_next_one_stays(case, at):
    wrong = wholly_followed_up(case, at)
    save_draft(case, content={"done": "Halva nästa"}, revision=0, by=at.officer)

    correct(case, wrong, at)

    assert FollowUpDraft.objects.get().content == {"done": "Halva nästa"}


def test_the_correction_shows_what_was_decided_after_the_first(client, case, at):
    wrong = wholly_followed_up(case, at)
    a_remedy(case, at, what="Ring volontärerna", follow_up=wrong)
    case.refresh_from_db()
    right = correct(case, wrong, at)
    client.force_login(at.officer)

    said = client.get(f"/arenden/{case.pk}/uppfoljning/{right.pk}/").content.decode()

    assert "Ring volontärerna" in said
    assert "Inga åtgärder är beslutade." not in said
    assert [row[0] for row in measures(right).table.rows] == ["Ring volontärerna"]


def test_a_correction_to_an_end_waits_for_a_stand_on_the_correction_alone(case, at):
    wrong = wholly_followed_up(case, at)
    right = correct(case, wrong, at, conclusion="end")

    owed = Obligation.objects.open().get(about=case.chain, kind="follow_up_stand")
    assert owed.owner == at.manager
    assert Notice.objects.filter(kind="follow_up_made", person=at.manager).count() == 1
    with pytest.raises(NotAllowed) as raised:
        take_stand(case, wrong, text="Vi fortsätter.", by=at.manager)
    assert {one.rule for one in raised.value.reasons} == {"stand_is_of_the_latest_version"}
    assert take_stand(case, right, text="Vi avslutar.", by=at.manager).follow_up == right


def test_its_own_day_may_move_but_not_past_the_next_ones(case, at):
    with clock.telling(timezone.now() + timedelta(days=60)):
        day = clock.today()
        made = wholly_followed_up(case, at, held_on=day, next_on=None)
        right = correct(case, made, at, held_on=day - timedelta(days=10))
        assert (right.held_on, right.next_on) == (day - timedelta(days=10), made.next_on)

        soon = wholly_followed_up(
            case, at, held_on=day - timedelta(days=9), next_on=day - timedelta(days=5)
        )
        with pytest.raises(NotAllowed) as raised:
            correct(case, soon, at, held_on=day - timedelta(days=5))
        assert {one.at for one in raised.value.reasons} == {"held_on"}


def test_it_is_about_what_was_promised_then_whatever_was_amended_since(case, at):
    wrong, then = wholly_followed_up(case, at, number="46"), outcomes(case, "64")
    amendment = amend(
        case,
        reading.latest_signed(case.terms),
        form_key=uuid4(),
        sections=["ataganden", "mal"],
        by=at.officer,
    )
    fill(case, amendment, at, ["ataganden", "mal"])
    sign_it(case, at, amendment)
    case = Collaboration.objects.get(pk=case.pk)
    assert set(outcomes(case)["commitments"]).isdisjoint(then["commitments"])

    form = CorrectionForm(case=case, wrong=wrong, initial=said_in(wrong))
    assert {one.about.pk for one in form.commitments} == set(then["commitments"])
    assert {one.about.pk for one in form.goals} == set(then["goals"])
    with pytest.raises(NotAllowed):
        correct(case, wrong, at)
    right = correct(case, wrong, at, **then)

    assert {one.commitment_id for one in right.commitments.all()} == set(then["commitments"])
    (chart,) = goal_chart.charts(case)
    assert [one["said"] for one in chart["points"]] == ["64"]
