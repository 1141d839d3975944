"""The pages where administrators write the words of mails."""

from datetime import timedelta

import pytest
from django.urls import reverse

from audit import clock
from notifications.mail_kinds import all_kinds, shipped
from notifications.models import MailText
from notifications.texts import compose, publish
from tests.factories.accounts import AdministrationFactory, UserFactory

pytestmark = pytest.mark.django_db

CODE = "reminder_on"
BODY = "Hej {mottagare}!\n\nGlöm inte: {vad}.\n\n{länk}"


@pytest.fixture
def admin(administration, client):
    person = UserFactory(admin_at=administration.root_unit)
    client.force_login(person)
    return person


def url(route="kinds", *args, of="ffa"):
    return f"{reverse(f'mail_texts:{route}', args=args)}?galler={of}"


def typed(press="granska", **facts):
    ordinary = {"subject": "Dags: {vad}", "body": BODY, "after": "0"}
    ordinary |= {"starts_on": clock.today().isoformat(), "note": "Vänligare."}
    return {**ordinary, **facts, press: "1"}


def words(page):
    return page.content.decode()


def test_the_list_names_every_mail_and_says_whose_text_is_used(client, administration, admin):
    page = client.get(url())

    assert all(kind.name in words(page) for kind in all_kinds().values())
    assert words(page).count("Programmets text</td>") == len(all_kinds())

    client.post(url("write", CODE), typed("publicera"))

    assert words(client.get(url())).count("Egen version 1") == 1


def listed(page) -> dict[str, list[str]]:
    """Heading → the codes of the mails below it."""
    return {heading: [row["kind"].code for row in rows] for heading, rows in page.context["groups"]}


def test_the_mails_stand_under_what_they_are_about(client, admin):
    found = listed(client.get(url()))

    assert list(found)[:2] == ["Påminnelser", "I stället för andra mejl"]
    assert found["Jäv"] == ["conflict_reported", "conflict_ruled"]
    assert [code for codes in found.values() for code in codes] == list(all_kinds())


def test_one_finds_a_mail_by_its_name_its_words_and_what_is_changed(client, administration, admin):
    facts = {"subject": "Blåklocka {vad}", "body": BODY, "note": "x", "by": admin}
    publish(CODE, administration, starts_on=clock.today(), after=0, **facts)
    later = {**facts, "starts_on": clock.today() + timedelta(days=9)}
    publish("reminder_last", administration, after=0, **later)
    subject, body = shipped("reminder_after")
    same = {**facts, "subject": subject, "body": body}
    publish("reminder_after", administration, starts_on=clock.today(), after=0, **same)

    for asked, codes in {
        "q=blåklocka": [CODE],
        "q=SISTA PÅMINNELSEN": ["reminder_last"],
        "visa=andrade": [CODE],
        "visa=kommande": ["reminder_last"],
        "visa=andrade&q=jäv": [],
        "q=finns ingenstans": [],
    }.items():
        found = listed(client.get(f"{url()}&{asked}"))
        assert [code for those in found.values() for code in those] == codes, asked
    page = words(client.get(url()))
    assert "1 med ändrad text och 1 med en version som kommer" in page
    assert page.count("Samma ord som programmets text") == 1


def test_a_mail_that_there_is_none_of_is_not_found_by_who_may_write_them(client, admin):
    for route in ("kind", "write"):
        assert client.get(url(route, "zzz")).status_code == 404
        assert client.post(url("write", "zzz"), typed()).status_code == 404
    client.force_login(UserFactory(officer_at=admin.grants.get().unit))
    assert client.get(url("kind", "zzz")).status_code == 409


def test_a_text_is_written_looked_at_and_published(client, administration, admin):
    review = client.post(url("write", CODE), typed())

    assert review.status_code == 200
    assert "Dags: Uppföljning av 2026-0012" in words(review)
    assert "Hej Tomas Nyhagen!" in words(review)
    assert "Tillagt: </span>Hej {mottagare}!" in words(review)
    assert not MailText.objects.exists()

    published = client.post(url("write", CODE), typed("publicera"))

    assert published.status_code == 302
    assert published.url == url("kind", CODE)
    text = MailText.objects.get()
    assert (text.subject, text.body, text.note) == ("Dags: {vad}", BODY + "\n", "Vänligare.")
    assert (text.administration, text.published_by) == (administration, admin)
    assert compose(CODE, administration, all_kinds()[CODE].examples).body.startswith("Hej Tomas")


def test_a_double_click_publishes_once(client, admin):
    for _ in range(2):
        assert client.post(url("write", CODE), typed("publicera")).status_code == 302

    assert MailText.objects.count() == 1


def test_who_was_slower_sees_both_texts(client, admin):
    client.post(url("write", CODE), typed("publicera"))

    late = client.post(url("write", CODE), typed("publicera", body="Något annat {länk} {vad}"))

    assert late.status_code == 409
    assert "Något annat" in words(late)
    assert "Glöm inte" in words(late)
    assert MailText.objects.count() == 1


