"""Who is in the group: for a unit and a period, changed by administrators, never deleted (G-09)."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import RoleGrant
from advice.models import Member
from advice.steps.members import add_member, end_membership
from advice.steps.questions import ask_without_case, assign
from advice.tasks import sweep_questions
from audit import clock
from casework.moves import NotAllowed
from notifications.letters import composed
from notifications.models import HandOver, Notice, Obligation
from tests.factories.accounts import UserFactory
from tests.factories.group import (
    an_admin,
    asked_in,
    attended,
    meeting_of,
    on_the_agenda,
)

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
MEMBERS = reverse("advice:members")


def refused(action) -> list[tuple[str, str]]:
    with pytest.raises(NotAllowed) as refusal:
        action()
    return [(reason.at, reason.sentence) for reason in refusal.value.reasons]


@pytest.fixture
def admin(group):
    return an_admin(group.at)


def added(group, admin, person, **facts):
    facts = {"represents": group.at.unit, "starts_on": TODAY, **facts}
    return add_member(group.at.administration, person=person, **facts, by=admin)


def test_only_the_administrator_changes_who_is_in_the_group(group):
    newcomer = UserFactory(adviser_at=group.at.administration.root_unit)
    people = (group.chair.person, group.at.manager, group.at.head, an_admin(group.elsewhere))
    for by in people:
        assert refused(lambda by=by: added(group, by, newcomer))[0][1].startswith(
            "Du har inte rätt att ändra vilka som är ledamöter"
        )
        assert refused(lambda by=by: end_membership(group.third, ends_on=TODAY, by=by))


def test_a_member_has_the_role_is_added_once_and_represents_a_unit_of_ours(group, admin):
    stranger = UserFactory(officer_at=group.at.unit)
    assert refused(lambda: added(group, admin, stranger)) == [
        ("person", "Personen har inte rollen beredningsgruppen i förvaltningen. Ge rollen först.")
    ]
    again = group.second.person
    assert refused(lambda: added(group, admin, again)) == [
        ("person", "Personen är redan ledamot den dagen.")
    ]
    newcomer = UserFactory(adviser_at=group.at.administration.root_unit)
    assert refused(lambda: added(group, admin, newcomer, represents=group.elsewhere.unit)) == [
        ("represents", "Enheten hör till en annan förvaltning.")
    ]
    assert refused(lambda: added(group, admin, newcomer, ends_on=TODAY)) == [
        ("ends_on", "Slutdagen ska komma efter första dagen.")
    ]


def test_who_has_left_may_come_back_and_both_periods_stand(group, admin):
    person = group.third.person
    end_membership(group.third, ends_on=TODAY, by=admin)
    added(group, admin, person)

    periods = Member.objects.filter(person=person).order_by("pk").values_list("ends_on", flat=True)
    assert list(periods) == [TODAY, None]
    assert refused(lambda: end_membership(group.third, ends_on=TODAY, by=admin)) == [
        ("ends_on", "Uppdraget är redan avslutat.")
    ]


def test_a_membership_does_not_end_in_the_past(group, admin):
    yesterday = TODAY - timedelta(days=1)

    assert refused(lambda: end_membership(group.third, ends_on=yesterday, by=admin)) == [
        ("ends_on", "Välj i dag eller en senare dag.")
    ]


def test_a_member_who_leaves_keeps_the_attendance_and_frees_the_question(group, admin):
    asked = asked_in(group.case, group.at)
    meeting = meeting_of(group.at, group.chair)
    on_the_agenda(meeting, asked)
    attended(meeting, group.chair, group.third)
    assign(asked, group.third.person, by=group.chair.person)

    end_membership(group.third, ends_on=TODAY, by=admin)

    asked.refresh_from_db()
    assert asked.assignee is None
    assert Obligation.objects.get(kind="advice").owner == group.at.officer
    assert [one.member for one in meeting.attendances.all()] == sorted(
        [group.chair, group.third], key=lambda one: one.person.name
    )
    assert meeting.items.get().consultation == asked


def test_who_leaves_later_keeps_the_question_until_then(group, admin):
    asked = asked_in(group.case, group.at)
    assign(asked, group.third.person, by=group.chair.person)

    end_membership(group.third, ends_on=TODAY + timedelta(days=30), by=admin)

    asked.refresh_from_db()
    assert asked.assignee == group.third.person
    sweep_questions()
    asked.refresh_from_db()
    assert asked.assignee == group.third.person
    with clock.telling(timezone.now() + timedelta(days=31)):
        assert group.third not in Member.objects.on(clock.today())
        sweep_questions()
    asked.refresh_from_db()
    assert asked.assignee is None
    given = HandOver.objects.last()
    assert (given.giver, given.taker, given.by) == (group.third.person, group.at.officer, None)


def test_who_loses_the_role_loses_the_question_within_the_hour(client, group):
    asked = asked_in(group.case, group.at)
    assign(asked, group.third.person, by=group.chair.person)
    RoleGrant.objects.filter(person=group.third.person).update(ends_on=TODAY)
    sweep_questions()

    asked.refresh_from_db()
    assert asked.assignee is None
    client.force_login(group.at.manager)
    due = Obligation.objects.get(kind="advice")
    page = client.get(reverse("ledger:obligation", args=[due.pk])).content.decode()
    assert "Samverkan (programmet)" in page


def test_the_mailbox_is_told_once_of_a_late_question_that_nobody_has(group):
    asked, other = (asked_in(group.case, group.at) for _ in "ab")
    assign(other, group.third.person, by=group.chair.person)
    alone = ask_without_case(
        unit=group.at.unit, question="Får vi?", due_on=asked.due_on, by=group.at.officer
    )
    sweep_questions()
    assert not Notice.objects.filter(kind__endswith="_late").exists()
    with clock.telling(timezone.now() + timedelta(days=10)):
        for _ in "ab":
            sweep_questions()

    told = Notice.objects.filter(kind__endswith="_late").order_by("kind")
    mailbox = composed(group.at.administration.mailbox)
    assert [(one.kind, one.to_address) for one in told] == [
        ("advice_late", mailbox),
        ("question_late", mailbox),
    ]
    assert (asked.question in told[0].body, alone.question in told[1].body) == (True, True)


def test_the_database_neither_deletes_a_member_nor_makes_them_another(group):
    row = Member.objects.filter(pk=group.third.pk)
    with pytest.raises(DatabaseError, match="kept"), transaction.atomic():
        row.delete()
    with pytest.raises(DatabaseError, match="who"), transaction.atomic():
        row.update(person=group.at.officer)
    with pytest.raises(IntegrityError), transaction.atomic():
        row.update(ends_on=group.third.starts_on - timedelta(days=1))
    row.update(ends_on=TODAY)
    later = TODAY + timedelta(days=9)
    again = Member.objects.create(**facts_of(group.third), starts_on=TODAY, ends_on=later)
    for starts_on, ends_on in ((later - timedelta(days=1), later), (TODAY, None)):
        with pytest.raises(DatabaseError, match="once_at_a_time"), transaction.atomic():
            Member.objects.create(
                **facts_of(group.third), starts_on=starts_on, ends_on=ends_on or later
            )
    with pytest.raises(DatabaseError, match="once_at_a_time"), transaction.atomic():
        row.update(ends_on=later)
    assert Member.objects.on(TODAY).get(person=group.third.person) == again


def facts_of(member: Member) -> dict:
    names = ("administration", "person", "represents", "added_by")
    return {name: getattr(member, name) for name in names}


# --- the page ------------------------------------------------------------------------------------


def test_everyone_reads_who_is_in_the_group_of_their_own_administration(client, group):
    client.force_login(UserFactory(employee_at=group.at.unit))
    page = client.get(MEMBERS).content.decode()

    assert group.second.person.name in page
    assert group.stranger.person.name not in page
    assert "Avsluta uppdraget" not in page
    assert client.post(MEMBERS).status_code == 404


def test_the_administrator_adds_and_ends_on_the_page(client, group, admin):
    client.force_login(admin)
    newcomer = UserFactory(adviser_at=group.at.administration.root_unit)
    sent = {"person": newcomer.pk, "represents": group.at.unit.pk, "starts_on": TODAY}
    faulty = client.post(MEMBERS, sent | {"person": group.at.officer.pk})
    assert (faulty.status_code, list(faulty.context["form"].errors)) == (422, ["person"])
    refusal = client.post(MEMBERS, sent | {"person": group.second.person.pk})
    assert (refusal.status_code, refusal.context["form"].errors) == (
        409,
        {"person": ["Personen är redan ledamot den dagen."]},
    )

    client.post(MEMBERS, sent)
    member = Member.objects.get(person=newcomer)
    assert (member.represents, member.added_by) == (group.at.unit, admin)
    url = reverse("advice:end_member", args=[member.pk])
    late = client.post(url, {"ends_on": TODAY - timedelta(days=1)})
    assert late.context["form"].errors == {"ends_on": ["Välj i dag eller en senare dag."]}
    client.post(url, {"ends_on": TODAY})
    member.refresh_from_db()
    assert member.ends_on == TODAY
    assert "Tidigare ledamöter" in client.get(MEMBERS).content.decode()


def test_the_page_costs_the_same_for_one_and_for_three(
    client, group, admin, django_assert_max_num_queries
):
    client.force_login(admin)
    client.get(MEMBERS)
    with django_assert_max_num_queries(12) as three:
        client.get(MEMBERS)
    for member in (group.second, group.third):
        end_membership(member, ends_on=TODAY, by=admin)
    with django_assert_max_num_queries(12) as one:
        client.get(MEMBERS)

    assert len(one) == len(three)
