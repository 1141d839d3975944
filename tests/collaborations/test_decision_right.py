"""Who may decide a formal collaboration: the delegation order, and else the board (G-74, I-07)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from audit.models import Event
from casework.moves import NotAllowed, Stale, closed, missing
from collaborations import decision_right
from collaborations.decision_document import data_of
from collaborations.models import BoardDecision, Decision, Form, Step
from collaborations.rules import (
    board_has_decided_where_it_must,
    person_has_the_right,
    what_we_hand_over_is_valued,
)
from collaborations.steps.decide import decide
from collaborations.steps.motivate import write_motivation
from collaborations.workflow import DECIDE
from tests.factories.accounts import DelegationItemFactory, UserFactory
from tests.factories.collaborations import REFRAIN, case_at, motivation
from tests.factories.formal import (
    PREMISES,
    board_decides,
    checked,
    delegated,
    formal_motivation,
)

TODAY = timezone.localdate
FORMAL = [form for form in Form if form not in (Form.INFORMAL, Form.ASSOCIATION_GRANT)]


def sentences(reasons) -> list[str]:
    return [reason.sentence for reason in reasons]


def rules_of(reasons) -> set[str]:
    return {reason.rule for reason in reasons}


@pytest.mark.parametrize(
    ("item", "reaches"),
    [
        ({}, True),
        ({"max_amount": None}, True),
        ({"max_amount": 20_000}, True),
        ({"max_amount": 19_999}, False),
        ({"forms": ["iop", "external_funding"]}, False),
        ({"holder_role": "head"}, False),
        ({"starts_on": timezone.localdate() + timedelta(days=1)}, False),
        ({"starts_on": timezone.localdate() - timedelta(days=9), "ends_on": TODAY()}, False),
        (
            {
                "starts_on": timezone.localdate() - timedelta(days=9),
                "ends_on": TODAY() + timedelta(days=1),
            },
            True,
        ),
    ],
)
def test_an_item_must_cover_form_amount_day_and_holder(at, item, reaches):
    case = checked(at)
    facts = {"forms": ["other_agreement"], "holder_role": "responsible_manager", **item}
    DelegationItemFactory(
        administration=at.administration, **{"max_amount": 50_000, **facts, "holder_person": None}
    )

    assert (decision_right.item_of(case, at.manager) is not None) is reaches
    assert person_has_the_right(case, at.manager) is reaches


def test_an_item_of_a_person_is_that_persons_alone(at):
    case = checked(at)
    delegated(at, holder_person=at.manager)

    assert person_has_the_right(case, at.manager)
    assert not person_has_the_right(case, UserFactory(manager_at=at.unit))


def test_an_item_of_another_administration_says_nothing_here(at):
    case = checked(at)
    DelegationItemFactory(forms=["other_agreement"], holder_role="responsible_manager")

    assert not person_has_the_right(case, at.manager)


def test_the_narrowest_item_that_reaches_is_the_one_named(at):
    case = checked(at)
    delegated(at, code="9", max_amount=None)
    narrow = delegated(at, code="2", max_amount=30_000)
    delegated(at, code="3", max_amount=60_000)

    assert decision_right.item_of(case, at.manager) == narrow


def test_the_manager_of_an_informal_case_needs_no_item(at):
    case, _ = case_at(Step.CHECKED, at)

    assert person_has_the_right(case, at.manager)
    assert missing(case, DECIDE) == []


def test_without_any_item_the_board_decides_and_the_page_says_so(at):
    case = checked(at)

    assert sentences(closed(case, DECIDE, at.manager)) == [
        "Ingen punkt i delegationsordningen ger dig rätt att besluta om den här formen och det "
        "här beloppet. Nämnden beslutar."
    ]
    assert "board_has_decided_where_it_must" in rules_of(missing(case, DECIDE))


def test_with_an_item_of_somebody_else_the_page_says_whose(at):
    case = checked(at)
    delegated(at, holder_role="head", code="4.2")

    assert sentences(closed(case, DECIDE, at.manager)) == [
        "Beslutet är delegerat till högsta chef (punkt 4.2). Lämna över ärendet dit, eller "
        "anteckna nämndens beslut."
    ]


def test_what_has_no_value_reaches_nobody(at):
    lent = {**PREMISES, "kind": "staff", "value": None}
    case = checked(at, contributions=[PREMISES, lent])

    assert not what_we_hand_over_is_valued(case)
    assert "what_we_hand_over_is_valued" in rules_of(missing(case, DECIDE))


def refrain(case, at):
    return decide(case, **REFRAIN, by=at.manager, version=case.version)


def test_the_decision_says_which_item_it_rests_on(at):
    case = checked(at)
    item = delegated(at, code="4.2", title="Samverkan med skriftlig överenskommelse")
    made = refrain(case, at)

    assert made.delegation_item == item
    assert made.right == (
        "Delegationsordningen punkt 4.2: Samverkan med skriftlig överenskommelse, "
        "högst 100\u202f000\u202fkr."
    )
    assert made.decider == at.manager.name


def test_the_decision_may_be_the_boards_with_the_recorder_named(at):
    case = checked(at)
    secretary = UserFactory(name="Iris Alm", secretary_at=at.administration.root_unit)
    on = TODAY()
    board_decides(case, at, by=secretary, outcome="refrain")
    made = refrain(case, at)

    assert made.delegation_item is None
    assert made.right.endswith("§ 14. Antecknat av Iris Alm.")
    assert made.decider == "Provnämnden"
    assert data_of(made).decided_by.name == "Provnämnden"
    assert made.board_decision.decided_on == on


def test_its_day_is_that_of_the_boards_meeting_and_else_the_day_in_stockholm():
    late = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)

    assert Decision(decided_at=late).decided_on == date(2026, 3, 2)
    board = BoardDecision(decided_on=date(2026, 2, 24))
    assert Decision(decided_at=late, board_decision=board).decided_on == date(2026, 2, 24)


@pytest.mark.parametrize(("board", "manager"), [("start", "refrain"), ("refrain", "start")])
def test_nobody_decides_otherwise_than_the_board(at, board, manager):
    case = checked(at)
    delegated(at)
    board_decides(case, at, outcome=board)
    facts = REFRAIN | {
        "outcome": manager,
        "follow_up_method": "Möte.",
        "follow_up_by": at.officer,
        "follow_up_on": TODAY() + timedelta(days=90),
    }
    with pytest.raises(NotAllowed, match="Nämnden har beslutat något annat"):
        decide(case, **facts, by=at.manager, version=case.version)
    assert not Decision.objects.exists()


def test_an_iop_begins_by_the_board_alone_whatever_is_delegated(at):
    case = checked(at, Form.IOP)
    delegated(at, "iop", max_amount=None)

    assert person_has_the_right(case, at.manager)
    assert not board_has_decided_where_it_must(case)
    assert sentences(board_has_decided_where_it_must.reasons(case)) == [
        "Nämnden beslutar alltid om idéburet offentligt partnerskap. Anteckna beslutet."
    ]
    board_decides(case, at)
    assert board_has_decided_where_it_must(case)


@pytest.mark.parametrize(
    "change",
    [
        {"form": Form.EXTERNAL_FUNDING},
        {"contributions": [{**PREMISES, "value": 20_001}]},
    ],
)
def test_a_case_that_has_changed_since_has_no_decision_of_the_board(at, change):
    case = checked(at)
    board_decides(case, at)
    assert decision_right.board_decision(case) is not None

    facts = motivation(at, **formal_motivation(**change))
    write_motivation(case, **facts, by=at.officer, version=case.version)
    case = type(case).objects.get(pk=case.pk)
    assert decision_right.board_decision(case) is None


def test_the_last_record_is_the_one_that_counts(at):
    case = checked(at)
    board_decides(case, at, paragraph="§ 1")
    board_decides(case, at, outcome="refrain", paragraph="§ 2")

    assert decision_right.board_decision(case).paragraph == "§ 2"
    assert Event.objects.of(case).filter(code="board_decided").count() == 2


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"board": " "}, "Ange nämnd, paragraf och var protokollet finns."),
        ({"paragraph": ""}, "Ange nämnd, paragraf och var protokollet finns."),
        ({"reference": ""}, "Ange nämnd, paragraf och var protokollet finns."),
        (
            {"decided_on": TODAY() + timedelta(days=1)},
            "Nämndens beslut kan inte vara äldre än ärendet eller fattat efter dagens datum.",
        ),
        (
            {"decided_on": TODAY() - timedelta(days=400)},
            "Nämndens beslut kan inte vara äldre än ärendet eller fattat efter dagens datum.",
        ),
    ],
)
def test_a_record_that_cannot_be_true_is_refused(at, wrong, said):
    case = checked(at)
    before = case.version
    with pytest.raises(NotAllowed) as refusal:
        board_decides(case, at, **wrong)
    case.refresh_from_db()

    assert sentences(refusal.value.reasons) == [said]
    assert (BoardDecision.objects.count(), case.version) == (0, before)


def test_who_may_not_records_nothing_and_an_old_page_neither(at):
    case = checked(at)
    for person in (at.officer, at.adviser, at.registrar):
        with pytest.raises(NotAllowed):
            board_decides(case, at, by=person)
    with pytest.raises(Stale):
        board_decides(case, at, version=case.version - 1)
    assert not BoardDecision.objects.exists()


def test_of_an_informal_case_the_board_is_not_asked(at):
    case, _ = case_at(Step.CHECKED, at)
    with pytest.raises(NotAllowed, match="Ansvarig chef beslutar själv"):
        board_decides(case, at)


def saved_as(case, at, **facts):
    with transaction.atomic():
        return Decision.objects.create(
            collaboration=case,
            **{
                "kind": "refrain",
                "reasons": "Skäl.",
                "decided_by": at.manager,
                "declaration": case.declarations.get(person=at.manager),
                "right": "Ingen.",
                "appealable": "no",
                **facts,
            },
        )


def test_the_database_refuses_a_formal_decision_by_no_right(at):
    case = checked(at)
    with pytest.raises(IntegrityError):
        saved_as(case, at)


def test_the_database_refuses_an_iop_without_the_board(at):
    case = checked(at, Form.IOP)
    plan = {
        "kind": "start",
        "follow_up_method": "Möte.",
        "follow_up_by": at.officer,
        "follow_up_on": TODAY() + timedelta(days=9),
    }
    with pytest.raises(IntegrityError):
        saved_as(case, at, **plan, delegation_item=delegated(at, "iop"))
    refused = board_decides(case, at, outcome="refrain")
    with pytest.raises(IntegrityError):
        saved_as(case, at, **plan, board_decision=refused)
    assert saved_as(case, at, **plan, board_decision=board_decides(case, at)).pk


def test_the_boards_decision_of_one_case_is_no_decision_of_another(at):
    mine, other = checked(at), checked(at)
    with pytest.raises(IntegrityError):
        saved_as(mine, at, board_decision=board_decides(other, at, outcome="refrain"))


def test_a_recorded_decision_is_never_changed(at):
    made = board_decides(checked(at), at)
    with pytest.raises(IntegrityError), transaction.atomic():
        BoardDecision.objects.filter(pk=made.pk).update(paragraph="§ 2")
    with pytest.raises(IntegrityError), transaction.atomic():
        made.delete()


def test_it_is_recorded_on_its_page_and_stands_beside_the_decision(at, client):
    case = checked(at)
    client.force_login(at.manager)
    url = reverse("collaborations:board_decision", args=[case.pk])
    sent = {
        "version": case.version,
        "outcome": "start",
        "board": "Provnämnden",
        "decided_on": TODAY().isoformat(),
        "paragraph": "",
        "reference": "Dnr 2026/120",
    }
    faulty = client.post(url, sent)
    assert faulty.status_code == 422
    assert "Dnr 2026/120" in faulty.content.decode()
    assert client.post(url, {**sent, "paragraph": "§ 14"}).status_code == 302
    assert client.post(url, {**sent, "paragraph": "§ 14"}).status_code == 409

    page = client.get(reverse("collaborations:decide", args=[case.pk])).content.decode()
    assert BoardDecision.objects.count() == 1
    assert "§ 14. Antecknat av" in page
