"""The words of mails as versions: which one is used, who may write it, and that it stays."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from audit import clock
from audit.models import Event
from casework.moves import NotAllowed, Stale
from notifications import texts
from notifications.mail_kinds import all_kinds
from notifications.models import MailText
from notifications.texts import TextRefused, compose, publish, take_back
from tests.factories.accounts import AdministrationFactory, UserFactory

pytestmark = pytest.mark.django_db

CODE = "reminder_on"
FIELDS = all_kinds()[CODE].examples
SHIPPED = ("Dags nu: Uppföljning av 2026-0012", "Dagen har kommit för: Uppföljning av 2026-0012.")
DAY = timedelta(days=1)


@pytest.fixture
def admin(administration):
    return UserFactory(admin_at=administration.root_unit)


@pytest.fixture
def write_text(administration, admin):
    """Publish a version; give other facts to change some."""

    def write_text(body="Nytt: {länk}", administration=administration, **facts):
        ordinary = {
            "subject": "Om {vad}",
            "starts_on": clock.today(),
            "note": "Kortare.",
            "after": texts.latest_number(CODE, administration),
            "by": admin,
        }
        return publish(CODE, administration, body=body, **ordinary | facts)

    return write_text


def body_of(administration, **fields):
    return compose(CODE, administration, FIELDS | fields).body


def on(day):
    return clock.telling(clock.now() + day)


def test_without_a_text_of_ones_own_the_program_brings_one(administration):
    subject, body = compose(CODE, administration, FIELDS)

    assert (subject, body.splitlines()[2]) == SHIPPED
    assert body.endswith("Det går inte att svara på det.\n")


def test_the_latest_whose_start_has_come_is_used(administration, write_text):
    write_text("Ett {länk}")
    write_text("Sen {länk}", starts_on=clock.today() + 10 * DAY)
    write_text("Två {länk}")

    assert body_of(administration, länk="L") == "Två L\n"
    with on(9 * DAY):
        assert body_of(administration, länk="L") == "Två L\n"
    with on(10 * DAY):
        assert body_of(administration, länk="L") == "Sen L\n"


def test_an_own_text_goes_before_the_common_one_and_none_is_used_by_others(
    administration, admin, write_text
):
    write_text("Egen {länk}")
    for _ in range(2):
        write_text("Gemensam {länk}", administration=None)
    other = AdministrationFactory()

    assert body_of(administration, länk="L") == "Egen L\n"
    assert texts.standing(administration)[0][CODE].administration == administration
    assert body_of(other, länk="L") == "Gemensam L\n"


def test_one_that_is_taken_back_is_never_used(administration, admin, write_text):
    begins = write_text("Sen {länk}", starts_on=clock.today() + DAY)
    take_back(begins, by=admin)
    take_back(begins, by=admin)  # a double click

    with on(2 * DAY):
        assert compose(CODE, administration, FIELDS).subject == SHIPPED[0]


def test_one_that_has_begun_cannot_be_taken_back(admin, write_text):
    text = write_text()

    with pytest.raises(NotAllowed, match="Versionen gäller sedan"):
        take_back(text, by=admin)


def test_a_published_text_never_changes_also_not_in_the_database(admin, write_text):
    text = write_text(starts_on=clock.today() + DAY)
    rows = MailText.objects.filter(pk=text.pk)

    for facts in (
        {"body": "Annat"},
        {"starts_on": clock.today()},
        {"withdrawn_on": clock.today(), "withdrawn_by": admin, "note": "Annan"},
        {"withdrawn_on": text.starts_on, "withdrawn_by": admin},
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(**facts)
    with pytest.raises(DatabaseError, match="^kept: "), transaction.atomic():
        rows.delete()
    take_back(text, by=admin)
    with pytest.raises(DatabaseError, match="^published: "), transaction.atomic():
        rows.update(withdrawn_on=None, withdrawn_by=None)


def test_a_stored_text_that_cannot_be_filled_is_passed_over_and_logged(
    administration, admin, caplog
):
    """Such as after an upgrade that took a field away."""
    MailText.objects.create(
        kind=CODE,
        number=1,
        subject="Om {avskaffat}",
        body="{länk}",
        starts_on=clock.today(),
        note="Förr gick det.",
        published_at=clock.now(),
        published_by=admin,
    )

    words = compose(CODE, administration, FIELDS)

    assert words.subject == SHIPPED[0]
    assert [record.levelname for record in caplog.records] == ["ERROR"]
    assert "avskaffat" in caplog.text


def test_a_value_that_looks_like_a_header_stays_in_the_subject(administration):
    words = compose(CODE, administration, FIELDS | {"vad": "x\r\nBcc: alla@staden.example"})

    assert words.subject == "Dags nu: x Bcc: alla@staden.example"


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"body": "{okänt} {länk}"}, "body"),
        ({"body": "Utan."}, "body"),
        ({"subject": " "}, "subject"),
        ({"subject": "Två\nrader"}, "subject"),
        ({"note": " "}, "note"),
        ({"note": "Enligt 811228-9874"}, "note"),
        ({"starts_on": clock.today() - DAY}, "starts_on"),
    ],
)
def test_a_text_is_refused_beside_the_field_that_is_wrong(write_text, facts, field):
    with pytest.raises(TextRefused) as refusal:
        write_text(**facts)

    assert list(refusal.value.errors) == [field]
    assert not MailText.objects.exists()


def test_two_who_write_from_the_same_version_do_not_undo_each_other(write_text):
    first = write_text(after=0)

    with pytest.raises(Stale) as stale:
        write_text(after=0)

    assert stale.value.current == first


def test_only_who_edits_reference_data_writes_texts_and_the_common_ones_need_it_everywhere(
    administration, unit, admin, write_text
):
    other = AdministrationFactory()
    for person in (UserFactory(manager_at=unit), UserFactory(admin_at=other.root_unit)):
        with pytest.raises(NotAllowed):
            write_text(by=person)
    with pytest.raises(NotAllowed, match="i alla förvaltningar"):
        write_text(administration=None)
    text = write_text(starts_on=clock.today() + DAY)

    with pytest.raises(NotAllowed):
        take_back(text, by=UserFactory(manager_at=unit))


@pytest.mark.usefixtures("nothing_loaded")
def test_the_log_keeps_who_published_what_without_its_words(admin, write_text):
    text = write_text("Hemligt {länk}", starts_on=clock.today() + DAY)
    take_back(text, by=admin)

    published, withdrawn = Event.objects.filter(chain__startswith="audit.register").order_by("pk")

    assert (published.code, withdrawn.code) == ("mail_text_published", "mail_text_withdrawn")
    assert published.actor_id == admin.pk
    assert published.details["number"] == 1
    assert "Hemligt" not in str(published.details)


def test_a_mail_costs_one_question_for_its_words(
    administration, write_text, django_assert_num_queries
):
    write_text()

    with django_assert_num_queries(1):
        compose(CODE, administration, FIELDS)


def test_what_was_written_keeps_the_words_of_its_day(administration, write, write_text):
    words = compose(CODE, administration, FIELDS)
    notice = write(subject=words.subject, body=words.body)
    write_text()

    notice.refresh_from_db()
    assert (notice.subject, notice.body) == words
