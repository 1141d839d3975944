"""Köp av tjänst is no collaboration: handed over to procurement, and closed as that (G-59–G-61)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from casework.moves import NotAllowed, Stale, missing, warned
from collaborations.models import Collaboration, Form, Referral, Step
from collaborations.steps.motivate import motivate
from collaborations.steps.refer import refer
from collaborations.workflow import ALL_MOVES, DECIDE, MOTIVATE
from notifications.models import Notice
from tests.factories.accounts import UserFactory
from tests.factories.aid import amounts
from tests.factories.collaborations import case_at, deliver_everything, registered, write
from tests.factories.formal import REFERRAL, formal_motivation, purchase, referred_case


def refused(case, at, **facts) -> list[str]:
    with pytest.raises(NotAllowed) as refusal:
        refer(case, **{**REFERRAL, **facts}, by=at.officer, version=case.version)
    case.refresh_from_db()
    assert (case.step, Referral.objects.count()) == (Step.REGISTERED, 0)
    return [reason.rule for reason in refusal.value.reasons]


def test_a_purchase_goes_no_further_than_to_procurement(at):
    case = purchase(at)

    assert [r.sentence for r in missing(case, MOTIVATE) if r.rule == "is_no_purchase"] == [
        "Köp av tjänst är inte samverkan. Lämna över ärendet till inköp och upphandling."
    ]
    with pytest.raises(NotAllowed):
        motivate(case, by=at.officer, version=case.version)


def test_it_is_handed_over_with_what_is_known_and_can_be_found(at):
    case = referred_case(at)
    made = case.referral

    assert (case.step, made.why, made.reference) == (Step.REFERRED, "purchase", "BH-2026-17")
    assert "Uppgift och mål: Ungdomar får hjälp med läxor" in made.known
    assert "20\u202f000\u202fkr" in made.known
    assert list(Collaboration.objects.at(Step.REFERRED)) == [case]
    assert not Collaboration.objects.open().filter(pk=case.pk).exists()
    assert {move.name for move in ALL_MOVES if case.step in move.leaves} == {
        "rule",
        "mark_secret",
        "set_registry_number",
    }


def test_its_page_says_what_was_handed_over_and_leaves_nothing_to_do(client, at):
    case = referred_case(at)
    client.force_login(at.officer)

    page = client.get(reverse("collaborations:case", args=[case.pk]))

    assert page.context["referral"] == case.referral
    assert {task["state"] for task in page.context["tasks"]} <= {"done", "other"}


def test_procurement_hears_of_it_with_everything_and_the_mailbox_too(at):
    somebody = UserFactory(procurement_at=at.administration.root_unit)
    UserFactory(procurement_at=registered_elsewhere())
    case = referred_case(at)
    notices = Notice.objects.about(case.chain).filter(kind__startswith="referred")

    people = {notice.person for notice in notices if notice.person}
    assert (somebody in people, len(people)) == (True, 2)
    assert notices.filter(person=somebody, body__contains=REFERRAL["need"]).exists()
    assert notices.get(person=None).to_address == at.administration.mailbox


def registered_elsewhere():
    from tests.factories.accounts import AdministrationFactory, UnitFactory

    return UnitFactory(administration=AdministrationFactory())


def test_the_initiative_must_have_been_told_first(at):
    UserFactory(procurement_at=at.administration.root_unit)
    case = registered(at)
    write(case, at, **formal_motivation(Form.PURCHASE))
    assert refused(case, at) == ["initiative_is_reported"]

    deliver_everything(case)
    refer(case, **REFERRAL, by=at.officer, version=case.version)
    assert case.step == Step.REFERRED


def test_somebody_must_be_there_to_take_it(at):
    case = registered(at)
    deliver_everything(case)
    write(case, at, **formal_motivation(Form.PURCHASE))

    assert refused(case, at) == ["procurement_has_somebody"]


@pytest.mark.parametrize(
    ("wrong", "rule"),
    [
        ({"need": "  "}, "referral_says_what_and_to_whom"),
        ({"contact": ""}, "referral_says_what_and_to_whom"),
        ({"contacted_on": timezone.localdate() + timedelta(days=1)}, "procurement_was_contacted"),
    ],
)
def test_a_hand_over_that_says_too_little_is_refused(at, wrong, rule):
    assert refused(purchase(at), at, **wrong) == [rule]


@pytest.mark.parametrize(
    ("value", "special", "way", "possible"),
    [
        (699_999, False, "direct", True),
        (700_000, False, "direct", False),
        (700_000, True, "direct", True),
        (None, False, "direct", False),
        (1, False, "reserved", False),
        (1, True, "reserved", True),
        (None, False, "procurement", True),
        (1, False, "gold", False),
    ],
)
def test_a_way_of_buying_is_proposed_within_the_thresholds_of_the_day(
    at, value, special, way, possible
):
    amounts(direct_sek="700000", social_sek="8109450")
    case = purchase(at)
    facts = {"value": value, "special": special, "way": way}

    if not possible:
        assert refused(case, at, **facts) == ["way_of_buying_is_possible"]
        return
    made = refer(case, **{**REFERRAL, **facts}, by=at.officer, version=case.version)
    assert (made.value, made.special, made.way) == (value, special, way)
    assert Notice.objects.filter(person__isnull=False, body__contains=made.get_way_display())


def test_a_collaboration_is_not_handed_over_to_procurement(at):
    case, _ = case_at(Step.MOTIVATED, at)
    UserFactory(procurement_at=at.administration.root_unit)
    with pytest.raises(NotAllowed, match="ingen upphandling"):
        refer(case, **REFERRAL, by=at.officer, version=case.version)


def test_who_may_not_and_an_old_page_hand_nothing_over(at):
    case = purchase(at)
    with pytest.raises(NotAllowed):
        refer(case, **REFERRAL, by=at.adviser, version=case.version)
    with pytest.raises(Stale):
        refer(case, **REFERRAL, by=at.officer, version=case.version - 1)
    assert not Referral.objects.exists()


def test_the_record_is_never_changed(at):
    made = referred_case(at).referral
    with pytest.raises(IntegrityError), transaction.atomic():
        Referral.objects.filter(pk=made.pk).update(need="Annat.")


def test_the_pages_hand_over_and_show_procurement_only_what_was_handed_over(at, client):
    case = purchase(at)
    client.force_login(at.officer)
    url = reverse("collaborations:referral", args=[case.pk])
    sent = {**REFERRAL, "version": case.version, "value": "900 000 kr", "special": "false"}
    faulty = client.post(url, {**sent, "contact": ""})
    assert (faulty.status_code, Referral.objects.count()) == (422, 0)
    assert client.post(url, sent).status_code == 302
    assert client.post(url, sent).status_code == 409
    assert REFERRAL["need"] in client.get(url).content.decode()

    buyer = UserFactory(procurement_at=at.administration.root_unit)
    client.force_login(buyer)
    received = reverse("collaborations:received", args=[case.pk])
    assert REFERRAL["need"] in client.get(received).content.decode()
    assert client.get(case.get_absolute_url()).status_code == 404


MONEY = {"party": "us", "kind": "money", "what": "Bidrag", "value": 20_000, "hours": None}


@pytest.mark.parametrize(
    ("form", "contributions", "stops", "warns"),
    [
        (Form.OTHER_AGREEMENT, [], False, False),
        (Form.OTHER_AGREEMENT, [MONEY], True, False),
        (Form.OTHER_AGREEMENT, [MONEY | {"kind": "premises"}], False, False),
        (Form.IOP, [], False, True),
    ],
)
def test_procurement_takes_part_where_we_pay(at, form, contributions, stops, warns):
    case = registered(at)
    write(case, at, **formal_motivation(form, contributions=contributions))
    case.refresh_from_db()

    def asked(reasons):
        return "procurement_takes_part" in {reason.rule for reason in reasons}

    assert (asked(missing(case, DECIDE)), asked(warned(case, DECIDE))) == (stops, warns)
