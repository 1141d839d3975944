"""The admin: reference data alone, each change with its event, one's own administration alone."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from accounts.models import (
    Administration,
    DelegationItem,
    GoverningDocument,
    RoleGrant,
    TargetGroup,
    Unit,
    User,
)
from accounts.permissions import Role
from audit.admin.places import RoleLabelsField
from audit.admin.site import reference
from audit.models import Event, Register
from audit.record import fingerprint
from audit.verify import breaks
from tests.factories.accounts import (
    PASSWORD,
    AdministrationFactory,
    AreaFactory,
    DelegationItemFactory,
    FunderFactory,
    GoverningDocumentFactory,
    RoleGrantFactory,
    TargetGroupFactory,
    UnitFactory,
    UserFactory,
    YearlyAssignmentFactory,
)
from tests.factories.agreements import a_clause
from tests.factories.aid import amounts
from tests.factories.forms import a_programme

pytestmark = pytest.mark.django_db

HERE = {
    "accounts.administration",
    "accounts.unit",
    "accounts.user",
    "accounts.rolegrant",
    "accounts.delegationitem",
    "accounts.targetgroup",
    "accounts.area",
    "accounts.funder",
    "accounts.yearlyassignment",
    "accounts.governingdocument",
    "agreements.clause",
    "iop.programme",
}
LAW = {"accounts.legalamount"}  # the same for every administration


@pytest.fixture
def unit():
    return UnitFactory(name="Enheten", administration__name="Förvaltningen")


@pytest.fixture
def administrator(unit, client):
    person = UserFactory(name="Påhittad Administratör", admin_at=unit.administration.root_unit)
    client.force_login(person)
    return person


def to(page: str, thing=None, model=None) -> str:
    meta = (model or thing)._meta
    args = [thing.pk] if thing is not None else []
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_{page}", args=args)


def events() -> list[Event]:
    return list(Event.objects.order_by("number"))


def text(page) -> str:
    return " ".join(page.content.decode().split())


def as_sent(page, **changed) -> dict:
    """The form of a page as a browser would send it back, with some fields changed."""
    form = page.context["adminform"].form
    sent = {}
    for name in form.fields:
        value = form[name].value()
        if value is not None and value is not False:
            sent[name] = value
    return {**sent, **changed}


# --- what is kept here, and by whom


def test_the_admin_keeps_reference_data_and_nothing_else():
    assert {model._meta.label_lower for model in reference._registry} == HERE | LAW


@pytest.mark.parametrize("model", list(reference._registry))
def test_every_page_of_the_admin_opens_for_an_administrator(client, administrator, unit, model):
    administration = unit.administration
    for factory in (
        DelegationItemFactory,
        TargetGroupFactory,
        AreaFactory,
        FunderFactory,
        YearlyAssignmentFactory,
        GoverningDocumentFactory,
    ):
        factory(administration=administration)
    a_programme(unit)
    a_clause(administration)
    amounts()
    meta = model._meta
    thing = reference._registry[model].get_queryset(request_of(administrator)).first()

    for url in (
        reverse("admin:index"),
        reverse("admin:app_list", args=["accounts"]),
        to("changelist", model=model),
        to("add", model=model),
        to("change", thing),
        to("history", thing),
    ):
        page = client.get(url)
        assert (page.status_code, meta.label, url) == (200, meta.label, url)


def request_of(person):
    return type("Request", (), {"user": person})


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMIN])
def test_no_other_role_comes_in(client, unit, role):
    person = UserFactory()
    RoleGrantFactory(person=person, role=role, unit=unit.administration.root_unit)
    client.force_login(person)

    for url in (reverse("admin:index"), to("changelist", model=Unit), to("change", unit)):
        assert client.get(url, follow=True).status_code == 403


def test_a_stranger_is_sent_to_the_ordinary_login(client, unit):
    page = client.get(to("change", unit), follow=True)

    assert page.redirect_chain[-1][0].startswith(reverse("account_login"))
    assert page.status_code == 200


def test_passwords_and_goodbyes_are_those_of_the_program(client, administrator):
    changed = client.get(reverse("admin:password_change"))
    assert changed.url == reverse("account_change_password")

    assert client.get(reverse("admin:logout")).status_code == 405
    assert client.post(reverse("admin:logout")).url == reverse("account_login")
    assert client.get(reverse("admin:index")).status_code == 302


# --- every change and its event


def test_what_is_added_stands_in_the_log_without_free_text(client, administrator, unit):
    sent = {"administration": unit.administration.pk, "name": "nyanlända unga", "active": "on"}

    client.post(to("add", model=TargetGroup), sent)

    group = TargetGroup.objects.get()
    (event,) = events()
    assert (event.chain, event.code) == (Register.objects.get().chain, "reference_data_added")
    assert Register.objects.get().name == "referensdata"
    assert event.actor_name == "Påhittad Administratör"
    assert event.details == {
        "model": "accounts.targetgroup",
        "id": group.pk,
        "changed": {
            "administration": [None, unit.administration.pk],
            "name": [None, f"text:{fingerprint('nyanlända unga')}"],
            "active": [None, True],
        },
    }


def test_what_is_changed_stands_in_the_log_as_before_and_after(client, administrator, unit):
    grant = RoleGrantFactory(unit=unit, starts_on=date(2026, 1, 1))

    sent = as_sent(client.get(to("change", grant)), role="head", ends_on="2026-06-30")
    page = client.post(to("change", grant), sent)

    grant.refresh_from_db()
    assert (page.status_code, grant.role, grant.ends_on) == (302, "head", date(2026, 6, 30))
    (event,) = events()
    assert event.code == "reference_data_changed"
    assert event.details["changed"] == {
        "role": ["officer", "head"],
        "ends_on": [None, "2026-06-30"],
    }


def test_what_is_deleted_stands_in_the_log(client, administrator, unit):
    grant = RoleGrantFactory(unit=unit)
    pk = grant.pk

    client.post(to("delete", grant), {"post": "yes"})

    assert RoleGrant.objects.filter(pk=pk).exists() is False
    (event,) = events()
    assert (event.code, event.details["id"]) == ("reference_data_deleted", pk)
    assert event.details["changed"]["role"] == ["officer", None]


def test_a_form_saved_without_changes_leaves_no_event(client, administrator, unit):
    client.post(to("change", unit), as_sent(client.get(to("change", unit))))

    assert events() == []


@pytest.mark.parametrize("page", ["add", "change", "delete"])
def test_when_the_log_cannot_be_written_nothing_is_changed(
    client, administrator, unit, monkeypatch, page
):
    group = TargetGroupFactory(administration=unit.administration, name="unga")

    def fails(*_, **__):
        raise RuntimeError("no log")

    monkeypatch.setattr("audit.admin.told.record_in_register", fails)
    url = to("add", model=TargetGroup) if page == "add" else to(page, group)
    sent = {"administration": unit.administration.pk, "name": "äldre", "post": "yes"}

    with pytest.raises(RuntimeError, match="no log"):
        client.post(url, sent)

    assert list(TargetGroup.objects.values_list("name", flat=True)) == ["unga"]


def test_the_chain_of_reference_data_holds_together(client, administrator, unit):
    for name in ("unga", "äldre"):
        sent = {"administration": unit.administration.pk, "name": name}
        client.post(to("add", model=TargetGroup), sent)

    assert [event.number for event in events()] == [1, 2]
    assert list(breaks()) == []


def test_the_history_of_a_thing_is_read_from_the_log(client, administrator, unit):
    sent = as_sent(client.get(to("change", unit)), name="Enheten i norr")
    client.post(to("change", unit), sent)
    client.post(
        to("add", model=TargetGroup), {"administration": unit.administration.pk, "name": "x"}
    )

    entries = client.get(to("history", unit)).context["entries"]

    assert [(e["who"], e["did"], e["what"]) for e in entries] == [
        ("Påhittad Administratör", "Ändrades", "namn")
    ]


def test_nothing_can_be_done_to_many_at_once(client, administrator, unit):
    TargetGroupFactory.create_batch(2, administration=unit.administration)

    page = client.post(
        to("changelist", model=TargetGroup),
        {"action": "delete_selected", "_selected_action": TargetGroup.objects.values_list("pk")},
    )

    assert page.status_code in (200, 302, 403)
    assert TargetGroup.objects.count() == 2
    assert "action-select" not in text(client.get(to("changelist", model=TargetGroup)))


# --- one's own administration alone


@pytest.fixture
def elsewhere():
    """Rows of every kind at another administration."""
    administration = AdministrationFactory(name="En annan förvaltning")
    unit = UnitFactory(administration=administration)
    return [
        administration,
        unit,
        RoleGrantFactory(unit=unit),
        DelegationItemFactory(administration=administration),
        TargetGroupFactory(administration=administration),
        AreaFactory(administration=administration),
        FunderFactory(administration=administration),
        YearlyAssignmentFactory(administration=administration),
        GoverningDocumentFactory(administration=administration),
        a_programme(unit),
        a_clause(administration),
        UserFactory(officer_at=unit),
    ]


def test_another_administrations_data_does_not_exist(client, administrator, elsewhere):
    assert {thing._meta.label_lower for thing in elsewhere} == HERE
    for thing in elsewhere:
        rows = client.get(to("changelist", model=thing))
        assert thing.pk not in {row.pk for row in rows.context["cl"].result_list}
        for page in ("change", "delete", "history"):
            assert client.get(to(page, thing)).status_code in (403, 404)
            assert client.post(to(page, thing), {"post": "yes"}).status_code in (403, 404)
        thing.refresh_from_db()
    assert events() == []


@pytest.mark.parametrize(
    ("model", "sent"),
    [
        (TargetGroup, {"name": "unga"}),
        (Unit, {"name": "Smygenheten"}),
        (GoverningDocument, {"title": "T", "version": "1", "next_review_on": "2030-01-01"}),
        (DelegationItem, {"code": "1", "title": "T", "forms": ["informal"], "holder_role": "head"}),
    ],
)
def test_nothing_is_added_to_another_administration(client, administrator, elsewhere, model, sent):
    other, unit = elsewhere[0], elsewhere[1]
    before = model.objects.count()

    page = client.post(
        to("add", model=model),
        {
            **sent,
            "administration": other.pk,
            "parent": unit.pk,
            "owner_unit": unit.pk,
            "starts_on": "2026-01-01",
        },
    )

    assert page.status_code == 200
    assert "administration" in page.context["adminform"].form.errors
    assert model.objects.count() == before


def test_nobody_is_given_a_role_at_another_administration(client, administrator, elsewhere):
    before = RoleGrant.objects.count()
    sent = {"person": administrator.pk, "role": "head", "unit": elsewhere[1].pk}

    page = client.post(to("add", model=RoleGrant), {**sent, "starts_on": "2026-01-01"})

    assert list(page.context["adminform"].form.errors) == ["unit"]
    assert RoleGrant.objects.count() == before


def test_what_belongs_to_one_administration_is_never_moved_to_another(client, unit, administrator):
    other = AdministrationFactory()
    RoleGrantFactory(person=administrator, role=Role.ADMIN, unit=other.root_unit)
    group = TargetGroupFactory(administration=unit.administration)

    sent = as_sent(client.get(to("change", group)), administration=other.pk, name="Nytt namn")
    client.post(to("change", group), sent)

    group.refresh_from_db()
    assert (group.administration, group.name) == (unit.administration, "Nytt namn")


def test_the_way_to_the_database_asks_too(administrator, elsewhere):
    """Also where no form stood between: the save itself refuses, and the delete."""
    for thing in elsewhere:
        page = reference._registry[type(thing)]
        before = type(thing).objects.count()
        if type(thing) is not User:
            with pytest.raises(PermissionDenied):
                page.save_model(request_of(administrator), thing, None, change=True)
        with pytest.raises(PermissionDenied):
            page.delete_model(request_of(administrator), thing)
        assert type(thing).objects.count() == before


# --- people


def test_a_person_is_added_with_a_password_that_the_log_does_not_hold(client, administrator):
    client.post(
        to("add", model=User),
        {
            "name": "Ny Person",
            "email": "Ny.Person@Staden.example",
            "is_active": "on",
            "new_password": "granen-vid-berget-28",
        },
    )

    person = User.objects.get(email="ny.person@staden.example")
    (event,) = events()
    assert person.check_password("granen-vid-berget-28") is True
    assert event.details["changed"]["password"][0] is None
    assert "granen" not in str(event.details)
    assert person.password not in str(event.details)
    assert "staden.example" not in str(event.details)


@pytest.mark.parametrize("password", ["", "kort", "123456789012"])
def test_a_new_person_gets_a_password_that_will_do(client, administrator, password):
    sent = {"name": "Ny Person", "email": "ny@staden.example", "new_password": password}

    page = client.post(to("add", model=User), sent)

    assert list(page.context["adminform"].form.errors) == ["new_password"]
    assert User.objects.filter(name="Ny Person").count() == 0


def test_a_password_left_empty_is_kept_and_a_new_one_replaces_it(client, administrator, unit):
    person = UserFactory(officer_at=unit)

    client.post(to("change", person), as_sent(client.get(to("change", person)), title="utredare"))
    person.refresh_from_db()
    assert (person.title, person.check_password(PASSWORD)) == ("utredare", True)

    new = {"new_password": "granen-vid-berget-28"}
    client.post(to("change", person), as_sent(client.get(to("change", person)), **new))
    person.refresh_from_db()
    assert person.check_password("granen-vid-berget-28") is True
    assert list(events()[-1].details["changed"]) == ["password"]


def test_an_administrator_who_changes_the_own_password_stays_logged_in(client, administrator):
    new = {"new_password": "granen-vid-berget-28"}

    client.post(
        to("change", administrator), as_sent(client.get(to("change", administrator)), **new)
    )

    assert client.get(reverse("admin:index")).status_code == 200


def test_somebody_with_a_role_elsewhere_can_be_seen_but_not_changed(client, administrator, unit):
    person = UserFactory(name="Delad Person", officer_at=[unit, UnitFactory()])

    page = client.get(to("change", person))
    refused = client.post(
        to("change", person), {"name": "x", "email": "x@x.example", "new_password": "y" * 20}
    )

    assert "Delad Person" in text(page)
    assert "new_password" not in text(page)
    assert refused.status_code == 403
    person.refresh_from_db()
    assert (person.name, person.check_password(PASSWORD)) == ("Delad Person", True)


def test_a_role_once_held_elsewhere_protects_as_well(client, administrator, unit):
    person = UserFactory(officer_at=unit)
    RoleGrantFactory(person=person, ends_on=date(2021, 1, 1))

    assert client.post(to("change", person), {"name": "x"}).status_code == 403


def test_a_person_of_another_administration_can_be_given_a_role_here(
    client, administrator, unit, elsewhere
):
    person = elsewhere[-1]
    sent = {"person": person.pk, "role": "officer", "unit": unit.pk, "starts_on": "2026-01-01"}

    assert client.post(to("add", model=RoleGrant), sent).status_code == 302
    assert person.grants.filter(unit=unit).count() == 1


def test_people_are_made_inactive_and_never_deleted(client, administrator, unit):
    person = UserFactory(officer_at=unit)

    assert client.post(to("delete", person), {"post": "yes"}).status_code == 403
    sent = as_sent(client.get(to("change", person)))
    sent.pop("is_active")
    client.post(to("change", person), sent)

    person.refresh_from_db()
    assert person.is_active is False


def last_grant(person) -> RoleGrant:
    return person.grants.get(role=Role.ADMIN)


def test_the_last_administrator_stays(client, administrator):
    grant = last_grant(administrator)
    today = timezone.localdate().isoformat()
    ended = as_sent(client.get(to("change", grant)), ends_on=today)
    inactive = as_sent(client.get(to("change", administrator)))
    inactive.pop("is_active")

    for url, sent in (
        (to("delete", grant), {"post": "yes"}),
        (to("change", grant), ended),
        (to("change", administrator), inactive),
    ):
        page = client.post(url, sent, follow=True)
        assert "Förvaltningen måste ha minst en administratör som kan logga in" in text(page)

    grant.refresh_from_db()
    administrator.refresh_from_db()
    assert (grant.ends_on, administrator.is_active, events()) == (None, True, [])


def test_an_administrator_can_leave_when_there_is_another(client, administrator, unit):
    UserFactory(admin_at=unit.administration.root_unit)

    client.post(to("delete", last_grant(administrator)), {"post": "yes"})

    assert administrator.grants.count() == 0


# --- administrations and units


def test_a_new_administration_gets_a_unit_at_the_top_and_its_maker(client, administrator):
    sent = {
        "name": "Nya förvaltningen",
        "short_name": "NF",
        "slug": "nf",
        "mailbox": "samverkan.brevlåda@staden.example",
        "rule_set": "amf",
        "labels": "Handläggare = utredare\n\nhögsta chef = direktör",
        "association_grant_pointer": "Sök hos någon annan.",
    }

    page = client.post(to("add", model=Administration), sent)

    made = Administration.objects.get(slug="nf")
    assert page.status_code == 302
    assert made.labels == {"officer": "utredare", "head": "direktör"}
    assert made.root_unit.name == "Nya förvaltningen"
    assert made.root_unit.grants.get().person == administrator
    assert [event.details["model"] for event in events()] == [
        "accounts.administration",
        "accounts.unit",
        "accounts.rolegrant",
    ]


def test_an_administration_is_never_deleted_and_keeps_the_code_of_its_cases(
    client, administrator, unit
):
    administration = unit.administration

    sent = as_sent(client.get(to("change", administration)), slug="ny", short_name="Ny")
    client.post(to("change", administration), sent)

    old = administration.slug
    administration.refresh_from_db()
    assert (administration.slug, administration.short_name) == (old, "Ny")
    assert client.post(to("delete", administration), {"post": "yes"}).status_code == 403


@pytest.mark.parametrize("line", ["kung = kejsare", "handläggare", "handläggare =", "= utredare"])
def test_role_names_that_cannot_be_understood_are_said_beside_the_field(
    client, administrator, unit, line
):
    url = to("change", unit.administration)

    page = client.post(url, as_sent(client.get(url), labels=f"jurist = advokat\n{line}"))

    (error,) = page.context["adminform"].form.errors["labels"]
    assert error.startswith(f"”{line}” går inte att förstå.")
    assert f"jurist = advokat\n{line}" in page.content.decode()


def test_role_names_are_shown_as_they_are_written():
    shown = RoleLabelsField(required=False).prepare_value({"officer": "utredare", "head": "vd"})

    assert shown == "handläggare = utredare\nhögsta chef = vd"


def test_a_unit_is_moved_in_the_tree_with_all_below_it(client, administrator, unit):
    other = UnitFactory(administration=unit.administration)
    below = UnitFactory(parent=unit)

    client.post(to("change", unit), as_sent(client.get(to("change", unit)), parent=other.pk))

    below.refresh_from_db()
    assert below.path == f"{other.path}{unit.pk}/{below.pk}/"
    assert events()[0].details["changed"] == {
        "parent": [unit.administration.root_unit.pk, other.pk]
    }


def test_a_unit_lies_under_another_but_the_one_at_the_top_does_not(client, administrator, unit):
    top = unit.administration.root_unit
    new = {"administration": unit.administration.pk, "name": "Ny", "parent": ""}

    without = client.post(to("add", model=Unit), new)
    moved = client.post(to("change", top), as_sent(client.get(to("change", top)), parent=unit.pk))
    renamed = client.post(to("change", top), as_sent(client.get(to("change", top)), name="Nytt"))

    assert list(without.context["adminform"].form.errors) == ["parent"]
    assert list(moved.context["adminform"].form.errors) == ["parent"]
    assert renamed.status_code == 302


def test_a_name_that_is_taken_is_said_beside_the_field(client, administrator, unit):
    other = UnitFactory(administration=unit.administration, name="Upptagen")

    page = client.post(to("change", unit), as_sent(client.get(to("change", unit)), name=other.name))

    assert page.status_code == 200
    assert page.context["adminform"].form.errors.as_data() != {}


def test_what_is_used_cannot_be_deleted_and_the_page_tells_how_much_not_what(
    client, administrator, unit
):
    UserFactory(name="Hemlig Person", officer_at=unit)

    page = client.post(to("delete", unit), {"post": "yes"})

    assert page.status_code == 200
    assert "Används av tilldelade roller: 1" in text(page)
    assert "Hemlig Person" not in text(page)
    assert Unit.objects.filter(pk=unit.pk).exists()


# --- lists


def test_a_delegation_item_lists_the_forms_it_covers(client, administrator, unit):
    sent = {
        "administration": unit.administration.pk,
        "code": "4.1",
        "title": "Informell samverkan",
        "forms": ["informal"],
        "holder_role": "head",
        "starts_on": "2026-01-01",
    }

    client.post(to("add", model=DelegationItem), sent)
    neither = client.post(to("add", model=DelegationItem), {**sent, "holder_role": ""})
    unknown = client.post(to("add", model=DelegationItem), {**sent, "forms": ["guild"]})

    assert DelegationItem.objects.get().forms == ["informal"]
    assert list(neither.context["adminform"].form.errors) == ["holder_role"]
    assert list(unknown.context["adminform"].form.errors) == ["forms"]
    assert events()[0].details["changed"]["forms"] == [None, ["informal"]]


def test_a_guideline_that_should_have_been_reviewed_is_marked(client, administrator, unit):
    own = {"administration": unit.administration}
    late = GoverningDocumentFactory(**own, title="Gamla riktlinjer", overdue=True)
    GoverningDocumentFactory(**own, title="Nya riktlinjer", next_review_on=date(2999, 12, 31))

    page = client.get(to("changelist", model=GoverningDocument))
    found = client.get(to("changelist", model=GoverningDocument), {"oversyn": "forsenad"})

    assert text(page).count("⚠ Skulle ha setts över 1 januari 2021") == 1
    assert "31 december 2999" in text(page)
    assert [row.pk for row in found.context["cl"].result_list] == [late.pk]


@pytest.mark.parametrize("rows", [1, 3])
def test_a_list_costs_the_same_for_one_row_and_for_many(
    client, administrator, unit, rows, django_assert_max_num_queries
):
    for _ in range(rows):
        RoleGrantFactory(unit=unit)
        GoverningDocumentFactory(administration=unit.administration)

    for model in (RoleGrant, GoverningDocument, User, Unit):
        with django_assert_max_num_queries(9):
            assert client.get(to("changelist", model=model)).status_code == 200
