"""A partnership: challenge, programme, the head who reads first, the steering group (I-02–I-25)."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from casework.moves import NotAllowed, missing
from collaborations.models import Form, Step
from collaborations.steps.motivate import motivate
from collaborations.steps.partnership import (
    appoint,
    dismiss,
    note_meeting,
    read_information,
    write_partnership,
)
from collaborations.workflow import DECIDE, MOTIVATE
from iop.models import HeadInformation, Partnership, Programme, SteeringMeeting, SteeringMember
from notifications.models import Notice
from tests.factories.accounts import AdministrationFactory, UserFactory
from tests.factories.aid import amounts
from tests.factories.collaborations import registered, write
from tests.factories.formal import checked, decided, formal_motivation, motivated, ongoing
from tests.factories.forms import WRITTEN, a_programme, before_motivated, tell_head

TODAY = timezone.localdate()


@pytest.fixture
def begun(at):
    case = registered(at)
    write(case, at, **formal_motivation(Form.IOP))
    case.refresh_from_db()
    return case


def lacking(case, move=DECIDE) -> set[str]:
    case.refresh_from_db()
    return {reason.rule for reason in missing(case, move)}


def written(case, at, **facts):
    given = WRITTEN | {"programme": a_programme(at)} | facts
    write_partnership(case, **given, by=at.officer, version=case.version)
    return case


@pytest.mark.parametrize(
    ("lost", "rule"),
    [
        ({"challenge": ""}, "challenge_is_described"),
        ({"why_complex": " "}, "challenge_is_described"),
        ({"solution": ""}, "challenge_is_described"),
        ({"programme": None}, "programme_passage_is_quoted"),
        ({"passage": ""}, "programme_passage_is_quoted"),
        ({"passage_at": ""}, "programme_passage_is_quoted"),
    ],
)
def test_each_part_of_the_partnership_is_needed(at, begun, lost, rule):
    own = {"challenge_is_described", "programme_passage_is_quoted", "programme_is_in_force"}
    assert lacking(begun) & own == own - {"programme_is_in_force"}
    assert lacking(written(begun, at)) & own == set()
    assert lacking(written(begun, at, **lost)) & own == {rule}


def test_a_programme_that_has_run_out_is_no_ground(at, begun):
    old = a_programme(at, ends_on=TODAY - timedelta(days=1))

    assert "programme_is_in_force" in lacking(written(begun, at, programme=old))
    assert not Programme.objects.in_force().filter(pk=old.pk).exists()


def test_preparation_waits_until_the_head_has_read(at, begun):
    assert "head_is_informed" in lacking(begun, MOTIVATE)
    told = tell_head(begun, at)
    with pytest.raises(NotAllowed, match="har inte läst informationen än"):
        motivate(begun, by=at.officer, version=begun.version)
    assert Notice.objects.get(kind="head_informed").person == at.head

    read_information(begun, told, by=at.head)
    assert "head_is_informed" not in lacking(begun, MOTIVATE)
    motivate(begun, by=at.officer, version=begun.version)
    assert begun.step == Step.MOTIVATED


def test_only_the_one_who_was_told_can_say_that_it_is_read(at, begun):
    told = tell_head(begun, at)
    another = UserFactory(head_at=at.administration.root_unit)
    for person in (at.manager, at.officer, another):
        with pytest.raises(NotAllowed):
            read_information(begun, told, by=person)
    told.refresh_from_db()
    assert told.read_at is None


def test_a_receipt_is_given_once_and_kept(at, begun):
    told = tell_head(begun, at)
    read_information(begun, told, by=at.head)
    first = told.read_at
    read_information(begun, told, by=at.head)
    assert told.read_at == first
    with pytest.raises(IntegrityError), transaction.atomic():
        HeadInformation.objects.filter(pk=told.pk).update(read_at=timezone.now())


def test_only_the_manager_informs_and_appoints(at, begun):
    from collaborations.steps.partnership import inform_head

    facts = {"head": at.head, "assessment": "Ja."}
    with pytest.raises(NotAllowed):
        inform_head(begun, **facts, by=at.officer, version=begun.version)
    with pytest.raises(NotAllowed):
        appoint(
            begun,
            side="us",
            person=at.officer,
            role="ledamot",
            by=at.officer,
            version=begun.version,
        )


def test_a_steering_group_has_somebody_from_each_side(at, begun):
    assert "steering_group_is_appointed" in lacking(begun)
    ours = appoint(
        begun, side="us", person=at.manager, role="ordförande", by=at.manager, version=begun.version
    )
    assert "steering_group_is_appointed" in lacking(begun)
    appoint(begun, side="organisation", role="ordförande", by=at.manager, version=begun.version)
    assert "steering_group_is_appointed" not in lacking(begun)
    dismiss(begun, ours, by=at.manager, version=begun.version)
    assert "steering_group_is_appointed" in lacking(begun)


@pytest.mark.parametrize(("side", "ours"), [("us", False), ("organisation", True)])
def test_of_the_organisation_no_person_is_kept_and_of_us_always_one(at, begun, side, ours):
    person = at.manager if ours else None
    with pytest.raises(NotAllowed):
        appoint(begun, side=side, person=person, role="x", by=at.manager, version=begun.version)
    assert not SteeringMember.objects.exists()


def test_meetings_are_noted_and_never_changed(at, begun):
    met = {"notes": "Vi börjar i mars.", "by": at.officer}
    with pytest.raises(NotAllowed):
        note_meeting(begun, held_on=TODAY + timedelta(days=1), version=begun.version, **met)
    made = note_meeting(begun, held_on=TODAY, version=begun.version, **met)
    with pytest.raises(IntegrityError), transaction.atomic():
        SteeringMeeting.objects.filter(pk=made.pk).update(notes="Annat.")


def test_nothing_of_it_belongs_to_another_form(at):
    case = registered(at)
    with pytest.raises(NotAllowed, match="Bara vid partnerskap"):
        write_partnership(case, **WRITTEN, by=at.officer, version=case.version)
    assert not Partnership.objects.exists()


def test_after_the_decision_the_partnership_stands(at):
    case = decided(at, Form.IOP)
    with pytest.raises(NotAllowed):
        write_partnership(case, **WRITTEN, by=at.officer, version=case.version)
    with pytest.raises(IntegrityError), transaction.atomic():
        Partnership.objects.filter(pk=case.partnership_id).update(challenge="En annan.")


def test_the_database_refuses_a_programme_that_ends_before_it_begins(at):
    with pytest.raises(IntegrityError), transaction.atomic():
        a_programme(at, decided_on=date(2024, 3, 4), ends_on=date(2024, 3, 3))


def test_the_pages_of_a_partnership_take_what_is_written(at, begun, client):
    programme = a_programme(at)
    elsewhere = Programme.objects.create(
        administration=AdministrationFactory(),
        title="Deras",
        decided_by="Kommunfullmäktige",
        decided_on=date(2024, 1, 1),
    )
    client.force_login(at.manager)

    def post(name, *args, **sent):
        begun.refresh_from_db()
        url = reverse(f"collaborations:{name}", args=[begun.pk, *args])
        return client.post(url, {"version": begun.version, **sent}).status_code

    assert post("partnership", **WRITTEN, programme=elsewhere.pk) == 422
    assert post("partnership", **WRITTEN, programme=programme.pk) == 302
    assert post("inform_head", head=at.head.pk, assessment="") == 422
    assert post("inform_head", head=at.head.pk, assessment="Vi tror på det.") == 302
    told = HeadInformation.objects.get()
    assert post("read_information", told.pk) == 409
    assert post("steering", side="us", role="ordförande") == 422
    assert post("steering", side="us", role="ordförande", person=at.manager.pk) == 302
    assert post("dismiss", SteeringMember.objects.get().pk) == 302
    assert post("meeting", held_on=TODAY.isoformat(), notes="Vi börjar.") == 302

    client.force_login(at.head)
    page = client.get(reverse("collaborations:inform_head", args=[begun.pk])).content.decode()
    assert "Jag har tagit del av det här" in page
    assert post("read_information", told.pk) == 302
    for name in ("partnership", "inform_head", "steering", "meeting"):
        url = reverse(f"collaborations:{name}", args=[begun.pk])
        assert client.get(url).status_code == 200


def test_the_shares_of_both_sides_are_drawn(at, client):
    case = motivated(at, Form.IOP)
    client.force_login(at.officer)
    page = client.get(reverse("collaborations:partnership", args=[case.pk])).content.decode()

    assert ('value="25"' in page, 'value="75"' in page) == (True, True)


@pytest.mark.parametrize("members", [1, 3])
def test_the_steering_page_costs_the_same_for_few_and_many(
    at, begun, client, members, django_assert_num_queries
):
    before_motivated(begun, at)
    for number in range(members):
        appoint(
            begun,
            side="organisation",
            role=f"ledamot {number}",
            by=at.manager,
            version=begun.version,
        )
        note_meeting(begun, held_on=TODAY, notes="Möte.", by=at.officer, version=begun.version)
    client.force_login(at.manager)
    with django_assert_num_queries(STEERING_QUERIES):
        client.get(reverse("collaborations:steering", args=[begun.pk]))


STEERING_QUERIES = 11


def test_the_risk_of_a_partnership_stands_where_it_is_weighed_and_says_how_the_case_stands(
    at, client
):
    amounts(direct_sek="15000", fee_sek="20000000", fee_percent="10")
    case, other = checked(at, Form.IOP), checked(at)
    client.force_login(at.manager)
    pages = [
        reverse("collaborations:partnership", args=[case.pk]),
        reverse("collaborations:decide", args=[case.pk]),
        reverse("collaborations:questions", args=[case.pk, "offentligt_kontrakt"]),
    ]

    for page in pages:
        answer = client.get(page)
        risk = answer.context["risk"]
        assert (risk["equal_chance"], risk["contract"]) == ("ja", "Inte ett offentligt kontrakt")
        assert (risk["value"], risk["fee"], risk["procurement"]) == (20_000, 2_000, False)
        assert [one.amount for one in risk["passed"]] == [15_000]
        said = " ".join(answer.content.decode().split())
        assert "otillåten direktupphandling" in said
        assert "Konkurrensverket kan inom två år besluta om upphandlingsskadeavgift" in said
    for name in ("decide", "questions"):
        args = [other.pk] + (["offentligt_kontrakt"] if name == "questions" else [])
        assert client.get(reverse(f"collaborations:{name}", args=args)).context["risk"] is None


def test_the_head_who_reads_of_a_running_partnership_is_refused_nothing(client, at):
    running = ongoing(at, Form.IOP)
    client.force_login(at.head)

    said = client.get(reverse("collaborations:inform_head", args=[running.pk])).content.decode()

    assert "Information till högsta chefen" in said
    assert "Det här kan du inte göra nu" not in said
