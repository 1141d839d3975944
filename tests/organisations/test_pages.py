"""The pages about organisations: who sees what, at what price, and what bad input gets."""

from datetime import date, timedelta
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from audit.models import Event
from organisations.edit import change_facts
from organisations.models import Contact, Organisation, Profile, Size
from organisations.numbers import PERSONAL
from tests.factories.accounts import AdministrationFactory, UnitFactory, UserFactory
from tests.factories.organisations import (
    ContactFactory,
    OrganisationFactory,
    ProfileFactory,
    SizeFactory,
    org_number,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit():
    return UnitFactory(administration__name="Förvaltningen för Arbete")


@pytest.fixture
def officer(unit, client):
    person = UserFactory(officer_at=unit)
    client.force_login(person)
    return person


@pytest.fixture
def reader(unit, client):
    person = UserFactory(employee_at=unit)
    client.force_login(person)
    return person


def address(name: str, organisation=None, **which) -> str:
    if organisation:
        which["pk"] = organisation.pk
    return reverse(f"organisations:{name}", kwargs=which)


def text(page) -> str:
    return " ".join(page.content.decode().split())


def errors(page, field: str) -> list[str]:
    return list(page.context["form"].errors.get(field, []))


# --- the list


def names(page) -> list[str]:
    return [organisation.name for organisation in page.context["listing"].rows]


def test_the_list_shows_all_organisations_in_swedish_order(client, officer):
    for name in ["Örnen", "Alen", "Ängen"]:
        OrganisationFactory(name=name)

    assert names(client.get(address("list"))) == ["Alen", "Ängen", "Örnen"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=gra", ["Granen"]),
        ("q=899990-0007", ["Granen"]),
        ("form=foundation", ["Stiftelsen"]),
        ("roll=voice", ["Granen"]),
        ("roll=performer", []),
        ("kand=on", ["Granen", "Stiftelsen"]),
        ("form=foundation&q=granen", []),
        ("ordning=senast", ["Stiftelsen", "Känd av andra", "Granen"]),
    ],
)
def test_the_list_is_filtered_and_sorted_by_its_address(client, officer, unit, query, found):
    now = timezone.now()
    own, other = unit.administration, AdministrationFactory()
    OrganisationFactory(
        name="Granen",
        org_number="8999900007",
        created_at=now - timedelta(days=2),
        known_at=own,
        known_at__roles=["voice"],
    )
    OrganisationFactory(
        name="Känd av andra",
        created_at=now - timedelta(days=1),
        known_at=other,
        known_at__roles=["performer"],
    )
    OrganisationFactory(name="Stiftelsen", legal_form="foundation", created_at=now, known_at=own)

    assert names(client.get(f"{address('list')}?{query}")) == found


def test_a_filter_that_does_not_exist_is_said_beside_it(client, officer):
    OrganisationFactory(name="Granen")

    page = client.get(f"{address('list')}?form=guild&sida=trams&ordning=trams")

    assert (page.status_code, names(page)) == (200, ["Granen"])
    assert list(page.context["filter"].form.errors) == ["form"]


def test_the_list_shows_roles_of_ones_own_administration_alone(client, officer, unit):
    OrganisationFactory(
        name="Granen", known_at=AdministrationFactory(), known_at__roles=["performer"]
    )

    page = text(client.get(address("list")))

    assert "Inte känd hos oss" in page
    assert '<td data-label="Roller hos oss">Utförare' not in page


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_for_one_row_and_for_many(
    client, officer, unit, rows, django_assert_num_queries
):
    for _ in range(rows):
        OrganisationFactory(known_at=unit.administration)

    # session, user, grants, rows, own profiles, count
    with django_assert_num_queries(6):
        page = client.get(f"{address('list')}?q=granen&roll=service&kand=on")

    assert len(names(page)) == rows


def test_the_last_page_costs_no_more_than_the_first(client, officer, django_assert_num_queries):
    for number in range(60):
        OrganisationFactory(name=f"Granen {number:02}")
    last = client.get(address("list")).context["listing"].last

    with django_assert_num_queries(6):
        page = client.get(address("list") + last)

    assert names(page) == [f"Granen {number:02}" for number in range(35, 60)]


def test_an_empty_list_says_what_to_do_to_those_who_can(client, officer):
    page = text(client.get(address("list")))

    assert "Det finns inga organisationer än" in page
    assert page.count(f'href="{address("register")}"') == 2


