"""All that a person owes goes to another, who can then do it (G-79, domain 1.7.5)."""

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from audit.models import Event
from casework.moves import NotAllowed
from collaborations import ledger
from collaborations.models import Form, Step
from collaborations.steps.after_follow_up import take_stand
from collaborations.steps.consult import assign
from collaborations.steps.declare import declare
from collaborations.steps.ledger import hand_over_all, movable
from collaborations.steps.opinion import ask_for_opinion, give_opinion
from collaborations.steps.partnership import read_information
from notifications.models import HandOver, Notice, Obligation
from notifications.obligations import oblige
from tests.factories.accounts import RoleGrantFactory, UnitFactory, UserFactory
from tests.factories.collaborations import case_at, kin_answers
from tests.factories.follow_up import wholly_followed_up
from tests.factories.formal import ongoing
from tests.factories.group import asked_in
from tests.factories.ledger import owing
from tests.factories.once import made_once

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture(scope="module")
def city(django_db_setup, django_db_blocker):
    with made_once(django_db_blocker):
        yield owing()


def refused(step, **facts) -> str:
    with pytest.raises(NotAllowed) as refusal:
        step(**facts)
    return str(refusal.value)


def leave(at, taker, by, *, giver=None, note="Slutar i mars.", seen=None, kinds=None):
    giver = giver or at.officer
    if seen is None:
        seen = set(movable(by).filter(owner=giver).values_list("pk", flat=True))
    return hand_over_all(giver, taker=taker, note=note, seen=seen, kinds=kinds, by=by)


def test_all_that_a_person_owes_goes_to_another_and_both_are_told(at, case, advice, follow_up):
    taker = UserFactory(officer_at=at.unit)

    assert leave(at, taker, at.manager) == 2

    assert set(Obligation.objects.open().values_list("owner", flat=True)) == {taker.pk}
    assert {(h.giver, h.taker, h.by, h.note) for h in HandOver.objects.all()} == {
        (at.officer, taker, at.manager, "Slutar i mars.")
    }
    event = Event.objects.of(case).latest("number")
    assert (event.code, event.details) == (
        "obligations_handed_over",
        {
            "obligations": sorted([advice.pk, follow_up.pk]),
            "from": at.officer.pk,
            "to": taker.pk,
        },
    )
    told = Notice.objects.filter(kind="obligations_handed_over")
    assert {notice.to_address for notice in told} == {at.officer.email, taker.email}
    assert advice.what in told[0].body
    assert ledger.history(follow_up)[0]["sentence"] == (
        f"Lämnades över från {at.officer} till {taker}"
    )


def test_one_who_has_left_is_not_written_to(at, advice):
    at.officer.grants.update(ends_on=TODAY)
    taker = UserFactory(officer_at=at.unit)

    leave(at, taker, at.manager)

    told = Notice.objects.filter(kind="obligations_handed_over")
    assert [notice.to_address for notice in told] == [taker.email]


def test_nothing_moves_when_the_taker_cannot_have_it_all(at, advice, follow_up):
    """An administrator elsewhere, one without the right, one who left, oneself."""
    gone = UserFactory(officer_at=at.unit, is_active=False)
    without = UserFactory(employee_at=at.unit)
    both = UserFactory(admin_at=at.unit)

    assert refused(leave, at=at, taker=at.officer, by=at.manager) == (
        "Välj någon annan än den som lämnar."
    )
    assert "har slutat eller saknar roll" in refused(leave, at=at, taker=gone, by=at.manager)
    for person in (without, both):
        said = refused(leave, at=at, taker=person, by=at.manager)
        assert f"{person} har inte rätt att göra det här i {at.unit}: {advice.what}." in said
    assert "Skriv varför" in refused(leave, at=at, taker=at.head, by=at.manager, note=" ")
    assert (HandOver.objects.count(), advice.owner, follow_up.owner) == (0, at.officer, at.officer)


def test_what_no_one_person_may_do_goes_to_several_a_part_each(at, city, advice, follow_up):
    admin = UserFactory(admin_at=at.unit)
    oblige(
        "guideline",
        kind="review",
        about="",
        unit=at.unit,
        owner=at.officer,
        what="Översyn",
        path="/",
        due_on=TODAY,
    )
    by = User.objects.get(pk=city.admin)

    assert "inte rätt" in refused(leave, at=at, taker=at.head, by=by)
    assert leave(at, at.head, by, kinds=["advice", "follow_up"]) == 2
    assert leave(at, admin, by, kinds=["review"]) == 1
    assert not Obligation.objects.for_person(at.officer).exists()


def test_a_members_answer_is_given_by_the_taker_who_is_of_the_group_else_by_nobody(at, city):
    case, _ = case_at(Step.CHECKED, at)
    asked = asked_in(case, at)
    another = UserFactory(adviser_at=at.administration.root_unit)
    assign(asked, at.adviser, by=at.adviser)

    leave(at, another, at.manager, giver=at.adviser)
    asked.refresh_from_db()
    assert asked.assignee == another

    leave(at, at.manager, at.head, giver=another)
    asked.refresh_from_db()
    assert asked.assignee is None
    assert Obligation.objects.get(about=case.chain, kind="advice").owner == at.manager


