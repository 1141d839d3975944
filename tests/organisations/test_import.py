"""Import from a file: checked, shown, confirmed, and saved as a whole or not at all."""

import csv
import io
import zipfile
from uuid import uuid4

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from accounts.models import RoleGrant
from audit.models import Event
from audit.verify import breaks
from casework import jobs
from casework.models import Job, JobState
from casework.moves import NotAllowed
from organisations import importing
from organisations.models import Name, Organisation, PossibleDuplicate, Profile
from organisations.numbers import PERSONAL
from tests.factories.accounts import UnitFactory, UserFactory
from tests.factories.organisations import OrganisationFactory, org_number

pytestmark = pytest.mark.django_db

HEADINGS = ["Namn", "Organisationsnummer", "Organisationsform"]


@pytest.fixture
def unit():
    return UnitFactory(administration__name="Förvaltningen för Arbete")


@pytest.fixture
def admin(unit, client):
    person = UserFactory(admin_at=unit.administration.root_unit)
    client.force_login(person)
    return person


def line(serial: int, name: str = "", form: str = "ideell förening") -> list[str]:
    return [name or f"Förening nummer {serial}", org_number(serial), form]


def as_csv(*rows, headings=HEADINGS, delimiter=";", coding="utf-8-sig") -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows([headings, *rows])
    return text.getvalue().encode(coding)


def as_xlsx(*rows, headings=HEADINGS) -> bytes:
    book = Workbook()
    for row in (headings, *rows):
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def checked(content: bytes, unit, by) -> Job:
    facts = {"administration": unit.administration, "form_key": uuid4(), "by": by}
    job = importing.ask_for_check(content, "fil.csv", **facts)
    jobs.run(job.pk)
    job.refresh_from_db()
    return job


def imported(content: bytes, unit, by, *, overwrite=False) -> Job:
    job = importing.confirm(checked(content, unit, by), overwrite=overwrite, by=by)
    jobs.run(job.pk)
    job.refresh_from_db()
    return job


def names() -> list[str]:
    return list(Organisation.objects.order_by("pk").values_list("name", flat=True))


# --- what is read


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_text_file_is_read_whatever_its_coding_and_sign_between(unit, admin, delimiter, coding):
    content = as_csv(line(1, "Läxhjälpen Ål"), delimiter=delimiter, coding=coding)

    job = imported(content, unit, admin)

    assert (job.state, names()) == (JobState.DONE, ["Läxhjälpen Ål"])


def test_a_spreadsheet_is_read_with_numbers_as_numbers(unit, admin):
    content = as_xlsx(["Granen", int(org_number(1)), "Stiftelse"], [None, None, None])

    imported(content, unit, admin)

    organisation = Organisation.objects.get()
    assert (organisation.org_number, organisation.legal_form) == (org_number(1), "foundation")


@pytest.mark.parametrize(
    "headings",
    [
        ["NAMN ", "org.nr", "Form"],
        ["Föreningens namn", "Org nr", "Juridisk form"],
        ["organisation", "Organisationsnummer:", "ORGANISATIONSFORM"],
    ],
)
def test_headings_are_taken_as_they_are_meant(unit, admin, headings):
    imported(as_csv(line(1), headings=headings), unit, admin)

    assert names() == ["Förening nummer 1"]


def test_roles_relations_and_words_are_what_our_administration_knows(unit, admin):
    headings = [*HEADINGS, "Roller", "Förhållande till kommunen", "Verksamhet", "Telefon"]
    row = [*line(1), "Röstbärare, utförare", "är ett komplement", "Läxhjälp.", "08-1"]

    job = checked(as_csv(row, headings=headings), unit, admin)
    jobs.run(importing.confirm(job, overwrite=False, by=admin).pk)

    profile = Profile.objects.get()
    assert (profile.roles, profile.relations) == (["voice", "performer"], ["complement"])
    assert (profile.description, profile.administration) == ("Läxhjälp.", unit.administration)
    assert job.found["unused"] == ["Telefon"]