def test_an_empty_list_offers_a_reader_nothing_to_press(client, reader):
    page = text(client.get(address("list")))

    assert "Det finns inga organisationer än" in page
    assert address("register") not in page


def test_a_search_without_a_hit_leads_back_to_all(client, officer):
    OrganisationFactory(name="Granen")

    assert "Visa alla organisationer" in text(client.get(f"{address('list')}?q=björken"))


def test_somebody_without_any_role_sees_no_organisation(client):
    organisation = OrganisationFactory()
    client.force_login(UserFactory())

    assert names(client.get(address("list"))) == []
    assert client.get(organisation.get_absolute_url()).status_code == 404


# --- the page of one


def test_the_page_shows_what_we_know_and_not_what_others_know(client, officer, unit):
    own, other = unit.administration, AdministrationFactory(name="Förvaltningen för Annat")
    organisation = OrganisationFactory(name="Granen", known_at=own, known_at__description="Kör")
    ProfileFactory(organisation=organisation, administration=other, description="Hemligheter")
    ContactFactory(organisation=organisation, administration=own, name="Vår Kontakt")
    ContactFactory(organisation=organisation, administration=other, name="Deras Kontakt")
    SizeFactory(organisation=organisation, administration=own, members=4321)
    SizeFactory(organisation=organisation, administration=other, members=98765)

    page = text(client.get(organisation.get_absolute_url()))

    for ours in ("Kör", "Vår Kontakt", "4\xa0321"):
        assert ours.replace("\xa0", " ") in page
    for theirs in ("Hemligheter", "Deras Kontakt", "98 765"):
        assert theirs not in page
    assert "Förvaltningen för Annat" in page
    assert other.mailbox in page


def test_an_organisation_that_only_others_know_can_be_added_here(client, officer, unit):
    organisation = OrganisationFactory(known_at=AdministrationFactory())

    page = text(client.get(organisation.get_absolute_url()))

    assert "Organisationen är inte känd här än." in page
    assert address("describe", organisation, slug=unit.administration.slug) in page
    assert address("edit", organisation) not in page


def test_a_reader_is_offered_nothing_to_change(client, reader, unit):
    organisation = OrganisationFactory(known_at=unit.administration)
    ContactFactory(organisation=organisation, administration=unit.administration)

    page = text(client.get(organisation.get_absolute_url()))

    for name in ("edit", "add_contact", "add_size"):
        assert address(name, organisation) not in page


def test_a_contact_past_its_day_is_marked(client, officer, unit):
    organisation = OrganisationFactory(known_at=unit.administration)
    ContactFactory(organisation=organisation, administration=unit.administration, out_of_date=True)

    assert "Gällde till 1 januari 2021" in text(client.get(organisation.get_absolute_url()))


def test_what_should_be_thought_of_stands_on_the_page(client, officer, unit):
    organisation = OrganisationFactory(
        legal_form="other", known_at=unit.administration, known_at__roles=["performer"]
    )

    page = text(client.get(organisation.get_absolute_url()))

    assert "Organisationsformen är ”annan”." in page
    assert "ingen upphandlingsbedömning är antecknad" in page


def test_the_log_shows_what_is_shared_and_what_is_ones_own(client, officer, unit):
    other_unit = UnitFactory()
    other = UserFactory(officer_at=other_unit, name="Deras Handläggare")
    organisation = OrganisationFactory(
        name="Granen", known_at=[unit.administration, other_unit.administration]
    )
    client.force_login(other)
    client.post(
        address("add_size", organisation),
        {"administration": other_unit.administration.pk, "as_of": "2026-01-01", "members": 5},
    )
    facts = {"legal_form": "nonprofit", "org_number": organisation.org_number, "version": 1}
    change_facts(organisation, name="Granens vänner", by=other, **facts)
    client.force_login(officer)

    recent = client.get(organisation.get_absolute_url()).context["recent"]

    assert Event.objects.of(organisation).count() == 2
    assert [entry["sentence"] for entry in recent] == ["Namn, form eller nummer ändrades"]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_however_much_is_known(
    client, officer, unit, rows, django_assert_num_queries
):
    organisation = OrganisationFactory(known_at=unit.administration)
    for number in range(rows):
        ProfileFactory(organisation=organisation)
        ContactFactory(organisation=organisation, administration=unit.administration)
        SizeFactory(
            organisation=organisation,
            administration=unit.administration,
            as_of=date(2025, 1, 1 + number),
        )

    # session, user, grants, organisation, cases, own profiles, sizes, contacts, documents,
    # others that know it, contacts that were no cases, the log, who knows it
    # what it may be the same as, what else it has been called
    with django_assert_num_queries(16):
        page = client.get(organisation.get_absolute_url())

    assert (len(page.context["sides"][0].contacts), len(page.context["elsewhere"])) == (rows, rows)


