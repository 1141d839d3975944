"""The list of cases: who sees what, what is found, and what a page costs."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from audit import clock
from collaborations.models import Collaboration, Step
from collaborations.steps.hand_over import mark_secret, set_registry_number
from collaborations.steps.register import correct_registration
from tests.factories.accounts import TargetGroupFactory, UnitFactory, UserFactory
from tests.factories.collaborations import case_at, place, registered, write
from tests.factories.organisations import OrganisationFactory

LIST = reverse("collaborations:list")


@pytest.fixture
def officers_client(client, at):
    client.force_login(at.officer)
    return client


def shown(client, address="") -> list[str]:
    """The titles on the page, in order."""
    return [case.title for case in client.get(f"{LIST}{address}").context["listing"].rows]


def titled(at, *titles, **facts) -> list[Collaboration]:
    return [registered(at, title=title, **facts) for title in titles]


# --- what is found -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    ["åtta ÖAR", "öar åtta", "PF-TEST", "dnr-77", "GRANEN", "899990-0007", "8999900007 åtta"],
)
def test_a_search_finds_title_numbers_and_organisation_whatever_the_case(
    officers_client, at, words
):
    granen = OrganisationFactory(name="Föreningen Gränen Granen", org_number="8999900007")
    case = registered(at, title="Åtta öar", organisations=[granen])
    Collaboration.objects.filter(pk=case.pk).update(number="PF-TEST-1")
    case.refresh_from_db()
    set_registry_number(case, registry_number="DNR-77", by=at.registrar, version=case.version)
    registered(at, title="Något annat", organisations=[OrganisationFactory(name="Tallen")])

    assert shown(officers_client, f"?q={words}") == ["Åtta öar"]


def test_a_new_title_is_found_and_the_old_one_is_not(officers_client, at):
    case = registered(at, title="Ängen")
    facts = {"initiated_by": "other", "initiative_on": date(2026, 1, 2), "task": "Odla."}
    correct_registration(
        case,
        **facts,
        title="Åkern",
        organisations=case.organisations.all(),
        by=at.officer,
        version=case.version,
    )

    assert shown(officers_client, "?q=åkern") == ["Åkern"]
    assert shown(officers_client, "?q=ängen") == []


def test_a_percent_sign_is_no_wild_card(officers_client, at):
    titled(at, "Hundra procent")

    assert shown(officers_client, "?q=%25") == []


def test_a_case_with_two_organisations_that_match_stands_once(officers_client, at):
    both = [OrganisationFactory(name="Granen ett"), OrganisationFactory(name="Granen två")]
    registered(at, organisations=both, title="Tillsammans")

    assert shown(officers_client, "?q=granen") == ["Tillsammans"]


def test_one_step_or_several_at_once(officers_client, at):
    for step in (Step.REGISTERED, Step.MOTIVATED, Step.WITHDRAWN, Step.ONGOING, Step.CLOSED):
        case_at(step, at, title=step.label)
    case_at(Step.TOLD, at, outcome="refrain", title="Avstådd")

    assert shown(officers_client, "?steg=motivated") == ["Motiverad"]
    assert shown(officers_client, "?steg=beredning") == ["Motiverad", "Registrerad"]
    assert shown(officers_client, "?steg=aktuella") == ["Pågående", "Motiverad", "Registrerad"]
    assert shown(officers_client, "?steg=oppna") == ["Pågående", "Motiverad", "Registrerad"]
    assert shown(officers_client, "?utfall=refrain") == ["Avstådd"]
    assert shown(officers_client, "?form=informal&utfall=start") == ["Slutföljd", "Pågående"]


def test_a_unit_brings_the_units_below_it(client, at):
    below = UnitFactory(parent=at.unit)
    manager = UserFactory(manager_at=below)
    registered(at, title="I enheten")
    registered(at, title="Under enheten", unit=below, responsible_manager=manager)
    client.force_login(at.head)

    assert shown(client, f"?enhet={at.unit.pk}") == ["Under enheten", "I enheten"]
    assert shown(client, f"?enhet={below.pk}") == ["Under enheten"]
    assert shown(client, f"?chef={manager.pk}") == ["Under enheten"]


def test_area_and_target_group_are_those_of_the_motivation(officers_client, at):
    area = at.administration.areas.first()
    other = TargetGroupFactory(administration=at.administration)
    written, _ = titled(at, "Skriven", "Oskriven")
    write(written, at, target_groups=[other, at.administration.target_groups.first()])

    assert shown(officers_client, f"?omrade={area.pk}") == ["Skriven"]
    assert shown(officers_client, f"?malgrupp={other.pk}") == ["Skriven"]


def test_a_follow_up_is_found_when_late_and_by_its_month(officers_client, at):
    today = timezone.localdate()
    late, soon, ended = (case_at(Step.ONGOING, at, title=title)[0] for title in "ABC")
    for case, day in ((late, today - timedelta(days=1)), (soon, today + timedelta(days=40))):
        Collaboration.objects.filter(pk=case.pk).update(next_follow_up_on=day)
    Collaboration.objects.filter(pk=ended.pk).update(
        step=Step.ENDED, ended_on=today, next_follow_up_on=today
    )
    month = f"{today + timedelta(days=40):%Y-%m}"

    assert shown(officers_client, "?uppfoljning=forsenad") == ["A"]
    assert shown(officers_client, f"?uppfoljning={month}") == ["B"]
    assert shown(officers_client, f"?uppfoljning={today:%Y-%m}") == ["C"]
    assert shown(officers_client, "?ordning=uppfoljning") == ["A", "C", "B"]


def test_the_day_of_registration_is_the_day_in_stockholm(officers_client, at):
    with clock.telling(datetime(2026, 3, 9, 22, 59, tzinfo=UTC)):  # 23.59 the 9th
        titled(at, "Kvällen")
    with clock.telling(datetime(2026, 3, 9, 23, 1, tzinfo=UTC)):  # 0.01 the 10th
        titled(at, "Natten")

    assert shown(officers_client, "?fran=2026-03-10") == ["Natten"]


def test_my_own_are_those_i_prepare_or_answer_for(client, at):
    other = UserFactory(officer_at=at.unit)
    registered(at, title="Min")
    registered(at, title="Annans", by=other)
    client.force_login(at.officer)

    assert shown(client, "?mina=on") == ["Min"]


def test_titles_are_sorted_as_swedes_do(officers_client, at):
    titled(at, "Ökad trygghet", "Zumba i parken", "Ängslek", "Åkern", "alla med")

    assert shown(officers_client, "?ordning=rubrik") == [
        "alla med",
        "Zumba i parken",
        "Åkern",
        "Ängslek",
        "Ökad trygghet",
    ]


# --- who sees what -----------------------------------------------------------------------------


def test_cases_of_another_administration_are_never_shown(officers_client, at):
    elsewhere = place()
    titled(at, "Här")
    titled(elsewhere, "Där")

    assert shown(officers_client) == ["Här"]
    assert shown(officers_client, f"?enhet={elsewhere.unit.pk}") == ["Här"]
    assert shown(officers_client, f"?chef={elsewhere.manager.pk}") == ["Här"]
    choices = officers_client.get(LIST).context["filter"].form
    assert [person for _, person in choices["chef"].field.choices] == ["Alla", at.manager.name]
    assert [unit for _, unit in choices["enhet"].field.choices] == ["Alla", at.unit.name]


def test_employees_see_what_runs_and_no_secrets(client, at):
    case_at(Step.ONGOING, at, title="Pågår")
    case_at(Step.CLOSED, at, title="Slut")
    secret, _ = case_at(Step.ONGOING, at, title="Hemlig")
    mark_secret(secret, provision="OSL 21:1", by=at.registrar, version=secret.version)
    titled(at, "Bereds")
    client.force_login(UserFactory(employee_at=at.unit))

    assert shown(client) == ["Slut", "Pågår"]


def test_a_secret_case_says_so_to_those_who_see_it(officers_client, at):
    (case,) = titled(at, "Hemlig")
    mark_secret(case, provision="OSL 21:1", by=at.registrar, version=case.version)

    page = officers_client.get(LIST).content.decode()

    assert re.findall(r'<span class="secret">.*?</svg>\s*(\w+)</span>', page, re.S) == ["Sekretess"]


def test_who_may_see_no_cases_is_told_so(client, at):
    titled(at, "Bereds")
    client.force_login(UserFactory(finance_at=at.unit))

    page = client.get(LIST)

    assert page.context["listing"].rows == []
    assert page.content.decode().count("Det finns inga ärenden som du får se") == 1


@pytest.mark.parametrize(("role", "links"), [("officer", 1), ("registrar", 0), ("adviser", 0)])
def test_only_who_may_register_is_offered_it(client, at, role, links):
    titled(at, "Något")
    client.force_login(getattr(at, role))

    page = client.get(LIST).content.decode()

    assert page.count(f'href="{reverse("collaborations:register")}"') == links


# --- the page itself ---------------------------------------------------------------------------


def test_what_was_chosen_can_be_taken_away_one_by_one(officers_client, at):
    titled(at, "Något")
    page = officers_client.get(f"{LIST}?q=gran&steg=ongoing&mina=on&ordning=rubrik")

    tags = re.findall(
        r'<li><a href="([^"]+)"><span class="visually-hidden">Ta bort filtret </span>([^<]+)',
        page.content.decode(),
    )

    assert [(address.replace("&amp;", "&"), words) for address, words in tags] == [
        ("?steg=ongoing&mina=on&ordning=rubrik", "Sök: gran"),
        ("?q=gran&mina=on&ordning=rubrik", "Steg: Pågående"),
        ("?q=gran&steg=ongoing&ordning=rubrik", "Bara mina ärenden: ja"),
    ]


def test_nothing_found_offers_the_whole_list(officers_client, at):
    titled(at, "Något")

    page = officers_client.get(f"{LIST}?q=finns-inte").content.decode()

    assert page.count("Inga ärenden stämmer med det du har valt") == 1
    assert page.count("Det finns inga ärenden") == 0


def test_the_refrained_are_called_so(officers_client, at):
    case_at(Step.TOLD, at, outcome="refrain")

    page = officers_client.get(LIST).content.decode()

    assert re.findall(r'<span class="status ([\w-]+)">.*?</svg>\s*(\w+)</span>', page, re.S) == [
        ("status-refrained", "Avstådd")
    ]


@pytest.mark.parametrize("cases", [1, 3])
def test_the_list_costs_the_same_for_one_case_and_for_many(
    officers_client, at, cases, django_assert_num_queries
):
    titled(at, *(f"Ärende {number}" for number in range(cases)))

    # session, person, grants; count, page, organisations; units, managers, areas, target groups
    with django_assert_num_queries(11):
        page = officers_client.get(LIST)

    assert len(page.context["listing"].rows) == cases


def test_the_last_page_costs_the_same_and_leads_back(
    officers_client, at, django_assert_num_queries
):
    organisation = OrganisationFactory()
    titled(at, *(f"Ärende {number:02}" for number in range(27)), organisations=[organisation])
    last = officers_client.get(f"{LIST}?ordning=rubrik").context["listing"].last

    with django_assert_num_queries(11):
        page = officers_client.get(f"{LIST}{last}")

    listing = page.context["listing"]
    assert [case.title for case in listing.rows] == [f"Ärende {n:02}" for n in range(2, 27)]
    assert (listing.total, listing.next) == ("27", "")
    assert shown(officers_client, listing.previous) == [f"Ärende {n:02}" for n in range(25)]


def test_a_page_writes_nothing(officers_client, at, django_assert_num_queries):
    titled(at, "Något")

    with django_assert_num_queries(11) as queries:
        officers_client.get(LIST)

    # PostgreSQL reads the choices of a filter through a cursor that it declares.
    kinds = {query["sql"].split()[0] for query in queries.captured_queries}
    assert kinds - {"SELECT", "DECLARE"} == set()
