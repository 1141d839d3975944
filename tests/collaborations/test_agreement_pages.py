"""The agreement in the browser: what is typed is kept, what is stale or refused changes nothing."""

import io
from types import SimpleNamespace
from uuid import uuid4

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from agreements import reading
from agreements.models import Agreement, Clause, Draft, Party
from audit.models import Event
from collaborations.models import Collaboration, Form
from collaborations.steps.agree import drop, write_section
from documents.agreement import AgreementDocumentData
from documents.pdf import render_pdf
from tests.documents.reading import pages_of
from tests.factories.accounts import UserFactory
from tests.factories.agreements import facts_of, sign_it
from tests.factories.collaborations import place
from tests.factories.formal import checked, told
from tests.factories.once import made_once

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.fixture(scope="module")
def city(django_db_setup, django_db_blocker):
    """A case that waits for its agreement to be signed, made once; each test's deeds are undone."""
    with made_once(django_db_blocker):
        at = place()
        yield SimpleNamespace(at=at, case=told(at).pk, iop=checked(at, Form.IOP).pk)


@pytest.fixture
def drafted(case):
    return reading.being_drafted(case.terms)


def url(name, *args) -> str:
    return reverse(f"collaborations:{name}", args=args)


def officer(client, at):
    client.force_login(at.officer)
    return client


def text_of(case) -> str:
    drafted = reading.being_drafted(Collaboration.objects.get(pk=case.pk).terms)
    return reading.content_of(drafted).text("roller")


def save(client, case, drafted, code="roller", **data):
    base = {"base": drafted.drafts.first().number, "text": "Ny text.", "label": ""}
    return client.post(url("agreement_section", case.pk, drafted.pk, code), base | data)


def test_a_saved_section_is_a_new_version_that_says_who_and_what(client, at, case, drafted):
    before = drafted.drafts.count()

    page = save(officer(client, at), case, drafted, label="skickad till föreningen")

    latest = drafted.drafts.first()
    assert page.status_code == 302
    assert (latest.number, latest.saved_by, latest.changed) == (before + 1, at.officer, ["roller"])
    assert latest.label == "skickad till föreningen"
    assert text_of(case) == "Ny text."


def test_a_double_click_saves_one_version(client, at, case, drafted):
    base = drafted.drafts.first().number
    for _ in range(2):
        assert save(officer(client, at), case, drafted, base=base).status_code == 302

    assert drafted.drafts.first().number == base + 1
    assert Event.objects.of(case).filter(code="agreement_drafted", details__draft=base + 1).exists()


def test_two_people_in_one_section_both_see_both_texts(client, at, case, drafted):
    base = drafted.drafts.first().number
    write_section(case, drafted, "roller", base=base, text="Den förstas.", by=at.manager)

    page = save(officer(client, at), case, drafted, base=base, text="Den andras.")

    assert page.status_code == 409
    assert page.context["differences"][0]["yours"] == "Den andras."
    assert page.context["differences"][0]["saved"] == "Den förstas."
    assert text_of(case) == "Den förstas."


def test_two_people_in_two_sections_do_not_disturb_each_other(client, at, case, drafted):
    base = drafted.drafts.first().number
    write_section(case, drafted, "budget", base=base, text="Ny budget.", by=at.manager)

    assert save(officer(client, at), case, drafted, base=base).status_code == 302
    content = reading.content_of(reading.being_drafted(Collaboration.objects.get(pk=case.pk).terms))
    assert (content.text("budget"), content.text("roller")) == ("Ny budget.", "Ny text.")


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "field"),
    [
        ("2027-06-01", "2027-05-31", "ends_on"),
        ("2027-06-01", "2999-01-01", "ends_on"),
        ("igår", "2027-05-31", "starts_on"),
    ],
)
def test_a_period_that_cannot_be_is_refused_beside_its_field(
    client, at, case, drafted, starts_on, ends_on, field
):
    before = drafted.drafts.count()

    page = save(
        officer(client, at),
        case,
        drafted,
        "period",
        starts_on=starts_on,
        ends_on=ends_on,
        text="Vi provar.",
    )

    assert page.status_code == 422
    assert list(page.context["form"].errors) == [field]
    assert "Vi provar." in page.content.decode()
    assert drafted.drafts.count() == before


