"""Which question sets a case needs: domain §1.7.2, typed by hand."""

import pytest
from django.db import transaction

from agreements.models import Contribution
from checklists.models import Assessment
from collaborations import standing
from collaborations.models import Form
from collaborations.scope import SETS, required_sets
from collaborations.steps.motivate import motivate
from tests.factories.collaborations import place, registered, write
from tests.factories.forms import before_motivated

pytestmark = pytest.mark.django_db

D, G, V, C, S, K, A, P = SETS
BASIC = {D, G, V}
# (form, do we hand something over, is there a written agreement): the sets that are needed
NEEDED = {
    ("informal", False, False): BASIC,
    ("other_agreement", False, False): BASIC | {C},
    ("other_agreement", False, True): BASIC | {C},
    ("other_agreement", True, False): BASIC | {C, S, K},
    ("other_agreement", True, True): BASIC | {C, S, K},
    ("iop", False, False): BASIC | {C, S, K, A, P},
    ("iop", True, True): BASIC | {C, S, K, A, P},
    ("external_funding", False, False): BASIC | {C},
    ("external_funding", True, True): BASIC | {C, S, K},
    ("partner_in_project", False, False): {D},
    ("partner_in_project", True, False): {D},
    ("partner_in_project", True, True): {D, C},
    ("employer", False, False): {D},
    ("employer", True, True): {D},
    ("purchase", True, True): set(),
}
MONEY = {"party": "us", "kind": "money", "what": "Bidrag", "value": 50_000}
TIME = {"party": "us", "kind": "meeting_time", "what": "Möten", "value": 9_000}


@pytest.fixture(scope="module")
def at(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield place()
        transaction.set_rollback(True)


def a_case(at, form, resources, agreement):
    case = registered(at)
    case.form, case.terms.written_agreement = form, agreement
    lines = [TIME, MONEY] if resources else [TIME]
    Contribution.objects.bulk_create(Contribution(terms=case.terms, **line) for line in lines)
    return case


@pytest.mark.parametrize("row", NEEDED, ids=lambda row: "-".join(map(str, row)))
def test_the_sets_are_those_of_the_table(at, row):
    assert set(required_sets(a_case(at, *row))) == NEEDED[row]


def test_every_form_stands_in_the_table():
    assert {form for form, _, _ in NEEDED} == set(Form.values) - {"association_grant"}


def test_the_sets_come_in_the_order_they_are_asked(at):
    assert list(required_sets(a_case(at, "iop", True, True))) == list(SETS)


def test_what_was_decided_to_check_in_a_project_is_needed(at):
    case = a_case(at, "partner_in_project", True, False)
    case._check_scope = [G, K]

    assert set(required_sets(case)) == {D, G, K}


def begun(case):
    return set(case.examinations.values_list("code", flat=True))


def test_another_form_begins_what_it_needs_and_keeps_what_it_needs_no_more(at):
    case = registered(at)
    write(case, at)
    motivate(case, by=at.officer, version=case.version)
    assert begun(case) == BASIC
    first = set(Assessment.objects.filter(examination__collaboration=case).values_list("pk"))

    formal = {"form": "iop", "informal_kind": "", "written_agreement": True}
    write(case, at, **formal, contributions=[MONEY])
    assert case.step == "registered"
    case.refresh_from_db()
    before_motivated(case, at)
    motivate(case, by=at.officer, version=case.version)
    assert begun(case) == set(SETS)
    assert set(standing.of(case)) == set(SETS)

    write(case, at, **formal | {"form": "other_agreement"}, contributions=[])
    motivate(case, by=at.officer, version=case.version)
    assert begun(case) == set(SETS)
    assert set(standing.of(case)) == set(standing.assessments(case)) == BASIC | {C}
    kept = set(Assessment.objects.filter(examination__collaboration=case).values_list("pk"))
    assert first < kept


def test_money_that_comes_later_begins_the_tests_of_aid_and_of_the_municipal_act(at):
    case = registered(at)
    formal = {"form": "other_agreement", "informal_kind": "", "written_agreement": True}
    write(case, at, **formal)
    motivate(case, by=at.officer, version=case.version)
    assert begun(case) == BASIC | {C}

    write(case, at, **formal, contributions=[MONEY])
    motivate(case, by=at.officer, version=case.version)
    assert begun(case) == BASIC | {C, S, K}
