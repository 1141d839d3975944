"""A shortcoming goes from whoever saw it to the unit, the manager, and an end (G-82, I-36)."""

from datetime import timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from casework.moves import NotAllowed
from collaborations.log import entries
from collaborations.models import Shortcoming
from collaborations.steps.end import end
from collaborations.steps.hand_over import mark_secret
from collaborations.steps.shortcoming import assess, conclude, pass_on
from notifications.models import Notice, Obligation
from tests.factories.accounts import UserFactory
from tests.factories.collaborations import case_at, place
from tests.factories.follow_up import a_remedy
from tests.factories.once import made_once
from tests.factories.shortcoming import assessed, reported
from tests.refusals import rules_of

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.fixture(scope="module")
def city(django_db_setup, django_db_blocker):
    with made_once(django_db_blocker):
        at = place()
        case, _ = case_at("ongoing", at)
        yield SimpleNamespace(
            at=at,
            case=case.pk,
            employee=UserFactory(employee_at=at.unit),
            colleague=UserFactory(employee_at=at.unit),
            unit_manager=UserFactory(unit_manager_at=at.unit),
        )


def owed(case) -> dict:
    rows = Obligation.objects.open().filter(about=case.chain, kind__startswith="shortcoming")
    return {row.kind: (row.owner, (row.due_on - TODAY()).days) for row in rows}


def told() -> list:
    rows = Notice.objects.filter(kind__startswith="shortcoming").order_by("pk")
    return [(row.kind, row.person) for row in rows]


def page_of(name, *args):
    return reverse(f"collaborations:{name}", args=args)


def test_an_employees_goes_to_the_unit_manager_then_to_the_responsible_manager(city, case, at):
    one = reported(case, at, by=city.employee)
    assert one.state == "hos enhetschefen"
    assert owed(case) == {"shortcoming_received": (city.unit_manager, 7)}

    pass_on(case, one, comment="Jag har sett det också.", by=city.unit_manager)
    assert owed(case) == {"shortcoming_assessed": (at.manager, 14)}
    assess(case, one, assessment="Åtagandet hålls inte.", by=at.manager)
    assert owed(case) == {"shortcoming_concluded": (at.manager, 30)}
    conclude(case, one, outcome="nothing", reasons="Rättat.", answer="Tack!", by=at.manager)

    assert owed(case) == {}
    assert one.state == "ingen åtgärd"
    assert told() == [
        ("shortcoming_reported", city.unit_manager),
        ("shortcoming_passed_on", at.manager),
    ]


def test_what_is_urgent_is_told_to_both_at_once_and_due_at_once(city, case, at):
    one = reported(case, at, by=city.employee, urgent=True)
    assert owed(case) == {"shortcoming_received": (city.unit_manager, 1)}
    pass_on(case, one, by=city.unit_manager)

    assert owed(case) == {"shortcoming_assessed": (at.manager, 2)}
    assert told() == [
        ("shortcoming_reported", city.unit_manager),
        ("shortcoming_passed_on", at.manager),
    ]


def test_the_nearest_unit_manager_owes_it_and_those_above_are_told(city, case, at):
    far = UserFactory(unit_manager_at=at.administration.root_unit, name="Anna Alm")
    reported(case, at, by=city.employee)

    assert owed(case) == {"shortcoming_received": (city.unit_manager, 7)}
    assert [person for _, person in told()] == [city.unit_manager, far]


def test_of_a_secret_case_it_goes_past_the_unit_manager_who_does_not_see_it(case, at):
    mark_secret(case, provision="OSL 25:1", by=at.officer, version=case.version)
    one = reported(case, at, by=at.registrar)

    assert one.state == "hos ansvarig chef"
    assert owed(case) == {"shortcoming_assessed": (at.manager, 14)}
    assert told() == [("shortcoming_passed_on", at.manager)]


@pytest.mark.parametrize("who", ["officer", "manager", "unit_manager"])
def test_from_those_who_handle_the_case_or_the_unit_it_goes_straight_on(city, case, at, who):
    one = reported(case, at, by=getattr(at, who, None) or getattr(city, who))

    assert one.state == "hos ansvarig chef"
    assert owed(case) == {"shortcoming_assessed": (at.manager, 14)}