# --- register


def registration(unit, **facts) -> dict:
    usual = {
        "administration": unit.administration.pk,
        "name": "Läxhjälpen Granen",
        "legal_form": "nonprofit",
        "org_number": "899990-0007",
        "roles": ["service"],
        "description": "Läxhjälp två kvällar i veckan",
        "form_key": str(uuid4()),
    }
    return {**usual, **facts}


def test_an_organisation_is_registered_in_the_browser(client, officer, unit):
    page = client.post(address("register"), registration(unit))

    made = Organisation.objects.get()
    assert (page.status_code, page.url) == (302, made.get_absolute_url())
    assert (made.org_number, made.created_by) == ("8999900007", officer)
    assert Profile.objects.get().administration == unit.administration


def test_a_double_click_registers_once_and_both_clicks_lead_to_it(client, officer, unit):
    sent = registration(unit)

    urls = [client.post(address("register"), sent).url for _ in range(2)]

    assert urls == [Organisation.objects.get().get_absolute_url()] * 2


def test_each_new_form_has_a_key_of_its_own(client, officer):
    keys = {client.get(address("register")).context["form"]["form_key"].value() for _ in range(2)}

    assert len(keys) == 2


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        (
            {"org_number": "802002-0000"},
            "org_number",
            "Numret stämmer inte: den sista siffran är en kontrollsiffra. Jämför med registret.",
        ),
        ({"org_number": "850101-1236"}, "org_number", PERSONAL),
        (
            {"org_number": "89"},
            "org_number",
            "Ett organisationsnummer har tio siffror, till exempel 899990-0007.",
        ),
        (
            {"org_number": ""},
            "org_number",
            "Skriv organisationsnumret. Den som inget har registreras som nätverk.",
        ),
        ({"name": ""}, "name", "Detta fält måste fyllas i."),
        ({"legal_form": ""}, "legal_form", "Detta fält måste fyllas i."),
    ],
)
def test_bad_input_is_said_beside_the_field_and_what_was_typed_is_kept(
    client, officer, unit, typed, field, sentence
):
    page = client.post(address("register"), registration(unit, **typed))

    assert (page.status_code, errors(page, field)) == (422, [sentence])
    assert page.context["form"]["description"].value() == "Läxhjälp två kvällar i veckan"
    assert "Läxhjälp två kvällar i veckan" in text(page)
    assert Organisation.objects.count() == 0


def test_a_duplicate_number_is_said_beside_the_field_with_a_link(client, officer, unit):
    other = OrganisationFactory(name="Granens <Vänner>", org_number="8999900007")

    page = client.post(address("register"), registration(unit))

    assert page.status_code == 422
    assert errors(page, "org_number") == [
        f'Numret är redan registrerat: <a href="{other.get_absolute_url()}">'
        "Granens &lt;Vänner&gt;</a>."
    ]
    # Beside the field, not in the summary: there the whole line is a link to the field.
    assert text(page).count(f'<a href="{other.get_absolute_url()}">') == 1
    assert Organisation.objects.count() == 1


def test_a_similar_name_is_asked_about_and_can_be_registered_anyway(client, officer, unit):
    OrganisationFactory(name="Granens läxhjälp", org_number=org_number(3))
    sent = registration(unit, name="Läxhjälpen Granens")

    asked = client.post(address("register"), sent)

    assert asked.status_code == 422
    assert "Det finns redan en organisation som heter Granens läxhjälp." in text(asked)
    assert "Registrera ändå" in text(asked)
    assert Organisation.objects.count() == 1
    confirmed = asked.context["form"]["confirmed"].value()
    done = client.post(address("register"), {**sent, "confirmed": confirmed})
    assert (done.status_code, Organisation.objects.count()) == (302, 2)


def test_nobody_registers_for_an_administration_that_is_not_theirs(client, officer):
    page = client.post(address("register"), registration(UnitFactory()))

    assert page.status_code == 422
    assert Organisation.objects.count() == 0


