"""The pages of opinions: the officer asks in the case, the asked read and answer on their own."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from collaborations.models import Opinion
from collaborations.overview import opinion_task
from tests.collaborations.test_opinion import UNCLEAR, ask, formal_case, functions, give

pytestmark = pytest.mark.django_db
__all__ = ["functions"]


def words(page) -> str:
    return " ".join(page.content.decode().split())


def asked(case, **facts) -> dict:
    return {
        "function": "procurement",
        "test": "offentligt_kontrakt",
        "question": "Är det ett köp?",
        "due_on": (timezone.localdate() + timedelta(days=10)).isoformat(),
        "version": case.version,
        **facts,
    }


GIVEN = {"conclusion": "clear", "reasons": "Verksamheten är deras egen.", "free_of_conflict": "on"}


def test_the_officer_asks_and_the_asked_answers_and_the_test_is_settled(client, at, functions):
    case = formal_case(at, **UNCLEAR)
    client.force_login(at.officer)
    page = client.post(f"/arenden/{case.pk}/yttrande/", asked(case), follow=True)
    assert "Frågan är ställd" in words(page)
    opinion = Opinion.objects.get()

    client.force_login(functions["procurement"])
    page = client.get("/", follow=True)
    assert f'href="{opinion.get_absolute_url()}"' in words(page)
    page = client.get(opinion.get_absolute_url())
    assert "OK-5 Är resultatet av direkt ekonomiskt värde för oss?" in words(page)
    assert "Svårt att säga." in words(page)
    revision = page.context["form"].initial["revision"]
    page = client.post(opinion.get_absolute_url(), GIVEN | {"revision": revision}, follow=True)
    assert "Yttrandet är sparat" in words(page)
    assert "Inte ett offentligt kontrakt" in words(page)

    client.force_login(at.officer)
    page = client.get(f"/arenden/{case.pk}/kontroll/")
    assert "Inte ett offentligt kontrakt" in words(page)
    assert "Oklart, yttrande krävs" not in words(page)


def test_the_asked_see_no_more_of_the_case_than_that_page(client, at, functions):
    case = formal_case(at)
    opinion = ask(case, at)
    client.force_login(functions["procurement"])

    assert client.get(opinion.get_absolute_url()).status_code == 200
    for path in ("", "kontroll/", "motivering/", "logg/", "jav/", "yttrande/", "beslut/"):
        assert client.get(f"/arenden/{case.pk}/{path}").status_code == 404
    assert f'href="/arenden/{case.pk}/yttrande/"' not in words(
        client.get(opinion.get_absolute_url())
    )


def test_who_asked_sees_where_the_asked_will_write_and_no_refusal(client, at, functions):
    opinion = ask(formal_case(at), at)
    client.force_login(at.officer)

    said = words(client.get(opinion.get_absolute_url()))

    assert "Här skriver den som tillfrågas sin slutsats och sina skäl." in said
    assert "Det här kan du inte göra nu" not in said


@pytest.mark.parametrize(("count", "said"), [(1, "1 lämnat"), (2, "2 lämnade")])
def test_the_case_counts_the_opinions_that_were_given(client, at, functions, count, said):
    case = formal_case(at)
    for _ in range(count):
        give(ask(case, at), functions["procurement"])
        case.refresh_from_db()

    assert opinion_task(case)[0]["state_label"] == said


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"question": ""}, "question"),
        ({"function": ""}, "function"),
        ({"function": "beställare"}, "function"),
        ({"due_on": "2020-01-01"}, "due_on"),
        ({"test": "jav"}, "test"),
    ],
)
def test_a_faulty_question_is_said_beside_its_field_and_nothing_is_saved(
    client, at, functions, facts, field
):
    case = formal_case(at)
    client.force_login(at.officer)

    page = client.post(f"/arenden/{case.pk}/yttrande/", asked(case, **facts))

    assert page.status_code == 422
    assert list(page.context["form"].errors) == [field]
    assert Opinion.objects.count() == 0


def test_a_person_of_another_function_is_refused_beside_the_field(client, at, functions):
    case = formal_case(at)
    client.force_login(at.officer)

    page = client.post(f"/arenden/{case.pk}/yttrande/", asked(case, person=functions["legal"].pk))

    assert page.status_code == 409
    assert list(page.context["form"].errors) == ["person"]
    assert "Är det ett köp?" in words(page)


def test_an_older_page_asks_nothing(client, at, functions):
    case = formal_case(at)
    client.force_login(at.officer)
    older = asked(case)
    client.post(f"/arenden/{case.pk}/yttrande/", older)

    assert client.post(f"/arenden/{case.pk}/yttrande/", older).status_code == 409
    assert Opinion.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "status", "field"),
    [
        ({"reasons": ""}, 422, "reasons"),
        ({"conclusion": ""}, 422, "conclusion"),
        ({"free_of_conflict": ""}, 409, "free_of_conflict"),
        ({"revision": "0"}, 409, "__all__"),
    ],
)
def test_an_answer_that_lacks_something_keeps_what_was_typed(
    client, at, functions, change, status, field
):
    opinion = ask(formal_case(at), at)
    client.force_login(functions["procurement"])

    page = client.post(opinion.get_absolute_url(), GIVEN | change)

    assert (page.status_code, list(page.context["form"].errors)) == (status, [field])
    assert Opinion.objects.answered().count() == 0
    if change != {"reasons": ""}:
        assert "Verksamheten är deras egen." in words(page)


def test_a_question_that_is_answered_shows_the_answer_and_no_form(client, at, functions):
    opinion = ask(formal_case(at), at)
    give(opinion, functions["procurement"])
    client.force_login(functions["procurement"])

    page = client.get(opinion.get_absolute_url())

    assert "kan inte ändras" in words(page)
    assert "Lämna yttrandet" not in words(page)


def test_the_page_costs_the_same_for_three_and_five_opinions(client, at, functions):
    case = formal_case(at)
    client.force_login(at.officer)
    counts = []
    for _ in range(5):  # the first three fill the short log beside, which names sets of questions
        give(ask(case, at), functions["procurement"])
        with CaptureQueriesContext(connection) as asked_of_the_database:
            client.get(f"/arenden/{case.pk}/yttrande/")
        counts.append(len(asked_of_the_database))

    assert counts[2] == counts[4]


def test_what_waits_for_the_asked_costs_the_same_for_one_and_three(client, at, functions):
    counts = []
    client.force_login(functions["procurement"])
    for _ in range(3):
        ask(formal_case(at), at)
        with CaptureQueriesContext(connection) as asked_of_the_database:
            client.get("/", follow=True)
        counts.append(len(asked_of_the_database))

    assert counts[0] == counts[2]