@pytest.mark.parametrize("press", ["granska", "publicera"])
@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"body": "{hemligt} {länk}"}, "Det finns inget fält som heter {hemligt}. Fälten är"),
        ({"body": "{vad.__class__} {länk}"}, "Klamrar får bara stå runt namnet på ett fält"),
        ({"body": "<script>alert(1)</script> {länk}"}, "Mejlet är ren text."),
        ({"body": "{{ länk"}, "Klamrar får bara"),
        ({"body": "Utan adress"}, "{länk} måste finnas i texten."),
        ({"subject": ""}, "Skriv ett ämne."),
        ({"subject": "x" * 151}, "Ämnet får ha högst 150 tecken."),
        ({"subject": "Hej <b>du</b>"}, "Mejlet är ren text. Ta bort ”&lt;b&gt;”."),
        ({"subject": "Gäller 811228-9874"}, "ser ut som ett personnummer"),
        ({"body": "Ring 19811228-9874. {länk}"}, "ser ut som ett personnummer"),
        ({"subject": "Två\nrader"}, "Ämnet ska stå på en rad."),
        ({"body": "\x00 {länk}"}, "Null"),
        ({"after": "x"}, "heltal"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_nothing_is_saved(
    client, admin, press, facts, sentence
):
    page = client.post(url("write", CODE), typed(press, **facts))

    assert page.status_code == 422
    assert sentence in words(page)
    assert "<script>alert" not in words(page)
    assert not MailText.objects.exists()


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"note": ""}, "fält måste fyllas i"),
        ({"note": "Enligt 811228-9874"}, "ser ut som ett personnummer"),
        ({"starts_on": "2020-01-01"}, "kan inte börja gälla bakåt i tiden"),
        ({"starts_on": "i morgon"}, "giltigt datum"),
    ],
)
def test_publishing_needs_a_day_to_come_and_a_word_on_what_changed(client, admin, facts, sentence):
    page = client.post(url("write", CODE), typed("publicera", **facts))

    assert page.status_code == 422
    assert sentence in words(page)
    assert "Hej Tomas Nyhagen!" in words(page)  # still the review, with the text kept
    assert not MailText.objects.exists()


def test_one_goes_back_to_the_text_with_what_was_typed(client, admin):
    page = client.post(url("write", CODE), typed("andra"))

    assert page.status_code == 200
    assert "Glöm inte: {vad}." in words(page)


def test_what_has_not_begun_is_taken_back_and_what_has_is_not(client, administration, admin):
    facts = {"subject": "x", "note": "x", "by": admin}
    tomorrow = clock.today() + timedelta(days=1)
    now = publish(CODE, administration, body=BODY, starts_on=clock.today(), after=0, **facts)
    later = publish(CODE, administration, body=BODY, starts_on=tomorrow, after=1, **facts)

    for text, status in ((later, 302), (now, 409)):
        page = client.post(reverse("mail_texts:withdraw", args=[text.pk]))
        assert page.status_code == status

    later.refresh_from_db()
    now.refresh_from_db()
    assert (later.withdrawn_on, now.withdrawn_on) == (clock.today(), None)


def test_a_new_text_begins_from_what_is_used_or_from_what_is_asked_for(client, admin):
    client.post(url("write", CODE), typed("publicera"))

    assert "Glöm inte" in words(client.get(url("write", CODE)))
    subject, _ = shipped(CODE)
    assert f'value="{subject}"' in words(client.get(url("write", CODE) + "&fran=program"))
    for strange in ("999999", "x", "١", "99999999999999999999"):
        assert client.get(url("write", CODE) + f"&fran={strange}").status_code == 200


def test_a_text_that_a_release_made_useless_is_pointed_out(client, administration, admin):
    MailText.objects.create(
        kind=CODE,
        administration=administration,
        number=1,
        subject="Om {avskaffat}",
        body="{länk}",
        starts_on=clock.today(),
        note="Förr gick det.",
        published_at=clock.now(),
        published_by=admin,
    )

    assert "Kan inte användas" in words(client.get(url()))
    page = client.get(url("kind", CODE))
    assert "Det finns inget fält som heter {avskaffat}" in words(page)
    assert "Dagen har kommit" in words(page)  # what is sent instead


def test_nobody_reaches_another_administrations_texts_or_the_common_ones(
    client, administration, admin
):
    other = AdministrationFactory()
    for address in (url(of=other.slug), url(of=""), url("kind", CODE, of="finnsinte")):
        assert client.get(address).status_code == 404
    assert client.get(url("kind", "finns-inte")).status_code == 404
    theirs = publish(
        CODE,
        other,
        subject="x",
        body=BODY,
        starts_on=clock.today() + timedelta(days=1),
        note="x",
        after=0,
        by=UserFactory(admin_at=other.root_unit),
    )

    assert client.post(reverse("mail_texts:withdraw", args=[theirs.pk])).status_code == 404
    client.force_login(UserFactory(officer_at=administration.root_unit))
    assert client.get(url()).status_code == 409


def test_who_administers_everything_writes_the_common_texts(client, administration, admin):
    assert client.post(url("write", CODE, of=""), typed("publicera")).status_code == 302

    assert MailText.objects.get().administration is None
    assert words(client.get(url(of=""))).count("Gemensam version 1") == 1


@pytest.mark.parametrize("count", [1, 3])
def test_the_pages_cost_the_same_for_one_version_and_for_many(
    client, administration, admin, django_assert_num_queries, count
):
    for number in range(count):
        facts = {"subject": "x", "body": BODY, "note": "x", "by": admin}
        publish(CODE, administration, starts_on=clock.today(), after=number, **facts)

    with django_assert_num_queries(6):
        client.get(url())
    with django_assert_num_queries(7):
        client.get(url("kind", CODE))