def test_the_template_can_be_filled_in_and_read(client, unit, admin):
    page = client.get(reverse("organisations:import_template"))
    content = b"".join(page.streaming_content)
    job = checked(content, unit, admin)

    assert job.found["counts"]["new"] == 1
    assert job.found["unused"] == ["Känd hos"]


# --- what is saved


def test_each_gets_its_event_and_the_log_holds(unit, admin):
    job = imported(as_csv(*(line(n) for n in range(3))), unit, admin)

    for organisation in Organisation.objects.all():
        (event,) = Event.objects.of(organisation)
        assert (event.code, event.details["import"]) == ("organisation_registered", job.pk)
    assert Event.objects.get(code="organisations_imported").details["counts"]["new"] == 3
    assert Name.objects.filter(is_current=True).count() == 3
    assert list(breaks()) == []


def test_what_is_there_already_is_told_and_not_overwritten_unseen(unit, admin):
    same = OrganisationFactory(
        name="Förening nummer 1", org_number=org_number(1), known_at=unit.administration
    )
    other = OrganisationFactory(
        name="Hette något annat", org_number=org_number(2), known_at=unit.administration
    )
    elsewhere = OrganisationFactory(name="Förening nummer 3", org_number=org_number(3))
    content = as_csv(line(1), line(2), line(3), line(4))

    job = checked(content, unit, admin)

    assert job.found["counts"] == {"new": 1, "known": 1, "change": 1, "same": 1}
    assert job.found["change"] == [
        [3, "Förening nummer 2", other.number_written]
        + [[["Namn", "Hette något annat", "Förening nummer 2"]]]
    ]
    jobs.run(importing.confirm(job, overwrite=False, by=admin).pk)
    other.refresh_from_db()
    assert other.name == "Hette något annat"
    assert elsewhere.profiles.filter(administration=unit.administration).exists()
    assert not Event.objects.of(same).exists()


def test_what_differs_is_changed_when_asked_for_with_the_old_text_kept(unit, admin):
    other = OrganisationFactory(
        name="Hette något annat", org_number=org_number(2), known_at=unit.administration
    )
    job = imported(as_csv(line(2)), unit, admin, overwrite=True)

    other.refresh_from_db()
    assert other.name == "Förening nummer 2"
    assert job.found["counts"]["change"] == 1
    assert [event.code for event in Event.objects.of(other)] == ["organisation_changed"]
    assert list(Organisation.objects.searched("hette något")) == [other]


def test_shared_facts_that_others_know_are_left_to_them(unit, admin):
    OrganisationFactory(
        name="Deras namn", org_number=org_number(2), known_at=UnitFactory().administration
    )
    job = checked(as_csv(line(2)), unit, admin)

    assert job.found["counts"] == {"new": 0, "known": 1, "change": 0, "same": 0}


def test_the_like_of_what_is_registered_becomes_a_possible_duplicate(unit, admin):
    OrganisationFactory(name="Läxhjälpen Granen", network=True)

    imported(as_csv(line(5, "Granen läxhjälpen"), line(6, "Läxhjälpen Granens")), unit, admin)

    whys = PossibleDuplicate.objects.order_by("pk").values_list("why", flat=True)
    assert sorted(whys) == ["network", "similar", "similar"]


# --- errors


@pytest.mark.parametrize(
    ("row", "column", "said"),
    [
        (["Granen", "811218-9876", "ideell förening"], "Organisationsnummer", PERSONAL),
        (["Granen", "19811218-9876", "stiftelse"], "Organisationsnummer", PERSONAL),
        (["Granen", "899990-0008", "stiftelse"], "Organisationsnummer", "kontrollsiffra"),
        (["Granen", "12", "stiftelse"], "Organisationsnummer", "tio siffror"),
        (["Granen", "", "stiftelse"], "Organisationsnummer", "Skriv organisationsnumret"),
        (["Granen", "899990-0007", "nätverk"], "Organisationsnummer", "inget organisationsnummer"),
        (["Granen", "899990-0007", "enskild firma"], "Organisationsform", "är en person"),
        (["Granen", "899990-0007", "klubb"], "Organisationsform", "Skriv en av formerna"),
        (["", "899990-0007", "stiftelse"], "Namn", ""),
        (["G" * 161, "899990-0007", "stiftelse"], "Namn", "160"),
        (["Firma 811218-9876", "899990-0007", "stiftelse"], "Namn", "personnummer"),
    ],
)
def test_a_faulty_row_is_named_with_its_column_and_nothing_is_saved(unit, admin, row, column, said):
    job = checked(as_csv(line(1), row), unit, admin)

    ((number, where, why),) = job.found["errors"]
    assert (number, where) == (3, column)
    assert said in why
    assert "9876" not in str(job.found)
    with pytest.raises(NotAllowed):
        importing.confirm(job, overwrite=False, by=admin)
    assert names() == []


