"""Regelverket: every rule, gate and move for people to read, with an anchor for every source."""

import re
from html import unescape
from pathlib import Path

import pytest
from django.urls import reverse

from casework.catalogue import KEEPERS, catalogue
from checklists.load import load_question_sets
from checklists.models import Question
from collaborations.gates import GATES
from collaborations.models import Step
from collaborations.workflow import ALL_MOVES, MAIN_WAY
from dashboard.diagram import way
from dashboard.printed import ALL_RULES
from dashboard.templatetags.components import anchor
from tests.factories.accounts import (
    AdministrationFactory,
    GoverningDocumentFactory,
    UnitFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
RULEBOOK, CATALOGUE = reverse("dashboard:rulebook"), reverse("dashboard:catalogue")


@pytest.fixture
def readers_client(client):
    client.force_login(UserFactory(employee_at=UnitFactory()))
    return client


def text_of(client, address=RULEBOOK) -> str:
    return unescape(client.get(address).content.decode())


def ids(page: str) -> list[str]:
    return re.findall(r' id="([^"]+)"', page)


def test_every_rule_stands_there_once_among_the_rules(readers_client):
    listed = re.search(r'id="regler".*?</section>', text_of(readers_client), re.S)[0]

    sentences = re.findall(r"<li><p>(.*?)</p>", listed)

    assert sorted(sentences) == sorted(rule.unmet for rule in ALL_RULES)


def test_every_gate_says_in_words_what_it_does_for_each_form(readers_client):
    table = re.search(r'<table class="table gates">.*?</table>', text_of(readers_client), re.S)[0]
    rows = table.split("<tr>")[2:]

    said = [re.findall(r'<span class="gate[^"]*">([^<]*)', row) for row in rows]

    words = {"blocks": "stoppar", "warns": "varnar", "silent": "–"}
    assert said == [[words[cell] for cell in gate.cells] for gate in GATES]


def test_every_move_says_who_may_and_where_it_leads(readers_client):
    table = re.search(r'<table class="[^"]*moves">.*?</table>', text_of(readers_client), re.S)[0]
    moves = re.findall(r'<th scope="row">(.*?)</th>\s*<td data-label="Vem">(.*?)</td>', table)

    assert [label for label, _ in moves] == [move.label for move in ALL_MOVES]
    assert dict(moves)["Besluta"] == "Ansvarig chef, högsta chef"
    assert dict(moves)["Ge råd"] == "Beredningsgruppen"
    assert dict(moves)["Dokumentera"] == "Programmet självt"


def test_every_source_that_is_cited_anywhere_has_its_anchor_and_no_id_stands_twice(readers_client):
    load_question_sets()
    cited = {source for thing in (*ALL_RULES, *GATES) for source in thing.sources}
    for sources in Question.objects.values_list("sources", flat=True):
        cited |= set(sources)

    anchors = ids(text_of(readers_client))

    assert {anchor(source) for source in cited} - set(anchors) == set()
    assert len(anchors) == len(set(anchors))


def test_a_source_says_what_follows_from_it(readers_client):
    load_question_sets()

    sources = {one.id: one for one in readers_client.get(RULEBOOK).context["sources"]}

    g36 = sources["G-36"]
    assert (g36.heading, g36.entry.document) == (
        "Jäv och intressekonflikter",
        "Riktlinjer för samverkan med civilsamhället",
    )
    assert [rule.name for rule in g36.rules] == ["person_has_declared"]
    assert [gate.label for gate in g36.gates] == ["Jävsförklaringar"]
    assert g36.questions == {"Jävsförklaring": ["JV-1", "JV-2", "JV-3", "JV-4"]}
    assert sources["KL 6:28"].heading == "Kommunallagen"


def test_governing_documents_are_ones_own_and_marked_when_due(client):
    unit = UnitFactory()
    GoverningDocumentFactory(administration=unit.administration, title="Gammal", overdue=True)
    GoverningDocumentFactory(administration=unit.administration, title="Ny")
    GoverningDocumentFactory(administration=AdministrationFactory(), title="Deras")
    client.force_login(UserFactory(officer_at=unit))

    page = client.get(RULEBOOK)

    assert [document.title for document in page.context["documents"]] == ["Gammal", "Ny"]
    assert page.content.decode().count("Ska ses över nu") == 1


def test_the_picture_shows_every_step_and_each_way_back():
    drawn = way()

    shown = {stop["label"] for stop in drawn["stops"]} | set(drawn["out"]["labels"])
    assert shown == set(Step.labels)
    assert [move["label"] for move in drawn["moves"]] == [m.label for m in MAIN_WAY if m.enters]
    assert [move["label"] for move in drawn["stays"]] == ["Följa upp"]
    assert (len(drawn["backs"]), len(drawn["outs"])) == (3, 3)


def test_the_picture_has_no_decimal_commas_and_no_styles(readers_client):
    picture = re.search(r"<svg class=\"way\".*?</svg>", text_of(readers_client), re.S)[0]

    assert re.findall(r'="[^"]*\d,\d[^"]*"', picture) == []
    assert "style=" not in picture


@pytest.mark.parametrize("documents", [1, 3])
def test_it_costs_the_same_however_much_there_is(client, documents, django_assert_num_queries):
    load_question_sets()
    unit = UnitFactory()
    GoverningDocumentFactory.create_batch(documents, administration=unit.administration)
    client.force_login(UserFactory(officer_at=unit))

    # session, person, grants; questions, documents
    with django_assert_num_queries(5):
        client.get(RULEBOOK)


def test_nothing_is_read_from_files_for_a_page(readers_client, monkeypatch):
    catalogue()
    readers_client.get(RULEBOOK)
    monkeypatch.setattr(Path, "open", lambda *_, **__: pytest.fail("a file was read"))

    assert readers_client.get(RULEBOOK).status_code == 200
    assert readers_client.get(CATALOGUE).status_code == 200


# --- the whole catalogue -----------------------------------------------------------------------


def entries(client, address="") -> list[str]:
    return re.findall(r'<tr id="([^"]+)"', text_of(client, f"{CATALOGUE}{address}"))


def test_the_catalogue_has_all_245_rules_in_order(readers_client):
    assert entries(readers_client) == list(catalogue())
    assert len(catalogue()) == 245


@pytest.mark.parametrize("keeper", KEEPERS)
def test_it_can_be_read_by_what_keeps_a_rule(readers_client, keeper):
    kept = [one.id for one in catalogue().values() if one.kept_by == keeper]

    assert entries(readers_client, f"?haller={keeper}") == kept
    assert kept != []


def test_every_keeper_and_document_in_the_catalogue_has_swedish_words():
    for entry in catalogue().values():
        assert entry.keeper == KEEPERS[entry.kept_by]
        assert entry.document != ""


def test_it_can_be_read_document_by_document(readers_client):
    assert len(entries(readers_client, "?kalla=G")) == 86
    assert len(entries(readers_client, "?kalla=I&haller=person")) == len(
        [e for e in catalogue().values() if e.id[0] == "I" and e.kept_by == "person"]
    )


def test_a_choice_that_is_none_of_ours_finds_nothing(readers_client):
    page = text_of(readers_client, f"{CATALOGUE}?haller=hittepå")

    assert page.count("Ingen regel stämmer med det du har valt") == 1