def row(number: int, **facts) -> dict:
    return {f"rad-{number}-{name}": value for name, value in facts.items()}


def rows(count: int) -> dict:
    return {
        "rad-TOTAL_FORMS": count,
        "rad-INITIAL_FORMS": 0,
        "rad-MAX_NUM_FORMS": 40,
        "rad-MIN_NUM_FORMS": 0,
    }


def test_commitments_are_saved_with_the_section_and_asked_about_when_half(
    client, at, case, drafted
):
    ours = drafted.terms.parties.first()
    half = rows(1) | row(0, why="För att det behövs.")
    page = save(officer(client, at), case, drafted, "ataganden", **half)
    assert page.status_code == 422
    assert page.context["rows"].errors == [{"what": ["Beskriv åtagandet."]}]

    said = rows(1) | row(0, party=ours.pk, what="Öppnar aulan", evidence="bokning")
    assert save(client, case, drafted, "ataganden", **said).status_code == 302
    assert [str(one) for one in drafted.commitments.all()] == ["Öppnar aulan"]
    assert "Öppnar aulan" in str(drafted.drafts.first().content)


def test_the_page_says_section_by_section_what_remains(client, at, case, drafted):
    base = drafted.drafts.first().number
    write_section(case, drafted, "budget", base=base, text="", by=at.officer)

    page = officer(client, at).get(url("agreement", case.pk))

    states = {task["label"]: task["state_label"] for task in page.context["tasks"]}
    assert states["Budget"] == "Tom"
    assert states["Försäkring"] == "Klar"
    assert states["Mål"] == "Frivillig"


def test_words_of_purchase_law_are_shown_and_stop_nothing(client, at, case, drafted):
    save(officer(client, at), case, drafted, text="Leverantören betalar vite.")

    page = client.get(url("agreement", case.pk))

    assert [one["words"] for one in page.context["words"]] == [["Leverantören", "vite"]]
    assert page.context["unfinished"] == 0


def test_texts_to_use_again_are_the_latest_begun_of_the_administration(client, at, case, drafted):
    facts = {"administration": at.administration, "section": "insyn", "title": "Insyn"}
    day = timezone.timedelta(days=1)
    Clause.objects.create(**facts, text="Gammal.", starts_on=TODAY() - 9 * day)
    Clause.objects.create(**facts, text="Nu.", starts_on=TODAY())
    Clause.objects.create(**facts, text="Sedan.", starts_on=TODAY() + day)
    elsewhere = place().administration
    Clause.objects.create(**facts | {"administration": elsewhere}, text="X", starts_on=TODAY())

    page = officer(client, at).get(url("agreement_section", case.pk, drafted.pk, "insyn"))

    own = [one.text for one in page.context["clauses"] if one.title == "Insyn"]
    assert own == ["Nu."]


def test_any_two_versions_are_shown_side_by_side(client, at, case, drafted):
    first = drafted.drafts.first().number
    save(officer(client, at), case, drafted, text="Ett.")
    save(client, case, drafted, "budget", text="Två.")

    page = client.get(
        url("agreement_versions", case.pk, drafted.pk), {"fran": first, "till": first + 2}
    )

    assert [(one["title"], one["new"]) for one in page.context["differences"]] == [
        ("Ansvar", "Ett."),
        ("Budget", "Två."),
    ]
    strange = client.get(url("agreement_versions", case.pk, drafted.pk), {"fran": "x'--"})
    assert strange.status_code == 200


def test_a_version_gets_a_name_once(client, at, case, drafted):
    latest = drafted.drafts.first()
    name = {"number": latest.number, "label": "till nämnden"}
    address = url("name_version", case.pk, drafted.pk)

    assert officer(client, at).post(address, name).status_code == 302
    assert client.post(address, name | {"label": "annat"}).status_code == 409
    assert Draft.objects.get(pk=latest.pk).label == "till nämnden"


def pdf(words: str = "Undertecknad") -> SimpleUploadedFile:
    html = f"<html lang=sv><head><title>{words}</title></head><body><p>{words}</p></body></html>"
    return SimpleUploadedFile("avtal.pdf", render_pdf(html), content_type="application/pdf")


