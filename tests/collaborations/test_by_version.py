"""Which cases follow a version: how many for who writes questions, which for who may see them."""

import re

import pytest
from django.urls import reverse

from checklists.models import Version
from collaborations.models import Step
from tests.factories.accounts import UserFactory
from tests.factories.collaborations import case_at, place

pytestmark = pytest.mark.django_db


def words(response):
    return re.sub(r"<[^>]+>|\s+", " ", response.content.decode())


def version_of(code="grundkrav"):
    return Version.objects.get(question_set__code=code, number=1)


def seen_by(client, person, version):
    client.force_login(person)
    return client.get(reverse("collaborations:by_version", args=[version.pk]))


def test_an_administrator_reads_how_many_and_none_of_them(client):
    at, elsewhere = place(), place()
    for _ in range(2):
        case_at(Step.MOTIVATED, at)
    case_at(Step.MOTIVATED, elsewhere)
    admin = UserFactory(admin_at=at.administration.root_unit)

    seen = words(seen_by(client, admin, version_of()))

    assert "Versionen används i 2 ärenden" in seen
    assert "Läxhjälp" not in seen


def test_an_officer_sees_her_own_cases_and_no_others(client):
    at, elsewhere = place(), place()
    mine, _ = case_at(Step.MOTIVATED, at)
    other, _ = case_at(Step.MOTIVATED, elsewhere)

    page = seen_by(client, at.officer, version_of())

    assert mine.number in words(page)
    assert other.number not in words(page)
    assert page.context["count"] is None


def test_a_declaration_of_conflict_follows_a_version_too(client):
    at = place()
    case, _ = case_at(Step.CHECKED, at)

    assert case.number in words(seen_by(client, at.officer, version_of("jav")))


def test_a_case_before_its_checks_follows_none(client):
    at = place()
    case_at(Step.REGISTERED, at)

    assert "Inget ärende som du får se" in words(seen_by(client, at.officer, version_of()))


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_costs_the_same_for_one_case_and_for_many(
    client, number, django_assert_num_queries
):
    at = place()
    for _ in range(number):
        case_at(Step.MOTIVATED, at)
    client.force_login(at.officer)
    url = reverse("collaborations:by_version", args=[version_of().pk])

    with django_assert_num_queries(7):
        page = client.get(url)

    assert len(page.context["listing"].rows) == number