def test_a_file_with_a_personal_number_is_not_kept(unit, admin):
    content = as_csv(["Granen", "811218-9876", "stiftelse"])
    facts = {"administration": unit.administration, "form_key": uuid4(), "by": admin}
    job = importing.ask_for_check(content, "fil.csv", **facts)
    kept = job.source
    assert default_storage.exists(kept)

    jobs.run(job.pk)

    job.refresh_from_db()
    assert (job.source, job.found["personal"]) == ("", True)
    assert not default_storage.exists(kept)


def test_rows_that_repeat_each_other_are_pointed_out(unit, admin):
    content = as_csv(line(1), line(2), line(1), ["Nätet", "", "nätverk"], ["nätet", "", "nätverk"])

    job = checked(content, unit, admin)

    assert job.found["errors"] == [
        [4, "Organisationsnummer", "Samma organisation står på rad 2."],
        [6, "Namn", "Samma organisation står på rad 5."],
    ]


def test_the_first_200_errors_are_shown_and_all_can_be_fetched(client, unit, admin):
    rows = [["Granen", str(n), "stiftelse"] for n in range(250)]
    job = checked(as_csv(*rows), unit, admin)

    page = client.get(reverse("organisations:job", args=[job.pk]))
    file = b"".join(client.get(reverse("organisations:job_file", args=[job.pk])).streaming_content)

    assert len(job.found["errors"]) == 200
    assert "De första 200 felen visas" in page.content.decode()
    assert file.startswith(b"\xef\xbb\xbf")
    assert len(file.decode("utf-8-sig").splitlines()) == 251


# --- bad files


def bomb() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/workbook.xml", b"<x/>")
        parts.writestr("xl/worksheets/sheet1.xml", b"0" * 70_000_000)
    return file.getvalue()


def with_entities() -> bytes:
    """A workbook whose sheet expands by itself."""
    made = io.BytesIO()
    laughs = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><worksheet>&b;</worksheet>'
    with zipfile.ZipFile(io.BytesIO(as_xlsx(line(1)))) as old, zipfile.ZipFile(made, "w") as new:
        for part in old.namelist():
            new.writestr(part, laughs if part.endswith("sheet1.xml") else old.read(part))
    return made.getvalue()


def claiming_a_million() -> bytes:
    book = Workbook()
    book.active.append(HEADINGS)
    book.active.append(line(1))
    book.active.cell(row=1_048_576, column=1, value=" ")
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00", "varken ett kalkylblad"),
        (b"%PDF-1.7 hej", "Rubrik saknas på första raden"),
        (b"\xd0\xcf\x11\xe0rest", "gamla formatet xls"),
        (bomb, "packar upp till mer"),
        (with_entities, "går inte att läsa"),
        (claiming_a_million, "fler än 10 000 rader"),
        (b"PK\x03\x04 not a zip", "går inte att läsa"),
        (as_csv(), "inga rader"),
        (as_csv(["Granen"], headings=["Namn"]), "Organisationsnummer och Organisationsform"),
        (as_csv(line(1), headings=["Namn", "Namn", "Form"]), "Två kolumner"),
        (as_csv(*([["Granen", "1", "stiftelse"]] * 10_002)), "fler än 10 000 rader"),
    ],
)
def test_a_bad_file_gets_its_own_answer(client, unit, admin, content, said):
    content = content() if callable(content) else content
    url = reverse("organisations:import")
    sent = {"form_key": uuid4(), "administration": unit.administration.pk}
    page = client.post(url, sent | {"file": SimpleUploadedFile("fil.xlsx", content)})
    if page.status_code == 302:
        jobs.run(Job.objects.get().pk)
        page = client.get(page.url)

    assert said in page.content.decode()
    assert names() == []