def signed(case, at, **more) -> dict:
    ours, theirs = case.terms.parties.all()
    return {
        "version": case.version,
        "draft": reading.being_drafted(case.terms).drafts.first().number,
        f"person_{ours.pk}": at.manager.pk,
        f"day_{ours.pk}": TODAY(),
        f"name_{theirs.pk}": "Påhittad Ordförande",
        f"role_{theirs.pk}": "ordförande",
        f"day_{theirs.pk}": TODAY(),
        "file": pdf(),
        "hela": "ja",
        **more,
    }


def test_the_signed_agreement_is_registered_read_by_employees_and_fetched(
    client, at, case, drafted
):
    page = officer(client, at).post(url("sign_agreement", case.pk, drafted.pk), signed(case, at))
    assert page.status_code == 302

    made = Agreement.objects.get(pk=drafted.pk)
    assert made.is_signed
    fetched = client.get(url("signed_agreement", case.pk, drafted.pk))
    assert b"".join(fetched.streaming_content).startswith(b"%PDF")
    again = client.post(url("sign_agreement", case.pk, drafted.pk), signed_again(case, at, made))
    assert again.status_code == 409


def signed_again(case, at, made) -> dict:
    ours, theirs = case.terms.parties.all()
    case.refresh_from_db()
    return {
        "version": case.version,
        "draft": made.drafts.first().number,
        f"person_{ours.pk}": at.manager.pk,
        f"day_{ours.pk}": TODAY(),
        f"name_{theirs.pk}": "Annan",
        f"role_{theirs.pk}": "kassör",
        f"day_{theirs.pk}": TODAY(),
        "file": pdf(),
        "hela": "ja",
    }


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"file": SimpleUploadedFile("avtal.pdf", b"MZ\x90 not a pdf")}, "file"),
        ({"file": ""}, "file"),
        ({"file": SimpleUploadedFile("avtal.pdf", b"")}, "file"),
        ({"hela": None}, "file"),
    ],
    ids=["a program", "no file", "an empty file", "cut off"],
)
def test_a_file_that_is_no_signed_agreement_is_refused(client, at, case, drafted, changed, field):
    sent = {name: one for name, one in signed(case, at, **changed).items() if one is not None}
    page = officer(client, at).post(url("sign_agreement", case.pk, drafted.pk), sent)

    assert page.status_code == 422
    assert list(page.context["form"].errors) == [field]
    assert "Påhittad Ordförande" in page.content.decode()
    assert not Agreement.objects.signed().filter(pk=drafted.pk).exists()


def test_a_stale_signing_page_registers_nothing(client, at, case, drafted):
    page = officer(client, at).post(
        url("sign_agreement", case.pk, drafted.pk), signed(case, at, version=case.version - 1)
    )

    assert page.status_code == 409
    assert not Agreement.objects.signed().filter(pk=drafted.pk).exists()


def test_the_signing_page_says_what_is_missing_before_anybody_signs(client, at, city):
    case = Collaboration.objects.get(pk=city.iop)
    drafted = reading.being_drafted(case.terms)

    page = officer(client, at).get(url("sign_agreement", case.pk, drafted.pk))

    assert {reason.rule for reason in page.context["unmet"]} == {
        "decision_comes_first",
        "board_has_decided_on_the_partnership",
    }


def test_a_draft_as_word_says_the_same_as_the_pdf_and_is_marked(client, at, city):
    case = Collaboration.objects.get(pk=city.iop)
    drafted = reading.being_drafted(case.terms)
    number = drafted.drafts.first().number
    officer(client, at)

    made = {
        ending: b"".join(
            client.get(
                url("agreement_export", case.pk, drafted.pk, number, ending)
            ).streaming_content
        )
        for ending in ("pdf", "docx")
    }

    word = docx.Document(io.BytesIO(made["docx"]))
    pages = pages_of(made["pdf"])
    headings = [p.text for p in word.paragraphs if p.style.name == "Heading 1"]
    whole = " ".join(" ".join(pages).split())
    assert len([one for one in headings if one[0].isdigit()]) == 13
    assert word.sections[0].header.paragraphs[0].text.startswith("UTKAST")
    assert all("UTKAST" in page for page in pages)
    assert headings[1:14] == [f"{n}. {title}" for n, title in enumerate(THIRTEEN, start=1)]
    assert all(title in whole for title in THIRTEEN)
    for wanted in ("Påhittade", "Tolv volontärer", "125 kr i timmen", "Gäller från"):
        assert wanted in whole
        assert wanted in "\n".join(all_words(word))


