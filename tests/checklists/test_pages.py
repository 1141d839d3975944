"""The pages where everyone can read the questions."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from checklists.models import QuestionSet
from checklists.versions import draft_next, publish
from tests.factories.accounts import UserFactory
from tests.factories.checklists import LONG_AGO, QuestionFactory, QuestionSetFactory, VersionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(client):
    client.force_login(UserFactory())
    return client


def words(response):
    return re.sub(r"<[^>]+>|\s+", " ", response.content.decode())


def test_a_stranger_is_sent_to_the_login(client, loaded):
    for url in (reverse("checklists:sets"), reverse("checklists:version", args=["jav", 1])):
        assert client.get(url).status_code == 302


def test_the_list_has_every_set_with_its_versions_and_starts(reader, loaded):
    jav = QuestionSet.objects.get(code="jav")
    publish(draft_next(jav), starts_on=timezone.localdate() + timedelta(days=400))

    page = reader.get("/fragor/")

    assert page.status_code == 200
    for name in ("Checklista för grundläggande krav", "Demokrativillkor", "Jävsförklaring"):
        assert name in words(page)
    assert "1 januari 2020" in words(page)
    assert words(page).count("Gäller nu, förslag") == 9
    assert words(page).count("Kommande, förslag") == 1


def test_a_version_that_was_replaced_says_so(reader):
    first = VersionFactory(asking=[QuestionFactory.build()], published_from=LONG_AGO)
    publish(draft_next(first.question_set), starts_on=timezone.localdate())

    page = words(reader.get("/fragor/"))

    assert page.count("Gäller nu") == 1
    assert page.count("Har gällt") == 1


def test_a_draft_is_not_shown(reader, loaded):
    draft = draft_next(QuestionSet.objects.get(code="jav"))
    QuestionSetFactory(name="Bara ett utkast")

    assert "Version 2" not in words(reader.get("/fragor/"))
    assert "Bara ett utkast" not in words(reader.get("/fragor/"))
    assert reader.get(f"/fragor/jav/{draft.number}/").status_code == 404


def test_a_version_shows_its_questions_effects_and_sources(reader, loaded):
    page = reader.get("/fragor/grundkrav/1/")

    said = words(page)
    assert "Frågorna är ett förslag." in said
    assert "Är styrelsen och rätten att företräda organisationen klarlagda?" in said
    assert "Nej kräver att ansvarig chef motiverar skriftligt." in said
    assert "stoppar ett beslut att inleda om personuppgifter delas" in said
    assert "Bara kryss och datum, varken text eller hänvisning" in said
    assert page.content.decode().count('class="card-box question') == 25


def test_an_administrations_own_set_has_an_address_of_its_own(reader, loaded):
    own = QuestionSetFactory(code="jav", rule_set="amf", name="Egen jävsförklaring")
    VersionFactory(question_set=own, asking=[QuestionFactory.build()], published_from=LONG_AGO)

    assert "Egen jävsförklaring" in words(reader.get("/fragor/jav/1/?regler=amf"))
    assert "Egen jävsförklaring" not in words(reader.get("/fragor/jav/1/"))
    assert "/fragor/jav/1/?regler=amf" in reader.get("/fragor/").content.decode()


@pytest.mark.parametrize("url", ["/fragor/jav/2/", "/fragor/okand/1/", "/fragor/jav/1/?regler=x"])
def test_what_does_not_exist_is_not_found(reader, loaded, url):
    assert reader.get(url).status_code == 404


@pytest.mark.parametrize("url", ["/fragor/", "/fragor/jav/1/"])
def test_the_pages_are_only_read(reader, loaded, url):
    assert reader.post(url).status_code == 405


def test_without_questions_the_page_says_what_to_do(reader):
    assert "Inga frågor är inlästa." in words(reader.get("/fragor/"))


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_for_one_version_and_for_many(
    reader, number, django_assert_num_queries
):
    for n in range(number):
        own = QuestionSetFactory(code=f"prov-{n}")
        VersionFactory(question_set=own, asking=[QuestionFactory.build()], published_from=LONG_AGO)
        for later in range(number):
            start = timezone.localdate() + timedelta(days=later)
            publish(draft_next(own), starts_on=start, by=UserFactory())

    with django_assert_num_queries(5):  # session, user, grants, sets, versions
        page = reader.get("/fragor/")

    assert words(page).count("Provfrågor") >= number


@pytest.mark.parametrize("number", [1, 3])
def test_a_version_costs_the_same_for_one_question_and_for_many(
    reader, number, django_assert_num_queries
):
    VersionFactory(asking=QuestionFactory.build_batch(number), published_from=LONG_AGO)

    with django_assert_num_queries(5):  # session, user, grants, version, questions
        page = reader.get("/fragor/prov/1/")

    assert page.content.decode().count('class="card-box question') == number