def test_an_opinion_asked_by_name_is_given_by_the_taker_of_the_function_else_by_any_of_it(at):
    case, _ = case_at(Step.CHECKED, at)
    root = at.administration.root_unit
    named, colleague, third = (UserFactory(legal_at=root) for _ in range(3))
    first, second = (a_lawyer_is_asked(case, at, named) for _ in range(2))
    answer = {"conclusion": "clear", "reasons": "Skäl.", "free_of_conflict": True}

    leave(at, colleague, at.manager, giver=named)
    give_opinion(first, **answer, by=colleague)
    with pytest.raises(NotAllowed, match="inte ställd till dig"):
        give_opinion(second, **answer, by=third)

    leave(at, at.officer, at.manager, giver=colleague)
    give_opinion(second, **answer, by=third)
    met = Obligation.objects.filter(about=case.chain, kind="opinion", met_at__isnull=False)
    assert set(met.values_list("owner", flat=True)) == {colleague.pk, at.officer.pk}


def a_lawyer_is_asked(case, at, person):
    facts = {"function": "legal", "person": person, "question": "Går det?", "due_on": TODAY}
    return ask_for_opinion(case, **facts, by=at.officer, version=case.version)


def test_what_a_head_was_told_is_read_by_the_one_who_takes_over(at):
    case = ongoing(at, Form.IOP)
    made = wholly_followed_up(case, at)
    stand = take_stand(case, made, text="Vi fortsätter.", head=at.head, by=at.manager)
    head = UserFactory(head_at=at.administration.root_unit)

    leave(at, head, head, giver=at.head)
    stand.information.refresh_from_db()
    read_information(case, stand.information, by=head)
    owed = Obligation.objects.get(about=case.chain, kind="head_reads")
    assert (owed.owner, owed.met_by_person) == (head, head)


def test_who_is_out_through_conflict_takes_nothing_over(at, case, advice):
    taker = UserFactory(officer_at=at.unit)
    declare(case, inputs=kin_answers(), by=taker)

    assert f"{taker} är jävig i {case.number}." in refused(leave, at=at, taker=taker, by=at.manager)


def test_what_has_come_since_the_page_was_shown_is_looked_at_first(at, advice, follow_up):
    said = refused(leave, at=at, taker=at.head, by=at.manager, seen={advice.pk})

    assert "har ändrats sedan du öppnade sidan" in said
    assert HandOver.objects.count() == 0


def test_a_manager_moves_what_is_in_the_own_units_and_an_administrator_all(at, city, advice):
    unit = UnitFactory(administration=at.administration)
    RoleGrantFactory(person=at.officer, unit=unit)
    oblige(
        "elsewhere",
        kind="advice",
        about="",
        unit=unit,
        owner=at.officer,
        what="Svar",
        path="/",
        due_on=TODAY,
    )
    admin = User.objects.get(pk=city.admin)

    assert movable(User.objects.get(pk=at.manager.pk)).count() == 2
    assert movable(admin).count() == 3
    assert leave(at, at.head, admin) == 3


def test_the_page_shows_what_moves_moves_it_once_and_then_says_it_is_done(
    client, at, advice, follow_up
):
    client.force_login(at.manager)
    url = reverse("ledger:hand_over_all", args=[at.officer.pk])
    page = client.get(url)
    taker = UserFactory(officer_at=at.unit)
    facts = {"taker": taker.pk, "note": "Slutar.", "seen": page.context["form"].initial["seen"]}
    facts["kinds"] = page.context["form"].fields["kinds"].initial

    assert [one.what for one in page.context["obligations"]] == [advice.what, follow_up.what]
    assert client.post(url, {**facts, "note": ""}).status_code == 422
    assert client.post(url, {**facts, "kinds": []}).status_code == 422
    assert client.post(url, {**facts, "seen": "x,1"}).status_code == 409
    assert client.post(url, facts).status_code == 302
    again = client.post(url, facts)
    assert again.status_code == 422  # nothing is left, and so nobody to choose
    assert HandOver.objects.count() == 2


def test_those_who_have_left_stand_first_among_those_who_owe_something(client, at, city, advice):
    leaver = UserFactory(name="Öst Ande")
    advice.owner = leaver
    advice.save(update_fields=["owner"])
    client.force_login(User.objects.get(pk=city.admin))

    people = client.get(reverse("ledger:leaving")).context["people"]

    assert [(one, bool(one.has_left), one.many, one.late) for one in people] == [
        (leaver, True, 1, 1),
        (at.officer, False, 1, 0),
    ]


def test_history_is_never_rewritten(at, advice):
    leave(at, at.head, at.manager)

    with pytest.raises(DatabaseError), transaction.atomic():
        HandOver.objects.update(note="")