def test_those_with_several_administrations_choose_one(client, unit):
    other = UnitFactory()
    client.force_login(UserFactory(officer_at=[unit, other]))

    client.post(address("register"), registration(other))

    assert Profile.objects.get().administration == other.administration


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_reader_is_told_that_they_may_not_register(client, reader, unit, method):
    page = getattr(client, method)(address("register"), registration(unit))

    assert page.status_code == 409
    assert "Du har inte rätt att registrera och ändra organisationer." in text(page)
    assert Organisation.objects.count() == 0


# --- change


@pytest.fixture
def known(unit):
    return OrganisationFactory(name="Granen", org_number="8999900007", known_at=unit.administration)


def facts(**other) -> dict:
    usual = {"name": "Granen", "legal_form": "nonprofit", "org_number": "899990-0007", "version": 1}
    return {**usual, **other}


def test_the_form_is_filled_with_what_is_known(client, officer, known):
    form = client.get(address("edit", known)).context["form"]

    assert {name: form[name].value() for name in facts()} == facts()


def test_facts_are_changed_in_the_browser(client, officer, known):
    page = client.post(address("edit", known), facts(name="Granens vänner"))

    assert (page.status_code, page.url) == (302, known.get_absolute_url())
    assert Organisation.objects.get().name == "Granens vänner"


def test_an_older_form_shows_both_texts_and_saves_nothing(client, officer, known):
    client.post(address("edit", known), facts(name="Granens vänner"))

    page = client.post(address("edit", known), facts(name="Granens ovänner"))

    assert page.status_code == 409
    assert page.context["differences"] == [
        {"label": "Namn", "yours": "Granens ovänner", "saved": "Granens vänner"}
    ]
    assert Organisation.objects.get().name == "Granens vänner"


def test_a_changed_name_like_anothers_is_asked_about(client, officer, known):
    OrganisationFactory(name="Björken", org_number=org_number(3))

    asked = client.post(address("edit", known), facts(name="Björken"))
    confirmed = asked.context["form"]["confirmed"].value()

    assert "Spara ändå" in text(asked)
    sent = facts(name="Björken", confirmed=confirmed)
    assert client.post(address("edit", known), sent).status_code == 302


def test_an_administration_that_does_not_know_it_may_not_change_it(client, officer):
    organisation = OrganisationFactory(name="Granen", known_at=AdministrationFactory())

    page = client.post(address("edit", organisation), facts(name="Annat"))

    assert (page.status_code, Organisation.objects.get().name) == (409, "Granen")


def test_a_description_is_written_and_an_older_one_does_not_replace_it(
    client, officer, known, unit
):
    url = address("describe", known, slug=unit.administration.slug)
    sent = {"version": 1, "roles": ["voice", "performer"], "description": "Ny text"}

    first = client.post(url, sent)
    second = client.post(url, {**sent, "roles": ["voice"], "description": "Äldre text"})

    assert (first.status_code, second.status_code) == (302, 409)
    assert second.context["differences"] == [
        {
            "label": "Roller",
            "yours": "Röstbärare och opinionsbildare",
            "saved": "Röstbärare och opinionsbildare och "
            "Utförare av offentligt finansierad välfärd",
        },
        {"label": "Verksamhet", "yours": "Äldre text", "saved": "Ny text"},
    ]
    assert Profile.objects.get().description == "Ny text"


def test_an_organisation_is_made_known_here(client, officer, unit):
    organisation = OrganisationFactory()
    url = address("describe", organisation, slug=unit.administration.slug)

    assert client.get(url).context["form"]["version"].value() == 0
    assert client.post(url, {"version": 0, "roles": ["voice"]}).status_code == 302
    assert Profile.objects.get().administration == unit.administration


def test_another_administrations_description_does_not_exist(client, officer):
    other = AdministrationFactory()
    organisation = OrganisationFactory(known_at=other)
    url = address("describe", organisation, slug=other.slug)

    assert client.get(url).status_code == 404
    assert client.post(url, {"version": 1}).status_code == 404


def test_a_reader_may_not_describe(client, reader, known, unit):
    url = address("describe", known, slug=unit.administration.slug)

    assert client.post(url, {"version": 1, "description": "x"}).status_code == 409


# --- size


