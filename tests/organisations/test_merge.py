"""Merging two organisations that are one: everything moves, nothing is lost, both logs tell."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from agreements.models import Aid, AidDeclaration, Terms
from audit.guards import all_guards
from audit.models import Event, Revision
from audit.verify import breaks
from casework.moves import NotAllowed, Stale
from collaborations.models import Step
from collaborations.steps.register import keep_as_contact
from notifications.models import Notice
from organisations.duplicates import mark_not_same
from organisations.edit import change_facts, describe
from organisations.merge import merge
from organisations.models import (
    Contact,
    MergedInto,
    Name,
    Organisation,
    PossibleDuplicate,
    Profile,
    Size,
)
from organisations.register import AlreadyRegistered
from organisations.relations import (
    DERIVED,
    key_of,
    moving_relations,
    other_end,
    pointing,
    resolvers,
    rows_of,
    unique_sets,
)
from tests.factories.accounts import AdministrationFactory, UnitFactory, UserFactory
from tests.factories.aid import aid_line
from tests.factories.collaborations import case_at, place, registered
from tests.factories.formal import motivated, ongoing
from tests.factories.held import HeldDocumentFactory
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
def admin(unit):
    return UserFactory(admin_at=unit.administration.root_unit)


@pytest.fixture
def stays(unit):
    return OrganisationFactory(name="Läxhjälpen Granen", known_at=unit.administration)


@pytest.fixture
def goes(unit):
    return OrganisationFactory(name="Granens läxhjälp", network=True, known_at=unit.administration)


def merged(stays, goes, by, **facts) -> Organisation:
    for one in (stays, goes):
        one.refresh_from_db()
    return merge(stays, goes, **{"versions": (stays.version, goes.version), **facts}, by=by)


# --- every table that points to an organisation


# Two that stand side by side in one agreement are two: the merge is refused.
KEPT_APART = {"agreements.party.organisation", "agreements.aiddeclaration.organisation"}


def test_every_table_that_points_to_an_organisation_can_be_moved():
    """A new table needs nothing, unless it lets an organisation stand once beside something."""
    unhandled = [
        key_of(one)
        for one in moving_relations()
        if unique_sets(one) and not other_end(one) and key_of(one) not in resolvers()
    ]
    assert set(unhandled) == KEPT_APART
    assert {key_of(one) for one in pointing()} >= {
        "collaborations.collaboration_organisations.organisation",
        "collaborations.enquiry_organisations.organisation",
        "organisations.contact.organisation",
        "organisations.organisation.merged_into",
        "organisations.possibleduplicate.one",
    }


def test_no_guard_freezes_the_organisation_of_a_row():
    tables = {one.model._meta.db_table: one.column for one in moving_relations()}
    freezing = [
        guard.name
        for guard in all_guards()
        if guard.event == "UPDATE"
        and guard.table in tables
        and (not guard.when or f"NEW.{tables[guard.table]} {{differs}} OLD" in guard.when)
        and not guard.says.startswith("merged_")
    ]
    assert freezing == []


@pytest.mark.parametrize("model", [Profile, Size])
def test_nothing_points_to_the_rows_that_become_one(model):
    assert model._meta.related_objects == ()


def test_everything_that_points_to_the_one_that_goes_moves(admin, unit, stays, goes):
    at = place()
    for step in (Step.REGISTERED, Step.ONGOING):
        case_at(step, at, organisations=[goes])
    facts = {"title": "Fika", "what": "Kaffe", "unit": at.unit, "by": at.officer}
    keep_as_contact(form_key=goes.form_key, organisations=[goes], **facts)
    ContactFactory(organisation=goes, administration=unit.administration)
    SizeFactory(organisation=goes, administration=unit.administration)
    HeldDocumentFactory(organisation=goes, administration=unit.administration)
    ProfileFactory(organisation=goes, administration=AdministrationFactory())
    earlier = OrganisationFactory(network=True)
    merged(goes, earlier, admin)
    before = {key_of(one): rows_of(one, goes).count() for one in moving_relations()}
    here = {key_of(one): rows_of(one, stays).count() for one in moving_relations()}

    merged(stays, goes, admin)

    after = {key_of(one): rows_of(one, stays).count() for one in moving_relations()}
    before["organisations.profile.organisation"] -= 1  # both were known here, and became one
    before["organisations.organisation.merged_into"] += 1  # the one that went
    assert after == {key: before[key] + here[key] for key in before}
    untouched = {key for key, count in before.items() if not count}
    assert untouched <= {"organisations.profile.organisation"} | untouched_yet()
    assert all(not rows_of(one, goes).exists() for one in pointing())
    earlier.refresh_from_db()
    assert earlier.merged_into == stays


def untouched_yet() -> set[str]:
    """Tables that other tests fill: they are moved by the very same lines."""
    known = ("collaboration_", "enquiry_", "contact.", "size.", "helddocument.", "profile.")
    return {
        key_of(one)
        for one in moving_relations()
        if not any(word in key_of(one) for word in known) and one.model is not Organisation
    }


def test_a_case_with_both_is_left_with_the_one_that_stays(admin, stays, goes):
    at = place()
    decided, _ = case_at(Step.ONGOING, at, organisations=[stays, goes])
    preparing = registered(at, organisations=[stays, goes])

    merged(stays, goes, admin)

    assert list(decided.organisations.all()) == [stays]
    assert list(preparing.organisations.all()) == [stays]
    event = Event.objects.of(stays).get(code="organisation_merged")
    key = "collaborations.collaboration_organisations.organisation"
    assert event.details["joined"][key] == [{"id": decided.pk}, {"id": preparing.pk}]


def test_what_is_decided_and_signed_follows_and_keeps_its_names(admin, stays, goes):
    at = place()
    case = ongoing(at, organisations=[goes])
    party = case.terms.parties.get(organisation=goes)

    merged(stays, goes, admin)

    moved = case.terms.parties.get(pk=party.pk)
    assert (moved.organisation, moved.name) == (stays, "Granens läxhjälp")
    assert list(case.organisations.all()) == [stays]
    with pytest.raises(IntegrityError), transaction.atomic():
        case.terms.parties.filter(pk=party.pk).update(organisation=OrganisationFactory())
    with pytest.raises(IntegrityError), transaction.atomic():
        case.terms.parties.filter(pk=party.pk).update(name="En annan")


def test_aid_that_was_given_follows(admin, stays, goes):
    at = place()
    case = registered(at, organisations=[goes])
    line = aid_line(goes, at.unit, at.officer, terms=case.terms)
    declaration = AidDeclaration.objects.create(
        terms=case.terms,
        organisation=goes,
        declared_on=timezone.localdate(),
        attested_by="ordförande",
        recorded_by=at.officer,
    )
    Terms.objects.filter(pk=case.terms.pk).update(locked_at=timezone.now())

    merged(stays, goes, admin)

    assert Aid.objects.get(pk=line.pk).organisation == stays
    assert AidDeclaration.objects.get(pk=declaration.pk).organisation == stays
    with pytest.raises(IntegrityError), transaction.atomic():
        Aid.objects.filter(pk=line.pk).update(value=1)


def test_two_parties_of_one_agreement_are_not_one(admin, stays, goes):
    case = motivated(place(), organisations=[stays, goes])
    assert {party.organisation for party in case.terms.parties.exclude(organisation=None)} == {
        stays,
        goes,
    }

    with pytest.raises(NotAllowed, match="Det går inte att flytta parter"):
        merged(stays, goes, admin)

    goes.refresh_from_db()
    assert goes.merged_into is None


def test_a_made_document_keeps_the_name_as_decided(admin, stays, goes):
    case, _ = case_at(Step.ONGOING, organisations=[goes])
    stored = case.decisions.get().document.stored
    before = (stored.sha256, stored.data)

    merged(stays, goes, admin)

    stored.refresh_from_db()
    assert (stored.sha256, stored.data) == before
    assert "Granens läxhjälp" in stored.data


def test_a_document_that_is_not_made_yet_is_waited_for(admin, stays, goes):
    case_at(Step.DECIDED, organisations=[goes])

    with pytest.raises(NotAllowed, match="beslutsdokument håller på att göras"):
        merged(stays, goes, admin)

    goes.refresh_from_db()
    assert goes.merged_into is None


# --- what both have


def test_where_both_are_known_nothing_of_either_is_lost(admin, unit, stays, goes):
    one, other = stays.profiles.get(), goes.profiles.get()
    Profile.objects.filter(pk=one.pk).update(
        roles=["voice"], relations=["within"], description="Läxhjälp."
    )
    Profile.objects.filter(pk=other.pk).update(
        roles=["service", "voice"],
        relations=["complement"],
        description="Språkkafé.",
        procurement_assessed_on="2026-01-02",
    )

    merged(stays, goes, admin)

    kept = Profile.objects.get(organisation=stays)
    assert (kept.roles, kept.relations) == (["voice", "service"], ["within", "complement"])
    assert kept.description == "Läxhjälp.\n\nSpråkkafé."
    assert str(kept.procurement_assessed_on) == "2026-01-02"
    texts = dict(Revision.objects.filter(chain=stays.chain).values_list("field", "text"))
    assert texts[f"description:{one.pk}"] == "Läxhjälp."
    assert texts[f"description:{other.pk}"] == "Språkkafé."


def test_figures_of_the_same_day_are_logged_where_they_are_not_kept(admin, unit, stays, goes):
    here = {"administration": unit.administration}
    SizeFactory(organisation=stays, members=10, **here)
    gone = SizeFactory(organisation=goes, members=99, **here)
    SizeFactory(organisation=goes, members=50, as_of="2024-12-31", **here)
    SizeFactory(organisation=goes, members=70)  # another administration's, of the same day

    merged(stays, goes, admin)

    assert set(Size.objects.values_list("organisation", "members")) == {
        (stays.pk, 10),
        (stays.pk, 50),
        (stays.pk, 70),
    }
    event = Event.objects.of(stays).get(code="organisation_merged")
    (lost,) = event.details["joined"]["organisations.size.organisation"]
    assert (lost["id"], lost["members"]) == (gone.pk, 99)


def test_a_network_takes_the_number_and_form_of_the_one_that_goes(admin, stays, goes):
    merged(goes, stays, admin)

    goes.refresh_from_db()
    assert (goes.org_number, goes.legal_form) == (stays.org_number, stays.legal_form)
    assert Organisation.objects.number(stays.org_number) == goes


def test_two_numbers_are_merged_only_when_somebody_has_checked(admin, stays):
    other = OrganisationFactory()

    with pytest.raises(NotAllowed, match="Bekräfta att de två numren"):
        merged(stays, other, admin)
    merged(stays, other, admin, apart=True)

    assert Organisation.objects.number(other.org_number) == stays
    assert Organisation.objects.number(stays.org_number) == stays


def test_the_name_of_either_can_be_kept_and_both_are_found(admin, stays, goes):
    merged(stays, goes, admin, keep_name=False)

    stays.refresh_from_db()
    assert stays.name == "Granens läxhjälp"
    for text in ("Läxhjälpen", "granens", stays.number_written):
        assert list(Organisation.objects.living().searched(text)) == [stays]
    assert {name.text: name.is_current for name in Name.objects.all()} == {
        "Granens läxhjälp": True,
        "Läxhjälpen Granen": False,
    }


# --- who, and how often


def test_only_those_who_may_merge_where_one_of_them_is_known(unit, stays, goes, admin):
    strangers = [
        UserFactory(officer_at=unit),
        UserFactory(admin_at=UnitFactory()),  # an administration that knows neither
    ]
    for stranger in strangers:
        with pytest.raises(NotAllowed):
            merged(stays, goes, stranger)
    assert Event.objects.filter(code="organisation_merged").count() == 0


def test_another_administration_that_knows_one_of_them_is_told(admin, unit, stays, goes):
    other = ProfileFactory(organisation=goes).administration

    merged(stays, goes, admin)

    notice = Notice.objects.get(kind="organisation_merged")
    assert (notice.administration, notice.to_address) == (other, other.mailbox)
    assert admin.email in notice.body
    assert stays.get_absolute_url() in notice.body


def test_a_second_click_changes_nothing_more(admin, stays, goes):
    versions = (stays.version, goes.version)
    merge(stays, goes, versions=versions, by=admin)
    before = Event.objects.count()

    assert merge(stays, goes, versions=versions, by=admin) == stays

    assert Event.objects.count() == before


def test_the_other_way_round_is_refused_with_its_reason(admin, stays, goes):
    merged(stays, goes, admin)

    with pytest.raises(NotAllowed, match="Granens läxhjälp är redan hopslagen med Läxhjälpen"):
        merged(goes, stays, admin)


def test_a_page_from_before_a_change_is_stale(admin, unit, stays, goes):
    versions = (stays.version, goes.version)
    officer = UserFactory(officer_at=unit)
    change_facts(
        stays,
        name="Läxhjälpen Björken",
        legal_form=stays.legal_form,
        org_number=stays.org_number,
        version=stays.version,
        by=officer,
    )

    with pytest.raises(Stale):
        merge(stays, goes, versions=versions, by=admin)


def test_both_logs_tell_the_whole_and_hold(admin, unit, stays, goes):
    contact = ContactFactory(organisation=goes, administration=unit.administration)
    case, _ = case_at(Step.REGISTERED, organisations=[goes])

    merged(stays, goes, admin)

    came, went = (Event.objects.of(one).latest("number").details for one in (stays, goes))
    moved = {
        "collaborations.collaboration_organisations.organisation": [case.pk],
        "organisations.contact.organisation": [contact.pk],
    }
    assert (came["from"], went["into"]) == (goes.pk, stays.pk)
    assert came["moved"] == went["moved"] == moved
    assert list(breaks()) == []


# --- the tombstone


def test_nothing_new_points_to_the_one_that_went(admin, unit, stays, goes):
    merged(stays, goes, admin)
    case = registered(place())
    contact = ContactFactory(organisation=stays, administration=unit.administration)
    attempts = [
        lambda: SizeFactory(organisation=goes),
        lambda: ContactFactory(organisation=goes),
        lambda: case.organisations.add(goes),
        lambda: Contact.objects.filter(pk=contact.pk).update(organisation=goes),
        lambda: OrganisationFactory(merged_into=goes, merged_at=stays.created_at),
        lambda: Organisation.objects.filter(pk=goes.pk).update(name="Något annat"),
        lambda: Organisation.objects.filter(pk=goes.pk).update(merged_into=None, merged_at=None),
        lambda: goes.delete(),
    ]
    for attempt in attempts:
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()


def test_steps_refuse_it_with_a_reason(admin, unit, stays, goes):
    merged(stays, goes, admin)
    officer = UserFactory(officer_at=unit)

    with pytest.raises(NotAllowed, match="är hopslagen med"):
        describe(goes, unit.administration, version=0, by=officer, description="Ny")
    with pytest.raises(NotAllowed, match="är hopslagen med"):
        registered(place(), organisations=[goes])


def test_its_number_cannot_be_registered_again_by_anyone(admin, unit, stays):
    other = OrganisationFactory(org_number=org_number(77))
    merged(stays, other, admin, apart=True)

    from tests.organisations.test_register import registering

    with pytest.raises(AlreadyRegistered) as taken:
        registering(UserFactory(officer_at=unit), unit, org_number=org_number(77))
    assert taken.value.organisation == stays
    with pytest.raises(DatabaseError), transaction.atomic():
        OrganisationFactory(org_number=org_number(77))


def test_its_page_leads_to_the_one_that_stays(client, admin, stays, goes):
    merged(stays, goes, admin)
    client.force_login(admin)

    page = client.get(goes.get_absolute_url())

    assert (page.status_code, page.url) == (302, stays.get_absolute_url())
    form = client.post(reverse("organisations:merge", args=[goes.pk, stays.pk]))
    assert form.status_code == 409
    assert "är hopslagen med" in form.content.decode()
    listed = client.get(reverse("organisations:list"), {"q": "granens"})
    assert listed.context["listing"].rows == [stays]


# --- pairs


def test_the_pair_is_gone_and_verdicts_follow(admin, stays, goes):
    third = OrganisationFactory(name="Granens Läxhjälpare", network=True)
    mark_not_same(goes, third, reason="En annan stadsdel.", by=admin)

    merged(stays, goes, admin)

    pair = PossibleDuplicate.objects.get()
    assert {pair.one, pair.other} == {stays, third}
    assert pair.reason == "En annan stadsdel."
    assert not any(rows_of(one, goes).exists() for one in pointing() if one.model in DERIVED)


# --- the page


def test_the_page_tells_what_will_move_and_what_both_have(client, admin, unit, stays, goes):
    case_at(Step.REGISTERED, organisations=[goes])
    SizeFactory(organisation=stays, administration=unit.administration)
    SizeFactory(organisation=goes, administration=unit.administration)
    client.force_login(admin)

    page = client.get(reverse("organisations:merge", args=[stays.pk, goes.pk]))

    assert {one["label"]: one["count"] for one in page.context["moving"]} == {
        "Organisationen hos förvaltningarna": 1,
        "Storlekar": 1,
        "Ärenden": 1,
    }
    said = " ".join(page.context["conflicts"])
    assert "Förvaltningen för Arbete" in said
    assert "31 december 2025" in said


def test_merging_on_the_page_leads_to_the_one_that_stays(client, admin, stays, goes):
    client.force_login(admin)
    url = reverse("organisations:merge", args=[stays.pk, goes.pk])
    form = client.get(url).context["form"]
    sent = {"name": "stays", **{n: form[n].value() for n in ("stays_version", "goes_version")}}

    first, second = client.post(url, sent), client.post(url, sent)

    assert (first.url, second.url) == (stays.get_absolute_url(),) * 2
    with pytest.raises(MergedInto):
        raise MergedInto(Organisation.objects.get(pk=goes.pk))


def test_the_page_costs_the_same_whatever_moves(client, admin, stays, goes):
    from django.test.utils import CaptureQueriesContext

    client.force_login(admin)
    url = reverse("organisations:merge", args=[stays.pk, goes.pk])

    def cost():
        with CaptureQueriesContext(connection) as asked:
            client.get(url)
        return len(asked)

    one = cost()
    for _ in range(3):
        registered(place(), organisations=[goes])
        ContactFactory(organisation=goes)
    assert cost() == one
