"""What the documents made from a case say: the check, the follow-up, the decision (I-58, §7)."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from casework.swedish import long_date
from collaborations import civil_actor_report, follow_up_report, standing
from collaborations.decision_document import data_of
from collaborations.form_facts import small_aid
from collaborations.models import Collaboration, Form
from collaborations.steps.after_follow_up import note_reported, take_stand
from collaborations.steps.decide import decide
from collaborations.steps.document import deciding
from collaborations.steps.opinion import ask_for_opinion, give_opinion
from documents.decision import DecisionDocumentData
from documents.report import report_html
from tests.factories.accounts import UserFactory
from tests.factories.aid import aid_line, amounts
from tests.factories.collaborations import (
    case_at,
    decision_to_start,
    followed_up,
    place,
    registered,
)
from tests.factories.formal import board_decides, checked, decided, motivated, ongoing
from tests.factories.held import taken_back
from tests.factories.once import made_once

TODAY = timezone.localdate()


@pytest.fixture(scope="module")
def at(django_db_setup, django_db_blocker):
    with made_once(django_db_blocker):
        yield place()


@pytest.fixture(scope="module")
def iop(at):
    """A partnership that is checked; one of its papers was taken back."""
    case = checked(at, Form.IOP)
    taken_back(case, "audit")
    return fresh(case)


def fresh(case) -> Collaboration:
    return Collaboration.objects.get(pk=case.pk)


def headings(blocks) -> list[str]:
    return [block.heading for block in blocks if not block.is_empty]


def block(blocks, heading: str):
    return next(one for one in blocks if one.heading == heading)


def facts(one) -> dict[str, str]:
    return {fact.label: fact.text for fact in one.facts}


def today() -> str:
    return long_date(TODAY)


# --- Kontroll och bedömning av idéburen aktör ----------------------------------------------------


def test_the_check_holds_what_the_case_knows_of_the_organisation(iop):
    data = civil_actor_report.report_of(iop)
    [name] = [one.name for one in iop.organisations.all()]

    assert data.draft_words == ""
    assert headings(data.blocks) == [
        "Ärendet",
        "Vem kontrollen gäller",
        "Sammanfattning",
        f"Åtta underlag från {name}",
        "Bedömningar",
        *(state.name for state in standing.of(iop).values()),
        "Råd och yttranden",
    ]
    assert [one.title for one in data.question_sets] == [
        standing.of(iop)[code].name for code in ("demokrati", "grundkrav", "valfardsbrott")
    ] + [standing.of(iop)["ideburen_aktor"].name]


def test_the_eight_documents_stand_with_their_dates_and_what_lacks(iop):
    [papers] = [one for one in civil_actor_report.blocks(iop) if one.heading.startswith("Åtta")]
    rows = {row[0]: row[1:] for row in papers.table.rows}
    dated = (TODAY - timedelta(days=30)).isoformat()

    assert len(rows) == 8
    assert rows["Stadgar"] == (dated, TODAY.isoformat(), "Tills vidare", "Finns och gäller")
    assert rows["Revisionsberättelse"] == ("", "", "", "Saknas")


def test_a_test_says_who_came_to_what_when_and_why(iop, at):
    found = facts(block(civil_actor_report.blocks(iop), standing.of(iop)["kommunallagen"].name))

    assert found == {
        "Utfall": "Uppfyllt",
        "Skäl": "Stadgar, verksamhetsberättelse och samtal med styrelsen.",
        "Bedömt av": ", ".join(filter(None, (at.officer.name, at.officer.title, today()))),
    }


def test_an_opinion_stands_beside_its_test_and_says_when_the_answers_have_changed(at, db):
    root = at.administration.root_unit
    who = UserFactory(procurement_at=root, name="Lena", title="upphandlare")
    case = checked(at, Form.IOP)
    asked = ask_for_opinion(
        case,
        function="procurement",
        test="offentligt_kontrakt",
        question="Är det ett köp?",
        due_on=TODAY + timedelta(days=9),
        by=at.officer,
        version=case.version,
    )
    give_opinion(
        asked, conclusion="clear", reasons="Vi köper inget.", free_of_conflict=True, by=who
    )
    label = "Yttrande från inköp och upphandling"

    def said():
        name = standing.of(fresh(case))["offentligt_kontrakt"].name
        return facts(block(civil_actor_report.blocks(fresh(case)), name))[label]

    line = f"Inte ett offentligt kontrakt (Lena, upphandlare, {today()}).\nVi köper inget."
    assert said() == line
    answers = standing.assessments(fresh(case))["offentligt_kontrakt"].answers
    answers.filter(code="OK-2").update(value="oklart")
    assert said() == f"{line}\nSvaren i prövningen har ändrats sedan yttrandet."


def test_what_is_not_begun_is_said_to_be_so(at, db):
    case = registered(at)
    case.form = Form.IOP
    data = civil_actor_report.report_of(case)
    html = report_html(data)

    assert {row[1] for row in block(data.blocks, "Sammanfattning").table.rows} == {"Inte färdig"}
    assert "<p>Ingen prövning är påbörjad.</p>" in html
    assert "<p></p>" not in html
    assert "Bilaga" not in html


def test_before_the_check_is_made_it_is_a_draft_and_other_forms_have_none(at, db, client):
    case = motivated(at, Form.IOP)
    assert civil_actor_report.report_of(fresh(case)).draft_words == (
        "Kontrollen pågår. Svar och utfall kan ändras."
    )

    client.force_login(at.officer)
    page = client.get(reverse("collaborations:case", args=[case.pk])).content.decode()
    assert f'href="{reverse("collaborations:civil_actor", args=[case.pk])}"' in page
    other = registered(at)
    assert client.get(reverse("collaborations:civil_actor", args=[other.pk])).status_code == 404


# --- Uppföljning av överenskommelse --------------------------------------------------------------


def test_a_follow_up_stands_beside_what_was_agreed(at, db):
    case = ongoing(at, Form.IOP)
    said = {"compliance": "Det mesta hålls."}
    followed_up(case, at, **said)
    said |= {"conclusion": "change", "shortcomings": "Lokalen är trång."}
    made = followed_up(fresh(case), at, **said)
    data = follow_up_report.report_of(fresh(case), made)

    assert (data.heading, data.conclusion) == (
        "Uppföljning av överenskommelse",
        "Slutsats: ändra.",
    )
    assert block(data.blocks, "Mål").table.rows == (
        (
            "Fler ungdomar blir klara med skolan",
            "andel med godkända betyg",
            "61 procent",
            "70 procent",
            (TODAY + timedelta(days=600)).isoformat(),
        ),
    )
    parties = [party.name for party in case.terms.parties.all()]
    assert [row[0] for row in block(data.blocks, "Åtaganden").table.rows] == parties
    assert block(data.blocks, "Effekter").table.rows == (
        ("Bättre arbetssätt?", "Ja"),
        ("Bättre resultat?", "Delvis"),
        ("Högre kvalitet?", "Går inte att säga än"),
        ("Bättre användning av resurser?", "Ja"),
    )
    assert block(data.blocks, "Brister").text == "Lokalen är trång."
    assert [row[1] for row in block(data.blocks, "Tidigare uppföljningar").table.rows] == [
        "fortsätt som nu"
    ]


def test_a_reader_gets_neither_the_stand_nor_whom_it_was_reported_to(at, db, client, monkeypatch):
    case, _ = case_at("ongoing", at)
    made = followed_up(case, at, conclusion="change")
    take_stand(case, made, text="Vi byter lokal.", by=at.manager)
    note_reported(case, made, to="manager", on=TODAY, by=at.officer)
    sent = []
    monkeypatch.setattr(
        "collaborations.views.reports.report_pdf", lambda data: sent.append(data) or b"%PDF"
    )
    for person in (at.officer, UserFactory(employee_at=at.unit)):
        client.force_login(person)
        client.get(reverse("collaborations:follow_up_report", args=[case.pk, made.pk]))

    whole, read = (set(headings(data.blocks)) for data in sent)
    assert whole - read == {"Ansvarig chefs ställningstagande", "Rapporterat till"}


def test_an_informal_one_has_no_agreement_to_follow_up_and_is_not_anothers(at, db, client):
    case, _ = case_at("ongoing", at)
    made = followed_up(case, at)
    data = follow_up_report.report_of(fresh(case), made)
    assert data.heading == "Uppföljning"
    assert {"Åtaganden", "Mål"} & set(headings(data.blocks)) == set()

    client.force_login(at.officer)
    page = client.get(reverse("collaborations:case", args=[case.pk])).content.decode()
    url = reverse("collaborations:follow_up_report", args=[case.pk, made.pk])
    assert f'href="{url}"' in page
    sent = client.get(url)
    assert (sent["Content-Type"], sent["Cache-Control"]) == ("application/pdf", "private, no-store")
    assert b"".join(sent).startswith(b"%PDF-1.7")
    other = registered(at)
    assert client.get(url.replace(f"/{case.pk}/", f"/{other.pk}/")).status_code == 404


# --- The decision --------------------------------------------------------------------------------


def document_of(case) -> DecisionDocumentData:
    """As it is kept: written as JSON and read again."""
    return DecisionDocumentData.from_json(data_of(deciding(fresh(case))).to_json())


def test_the_boards_decision_has_the_boards_day_paragraph_and_protocol(at, db):
    case = checked(at, Form.IOP)
    board_day = TODAY - timedelta(days=3)
    board_decides(case, at, decided_on=board_day)
    decide(case, **decision_to_start(at), by=at.manager, version=case.version)
    data = document_of(case)

    who = ", ".join(filter(None, (at.manager.name, at.manager.title)))
    assert data.decided_on == board_day
    assert str(data.decided_by) == f"Provnämnden, {long_date(board_day)}, § 14"
    assert {fact.label: fact.text for fact in data.recorded} == {
        "Nämndens beslut": "Inleda samverkan",
        "Protokoll": "Dnr 2026/120",
        "Antecknat av": f"{who}, {today()}",
        "Registrerat av": f"{who}, {today()}",
    }
    assert headings(data.basis) == ["Partnerskapet", "Överenskommelsen"]
    assert headings(data.examined) == [state.name for state in standing.of(case).values()]
    found = facts(block(data.basis, "Partnerskapet"))
    assert found["Samhällsutmaning"] == "Unga i stadsdelen lämnar skolan utan betyg."
    assert found["Högsta chefen har läst"].startswith(at.head.name)


BASIS = {
    Form.OTHER_AGREEMENT: ["Överenskommelsen"],
    Form.EXTERNAL_FUNDING: ["Finansieringen", "Riskbedömning", "Överenskommelsen"],
    Form.PARTNER_IN_PROJECT: ["Omfattning av kontrollen", "Riskbedömning", "Överenskommelsen"],
    Form.EMPLOYER: ["Anställningen"],
}


@pytest.mark.parametrize("form", BASIS)
def test_each_form_says_what_it_rests_on(at, db, form):
    case = decided(at, form)
    data = document_of(case)

    assert headings(data.basis) == BASIS[form]
    assert data.right.startswith("Delegationsordningen punkt")
    assert (data.recorded, data.decided_on) == ((), TODAY)
    if form == Form.EXTERNAL_FUNDING:
        found = facts(block(data.basis, "Finansieringen"))
        assert (found["Finansiär"], found["Besked"]) == ("ESF-rådet", f"Beviljad, {today()}")
    if form != Form.EMPLOYER:
        version = facts(block(data.basis, "Överenskommelsen"))["Version"]
        assert version.endswith(f"sparad {today()} av {at.officer.name}")


def test_small_aid_stands_with_its_sum_and_the_ceiling(at, db):
    amounts()
    case = checked(at)
    [recipient] = case.organisations.all()
    aid_line(recipient, case.unit, at.officer, terms=case.terms, given_on=None, value=200_000)
    aid_line(recipient, case.unit, at.officer, value=100_000)
    case._standing = {"statligt_stod": type("State", (), {"outcome": "mindre_betydelse"})}

    assert small_aid(case).table.rows == (
        (
            recipient.name,
            "200\u202f000\u202fkr",
            "100\u202f000\u202fkr",
            "300\u202f000\u202fkr",
            "3\u202f243\u202f780\u202fkr",
            "saknas",
        ),
    )