def test_a_size_is_noted_in_the_browser(client, officer, known, unit):
    sent = {"administration": unit.administration.pk, "as_of": "2026-01-31", "members": "120"}

    page = client.post(address("add_size", known), sent)

    size = Size.objects.get()
    assert page.url == known.get_absolute_url()
    assert (size.as_of, size.members, size.employees) == (date(2026, 1, 31), 120, None)


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"members": ""}, "members", "Fyll i minst en av uppgifterna."),
        (
            {"members": "-1"},
            "members",
            "Kontrollera att detta värde är större än eller lika med 0.",
        ),
        ({"as_of": "2999-01-01"}, "as_of", "Dagen kan inte ligga framåt i tiden."),
        ({"as_of": "i går"}, "as_of", "Fyll i ett giltigt datum."),
    ],
)
def test_a_size_that_cannot_be_is_said_beside_its_field(
    client, officer, known, unit, typed, field, sentence
):
    sent = {"administration": unit.administration.pk, "as_of": "2026-01-31", "members": "120"}

    page = client.post(address("add_size", known), {**sent, **typed})

    assert (page.status_code, errors(page, field)) == (422, [sentence])
    assert Size.objects.count() == 0


# --- contacts


def contact_facts(unit, **other) -> dict:
    usual = {
        "administration": unit.administration.pk,
        "name": "Påhittad Kontakt",
        "role": "ordförande",
        "email": "k@forening.example",
        "phone": "",
        "source": "organisation",
        "valid_until": "2030-01-01",
        "form_key": str(uuid4()),
    }
    return {**usual, **other}


def test_a_double_click_adds_one_contact(client, officer, known, unit):
    sent = contact_facts(unit)

    urls = [client.post(address("add_contact", known), sent).url for _ in range(2)]

    assert urls == [known.get_absolute_url()] * 2
    assert Contact.objects.get().administration == unit.administration


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"email": ""}, "email"),
        ({"name": "Kontakt 850101-1236"}, "name"),
        ({"phone": "850101-1236", "email": ""}, "phone"),
        ({"source": "skvaller"}, "source"),
        ({"valid_until": ""}, "valid_until"),
    ],
)
def test_a_contact_that_will_not_do_keeps_what_was_typed(
    client, officer, known, unit, typed, field
):
    page = client.post(address("add_contact", known), contact_facts(unit, **typed))

    assert (page.status_code, list(page.context["form"].errors)) == (422, [field])
    assert page.context["form"]["role"].value() == "ordförande"
    assert Contact.objects.count() == 0


def test_a_contact_is_changed_by_version(client, officer, known, unit):
    contact = ContactFactory(organisation=known, administration=unit.administration, name="Före")
    url = address("edit_contact", known, contact_pk=contact.pk)
    assert client.get(url).context["form"]["name"].value() == "Före"

    first = client.post(url, contact_facts(unit, name="Efter", version=1))
    second = client.post(url, contact_facts(unit, name="För sent", version=1))

    assert (first.status_code, second.status_code) == (302, 409)
    assert second.context["differences"] == [
        {"label": "Namn", "yours": "För sent", "saved": "Efter"}
    ]
    assert Contact.objects.get().name == "Efter"


def test_a_contact_is_taken_away(client, officer, known, unit):
    contact = ContactFactory(organisation=known, administration=unit.administration)
    url = address("remove_contact", known, contact_pk=contact.pk)

    assert client.get(url).status_code == 405
    assert client.post(url).url == known.get_absolute_url()
    assert Contact.objects.count() == 0


def test_another_administrations_contact_does_not_exist(client, officer, known):
    contact = ContactFactory(organisation=known)

    for name in ("edit_contact", "remove_contact"):
        url = address(name, known, contact_pk=contact.pk)
        assert client.post(url, {"version": 1}).status_code == 404
    assert Contact.objects.count() == 1


def test_a_contact_is_only_found_under_its_own_organisation(client, officer, known, unit):
    contact = ContactFactory(administration=unit.administration)

    assert client.get(address("edit_contact", known, contact_pk=contact.pk)).status_code == 404


@pytest.mark.parametrize("name", ["add_contact", "add_size", "edit"])
def test_a_reader_changes_nothing(client, reader, known, unit, name):
    assert client.get(address(name, known)).status_code == 409
    assert client.post(address(name, known), {}).status_code == 409


def test_a_reader_takes_no_contact_away(client, reader, known, unit):
    contact = ContactFactory(organisation=known, administration=unit.administration)

    page = client.post(address("remove_contact", known, contact_pk=contact.pk))

    assert (page.status_code, Contact.objects.count()) == (409, 1)


@pytest.mark.parametrize("name", ["list", "register"])
def test_a_stranger_is_sent_to_the_login(client, name):
    page = client.get(address(name))

    assert page.status_code == 302
    assert urlsplit(page.url).path == reverse("account_login")
    assert parse_qs(urlsplit(page.url).query) == {"next": [address(name)]}
