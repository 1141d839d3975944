"""An opinion that does not come, and what those who are asked may read (I-26, I-27)."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from audit import clock
from casework.moves import NotAllowed
from collaborations.decision_document import data_of
from collaborations.models import Collaboration, Opinion, Step
from collaborations.steps.decide import proposed
from collaborations.steps.opinion import ask_for_opinion, give_opinion, go_on_without_opinion
from notifications import reminders
from notifications.models import Notice, Obligation
from notifications.reminders import ASKED
from tests.factories.accounts import UnitFactory, UserFactory
from tests.factories.collaborations import case_at, decision_to_start
from tests.factories.formal import motivated
from tests.factories.forms import declared
from tests.factories.held import HeldDocumentFactory
from tests.factories.once import made_once

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker):
    with made_once(django_db_blocker):
        case, at = case_at(Step.CHECKED)
        people = {
            name: UserFactory(**{f"{name}_at": at.administration.root_unit})
            for name in ("procurement", "finance")
        }
        yield case.pk, at, people


@pytest.fixture
def asked(made):
    """(the case, its place, who can answer, an opinion asked of finance with one document)."""
    pk, at, people = made
    case = Collaboration.objects.get(pk=pk)
    facts = {"administration": at.administration, "registered_by": at.officer, "kept": True}
    organisation = case.organisations.get()
    shown, unshown = (HeldDocumentFactory(organisation=organisation, **facts) for _ in "ab")
    opinion = ask_for_opinion(
        case,
        function="finance",
        question="Håller bokslutet?",
        due_on=TODAY + timedelta(days=9),
        documents=[shown],
        by=at.officer,
        version=case.version,
    )
    return case, at, people, opinion, unshown


def in_ten_days():
    return clock.telling(timezone.now() + timedelta(days=10))


def go_on(case, opinion, by):
    go_on_without_opinion(opinion, why="Det brådskar.", by=by, version=case.version)


def test_the_manager_goes_on_without_it_after_the_last_day(asked):
    case, at, people, opinion, _ = asked
    with pytest.raises(NotAllowed) as refusal:
        go_on(case, opinion, at.manager)
    assert [reason.rule for reason in refusal.value.reasons] == ["last_day_has_passed"]
    with in_ten_days():
        with pytest.raises(NotAllowed):
            go_on(case, opinion, at.officer)
        go_on(case, opinion, at.manager)

    assert Obligation.objects.get(kind="opinion").waived_reason.startswith("Inget yttrande")
    with pytest.raises(NotAllowed) as refusal:
        give_opinion(
            opinion,
            conclusion="clear",
            reasons="Ja.",
            free_of_conflict=True,
            by=people["finance"],
        )
    assert "avslutad utan yttrande" in refusal.value.reasons[0].sentence
    with pytest.raises(DatabaseError, match="answered"), transaction.atomic():
        Opinion.objects.filter(pk=opinion.pk).update(lapsed_why="Annat.")
    declared(case, at.manager)
    data = data_of(proposed(case, **decision_to_start(at), by=at.manager), draft=True)
    assert data.advice[0].notes == ("Inget yttrande. Det brådskar.",)


def test_where_procurement_must_take_part_nobody_goes_on_without_it(at):
    """G-60: in another agreement where we pay."""
    UserFactory(procurement_at=at.administration.root_unit)
    money = {
        "party": "us",
        "kind": "money",
        "what": "Bidrag",
        "hours": None,
        "value": 50_000,
    }
    case = motivated(at, "other_agreement")
    case.terms.contributions.filter(party="us").delete()
    case.terms.contributions.create(**{k: v for k, v in money.items() if k != "hours"})
    opinion = ask_for_opinion(
        case,
        function="procurement",
        question="Är det ett köp?",
        due_on=TODAY + timedelta(days=9),
        by=at.officer,
        version=case.version,
    )
    with in_ten_days(), pytest.raises(NotAllowed) as refusal:
        go_on(case, opinion, at.manager)
    assert [reason.rule for reason in refusal.value.reasons] == ["opinion_is_no_must"]


def test_the_database_keeps_answer_and_lapse_apart(asked):
    *_, opinion, _ = asked
    with pytest.raises(IntegrityError), transaction.atomic():
        Opinion.objects.filter(pk=opinion.pk).update(lapsed_at=timezone.now())


def test_the_asked_read_the_documents_that_were_chosen_and_no_others(client, asked):
    case, at, people, opinion, unshown = asked
    shown = opinion.documents.get()

    def file_of(document):
        args = [case.pk, opinion.pk, document.pk]
        return client.get(reverse("collaborations:opinion_document", args=args))

    client.force_login(people["finance"])
    page = client.get(opinion.get_absolute_url()).content.decode()
    assert reverse("collaborations:opinion_document", args=[case.pk, opinion.pk, shown.pk]) in page
    assert str(unshown.pk) not in [str(one.pk) for one in opinion.documents.all()]
    got = file_of(shown)
    assert (got.status_code, bool(b"".join(got.streaming_content))) == (200, True)
    assert file_of(unshown).status_code == 404
    others = [
        reverse("collaborations:case", args=[case.pk]),
        reverse("collaborations:documents", args=[case.pk]),
        reverse("collaborations:consultation", args=[case.pk]),
        reverse("collaborations:opinions", args=[case.pk]),
    ]
    assert {client.get(address).status_code for address in others} == {404}
    client.force_login(people["procurement"])
    assert file_of(shown).status_code == 404


def test_both_see_the_last_day_and_the_asked_land_on_what_waits_for_them(client, asked):
    case, at, people, opinion, _ = asked
    day = f"{opinion.due_on.day} "
    client.force_login(at.officer)
    assert day in client.get(reverse("collaborations:opinions", args=[case.pk])).content.decode()
    client.force_login(people["finance"])
    assert day in client.get(opinion.get_absolute_url()).content.decode()
    assert opinion.get_absolute_url() in client.get("/").content.decode()


def test_going_on_without_it_is_offered_on_the_page_only_then(client, asked):
    case, at, _, opinion, _ = asked
    address = reverse("collaborations:without_opinion", args=[case.pk, opinion.pk])
    listed = reverse("collaborations:opinions", args=[case.pk])
    client.force_login(at.manager)
    assert address not in client.get(listed).content.decode()
    assert client.post(address, {"why": "Ja.", "version": case.version}).status_code == 409
    with in_ten_days():
        assert address in client.get(listed).content.decode()
        assert client.post(address, {"why": "Ja.", "version": case.version - 1}).status_code == 409
        assert client.post(address, {"why": "", "version": case.version}).status_code == 422
        client.post(address, {"why": "Det brådskar.", "version": case.version})
        assert "Inget yttrande" in client.get(listed).content.decode()


def test_who_is_named_sees_and_answers_and_a_colleague_of_the_same_function_does_not(client, asked):
    case, at, people, *_ = asked
    colleague = UserFactory(finance_at=at.administration.root_unit)
    named = ask_for_opinion(
        case,
        function="finance",
        person=people["finance"],
        question="Och revisionen?",
        due_on=TODAY + timedelta(days=9),
        by=at.officer,
        version=case.version,
    )
    seen = {}
    for who, person in (("named", people["finance"]), ("colleague", colleague)):
        client.force_login(person)
        seen[who] = client.get(named.get_absolute_url()).status_code
    assert seen == {"named": 200, "colleague": 404}
    answer = {"conclusion": "clear", "reasons": "Ja.", "free_of_conflict": True}
    with pytest.raises(NotAllowed):
        give_opinion(named, **answer, by=colleague)
    give_opinion(named, **answer, by=people["finance"])


def reminded(day):
    """Who was reminded that day, and what each is asked to do."""
    before = set(Notice.objects.values_list("pk", flat=True))
    reminders.sweep(day)
    told = Notice.objects.filter(kind__startswith="reminder").exclude(pk__in=before)
    return {one.person: ASKED in one.body for one in told.select_related("person")}


def test_what_is_asked_of_a_function_is_reminded_to_each_who_holds_it_and_to_the_asker(asked):
    case, at, people, opinion, _ = asked
    with_role_below = UserFactory(finance_at=UnitFactory(parent=at.unit))
    Obligation.objects.exclude(kind="opinion").update(reminded=4)

    assert reminded(opinion.due_on) == {at.officer: False, people["finance"]: True}
    assert set(reminded(opinion.due_on + timedelta(days=7))) == {
        at.officer,
        people["finance"],
        at.manager,
    }
    assert not Notice.objects.filter(person=with_role_below).exists()


def test_what_is_asked_of_one_is_reminded_to_that_one_alone(asked):
    case, at, people, opinion, _ = asked
    other = UserFactory(finance_at=at.administration.root_unit)
    case.refresh_from_db()
    facts = {"function": "finance", "person": other, "question": "Och budgeten?"}
    ask_for_opinion(case, due_on=opinion.due_on, by=at.officer, version=case.version, **facts)
    Obligation.objects.exclude(kind="opinion", owner=other).update(reminded=4)

    assert reminded(opinion.due_on) == {other: False}
