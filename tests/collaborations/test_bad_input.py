"""What bad input gets: each is refused with its rule and source, and nothing at all has changed.

The deeds are those that people do, through the steps. An amount that is typed in the wrong way is
tested in test_amounts_typed.py; two units that decide at the same moment, with threads of their
own, in test_aid_at_once.py.
"""

from contextlib import contextmanager
from datetime import timedelta
from types import SimpleNamespace
from unittest.mock import patch
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import transaction
from django.utils import timezone

from agreements import reading
from casework.moves import NotAllowed
from checklists.answer_checks import AnswerInput
from checklists.models import Answer
from collaborations import standing
from collaborations.models import Collaboration, Form, Step
from collaborations.steps.agree import write_section
from collaborations.steps.aid import record_aid
from collaborations.steps.amend import amend
from collaborations.steps.check import add_finding, answer, check
from collaborations.steps.decide import decide
from collaborations.steps.motivate import motivate
from tests.factories.agreements import sign_it, signatures, whole_proposal
from tests.factories.collaborations import decision_to_start, place, write
from tests.factories.democracy import a_finding
from tests.factories.formal import (
    PREMISES,
    board_decides,
    checked,
    decided,
    delegated,
    formal_motivation,
    ongoing,
)
from tests.factories.forms import advised

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
OURS = ("accounts", "audit", "documents", "notifications", "organisations", "checklists")
OURS += ("agreements", "iop", "collaborations")


@pytest.fixture(scope="module")
def city(django_db_setup, django_db_blocker):
    """Cases that lack nothing, made once; what a test does to them is undone after it."""
    with django_db_blocker.unblock():
        around = transaction.atomic()
        around._from_testcase = True
        with around:
            at = place()
            with patch("tests.factories.forms.advised"):
                iop = checked(at, Form.IOP)  # with everything but the group's advice and the board
            yield SimpleNamespace(
                at=at, iop=iop.pk, decided=decided(at, Form.IOP).pk, running=ongoing(at).pk
            )
            transaction.set_rollback(True)


def fresh(pk) -> Collaboration:
    return Collaboration.objects.get(pk=pk)


def everything() -> dict:
    """Every row of ours, as it stands in the database."""
    return {
        model._meta.label: sorted(map(str, model._base_manager.values_list()))
        for app in OURS
        for model in apps.get_app_config(app).get_models(include_auto_created=True)
    }


@contextmanager
def refused(rule: str, source: str):
    """The deed is refused by that rule of that source, and every row is as it was."""
    before = everything()
    with pytest.raises(NotAllowed) as raised:
        yield
    sources = {reason.rule: reason.sources for reason in raised.value.reasons}
    assert source in sources[rule]
    assert everything() == before


# --- a partnership is decided too early --------------------------------------------------------


def without_advice(case, at):
    """Nobody has asked the group."""


def without_the_board(case, at):
    """Whatever is delegated."""
    delegated(at, Form.IOP, max_amount=None)


def with_one_side_that_brings_nothing(case, at):
    write(case, at, **formal_motivation(Form.IOP, contributions=[PREMISES]))
    motivate(case, by=at.officer, version=case.version)
    check(case, by=at.officer, version=case.version)


def with_a_finding_open(case, at):
    add_finding(case, "demokrati", given=a_finding(), by=at.officer)
    not_checked_and_yet_sent_on(case, at)


def with_a_test_unclear(case, at):
    rows = standing.assessments(case)["offentligt_kontrakt"].answers.all()
    unclear = {f"OK-{n}": AnswerInput("oklart", text="Vi vet inte.") for n in range(1, 6)}
    versions = {given.code: given.version for given in rows}
    answer(case, "offentligt_kontrakt", inputs=unclear, versions=versions, by=at.officer)
    not_checked_and_yet_sent_on(case, at)


def not_checked_and_yet_sent_on(case, at):
    """It goes no further than to *Motiverad*. Were it sent on all the same, the gate stands."""
    with refused("every_question_is_answered", "G-46"):
        check(case, by=at.officer, version=fresh(case.pk).version)
    Collaboration.objects.filter(pk=case.pk).update(step=Step.CHECKED)


def with_a_section_empty(case, at):
    agreement = reading.being_drafted(case.terms)
    base = agreement.drafts.first().number
    write_section(case, agreement, "dokumentation", base=base, text="", by=at.officer)


TOO_EARLY = {
    without_advice: ("group_has_advised", "G-56"),
    without_the_board: ("board_has_decided_where_it_must", "I-19"),
    with_one_side_that_brings_nothing: ("both_sides_contribute", "G-54"),
    with_a_finding_open: ("democracy_conditions_are_met", "G-27"),
    with_a_test_unclear: ("public_contract_is_assessed", "I-16"),
    with_a_section_empty: ("agreement_proposal_is_complete", "I-55"),
}


