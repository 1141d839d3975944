"""The page of small aid, and the limits of procurement beside the contract test."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from agreements.models import Aid
from collaborations.steps.decide import decide
from tests.collaborations.test_aid import declare, note, small_aid
from tests.factories.accounts import UnitFactory
from tests.factories.aid import CEILING, aid_line, amounts
from tests.factories.collaborations import decision_to_start
from tests.factories.formal import delegated, motivated

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


def words(page) -> str:
    text = page.content.decode().replace("\u202f", " ").replace("\xa0", " ").replace("&nbsp;", " ")
    return " ".join(text.split())


def a_line(case, **facts) -> dict:
    return {
        "organisation": case.organisations.get().pk,
        "origin": "ours",
        "form": "rent",
        "what": "Lokal",
        "value": "20000",
        "valuation": "Hyran för en likvärdig lokal",
        "giver": "",
        "given_on": "",
        "version": case.version,
        **facts,
    }


def test_aid_is_noted_declared_and_taken_away_in_the_browser(client, at):
    case = small_aid(at)
    client.force_login(at.officer)
    url = f"/arenden/{case.pk}/stod/"

    page = client.post(url, a_line(case), follow=True)
    assert "Stödet är antecknat." in words(page)
    assert "3 223 780 kr" in words(page)  # what is left

    case.refresh_from_db()
    page = client.post(
        f"{url}intyg/",
        {
            "organisation": case.organisations.get().pk,
            "declared_on": TODAY().isoformat(),
            "attested_by": "ordförande",
            "version": case.version,
        },
        follow=True,
    )
    assert "Intyget är antecknat." in words(page)
    assert "ordförande" in words(page)

    case.refresh_from_db()
    line = Aid.objects.get()
    page = client.post(f"{url}{line.pk}/ta-bort/", {"version": case.version}, follow=True)
    assert "Raden är borttagen." in words(page)
    assert not Aid.objects.exists()


@pytest.mark.parametrize(
    ("facts", "status", "field"),
    [
        ({"value": "0"}, 422, "value"),
        ({"value": "-1"}, 422, "value"),
        ({"value": "10000000001"}, 422, "value"),
        ({"value": "300000 EUR"}, 422, "value"),
        ({"form": "gold"}, 422, "form"),
        ({"what": ""}, 422, "what"),
        ({"what": "Till 19811218-9876"}, 422, "what"),
        ({"valuation": ""}, 409, "valuation"),
        ({"origin": "others", "given_on": "2026-01-01"}, 409, "giver"),
        ({"origin": "others", "giver": "Granstad"}, 409, "given_on"),
        ({"organisation": "999999"}, 422, "organisation"),
    ],
)
def test_bad_input_is_said_beside_its_field_and_saves_nothing(client, at, facts, status, field):
    case = small_aid(at)
    client.force_login(at.officer)

    page = client.post(f"/arenden/{case.pk}/stod/", a_line(case, **facts))

    assert (page.status_code, list(page.context["form"].errors)) == (status, [field])
    assert not Aid.objects.exists()


def test_an_older_page_adds_and_takes_away_nothing(client, at):
    case = small_aid(at)
    client.force_login(at.officer)
    older = a_line(case)
    note(case, at)

    assert client.post(f"/arenden/{case.pk}/stod/", older).status_code == 409
    line = Aid.objects.get()
    older = {"version": older["version"]}
    assert client.post(f"/arenden/{case.pk}/stod/{line.pk}/ta-bort/", older).status_code == 409
    assert Aid.objects.count() == 1


def test_a_line_of_another_case_cannot_be_taken_away_here(client, at):
    case = small_aid(at)
    other = aid_line(case.organisations.get(), at.unit, at.officer, given_on=None)
    client.force_login(at.officer)

    page = client.post(f"/arenden/{case.pk}/stod/{other.pk}/ta-bort/", {"version": case.version})

    assert page.status_code == 404
    assert Aid.objects.filter(pk=other.pk).exists()


def test_of_another_administration_only_the_sum_is_told(client, at):
    case = small_aid(at)
    elsewhere = UnitFactory(administration__name="Hemliga förvaltningen", name="Hemliga enheten")
    aid_line(case.organisations.get(), elsewhere, at.officer, value=4_711, what="Hemligt bidrag")
    client.force_login(at.officer)

    said = words(client.get(f"/arenden/{case.pk}/stod/"))

    assert "4 711 kr" in said
    assert "Heml" not in said


def test_the_text_to_the_recipient_stands_there_after_the_decision(client, at):
    case = small_aid(at)
    note(case, at)
    declare(case, at)
    client.force_login(at.officer)
    assert "Text till mottagaren" not in words(client.get(f"/arenden/{case.pk}/stod/"))

    delegated(at)
    decide(case, **decision_to_start(at), by=at.manager, version=case.version)
    said = words(client.get(f"/arenden/{case.pk}/stod/"))

    assert "förordning (EU) 2023/2831" in said
    assert "Stödets värde är 20 000 kr." in said
    assert "Lägg till</button>" not in said


def test_the_page_costs_the_same_for_six_and_eight_lines(client, at):
    case = small_aid(at)
    client.force_login(at.officer)
    counts = []
    for _ in range(8):  # the first six fill the short log beside
        note(case, at)
        with CaptureQueriesContext(connection) as asked:
            client.get(f"/arenden/{case.pk}/stod/")
        counts.append(len(asked))

    assert counts[5] == counts[7]


def test_the_limits_of_procurement_stand_beside_the_contract_test(client, at):
    amounts(direct_sek="20000", social_sek="8109450", other_sek="2389585")
    amounts(TODAY() + timedelta(days=1), direct_sek="1")
    case = motivated(at)
    client.force_login(at.officer)

    page = client.get(f"/arenden/{case.pk}/kontroll/offentligt_kontrakt/")

    assert [(row.amount, row.passed) for row in page.context["thresholds"]["rows"]] == [
        (20_000, True),
        (8_109_450, False),
        (2_389_585, False),
    ]
    assert page.context["thresholds"]["value"] == 20_000
    other = client.get(f"/arenden/{case.pk}/kontroll/statligt_stod/")
    assert other.context["thresholds"] is None


def test_the_task_list_says_what_is_left_of_small_aid(client, at):
    case = small_aid(at)
    client.force_login(at.officer)
    steps = []
    for do in (lambda: None, lambda: (note(case, at), declare(case, at))):
        do()
        tasks = client.get(f"/arenden/{case.pk}/").context["tasks"]
        steps += [one["state_label"] for one in tasks if one["label"].startswith("Stöd av")]
    aid_line(case.organisations.get(), UnitFactory(), at.officer, value=CEILING)
    tasks = client.get(f"/arenden/{case.pk}/").context["tasks"]
    steps += [one["state_label"] for one in tasks if one["label"].startswith("Stöd av")]

    assert steps == ["Värde eller intyg återstår", "Antecknat", "Taket hindrar"]