def test_a_unit_manager_who_does_nothing_stops_nobody(city, case, at):
    one = reported(case, at, by=city.employee)
    assess(case, one, assessment="Brådskar.", by=at.head)

    assert set(owed(case)) == {"shortcoming_concluded"}
    with pytest.raises(NotAllowed) as raised:
        pass_on(case, one, by=city.unit_manager)
    assert rules_of(raised) == {"shortcoming_waits_for_the_unit"}


WRONG = {
    "says nothing": ({"what": "  "}, "shortcoming_says_what"),
    "was seen tomorrow": ({"seen_on": 1}, "shortcoming_was_seen_meanwhile"),
    "was seen before there was anything": ({"seen_on": -1}, "shortcoming_was_seen_meanwhile"),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_a_report_is_refused_that(case, at, wrong):
    facts, rule = WRONG[wrong]
    if "seen_on" in facts:
        facts = {"seen_on": TODAY() + timedelta(days=facts["seen_on"])}
    with pytest.raises(NotAllowed) as raised:
        reported(case, at, **facts)
    assert rules_of(raised) == {rule}


def test_a_report_sent_twice_is_one(city, case, at):
    key = uuid4()

    assert reported(case, at, by=city.employee, form_key=key) == reported(
        case, at, by=city.employee, form_key=key
    )
    assert len(told()) == 1


def test_nobody_skips_the_assessment_nor_promises_a_measure_that_is_not_decided(case, at):
    one = reported(case, at)
    said = {"reasons": "Så här.", "by": at.manager}
    with pytest.raises(NotAllowed) as raised:
        conclude(case, one, outcome="nothing", **said)
    assert "shortcoming_has_its_assessment" in rules_of(raised)
    with pytest.raises(NotAllowed) as raised:
        assess(case, one, assessment=" ", by=at.manager)
    assert rules_of(raised) == {"assessment_says_something"}

    assess(case, one, assessment="Det brister.", by=at.manager)
    with pytest.raises(NotAllowed) as raised:
        conclude(case, one, outcome="remedy", **said)
    assert rules_of(raised) == {"remedy_is_decided"}
    with pytest.raises(NotAllowed) as raised:
        conclude(case, one, outcome="nothing", reasons="", by=at.manager)
    assert rules_of(raised) == {"conclusion_has_reasons"}

    a_remedy(case, at, shortcoming=one)
    conclude(case, one, outcome="remedy", **said)
    with pytest.raises(NotAllowed):
        conclude(case, one, outcome="nothing", **said)


@pytest.mark.parametrize("who", ["officer", "adviser", "employee", "unit_manager"])
def test_only_the_responsible_manager_or_one_above_assesses(city, case, at, who):
    one = reported(case, at)
    with pytest.raises(NotAllowed):
        assess(case, one, assessment="Ja.", by=getattr(at, who, None) or getattr(city, who))


def test_in_the_database_no_part_is_written_twice_nor_out_of_order(case, at):
    one = assessed(case, at)
    rows = Shortcoming.objects.filter(pk=one.pk)
    now = timezone.now()
    for change in (
        {"what": "Annat."},
        {"assessment": "Annat."},
        {"comment": "Annat."},
        {"assessed_at": None},
        {"outcome": "nothing", "concluded_at": now, "concluded_by": at.manager},
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(**change)
    other = Shortcoming.objects.filter(pk=reported(case, at).pk)
    with pytest.raises(DatabaseError), transaction.atomic():
        other.update(outcome="nothing", reasons="Nej.", concluded_at=now, concluded_by=at.manager)
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.delete()


def test_an_ordinary_end_closes_what_is_open_with_the_reason(case, at):
    one = reported(case, at)
    end(case, reasons="Klart.", ended_on=TODAY(), by=at.manager, version=case.version)
    one.refresh_from_db()

    assert (one.outcome, one.reasons) == ("lapsed", "Samverkan har avslutats.")
    assert owed(case) == {}


# --- who sees what ------------------------------------------------------------------------------


def see(client, person, url) -> str | int:
    client.force_login(person)
    page = client.get(url)
    return page.content.decode() if page.status_code == 200 else page.status_code


def test_the_reporter_is_named_to_those_who_handle_it_and_to_nobody_else(client, city, case, at):
    one = reported(case, at, by=city.employee)
    url = one.get_absolute_url()
    named = {
        who: city.employee.name in see(client, person, url).split("<main")[1]
        for who, person in {
            "employee": city.employee,
            "unit_manager": city.unit_manager,
            "manager": at.manager,
            "head": at.head,
            "officer": at.officer,
            "registrar": at.registrar,
        }.items()
    }

    assert named == {
        "employee": True,
        "unit_manager": True,
        "manager": True,
        "head": True,
        "officer": False,
        "registrar": False,
    }
    assert see(client, city.colleague, url) == 404
    assert city.employee.name not in {row["who"] for row in entries(case, at.officer)}
    assert city.employee.name in {row["who"] for row in entries(case, at.manager)}
    assert not [row for row in Notice.objects.about(case.chain) if row.person == city.employee]
    assert all(city.employee.name not in row.body for row in Notice.objects.about(case.chain))


def test_the_reporter_reads_what_came_of_it_but_not_what_was_thought_on_the_way(
    client, city, case, at
):
    one = reported(case, at, by=city.employee)
    assess(case, one, assessment="Hemlig bedömning.", by=at.manager)
    conclude(
        case, one, outcome="nothing", reasons="Hemliga skäl.", answer="Tack, det är rättat.",
        by=at.manager,
    )  # fmt: skip
    page = see(client, city.employee, one.get_absolute_url())

    assert "Tack, det är rättat." in page
    assert "Hemlig" not in page
    assert "Hemlig" in see(client, at.officer, one.get_absolute_url())


def test_an_employee_reports_on_one_page_in_three_fields(client, city, case):
    client.force_login(city.employee)
    url = page_of("report_shortcoming", case.pk)
    form = client.get(url).context["form"]
    assert [field.name for field in form.visible_fields()] == ["what", "seen_on", "urgent"]

    sent = {
        "form_key": form["form_key"].value(),
        "what": "Dörren till lokalen går inte att låsa.",
        "seen_on": TODAY().isoformat(),
        "urgent": "true",
    }
    assert client.post(url, {**sent, "urgent": ""}).status_code == 422
    page = client.post(url, sent, follow=True)
    assert page.status_code == 200
    assert "hos enhetschefen" in page.content.decode()
    listed = client.get(page_of("case", case.pk)).content.decode()
    assert "Dörren till lokalen" in listed


def test_through_the_pages_it_goes_from_the_unit_to_an_end(client, city, case, at):
    one = reported(case, at, by=city.employee)
    for person, name, sent in (
        (city.unit_manager, "pass_on_shortcoming", {"comment": "Stämmer."}),
        (at.manager, "assess_shortcoming", {"assessment": "Det brister."}),
        (at.manager, "conclude_shortcoming", {"outcome": "nothing", "reasons": "Rättat."}),
    ):
        client.force_login(person)
        url = page_of(name, case.pk, one.pk)
        assert client.get(url).status_code == 200
        assert client.post(url, sent).status_code == 302, name
    one.refresh_from_db()

    assert (one.comment, one.outcome) == ("Stämmer.", "nothing")


def test_of_a_case_that_became_secret_readers_see_nothing_more(client, city, case, at):
    one = reported(case, at, by=city.employee)
    mark_secret(case, provision="OSL 26 kap. 1 §", by=at.manager, version=case.version)

    assert see(client, city.employee, one.get_absolute_url()) == 404
    assert see(client, city.unit_manager, one.get_absolute_url()) == 404


def test_the_list_costs_the_same_for_three_as_for_one(client, case, at):
    client.force_login(at.manager)
    url = page_of("shortcomings", case.pk)

    def asked() -> int:
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        return len(queries)

    assessed(case, at)
    once = asked()
    for _ in range(2):
        assessed(case, at)
    assert asked() == once
