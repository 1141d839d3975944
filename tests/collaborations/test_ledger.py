"""The ledger is seen by those who may, waived by managers with a reason, and handed over whole."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from audit.models import Event
from casework.moves import NotAllowed
from checklists.answer_checks import AnswerInput
from collaborations import ledger
from collaborations.models import Collaboration, Step
from collaborations.steps.consult import assign
from collaborations.steps.declare import declare
from collaborations.steps.ledger import hand_over_all, movable, waive_by_hand
from notifications.models import HandOver, Notice, Obligation
from notifications.obligations import meet, oblige, waive
from notifications.reminders import sweep
from tests.factories.accounts import RoleGrantFactory, UnitFactory, UserFactory
from tests.factories.collaborations import case_at, free_answers, place
from tests.factories.group import asked_in
from tests.factories.once import made_once

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
A_DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def city(django_db_setup, django_db_blocker):
    """A running collaboration, with the officer's follow-up and something asked of the group."""
    with made_once(django_db_blocker):
        at = place()
        case, _ = case_at(Step.ONGOING, at)
        oblige(
            "asked",
            kind="advice",
            about=case.chain,
            unit=at.unit,
            owner=at.officer,
            what=f"Beredningsgruppens svar om {case.number}",
            path="/",
            due_on=TODAY - A_DAY,
        )
        admin = UserFactory(admin_at=at.administration.root_unit)
        employee = UserFactory(employee_at=at.unit)
        yield SimpleNamespace(at=at, case=case.pk, admin=admin.pk, employee=employee.pk)


@pytest.fixture
def at(city):
    return city.at


@pytest.fixture
def case(city):
    return Collaboration.objects.get(pk=city.case)


@pytest.fixture
def advice(case):
    return Obligation.objects.get(key="asked")


@pytest.fixture
def follow_up(case):
    return Obligation.objects.get(about=case.chain, kind="follow_up")


def fresh(person) -> User:
    """Without the grants that are kept on the object."""
    return User.objects.get(pk=person.pk)


def refused(step, **facts) -> str:
    with pytest.raises(NotAllowed) as refusal:
        step(**facts)
    return str(refusal.value)


# --- who sees what -------------------------------------------------------------------------------


def test_the_group_and_the_managers_see_all_and_others_their_own(at, city, advice, follow_up):
    other = UserFactory(manager_at=UnitFactory(administration=at.administration))
    seen = {
        "manager": at.manager,
        "head": at.head,
        "adviser": at.adviser,
        "officer": at.officer,
        "employee": User.objects.get(pk=city.employee),
        "admin": User.objects.get(pk=city.admin),
        "manager of another unit": other,
    }

    assert {who: Obligation.objects.visible_to(person).count() for who, person in seen.items()} == {
        "manager": 2,
        "head": 2,
        "adviser": 2,
        "officer": 2,
        "employee": 0,
        "admin": 0,
        "manager of another unit": 0,
    }


def listed(client, asked="") -> list[str]:
    page = client.get(f"{reverse('ledger:obligations')}{asked}")
    assert page.status_code == 200
    return [one.kind for one in page.context["listing"].rows]


def test_the_list_is_filtered_by_kind_unit_owner_state_and_period(client, at, advice, follow_up):
    client.force_login(at.manager)
    elsewhere = UnitFactory(administration=at.administration)
    tomorrow = (TODAY + A_DAY).isoformat()

    assert listed(client) == ["advice", "follow_up"]
    assert listed(client, "?ordning=sist") == ["follow_up", "advice"]
    assert listed(client, "?slag=follow_up") == ["follow_up"]
    assert listed(client, f"?enhet={at.unit.pk}") == ["advice", "follow_up"]
    assert listed(client, f"?ansvarig={at.officer.pk}") == ["advice", "follow_up"]
    assert listed(client, "?mina=on") == []
    assert listed(client, "?lage=forsenade") == ["advice"]
    assert listed(client, f"?fran={tomorrow}") == ["follow_up"]
    assert listed(client, f"?till={tomorrow}") == ["advice"]
    client.force_login(at.head)
    assert listed(client, f"?enhet={elsewhere.pk}") == []


def test_met_and_waived_are_found_by_their_state_alone(client, at, advice, follow_up):
    meet(follow_up, ref="uppföljning")
    waive(advice, reason="Behövs inte.", by=at.manager)
    client.force_login(at.manager)

    assert listed(client) == []
    assert listed(client, "?lage=klara") == ["follow_up"]
    assert listed(client, "?lage=avskrivna") == ["advice"]
    assert listed(client, "?lage=alla") == ["advice", "follow_up"]


def test_a_filter_that_makes_no_sense_is_said_so_and_the_rest_is_shown(client, at, advice):
    client.force_login(at.manager)
    asked = "?slag=tårta&enhet=abc&ansvarig=99999999999999999999&fran=igår&lage=borta&ordning=x"
    page = client.get(f"{reverse('ledger:obligations')}{asked}")

    assert page.status_code == 200
    assert set(page.context["filter"].form.errors) == {"slag", "enhet", "ansvarig", "fran", "lage"}
    assert len(page.context["listing"].rows) == 2


@pytest.mark.parametrize("many", [1, 3])
@pytest.mark.parametrize("name", ["obligations", "year", "leaving"])
def test_the_pages_cost_the_same_for_one_and_for_many(
    client, at, case, name, many, django_assert_num_queries
):
    for number in range(many):
        oblige(
            f"more:{number}",
            kind="advice",
            about=case.chain,
            unit=at.unit,
            owner=UserFactory(officer_at=at.unit),
            what="Svar",
            path="/",
            due_on=TODAY,
        )
    client.force_login(at.manager)

    with django_assert_num_queries({"obligations": 7, "year": 6, "leaving": 5}[name]):
        client.get(reverse(f"ledger:{name}"))