@pytest.mark.parametrize(
    ("content", "said"), [(b"", "Filen är tom"), (b"x" * 5_000_001, "för stor")]
)
def test_an_empty_and_a_too_large_file_are_refused_at_once(client, unit, admin, content, said):
    sent = {"form_key": uuid4(), "administration": unit.administration.pk}
    file = SimpleUploadedFile("fil.csv", content)
    page = client.post(reverse("organisations:import"), sent | {"file": file})

    assert page.status_code == 422
    assert said in page.content.decode()
    assert not Job.objects.exists()


def test_of_a_formula_only_the_value_is_read(unit, admin):
    content = as_xlsx(['=HYPERLINK("http://example.org")', org_number(1), "stiftelse"])

    job = checked(content, unit, admin)  # openpyxl has worked out no value: the cell is empty

    assert [error[1] for error in job.found["errors"]] == ["Namn"]


def test_a_merged_cell_is_missing_in_all_rows_but_the_first(unit, admin):
    book = Workbook()
    for row in (HEADINGS, line(1), line(2)):
        book.active.append(row)
    book.active.merge_cells("C2:C3")
    file = io.BytesIO()
    book.save(file)

    job = checked(file.getvalue(), unit, admin)

    assert [error[:2] for error in job.found["errors"]] == [[3, "Organisationsform"]]


# --- once, and whole


def test_two_clicks_import_once(client, unit, admin):
    job = checked(as_csv(line(1)), unit, admin)
    url = reverse("organisations:import_confirm", args=[job.pk])

    pages = {client.post(url).url for _ in range(2)}
    for one in Job.objects.filter(kind=importing.IMPORT):
        assert jobs.run(one.pk)
        assert not jobs.run(one.pk)

    assert (len(pages), names()) == (1, ["Förening nummer 1"])


def test_what_was_registered_meanwhile_is_not_overrun(unit, admin):
    job = importing.confirm(
        checked(as_csv(line(1), line(2)), unit, admin), overwrite=True, by=admin
    )
    OrganisationFactory(name="Först", org_number=org_number(2))

    jobs.run(job.pk)

    job.refresh_from_db()
    assert (job.state, names()) == (JobState.FAILED, ["Först"])
    assert "Registret har ändrats" in job.said


def test_who_has_lost_the_right_meanwhile_imports_nothing(unit, admin):
    job = importing.confirm(checked(as_csv(line(1)), unit, admin), overwrite=True, by=admin)
    RoleGrant.objects.filter(person=admin).delete()

    jobs.run(job.pk)

    job.refresh_from_db()
    assert (job.state, names()) == (JobState.FAILED, [])
    assert job.said == "Du har inte längre rätt att läsa in organisationer."


@pytest.mark.usefixtures("nothing_loaded")
def test_a_fault_in_the_middle_leaves_nothing(unit, admin, monkeypatch):
    monkeypatch.setattr("organisations.importing.keep", lambda _: 1 / 0)

    job = imported(as_csv(line(1), line(2)), unit, admin)

    assert (job.state, job.said) == (JobState.FAILED, jobs.BROKEN)
    assert (names(), Event.objects.count(), Name.objects.count()) == ([], 0, 0)


def test_a_worker_that_was_given_up_changes_nothing(unit, admin, monkeypatch):
    """It comes back when another has been asked to begin anew."""
    job = importing.confirm(checked(as_csv(line(1)), unit, admin), overwrite=False, by=admin)
    saving = importing.save

    def late(plan, mine):
        Job.objects.filter(pk=job.pk).update(state=JobState.STOPPED)
        jobs.again(job)
        saving(plan, mine)

    monkeypatch.setattr("organisations.importing.save", late)
    jobs.run(job.pk)
    assert names() == []

    monkeypatch.setattr("organisations.importing.save", saving)
    Job.objects.filter(pk=job.pk).update(state=JobState.WAITING)
    jobs.run(job.pk)
    assert names() == ["Förening nummer 1"]


