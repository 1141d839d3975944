"""An agreement is signed after the decision, whole, by those who may, and never changes again."""

from datetime import timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from agreements import reading
from agreements.models import Agreement, Commitment, Draft, Party, Side, Signature
from audit.models import Event
from casework.moves import NotAllowed, Stale
from collaborations import rules
from collaborations.models import Collaboration, Form
from collaborations.steps.agree import begin_agreement, write_section
from collaborations.steps.amend import amend
from documents.models import StoredDocument
from notifications.models import Obligation
from tests.factories.agreements import (
    facts_of,
    fill,
    next_year,
    sign_it,
    signatures,
    whole_proposal,
)
from tests.factories.collaborations import place
from tests.factories.democracy import opened
from tests.factories.formal import checked, motivated
from tests.factories.formal import told as formal_told
from tests.factories.once import made_once

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


def refused(raised) -> set[str]:
    return {reason.rule for reason in raised.value.reasons}


def state(case) -> tuple:
    row = Collaboration.objects.get(pk=case.pk)
    return (
        row.version,
        row.chain_count,
        Signature.objects.count(),
        Draft.objects.count(),
        StoredDocument.objects.count(),
        Agreement.objects.signed().count(),
    )


@pytest.fixture(scope="module")
def city(django_db_setup, django_db_blocker):
    """Two cases that wait for their agreement to be signed; each test's deeds are undone."""
    with made_once(django_db_blocker):
        at = place()
        told, iop = formal_told(at), formal_told(at, Form.IOP)
        yield SimpleNamespace(at=at, told=told.pk, iop=iop.pk)


@pytest.fixture
def told(city):
    return Collaboration.objects.get(pk=city.told)


@pytest.fixture
def partnership(city):
    return Collaboration.objects.get(pk=city.iop)


def test_the_signing_is_owed_from_the_decision_and_met_by_the_signed_agreement(at, told):
    owed = Obligation.objects.get(about=told.chain, kind="signing")
    assert (owed.owner, owed.due_on) == (at.manager, told.decided_on + timedelta(days=91))

    sign_it(told, at)

    owed.refresh_from_db()
    assert (owed.met_by_person, owed.is_open) == (at.officer, False)


def test_a_signed_agreement_holds_parties_period_file_and_who_registered_it(at, told):
    agreement = sign_it(told, at)

    assert agreement.is_signed
    assert (agreement.starts_on, agreement.ends_on) == tuple(next_year().values())
    assert {one.party.side for one in agreement.signatures.all()} == set(Side.values)
    assert agreement.registered_by == at.officer
    assert agreement.signed_file.kind == "agreement"
    assert rules.agreement_is_signed(Collaboration.objects.get(pk=told.pk))
    assert Event.objects.of(told).filter(code="agreement_signed").count() == 1


def test_before_it_is_signed_the_collaboration_cannot_start(told):
    assert [reason.sources for reason in rules.agreement_is_signed.reasons(told)] == [
        ("G-75", "M-58")
    ]


@pytest.mark.parametrize("carried_to", [motivated, checked])
def test_nothing_is_signed_before_the_decision(at, carried_to):
    case = carried_to(at)
    before = state(case)

    with pytest.raises(NotAllowed) as raised:
        sign_it(case, at)

    assert "decision_comes_first" in refused(raised)
    assert state(case) == before


def test_a_partnership_is_signed_by_the_head_alone(at, partnership):
    before = state(partnership)
    with pytest.raises(NotAllowed) as raised:
        sign_it(partnership, at, signatures=signatures(partnership, at, ours=at.manager))
    assert refused(raised) == {"our_signatory_may_sign"}
    assert state(partnership) == before

    assert sign_it(partnership, at).is_signed


@pytest.mark.parametrize("carried_to", [motivated, checked])
def test_a_partnership_waits_for_the_board(at, carried_to):
    case = carried_to(at, Form.IOP)

    with pytest.raises(NotAllowed) as raised:
        sign_it(case, at)

    assert refused(raised) == {"decision_comes_first", "board_has_decided_on_the_partnership"}


