"""The history of an organisation: everything between us, as far as the reader may see."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agreements.models import Contribution
from audit.guards import all_guards, lift
from collaborations import history
from collaborations.models import Step
from collaborations.steps.hand_over import mark_secret
from tests.factories.accounts import UserFactory
from tests.factories.collaborations import case_at, place
from tests.factories.organisations import OrganisationFactory


@pytest.fixture
def organisation():
    return OrganisationFactory(name="Läxhjälpen Granen")


def started(at, organisation, *lines):
    """A running case in which the parties brought those lines: (party, kind, value)."""
    return carried(at, organisation, lines, "start")


def carried(at, organisation, lines, outcome):
    """The lines are written past the guard: no form that hands over can be decided yet."""
    step = Step.TOLD if outcome == "refrain" else Step.ONGOING
    case, _ = case_at(step, at, outcome=outcome, organisations=[organisation])
    lift(connection, [one for one in all_guards() if one.table == "agreements_contribution"])
    for party, kind, value in lines:
        Contribution.objects.create(
            terms=case.terms, party=party, kind=kind, what="Något", value=value
        )
    return case


def page_for(client, person, organisation):
    client.force_login(person)
    return client.get(reverse("collaborations:organisation_history", args=[organisation.pk]))


def numbers(organisation, person) -> dict[str, int]:
    found = history.standings(organisation, person)
    return {one["label"]: one["number"] for one in found if one["number"]}


def test_every_case_is_counted_once_by_what_became_of_it(at, organisation):
    for step in (Step.REGISTERED, Step.CHECKED, Step.ONGOING, Step.CLOSED, Step.WITHDRAWN):
        case_at(step, at, organisations=[organisation])
    case_at(Step.TOLD, at, outcome="refrain", organisations=[organisation])
    case_at(Step.ONGOING, at)  # with another organisation

    assert numbers(organisation, at.officer) == {
        "Under beredning": 2,
        "Pågående": 1,
        "Avslutade": 1,
        "Avstådda": 1,
        "Återtagna": 1,
    }


def test_what_we_handed_over_is_summed_by_year_and_kind(at, organisation):
    case = started(
        at,
        organisation,
        ("us", "money", 10_000),
        ("us", "money", 2_500),
        ("us", "premises", None),
        ("us", "meeting_time", 900),  # our own meeting time is no support (G-44)
        ("organisation", "money", 70),
    )
    carried(at, organisation, [("us", "money", 5)], "refrain")

    support = history.support_to(organisation, at.officer)

    year = case.decided_on.year
    assert support.bars == [{"label": str(year), "values": [12_500]}]
    assert support.series == ["Pengar"]
    assert [
        (line["kind"], line["total"], line["count"], line["unvalued"]) for line in support.lines
    ] == [("money", 12_500, 2, 0), ("premises", None, 1, 1)]


def test_the_page_tells_of_decisions_findings_and_what_happened(client, at, organisation):
    case, _ = case_at(Step.ONGOING, at, organisations=[organisation])

    page = page_for(client, at.officer, organisation)

    (decision,) = page.context["decisions"]
    assert (decision.collaboration, decision.decided_by) == (case, at.manager)
    assert [entry["sentence"] for entry in page.context["entries"]] == [
        "Beslut att inleda samverkan",
        "Initiativ",
        "Samverkan började",  # a day counts from its midnight
    ]
    assert reverse("collaborations:document", args=[case.pk]) in page.content.decode()


def test_another_administration_sees_only_that_it_is_known_and_whom_to_ask(client, at):
    organisation = OrganisationFactory(known_at=at.administration)
    case = started(at, organisation, ("us", "money", 77_123))

    page = page_for(client, place().officer, organisation)

    text = page.content.decode()
    assert page.context["elsewhere"] == [at.administration]
    assert at.administration.mailbox in text
    assert page.context["listing"].rows == []
    assert page.context["decisions"] == page.context["findings"] == page.context["entries"] == []
    assert page.context["support"].lines == []
    assert case.title not in text


def test_readers_see_what_runs_but_no_finding_and_nothing_secret(client, at, organisation):
    running, _ = case_at(Step.ONGOING, at, organisations=[organisation])
    case_at(Step.CHECKED, at, organisations=[organisation])
    secret, _ = case_at(Step.ONGOING, at, organisations=[organisation])
    mark_secret(secret, provision="OSL 31:16", by=at.officer, version=secret.version)
    employee = UserFactory(employee_at=at.unit)

    page = page_for(client, employee, organisation)

    assert page.context["listing"].rows == [running]
    assert {decision.collaboration for decision in page.context["decisions"]} == {running}
    assert page.context["findings"] == []


def test_the_page_costs_the_same_for_one_case_and_for_three(client, at, organisation):
    def cost():
        with CaptureQueriesContext(connection) as asked:
            page_for(client, at.officer, organisation)
        return len(asked)

    started(at, organisation, ("us", "money", 1))
    page_for(client, at.officer, organisation)
    one = cost()
    for _ in range(2):
        started(at, organisation, ("us", "money", 1))

    assert cost() == one