def test_officers_do_not_import(client, unit):
    officer = UserFactory(officer_at=unit)
    client.force_login(officer)

    assert client.get(reverse("organisations:import")).status_code == 409
    with pytest.raises(NotAllowed):
        checked(as_csv(line(1)), unit, officer)


def test_another_persons_job_is_not_found(client, unit, admin):
    job = checked(as_csv(line(1)), unit, admin)
    client.force_login(UserFactory(admin_at=unit.administration.root_unit))

    for name in ("job", "job_file"):
        assert client.get(reverse(f"organisations:{name}", args=[job.pk])).status_code == 404
    for name in ("import_confirm", "restart_job"):
        assert client.post(reverse(f"organisations:{name}", args=[job.pk])).status_code == 404


def test_the_result_links_to_what_was_made(client, unit, admin):
    job = imported(as_csv(line(1), line(2)), unit, admin)

    page = client.get(reverse("organisations:job", args=[job.pk])).content.decode()

    for organisation in Organisation.objects.all():
        assert organisation.get_absolute_url() in page


# --- export


def exported(client, form="csv", query="") -> bytes:
    url = f"{reverse('organisations:export')}?{query}"
    page = client.post(url, {"form": form, "form_key": uuid4()})
    if page.status_code == 302:
        job = Job.objects.latest("pk")
        jobs.run(job.pk)
        page = client.get(reverse("organisations:job_file", args=[job.pk]))
    assert "organisationer-" in page["Content-Disposition"]
    return b"".join(page.streaming_content)


def test_the_list_is_exported_as_filtered_with_what_our_own_know(client, unit, admin):
    OrganisationFactory(name="Björken", known_at=unit.administration)
    shared = OrganisationFactory(name="Granen", known_at=UnitFactory().administration)

    lines = list(csv.reader(io.StringIO(exported(client).decode("utf-8-sig")), delimiter=";"))
    found = exported(client, query="q=granen").decode("utf-8-sig").splitlines()

    assert [one[0] for one in lines] == ["Namn", "Björken", "Granen"]
    assert lines[1][3:] == [
        "service till medlemmar och allmänhet",
        "",
        "Läxhjälp och språkkaféer.",
        unit.administration.name,
    ]
    assert lines[2] == ["Granen", shared.number_written, "ideell förening", "", "", "", ""]
    assert len(found) == 2


@pytest.mark.parametrize("lead", ["=", "+", "-", "@"])
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_nothing_exported_is_a_formula_and_it_can_be_read_back(client, unit, admin, lead, form):
    name = f"{lead}SUM(A1)"
    OrganisationFactory(name=name, org_number=org_number(1), known_at=unit.administration)

    content = exported(client, form)

    if form == "xlsx":
        cell = load_workbook(io.BytesIO(content)).active["A2"]
        assert (cell.value, cell.data_type) == (f"'{name}", "s")
    else:
        assert f"\n'{name};" in content.decode("utf-8-sig").replace("\r", "")
    assert checked(content, unit, admin).found["counts"]["same"] == 1


def test_a_long_list_is_written_by_the_worker(client, unit, admin, monkeypatch):
    monkeypatch.setattr("organisations.exporting.AT_ONCE", 2)
    for _ in range(3):
        OrganisationFactory()

    assert len(exported(client).decode("utf-8-sig").splitlines()) == 4


def test_the_cost_of_an_export_does_not_grow_with_the_rows(client, unit, admin):
    from django.test.utils import CaptureQueriesContext

    costs = []
    for _ in range(2):
        OrganisationFactory(known_at=unit.administration)
        with CaptureQueriesContext(connection) as asked:
            exported(client)
        costs.append(len(asked))
    assert costs[0] == costs[1]
