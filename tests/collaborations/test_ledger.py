"""The ledger is seen by those who may, and waived by managers with a reason."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from audit.models import Event
from casework.moves import NotAllowed
from collaborations.steps.declare import declare
from collaborations.steps.ledger import waive_by_hand
from notifications.models import Obligation
from notifications.obligations import meet, oblige, waive
from notifications.reminders import sweep
from tests.factories.accounts import UnitFactory, UserFactory
from tests.factories.collaborations import kin_answers
from tests.factories.ledger import more_owed, owing
from tests.factories.once import made_once

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
A_DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def city(django_db_setup, django_db_blocker):
    with made_once(django_db_blocker):
        yield owing()


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
    owners = [UserFactory(officer_at=at.unit) for _ in range(many)]
    more_owed(case, at, many, owners=owners)
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
    declare(case, inputs=kin_answers(), by=at.manager)

    assert "jävig" in refused(waive_by_hand, obligation=advice, reason="Nej.", by=at.manager)


def test_the_page_waives_once_and_says_why_not_the_second_time(client, at, advice):
    url = reverse("ledger:waive", args=[advice.pk])
    client.force_login(at.adviser)
    assert "inte rätt" in client.get(url).content.decode()

    client.force_login(at.manager)
    assert client.post(url, {"reason": ""}).status_code == 422
    assert client.post(url, {"reason": "Behövs inte."}).status_code == 302
    again = client.post(url, {"reason": "Behövs inte."})
    assert (again.status_code, "redan klart" in again.content.decode()) == (409, True)