THIRTEEN = (
    "Syfte och samhällsutmaning",
    "Mål",
    "Gemensamma värderingar och arbetssätt",
    "Målgrupp",
    "Aktiviteter och åtaganden",
    "Organisation och styrgrupp",
    "Dokumentation och redovisning",
    "Ekonomi och insatser",
    "Uppföljning",
    "Ändring, uppsägning och tvist",
    "Period",
    "Ansvar, befogenheter och försäkring",
    "Insyn, offentlighet och personuppgifter",
)


def all_words(word) -> list[str]:
    cells = [cell.text for table in word.tables for line in table.rows for cell in line.cells]
    return [paragraph.text for paragraph in word.paragraphs] + cells


def test_an_agreement_of_another_case_is_not_found_here(client, at, case, city):
    other = reading.being_drafted(Collaboration.objects.get(pk=city.iop).terms)

    assert officer(client, at).get(url("agreement_versions", case.pk, other.pk)).status_code == 404


def test_employees_read_what_is_promised_when_it_runs_and_no_drafts(client, at, case, drafted):
    save_goal(case, drafted, at)
    sign_it(case, at, drafted)
    Collaboration.objects.filter(pk=case.pk).update(step="ongoing", started_on=TODAY())
    client.force_login(UserFactory(employee_at=at.unit))

    page = client.get(url("agreement", case.pk))

    assert "Fler ungdomar blir klara med skolan" in page.content.decode()
    assert "tasks" not in page.context
    assert client.get(url("agreement_versions", case.pk, drafted.pk)).status_code == 404
    assert client.get(url("signed_agreement", case.pk, drafted.pk)).status_code == 200


def save_goal(case, drafted, at):
    base = drafted.drafts.first().number
    facts = facts_of("mal", drafted)
    write_section(case, drafted, "mal", base=base, by=at.officer, **facts)


def test_the_pages_cost_the_same_for_one_version_and_for_three(client, at, case, drafted):
    names = {
        "agreement": [case.pk],
        "agreement_versions": [case.pk, drafted.pk],
        "agreement_section": [case.pk, drafted.pk, "ataganden"],
        "sign_agreement": [case.pk, drafted.pk],
    }
    officer(client, at)
    for number in range(8):  # so that the latest events are of one kind
        save(client, case, drafted, text=f"Text {number}")
    costs = []
    for _ in range(2):
        cost = {}
        for name, args in names.items():
            client.get(url(name, *args))
            with CaptureQueriesContext(connection) as queries:
                client.get(url(name, *args))
            cost[name] = len(queries)
        costs.append(cost)
        for text in ("Ett", "Två"):
            save(client, case, drafted, text=text)
            save(client, case, drafted, "mal", **rows(1), **row(0, text=f"Mål {text}"))

    assert costs[0] == costs[1]


def test_another_authority_can_be_a_party_on_our_side_before_the_decision(client, at, city, case):
    iop = Collaboration.objects.get(pk=city.iop)
    address = url("agreement_parties", iop.pk)
    page = officer(client, at).post(address, {"name": "Regionen i Älvdal", "unit": ""})
    assert page.status_code == 302
    assert Party.objects.filter(terms=iop.terms, name="Regionen i Älvdal").count() == 1

    late = client.post(url("agreement_parties", case.pk), {"name": "Regionen i Älvdal"})
    assert late.status_code == 409


def test_an_agreement_is_begun_once_however_often_the_button_is_pressed(client, at, city, case):
    drop(case, reading.being_drafted(case.terms), by=at.officer)
    sent = {"form_key": uuid4(), "template": "principles"}
    for _ in range(2):
        assert officer(client, at).post(url("agreement", case.pk), sent).status_code == 302

    assert Agreement.objects.filter(terms=case.terms, template="principles").count() == 1


def test_the_document_of_a_version_needs_nothing_but_its_data():
    assert AgreementDocumentData.__dataclass_fields__.keys() >= {"parties", "sections", "version"}