# --- the year ------------------------------------------------------------------------------------


def test_the_year_counts_each_month_and_a_month_leads_to_its_part_of_the_list(
    client, at, case, advice, follow_up
):
    client.force_login(at.manager)
    year = TODAY.year - 1
    for number, day in enumerate([(2, 28), (2, 1), (12, 31)]):
        one = oblige(
            f"year:{number}",
            kind="advice",
            about=case.chain,
            unit=at.unit,
            owner=at.officer,
            what="Svar",
            path="/",
            due_on=date(year, *day),
        )
        if number == 1:
            meet(one, ref="svar")
    page = client.get(reverse("ledger:year"), {"ar": year, "slag": "advice"})
    months = {row["label"].split()[0]: row for row in page.context["months"]}

    assert {name: row["values"] for name, row in months.items() if any(row["values"])} == {
        "februari": [1, 0, 0, 1],
        "december": [0, 0, 0, 1],
    }
    assert len(client.get(months["februari"]["url"]).context["listing"].rows) == 2
    assert "<svg" in page.content.decode()


@pytest.mark.parametrize("asked", ["", "?ar=0", "?ar=99999", "?ar=abc", "?ar=2026&ar=2027"])
def test_a_year_that_is_none_of_ours_is_this_year(client, at, asked):
    client.force_login(at.manager)
    page = client.get(f"{reverse('ledger:year')}{asked}")

    assert page.status_code == 200
    assert page.context["year"] in (TODAY.year, TODAY.year + 1)


# --- one -----------------------------------------------------------------------------------------


def test_an_obligations_page_says_its_rule_its_reminders_and_what_became_of_it(
    client, at, advice, case
):
    sweep(TODAY)
    client.force_login(at.manager)
    page = client.get(advice.get_absolute_url())
    context = page.context

    assert [row["stage"] for row in context["reminders"]] == ["på dagen"]
    assert [row["stage"] for row in context["coming"]] == [
        "efter dagen, även till närmaste chef",
        "sist, även till högsta chefen",
    ]
    assert "G-45" in page.content.decode()
    waive_by_hand(advice, reason="Gruppen hade inget att säga.", by=at.manager)
    after = client.get(advice.get_absolute_url()).context
    assert (after["history"][0]["sentence"], after["history"][0]["text"], after["coming"]) == (
        "Avskrevs",
        "Gruppen hade inget att säga.",
        [],
    )


# --- waived --------------------------------------------------------------------------------------


def test_a_manager_waives_with_a_reason_and_the_cases_log_says_it(at, case, advice):
    waive_by_hand(advice, reason="Gruppen hade inget att säga.", by=at.manager)

    advice.refresh_from_db()
    event = Event.objects.of(case).latest("number")
    assert (advice.waived_by, advice.waived_reason) == (at.manager, "Gruppen hade inget att säga.")
    assert (event.code, event.details["obligation"]) == ("obligation_waived", advice.pk)
    assert "inget att säga" not in str(event.details)


def test_only_managers_waive_and_never_the_group(at, advice):
    for person in (at.adviser, at.officer, at.registrar):
        said = refused(waive_by_hand, obligation=advice, reason="Nej.", by=person)
        assert said == "Du har inte rätt att avskriva åtaganden i den här enheten."
    elsewhere = UserFactory(manager_at=UnitFactory(administration=at.administration))
    assert "inte rätt" in refused(waive_by_hand, obligation=advice, reason="Nej.", by=elsewhere)


def test_what_has_its_own_end_is_not_waived_and_what_is_done_is_done(at, advice, follow_up):
    assert refused(waive_by_hand, obligation=follow_up, reason="Orkar inte.", by=at.manager) == (
        "Det här kan inte avskrivas. En uppföljning görs, eller så avslutas samverkan."
    )
    assert "Skriv varför" in refused(waive_by_hand, obligation=advice, reason=" ", by=at.manager)
    meet(advice, ref="svar")
    assert "redan klart" in refused(waive_by_hand, obligation=advice, reason="Nej.", by=at.manager)


def test_who_is_out_through_conflict_waives_nothing_in_the_case(at, case, advice):
    declare(case, inputs=free_answers() | {"JV-1": conflict()}, by=at.manager)

    assert "jävig" in refused(waive_by_hand, obligation=advice, reason="Nej.", by=at.manager)


def conflict() -> AnswerInput:
    return AnswerInput("ja", companions={"text": "Min syster sitter i styrelsen."})


def test_the_page_waives_once_and_says_why_not_the_second_time(client, at, advice):
    url = reverse("ledger:waive", args=[advice.pk])
    client.force_login(at.adviser)
    assert "inte rätt" in client.get(url).content.decode()

    client.force_login(at.manager)
    assert client.post(url, {"reason": ""}).status_code == 422
    assert client.post(url, {"reason": "Behövs inte."}).status_code == 302
    again = client.post(url, {"reason": "Behövs inte."})
    assert (again.status_code, "redan klart" in again.content.decode()) == (409, True)


# --- handed over ---------------------------------------------------------------------------------


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


def test_who_is_out_through_conflict_takes_nothing_over(at, case, advice):
    taker = UserFactory(officer_at=at.unit)
    declare(case, inputs=free_answers() | {"JV-1": conflict()}, by=taker)

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

    assert movable(fresh(at.manager)).count() == 2
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
