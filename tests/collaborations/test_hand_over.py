"""A case goes to another manager or officer with a note, and who had it stays known (G-79)."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone

from accounts.models import User
from audit import clock
from casework.moves import NotAllowed, Stale
from collaborations import custody
from collaborations.models import Collaboration
from collaborations.steps.hand_over import hand_over
from notifications.models import HandOver, Notice, Obligation
from tests.factories.accounts import UserFactory
from tests.factories.collaborations import case_at, place
from tests.factories.follow_up import a_remedy
from tests.factories.once import made_once

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def city(django_db_setup, django_db_blocker):
    with made_once(django_db_blocker):
        at = place()
        case, _ = case_at("ongoing", at)
        yield SimpleNamespace(
            at=at,
            case=case.pk,
            manager=UserFactory(manager_at=at.unit),
            officer=UserFactory(officer_at=at.unit),
        )


def given(case, at, **facts):
    facts = {"reason": "Föräldraledig.", "by": at.manager, "version": case.version, **facts}
    hand_over(case, **facts)


def owners(case) -> set:
    rows = Obligation.objects.open().filter(about=case.chain)
    return set(rows.values_list("kind", "owner"))


def test_to_another_officer_both_are_told_and_what_was_due_goes_along(city, case, at):
    remedy = a_remedy(case, at)
    given(case, at, officer=city.officer)

    assert case.officer == city.officer
    assert owners(case) == {("follow_up", city.officer.pk), ("remedy", city.officer.pk)}
    remedy.refresh_from_db()
    assert remedy.owner == city.officer
    told = Notice.objects.filter(kind="officer_changed")
    assert {row.person for row in told} == {at.officer, city.officer}
    assert set(HandOver.objects.values_list("note", flat=True)) == {"Föräldraledig."}


def test_to_another_manager_and_officer_at_once_each_takes_over_their_own(city, case, at):
    a_remedy(case, at, owner=at.manager)
    given(case, at, manager=city.manager, officer=city.officer)

    assert (case.responsible_manager, case.officer) == (city.manager, city.officer)
    assert owners(case) == {("follow_up", city.officer.pk), ("remedy", city.manager.pk)}


def test_who_had_it_from_when_to_when_is_read_from_the_events(city, case, at):
    later = timezone.now() + timedelta(days=40)
    with clock.telling(later):
        given(case, at, manager=city.manager, officer=city.officer)
    managers = [one for one in custody.terms(case) if one.role == "Ansvarig chef"]

    assert [(one.person, one.since, one.until) for one in managers] == [
        (at.manager, case.registered_at, later),
        (city.manager, later, None),
    ]
    assert [one.person for one in custody.terms(case)][2:] == [at.officer, city.officer]


REFUSED = {
    "the manager who has it": ("manager", lambda at: at.manager, "new_manager_is_another"),
    "the officer who has it": ("officer", lambda at: at.officer, "new_officer_is_another"),
    "a manager without the right": ("manager", lambda at: at.officer, "new_manager_may_decide"),
    "an officer without the right": ("officer", lambda at: at.adviser, "new_officer_may_prepare"),
    "a manager of another unit": (
        "manager",
        lambda at: UserFactory(manager_at=place().unit),
        "new_manager_may_decide",
    ),
    "a manager who has left": (
        "manager",
        lambda at: UserFactory(manager_at=at.unit, is_active=False),
        "new_manager_may_decide",
    ),
    "an officer who has left": (
        "officer",
        lambda at: UserFactory(officer_at=at.unit, is_active=False),
        "new_officer_may_prepare",
    ),
}


@pytest.mark.parametrize("whom", REFUSED)
def test_it_is_not_handed_over_to(case, at, whom):
    role, make, rule = REFUSED[whom]
    with pytest.raises(NotAllowed) as raised:
        given(case, at, **{role: make(at)})

    assert {one.rule for one in raised.value.reasons} == {rule}
    assert {one.at for one in raised.value.reasons} == {role}
    assert not Notice.objects.filter(kind__in=["handed_over", "officer_changed"]).exists()


@pytest.mark.parametrize(
    "facts",
    [{}, {"reason": " ", "officer": "officer"}, {"by": "officer", "officer": "officer"}],
    ids=["to nobody", "without a note", "by one who may not"],
)
def test_nothing_is_handed_over(city, case, at, facts):
    people = {
        name: getattr(city, one) if name == "officer" else getattr(at, one)
        for name, one in facts.items()
        if name != "reason"
    }
    with pytest.raises(NotAllowed):
        given(case, at, **{**facts, **people})


def test_an_old_page_hands_nothing_over(city, case, at):
    with pytest.raises(Stale):
        given(case, at, officer=city.officer, version=case.version - 1)
    assert Collaboration.objects.get(pk=case.pk).officer == at.officer


def test_on_the_page_somebody_is_chosen_and_the_history_stands_there(client, city, case, at):
    client.force_login(User.objects.get(pk=at.manager.pk))
    url = f"/arenden/{case.pk}/lamna-over/"
    sent = {"version": case.version, "reason": "Ledig."}
    assert client.post(url, sent).status_code == 422

    assert client.post(url, {**sent, "officer": city.officer.pk}).status_code == 302
    terms = client.get(url).context["terms"]
    assert [one.person for one in terms] == [at.manager, at.officer, city.officer]