@pytest.mark.parametrize("lacking", TOO_EARLY, ids=lambda lacking: lacking.__name__)
def test_a_partnership_is_not_decided(city, at, lacking):
    case = fresh(city.iop)
    if lacking is not without_advice:
        advised(case, at)
    lacking(case, at)
    case = fresh(city.iop)
    if lacking is not without_the_board:
        board_decides(case, at)

    with refused(*TOO_EARLY[lacking]):
        decide(case, **decision_to_start(at), by=at.manager, version=case.version)


def test_the_same_partnership_with_everything_is_decided(city, at):
    """So that none of the refusals above is for another reason."""
    case = fresh(city.iop)
    advised(case, at)
    board_decides(case, at)

    decide(case, **decision_to_start(at), by=at.manager, version=case.version)

    assert fresh(city.iop).step == "decided"


# --- an agreement is signed or changed when it may not be --------------------------------------


def test_an_agreement_is_not_signed_before_the_decision(city, at):
    case = fresh(city.iop)

    with refused("decision_comes_first", "G-75"):
        sign_it(case, at)


@pytest.mark.parametrize("who", ["manager", "officer", "adviser", "registrar"])
def test_a_partnership_is_not_signed_by_someone_who_may_not(city, at, who):
    case = fresh(city.decided)

    with refused("our_signatory_may_sign", "I-07"):
        sign_it(case, at, signatures=signatures(case, at, ours=getattr(at, who)))


@pytest.mark.parametrize("who", ["officer", "adviser", "registrar"])
def test_another_agreement_is_not_signed_by_someone_who_may_not(city, at, who):
    case = fresh(city.running)
    after = reading.latest_signed(case.terms).ends_on + timedelta(days=1)
    second = whole_proposal(case, at, starts_on=after, ends_on=after + timedelta(days=365))

    with refused("our_signatory_may_sign", "G-74"):
        ours = signatures(case, at, ours=getattr(at, who))
        sign_it(case, at, second, signatures=ours)


def test_periods_do_not_overlap(city, at):
    case = fresh(city.running)
    last = reading.latest_signed(case.terms).ends_on
    second = whole_proposal(case, at, starts_on=last, ends_on=last + timedelta(days=365))

    with refused("periods_do_not_overlap", "M-62"):
        sign_it(case, at, second)


def test_an_agreement_that_has_ended_is_not_amended(city, at, monkeypatch):
    case = fresh(city.running)
    main = reading.latest_signed(case.terms)
    monkeypatch.setattr("audit.clock.today", lambda: main.ends_on + timedelta(days=1))

    before = everything()
    with pytest.raises(NotAllowed) as raised:
        amend(case, main, form_key=uuid4(), sections=["mal"], by=at.officer)
    assert [one.sources for one in raised.value.reasons] == [("G-75",)]
    assert everything() == before


def test_an_amendment_is_not_signed_when_what_it_changes_has_ended(city, at, monkeypatch):
    case = fresh(city.running)
    main = reading.latest_signed(case.terms)
    started = amend(case, main, form_key=uuid4(), sections=["roller"], by=at.officer)
    monkeypatch.setattr("audit.clock.today", lambda: main.ends_on + timedelta(days=1))

    with refused("amended_agreement_is_in_force", "G-75"):
        sign_it(case, at, started)


# --- amounts that cannot be --------------------------------------------------------------------

WRONG = {
    "negative": {"value": -1},
    "absurd": {"value": 10_000_000_001},
    "negative hours": {"hours": -1},
    "absurd hours": {"hours": 1_000_001},
}


@pytest.mark.parametrize("wrong", WRONG)
def test_what_the_parties_bring_has_an_amount_that_can_be(city, at, wrong):
    case = fresh(city.iop)
    lines = [PREMISES | WRONG[wrong]]

    with refused("amounts_are_sane", "I-39"):
        write(case, at, **formal_motivation(Form.IOP, contributions=lines))


@pytest.mark.parametrize("value", [-1, 0, 10_000_000_001])
def test_aid_has_an_amount_that_can_be(city, at, value):
    case = fresh(city.iop)
    before = everything()

    with pytest.raises(NotAllowed) as raised:
        record_aid(
            case,
            organisation=case.organisations.get(),
            origin="ours",
            form="grant",
            what="Bidrag",
            value=value,
            by=at.officer,
            version=case.version,
        )

    assert [(one.sources, one.at) for one in raised.value.reasons] == [(("I-46",), "value")]
    assert everything() == before


def test_every_row_would_be_seen_to_change(city):
    """The comparison above is worth something: a single answer that differs is told."""
    before = everything()
    Answer.objects.filter(pk=Answer.objects.first().pk).update(note="Annat.")

    assert everything() != before
