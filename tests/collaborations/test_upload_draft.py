"""A draft that was written elsewhere is kept, read, and looked at for words of purchase law."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.urls import reverse

from agreements.models import UploadedDraft
from audit.models import Event
from collaborations.agreement_page import words_in_drafts
from collaborations.models import Form
from collaborations.steps.agree import write_section
from documents.models import StoredDocument
from tests.documents import files
from tests.documents.test_words import pdf_file
from tests.factories.agreements import draft_file, facts_of, uploaded
from tests.factories.collaborations import place
from tests.factories.formal import motivated


def page_of(case) -> str:
    return reverse("collaborations:agreement_uploads", args=[case.pk])


def send(client, case, file):
    return client.post(page_of(case), {"file": file, "hela": "ja"})


def test_the_words_of_an_uploaded_word_file_are_shown_and_stop_nothing(client, at):
    case = motivated(at)
    client.force_login(at.officer)

    answer = send(
        client, case, draft_file("Leverantören ska betala vite.", "Leverantören ansvarar.")
    )

    assert answer.status_code == 302
    [row] = client.get(page_of(case)).context["uploads"]
    assert row["words"] == ["Leverantören", "vite"]
    assert (row["upload"].uploaded_by, row["upload"].stored.kind) == (at.officer, "agreement")
    assert Event.objects.of(case).filter(details__upload=row["upload"].pk).count() == 1


def test_a_pdf_is_read_too_and_a_picture_of_a_text_says_that_it_cannot_be(client, at):
    case = motivated(at)
    client.force_login(at.officer)
    send(client, case, SimpleUploadedFile("a.pdf", pdf_file(b"(Best\xe4llaren) Tj").read()))
    send(client, case, SimpleUploadedFile("b.pdf", files.pdf()))

    page = client.get(page_of(case))

    assert [row["words"] for row in page.context["uploads"]] == [[], ["Beställaren"]]
    assert "Ingen text kunde läsas i filen" in page.content.decode()


def test_the_contract_test_shows_the_words_of_what_is_typed_and_what_is_uploaded(client, at):
    case = motivated(at)
    agreement = case.terms.agreements.get()
    base = agreement.drafts.first().number
    facts = facts_of("roller", agreement) | {"text": "Beställaren ansvarar."}
    write_section(case, agreement, "roller", base=base, **facts, by=at.officer)
    uploaded(case, at, "Skadestånd betalas.")
    uploaded(case, at, "Vi hjälps åt.")
    client.force_login(at.officer)

    address = reverse("collaborations:questions", args=[case.pk, "offentligt_kontrakt"])
    page = client.get(address)

    assert page.context["words"] == [
        {"where": "Utkastet, Ansvar", "words": ["Beställaren"]},
        {"where": "Uppladdat, utkast.docx", "words": ["Skadestånd"]},
    ]
    other = reverse("collaborations:questions", args=[case.pk, "demokrati"])
    assert client.get(other).context["words"] is None


def test_the_same_file_twice_is_kept_once(at):
    case = motivated(at)

    assert uploaded(case, at) == uploaded(case, at)
    assert UploadedDraft.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.xlsx", files.excel, "Ladda upp utkastet som Word-fil (docx) eller PDF"),
        ("a.png", files.png, "Ladda upp utkastet som Word-fil (docx) eller PDF"),
        ("a.pdf", files.pdf_with_open_action, "innehåller ett skript"),
        ("a.docx", files.zip_bomb, "packar upp"),
        ("a.docx", lambda: b"", "tom"),
    ],
)
def test_a_file_that_is_no_draft_is_refused_and_nothing_is_kept(client, at, name, content, said):
    case = motivated(at)
    client.force_login(at.officer)
    before = case.chain_count, StoredDocument.objects.count()

    answer = send(client, case, SimpleUploadedFile(name, content()))

    assert answer.status_code == 422
    assert said in " ".join(answer.context["form"].errors["file"])
    case.refresh_from_db()
    assert (case.chain_count, StoredDocument.objects.count()) == before
    assert not UploadedDraft.objects.exists()


def test_a_transfer_that_was_cut_off_is_refused(client, at):
    case = motivated(at)
    client.force_login(at.officer)

    answer = client.post(page_of(case), {"file": draft_file("Vite.")})

    assert answer.status_code == 422
    assert not UploadedDraft.objects.exists()


def test_it_is_fetched_by_those_who_see_the_whole_case_and_by_nobody_of_another(client, at):
    case, other = motivated(at), motivated(place())
    one = uploaded(case, at)

    def fetched(case, person):
        client.force_login(person)
        return client.get(reverse("collaborations:uploaded_draft", args=[case.pk, one.pk]))

    answer = fetched(case, at.officer)
    assert io.BytesIO(b"".join(answer.streaming_content)).read(2) == b"PK"
    assert "attachment" in answer["Content-Disposition"]
    assert fetched(case, other.officer).status_code == 404
    assert fetched(other, other.officer).status_code == 404


def test_a_form_without_an_agreement_takes_no_draft(client, at):
    case = motivated(at, Form.EMPLOYER)
    client.force_login(at.officer)

    assert send(client, case, draft_file("Vite.")).status_code == 409
    assert not UploadedDraft.objects.exists()


@pytest.mark.parametrize("deed", ["update", "delete"])
def test_what_was_uploaded_stands(at, deed):
    uploaded(motivated(at), at)
    rows = UploadedDraft.objects.all()

    with pytest.raises(DatabaseError), transaction.atomic():
        rows.update(text="") if deed == "update" else rows.delete()


def test_the_words_cost_the_same_for_one_and_three_uploads(at, django_assert_num_queries):
    case = motivated(at)
    for number in range(3):
        uploaded(case, at, f"Vite {number}.")
        case = type(case).objects.select_related("terms").get(pk=case.pk)
        with django_assert_num_queries(4):  # agreements, signatures, latest versions, uploads
            words_in_drafts(case)