def test_an_officer_may_not_sign_for_us(at, told):
    with pytest.raises(NotAllowed) as raised:
        sign_it(told, at, signatures=signatures(told, at, ours=at.officer))

    assert refused(raised) == {"our_signatory_may_sign"}


@pytest.mark.parametrize("days", [-1, 1])
def test_a_signature_is_dated_from_the_decision_to_today(at, told, days):
    with pytest.raises(NotAllowed) as raised:
        sign_it(told, at, signatures=signatures(told, at, on=TODAY() + timedelta(days=days)))

    assert refused(raised) == {"signatures_come_after_the_decision"}


def test_every_party_must_sign(at, told):
    with pytest.raises(NotAllowed) as raised:
        sign_it(told, at, signatures=signatures(told, at)[:1])

    assert refused(raised) == {"every_party_has_signed"}


def test_an_emptied_section_stops_the_signing_with_its_name(at, told):
    agreement = reading.being_drafted(told.terms)
    base = agreement.drafts.first().number
    write_section(told, agreement, "forsakring", base=base, text="", by=at.officer)

    with pytest.raises(NotAllowed) as raised:
        sign_it(told, at)

    assert [str(reason) for reason in raised.value.reasons] == ["Försäkring: Avsnittet är tomt."]


def test_the_text_of_a_partnership_is_not_changed_after_the_boards_decision(at, partnership):
    agreement = reading.being_drafted(partnership.terms)
    base = agreement.drafts.first().number

    with pytest.raises(NotAllowed) as raised:
        write_section(partnership, agreement, "syfte", base=base, text="Annat.", by=at.officer)

    assert raised.value.reasons[0].sources == ("I-07",)


def test_a_version_that_was_saved_behind_the_decision_is_not_signed(at, partnership):
    agreement = reading.being_drafted(partnership.terms)
    last = agreement.drafts.first()
    Draft.objects.create(
        agreement=agreement, number=last.number + 1, content=last.content, saved_by=at.officer
    )

    with pytest.raises(NotAllowed) as raised:
        sign_it(partnership, at)

    assert refused(raised) == {"partnership_is_the_decided_text"}


def test_nothing_is_signed_while_something_new_about_the_organisation_is_examined(at, told):
    opened(told, at)
    before = state(told)
    with pytest.raises(NotAllowed) as raised:
        sign_it(told, at)

    assert refused(raised) == {"nothing_new_is_examined"}
    assert state(told) == before


def test_periods_of_two_agreements_do_not_overlap(at, told):
    first = sign_it(told, at)
    second = whole_proposal(
        told, at, starts_on=first.ends_on, ends_on=first.ends_on + timedelta(days=365)
    )
    with pytest.raises(NotAllowed) as raised:
        sign_it(told, at, second)
    assert refused(raised) == {"periods_do_not_overlap"}

    fill(
        told,
        second,
        at,
        ["period"],
        starts_on=first.ends_on + timedelta(days=1),
        ends_on=first.ends_on + timedelta(days=365),
    )
    assert sign_it(told, at, second).number == 2


def test_a_stale_page_signs_nothing(at, told):
    before = state(told)

    with pytest.raises(Stale):
        sign_it(told, at, version=told.version - 1)

    assert state(told) == before


def test_what_is_signed_cannot_be_written_on(at, told):
    agreement = sign_it(told, at)

    with pytest.raises(NotAllowed):
        write_section(told, agreement, "roller", base=1, text="Nytt.", by=at.officer)
    with pytest.raises(NotAllowed):
        sign_it(told, at, agreement)


def test_the_program_tells_of_the_end_six_and_three_months_before(at, told):
    from notifications.models import Obligation

    agreement = sign_it(told, at)

    due = sorted(Obligation.objects.filter(kind="agreement_ends").values_list("due_on", flat=True))
    assert [(agreement.ends_on - day).days for day in due] == [182, 91]


DEEDS = {
    "change the period": lambda a: Agreement.objects.filter(pk=a.pk).update(ends_on=TODAY()),
    "unsign": lambda a: Agreement.objects.filter(pk=a.pk).update(
        signed_draft=None,
        starts_on=None,
        ends_on=None,
        signed_file=None,
        registered_by=None,
        registered_at=None,
    ),
    "delete": lambda a: Agreement.objects.filter(pk=a.pk).delete(),
    "change a version": lambda a: Draft.objects.filter(agreement=a).update(content={}),
    "delete a version": lambda a: Draft.objects.filter(agreement=a).delete(),
    "change a signature": lambda a: Signature.objects.filter(agreement=a).update(name="Annan"),
    "take a signature away": lambda a: Signature.objects.filter(agreement=a).delete(),
    "promise more": lambda a: Commitment.objects.create(
        agreement=a, party=a.terms.parties.first(), what="Mer"
    ),
    "rename a party": lambda a: Party.objects.filter(terms=a.terms).update(name="Annan"),
    "add a party": lambda a: Party.objects.create(terms=a.terms, side="us", name="Regionen"),
}


@pytest.mark.parametrize("deed", DEEDS)
def test_the_database_refuses_to_change_what_is_signed(at, told, deed):
    agreement = sign_it(told, at)

    with pytest.raises(DatabaseError), transaction.atomic():
        DEEDS[deed](agreement)


def registered_in_the_database(agreement, **facts):
    return Agreement.objects.filter(pk=agreement.pk).update(
        **{
            "signed_draft": agreement.drafts.first(),
            "registered_at": timezone.now(),
            "registered_by": agreement.begun_by,
            "signed_file": StoredDocument.objects.first(),
            **next_year(),
            **facts,
        }
    )


def test_the_database_refuses_what_a_party_has_not_signed(at, told):
    agreement = reading.being_drafted(told.terms)

    with pytest.raises(DatabaseError), transaction.atomic():
        registered_in_the_database(agreement)


def test_the_database_refuses_a_signature_from_before_the_decision(at, told):
    agreement = reading.being_drafted(told.terms)
    for one in signatures(told, at, on=TODAY() - timedelta(days=1)):
        one.agreement = agreement
        one.save()

    with pytest.raises(DatabaseError, match="decided_first"), transaction.atomic():
        registered_in_the_database(agreement)


def test_the_database_refuses_a_signed_agreement_without_a_decision(at):
    case = checked(at)
    agreement = reading.being_drafted(case.terms)
    for one in signatures(case, at):
        one.agreement = agreement
        one.save()
    formal_told(at)  # a document to point at
    assert StoredDocument.objects.exists()

    with pytest.raises(DatabaseError, match="decided_first"), transaction.atomic():
        registered_in_the_database(agreement)


def test_an_amendment_names_sections_and_inherits_the_rest(at, told):
    main = sign_it(told, at)
    amendment = amend(told, main, form_key=uuid4(), sections=["budget"], by=at.officer)
    base = amendment.drafts.first().number
    write_section(told, amendment, "budget", base=base, text="Ny budget.", by=at.officer)
    with pytest.raises(NotAllowed):
        write_section(told, amendment, "roller", base=base, text="Nytt.", by=at.officer)

    sign_it(told, at, amendment)

    held = reading.effective_of(reading.latest_signed(told.terms))
    assert held.content.text("budget") == "Ny budget."
    assert held.origin["budget"] == "Tilläggsöverenskommelse 1"
    assert held.content.text("roller") == facts_of("roller", main)["text"]


def test_one_draft_at_a_time_and_a_form_sent_twice_makes_one(at, told):
    main = sign_it(told, at)
    key = uuid4()
    first = amend(told, main, form_key=key, sections=["budget"], by=at.officer)
    events = Event.objects.of(told).count()

    assert amend(told, main, form_key=key, sections=["budget"], by=at.officer) == first
    assert Event.objects.of(told).count() == events
    with pytest.raises(NotAllowed):
        begin_agreement(told, form_key=uuid4(), template="formal", by=at.officer)


def test_an_agreement_that_has_ended_is_not_amended(at, told):
    from audit import clock

    main = sign_it(told, at)
    with clock.telling(timezone.now() + timedelta(days=800)), pytest.raises(NotAllowed) as raised:
        amend(told, main, form_key=uuid4(), sections=["budget"], by=at.officer)

    assert [reason.sources for reason in raised.value.reasons] == [("G-75",)]
