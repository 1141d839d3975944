"""Jäv in a question to the group: noted with what it consists of, taken back by another (G-37)."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from advice.aside import people_aside
from advice.models import Post
from advice.steps.meetings import advise_at_meeting
from advice.steps.questions import (
    answer,
    answer_anew,
    ask_without_case,
    assign,
    post,
    stand_aside,
)
from audit.guards import make_all
from audit.models import Event
from casework.moves import NotAllowed
from checklists.answer_checks import AnswerInput
from collaborations.models import Collaboration, Consultation, Recusal
from collaborations.rules import person_takes_part
from collaborations.steps.consult import advise, advise_anew
from collaborations.steps.declare import declare
from tests.factories.accounts import UserFactory
from tests.factories.broken import unguarded
from tests.factories.collaborations import free_answers
from tests.factories.group import (
    WHY,
    asked_in,
    attended,
    meeting_of,
    noted,
    on_the_agenda,
    taken_back,
    withdrawn,
)

pytestmark = pytest.mark.django_db
SOON = timezone.localdate() + timedelta(days=5)
OWN = (
    "Den som är antecknad som jävig tar inte själv tillbaka anteckningen. Be någon annan i gruppen."
)


def refused(action) -> list[tuple[str, str]]:
    with pytest.raises(NotAllowed) as refusal:
        action()
    return [(reason.at, reason.sentence) for reason in refusal.value.reasons]


@pytest.fixture
def of_case(group):
    return asked_in(group.case, group.at)


@pytest.fixture
def alone(group):
    facts = {"unit": group.at.unit, "question": "Får vi bjuda på kaffe?", "due_on": SOON}
    return ask_without_case(**facts, by=UserFactory(employee_at=group.at.unit))


@pytest.fixture(params=["of_case", "alone"])
def asked(request):
    """The question is of a case, or of none: all of this holds for both."""
    return request.getfixturevalue(request.param)


def answered(asked, by) -> None:
    if asked.collaboration_id:
        advise(asked, advice="suitable", reasons="Ja.", by=by)
    else:
        answer(asked, text="Ja.", by=by)


def names(asked) -> list[str]:
    return [one.name for one in people_aside(Consultation.objects.get(pk=asked.pk)).values()]


# --- noted ---------------------------------------------------------------------------------------


def test_a_note_says_what_the_jav_consists_of(group, asked):
    for nothing in ("", "  \n"):
        assert refused(lambda why=nothing: noted(asked, group.second, why=why, by=group.chair)) == [
            ("why", "Skriv vad jävet består i.")
        ]
    note = noted(asked, group.second, why=f" {WHY} ", by=group.chair)

    assert (note.why, note.noted_by) == (WHY, group.chair.person)


def test_noted_twice_alike_is_one_note_and_another_reason_is_refused(group, asked):
    first = noted(asked, group.second, by=group.chair)

    assert noted(asked, group.second, by=group.third) == first
    assert refused(lambda: noted(asked, group.second, why="Annat.", by=group.chair)) == [
        (
            "person",
            f"{group.second.person} är redan antecknad som jävig i frågan. Är anteckningen fel "
            "tar någon annan i gruppen först tillbaka den.",
        )
    ]


# --- taken back ----------------------------------------------------------------------------------


def test_another_takes_a_mistake_back_and_the_person_takes_part_again(group, asked):
    assign(asked, group.second.person, by=group.chair.person)
    note = noted(asked, group.second, by=group.chair)
    taken_back(note, reason=" Fel person. ", by=group.third.person)

    note.refresh_from_db()
    assert (note.withdrawn_by, note.withdrawn_reason, note.why) == (
        group.third.person,
        "Fel person.",
        WHY,
    )
    assert names(asked) == []
    assert asked.recusals.count() == 1
    asked.refresh_from_db()
    assert asked.assignee is None
    assign(asked, group.second.person, by=group.chair.person)
    post(asked, text="Då svarar jag.", by=group.second.person)
    answered(asked, group.second.person)


def test_who_noted_it_may_take_it_back_and_note_it_anew(group, asked):
    first = noted(asked, group.second, by=group.chair)
    taken_back(first, by=group.chair.person)
    again = noted(asked, group.second, why="Är kassör.", by=group.chair)

    assert list(asked.recusals.all()) == [first, again]
    assert refused(lambda: post(asked, text="Hej.", by=group.second.person))
    taken_back(again, by=group.third.person)
    assert names(asked) == []


def test_who_has_jav_does_not_decide_that_they_have_none(group, asked):
    by_another = noted(asked, group.second, by=group.chair)
    by_oneself = noted(asked, group.third, by=group.third)

    for note, person in ((by_another, group.second), (by_oneself, group.third)):
        assert refused(lambda n=note, p=person: taken_back(n, by=p.person)) == [("", OWN)]
    # Nor do two who stand aside clear each other.
    assert refused(lambda: taken_back(by_another, by=group.third.person)) == [
        ("", "Du är jävig i frågan. Du deltar inte i samtalet eller i rådet om den.")
    ]
    assert len(names(asked)) == 2


def test_nor_does_one_who_has_declared_a_conflict_in_the_case(group, of_case):
    note = noted(of_case, group.second, by=group.chair)
    reported(group.case, group.third)

    assert refused(lambda: taken_back(note, by=group.third.person))[0] == (
        "conflict",
        "Du har anmält jäv i ärendet. Du kan inte handlägga det förrän frågan är avgjord.",
    )


def reported(case, member) -> None:
    friends = {**free_answers(), "JV-4": AnswerInput("ja", companions={"text": "Vänskap."})}
    declare(case, inputs=friends, by=member.person)


def test_only_the_group_takes_a_note_back_and_says_why(group, asked):
    note = noted(asked, group.second, by=group.chair)
    for nobody in (group.at.officer, group.at.manager, group.stranger.person, asked.asked_by):
        assert refused(lambda n=nobody: taken_back(note, by=n))[0][1].startswith(
            "Du har inte rätt att ge beredningsgruppens råd"
        )
    assert refused(lambda: taken_back(note, reason="  ", by=group.chair.person)) == [
        ("reason", "Skriv varför anteckningen är fel.")
    ]
    taken_back(note, by=group.chair.person)
    assert refused(lambda: taken_back(note, by=group.third.person)) == [
        ("", "Anteckningen om jäv är redan tillbakatagen.")
    ]


def test_it_is_taken_back_while_the_question_waits_and_not_after(group, asked):
    note = noted(asked, group.second, by=group.chair)
    answered(asked, group.chair.person)

    assert refused(lambda: taken_back(note, by=group.chair.person))[0][1].startswith(
        "Frågan är redan besvarad."
    )
    with pytest.raises(DatabaseError, match="taken_back_once"), transaction.atomic():
        Recusal.objects.filter(pk=note.pk).update(**as_if_taken_back(group.chair))


def as_if_taken_back(member) -> dict:
    return {
        "withdrawn_at": timezone.now(),
        "withdrawn_by": member.person,
        "withdrawn_reason": "Fel.",
    }


def test_nothing_is_taken_back_in_a_case_that_is_withdrawn(group, of_case):
    note = noted(of_case, group.second, by=group.chair)
    withdrawn(group.case, group.at)

    assert refused(lambda: taken_back(note, by=group.chair.person)) == [
        ("", "Det går inte att göra detta i läget Återtagen.")
    ]


def test_what_the_person_declared_in_the_case_stands_all_the_same(group, of_case):
    note = noted(of_case, group.second, by=group.chair)
    reported(group.case, group.second)
    taken_back(note, by=group.chair.person)

    assert names(of_case) == [group.second.person.name]
    assert refused(lambda: assign(of_case, group.second.person, by=group.chair.person)) == [
        ("member", f"{group.second.person} är jävig i frågan.")
    ]


def test_who_takes_part_again_is_among_those_who_advise_at_the_meeting(group, of_case):
    meeting = meeting_of(group.at, group.chair)
    item = on_the_agenda(meeting, of_case)
    attended(meeting, group.second)
    taken_back(noted(of_case, group.second, by=group.chair), by=group.chair.person)
    facts = {"advice": "suitable", "reasons": "Ja."}
    advise_at_meeting(item, **facts, by=group.second.person, version=meeting.version)

    of_case.refresh_from_db()
    assert of_case.present == str(group.second)


def test_a_later_answer_takes_along_the_notes_that_stand(group, asked):
    taken_back(noted(asked, group.third, by=group.chair), by=group.chair.person)
    noted(asked, group.second, by=group.chair)
    answered(asked, group.third.person)
    if asked.collaboration_id:
        facts = {"advice": "other", "reasons": "Så."}
        later = advise_anew(asked, **facts, by=group.third.person)
    else:
        later = answer_anew(asked, text="Nej.", by=group.third.person)

    copied = later.recusals.get()
    assert (copied.person, copied.why, copied.noted_by) == (
        group.second.person,
        WHY,
        group.chair.person,
    )


def test_a_note_from_before_the_reason_was_asked_for_stands_and_is_taken_along(group, alone):
    note = noted(alone, group.second, by=group.chair)
    with unguarded(Recusal) as rows:
        rows.filter(pk=note.pk).update(why="")
    make_all(connection)
    answer(alone, text="Ja.", by=group.third.person)
    later = answer_anew(alone, text="Nej.", by=group.third.person)

    assert later.recusals.get().why == ""


# --- the database --------------------------------------------------------------------------------


def test_the_database_lets_a_note_be_taken_back_once_by_another_and_nothing_else(group, asked):
    note = noted(asked, group.second, by=group.chair)
    row = Recusal.objects.filter(pk=note.pk)
    taking = as_if_taken_back(group.chair)
    for change in (
        {"why": "Annat."},
        {"person": group.third.person},
        {**taking, "why": "Annat."},
        {**taking, "noted_by": group.third.person},
        {"withdrawn_reason": "Fel."},
    ):
        with pytest.raises(DatabaseError, match="taken_back_once"), transaction.atomic():
            row.update(**change)
    for constraint, change in {
        "withdrawn_means_who_why": {**taking, "withdrawn_reason": ""},
        "withdrawn_by_another": {**taking, "withdrawn_by": group.second.person},
    }.items():
        with pytest.raises(DatabaseError, match=constraint), transaction.atomic():
            row.update(**change)
    with pytest.raises(DatabaseError, match="kept"), transaction.atomic():
        row.delete()

    row.update(**taking)
    nothing = {"withdrawn_at": None, "withdrawn_by": None, "withdrawn_reason": ""}
    for change in (nothing, {"withdrawn_reason": "Annat."}):
        with pytest.raises(DatabaseError, match="taken_back_once"), transaction.atomic():
            row.update(**change)


def test_the_database_takes_no_note_without_a_reason_and_no_second_one_that_stands(group, asked):
    def make(why, member=group.second):
        facts = {"person": member.person, "noted_by": group.chair.person, "why": why}
        with transaction.atomic():
            return Recusal.objects.create(consultation=asked, **facts)

    with pytest.raises(DatabaseError, match="says_why"):
        make("")
    first = make(WHY)
    with pytest.raises(DatabaseError):
        make("Annat.")
    taken_back(first, by=group.chair.person)
    assert make("Annat.").is_withdrawn is False


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["note", "take back", "declare"]),
        st.integers(0, 2),
        st.integers(0, 2),
    ),
    max_size=12,
)


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=STEPS)
def test_in_any_order_page_rule_and_database_agree_on_who_stands_aside(group, steps):
    """And no note is ever lost, and none is taken back by the one it is about."""
    with transaction.atomic():
        members = (group.chair, group.second, group.third)
        case, written = Collaboration.objects.get(pk=group.case.pk), 0
        asked = asked_in(case, group.at)
        for what, whose, by in steps:
            try:
                if what == "note":
                    before = asked.recusals.count()
                    noted(asked, members[whose], by=members[by])
                    written += asked.recusals.count() - before
                elif what == "declare":
                    reported(case, members[whose])
                elif note := asked.recusals.filter(person=members[whose].person).last():
                    taken_back(note, by=members[by].person)
            except NotAllowed:
                pass
        asked = Consultation.objects.get(pk=asked.pk)
        aside = set(people_aside(asked))
        for member in members:
            person = member.person
            assert person_takes_part(asked, person) == (person.pk not in aside)
            note = Post(consultation=asked, text="Hej.", written_by=person)
            declared = person.pk in aside and not asked.recusals.standing().filter(person=person)
            try:
                with transaction.atomic():
                    note.save()
            except DatabaseError:
                assert person.pk in aside
            else:
                assert person.pk not in aside or declared
        assert asked.recusals.count() == written
        for note in asked.recusals.exclude(withdrawn_at=None):
            assert note.withdrawn_by != note.person
        transaction.set_rollback(True)


# --- what is written of it -----------------------------------------------------------------------


def test_the_cases_log_tells_who_and_of_whom_and_not_why(client, group, of_case):
    note = noted(of_case, group.second, by=group.chair)
    taken_back(note, by=group.third.person)

    events = Event.objects.of(group.case).filter(code__in=["stood_aside", "aside_taken_back"])
    expected = {"consultation": of_case.pk, "person": group.second.person.pk}
    told = [(one.code, one.actor_name, one.details) for one in events.order_by("number")]
    assert [(code, who) for code, who, _ in told] == [
        ("stood_aside", group.chair.person.name),
        ("aside_taken_back", group.third.person.name),
    ]
    assert all(details.items() >= expected.items() for _, _, details in told)
    client.force_login(group.at.manager)
    page = client.get(reverse("collaborations:log", args=[group.case.pk])).content.decode()
    assert "En anteckning om jäv i frågan togs tillbaka" in page
    assert f"gäller {group.second.person}" in page
    assert WHY not in page
    assert "Fel person valdes." not in page


def test_the_groups_register_tells_of_a_question_without_a_case(group, alone):
    taken_back(noted(alone, group.second, by=group.chair), by=group.third.person)

    event = Event.objects.get(code="question_aside_taken_back")
    assert (event.actor_id, event.details) == (
        group.third.person.pk,
        {"consultation": alone.pk, "person": group.second.person.pk},
    )


# --- pages ---------------------------------------------------------------------------------------


def page_of(client, asked, person) -> str:
    client.force_login(person)
    return client.get(reverse("advice:request", args=[asked.pk])).content.decode()


def back(note) -> str:
    return reverse("advice:take_back_aside", args=[note.consultation_id, note.pk])


def test_the_group_reads_what_the_jav_consists_of_and_others_only_who(client, group, asked):
    note = noted(asked, group.second, by=group.chair)
    outsider = group.at.manager if asked.collaboration_id else asked.asked_by
    seen = {
        who: (WHY in page, group.second.person.name in page, back(note) in page)
        for who, page in {
            "another": page_of(client, asked, group.third.person),
            "the person": page_of(client, asked, group.second.person),
            "outsider": page_of(client, asked, outsider),
        }.items()
    }

    assert seen == {
        "another": (True, True, True),
        "the person": (True, True, False),
        "outsider": (False, True, False),
    }
    of_it = client.get(back(note))
    assert (of_it.status_code, WHY in of_it.content.decode()) == (200, False)
    sent = {"person": group.third.person.pk, "why": "Är kassör."}
    refusal = client.post(reverse("advice:aside", args=[asked.pk]), sent)
    assert (refusal.status_code, WHY in refusal.content.decode()) == (409, False)


def test_the_question_in_its_case_names_nobody_whose_note_is_taken_back(client, group, of_case):
    note = noted(of_case, group.second, by=group.chair)
    client.force_login(group.at.manager)
    address = reverse("collaborations:consultation", args=[group.case.pk])
    assert "Jävig och deltar inte" in client.get(address).content.decode()

    taken_back(note, by=group.chair.person)
    assert "Jävig och deltar inte" not in client.get(address).content.decode()


def test_a_note_is_taken_back_in_the_browser(client, group, asked):
    client.force_login(group.chair.person)
    address = reverse("advice:aside", args=[asked.pk])
    for why, fault in {
        "": "Detta fält måste fyllas i.",
        "x" * 301: "Säkerställ att detta värde har som mest 300 tecken (den har 301).",
        "Är 19811218-9876.": "Det ser ut som ett personnummer eller samordningsnummer. "
        "Sådana får inte sparas här. Ta bort det.",
    }.items():
        faulty = client.post(address, {"person": group.second.person.pk, "why": why})
        assert (faulty.status_code, faulty.context["form"].errors) == (422, {"why": [fault]})
    client.post(address, {"person": group.second.person.pk, "why": WHY})
    again = client.post(address, {"person": group.second.person.pk, "why": "Är kassör."})
    assert (again.status_code, list(again.context["form"].errors)) == (409, ["person"])

    note = asked.recusals.get()
    empty = client.post(back(note), {"reason": ""})
    assert (empty.status_code, list(empty.context["form"].errors)) == (422, ["reason"])
    client.force_login(group.second.person)
    own = client.post(back(note), {"reason": "Jag är inte jävig."})
    assert (own.status_code, OWN in own.content.decode()) == (409, True)
    client.force_login(group.third.person)
    done = client.post(back(note), {"reason": "Fel person valdes."})
    assert done.url == reverse("advice:request", args=[asked.pk])
    page = client.get(done.url).content.decode()
    assert "Fel person valdes." in page
    assert f"Tillbakatagen anteckning om {group.second.person}" in page
    assert back(note) not in page
    late = client.post(back(note), {"reason": "En gång till."})
    assert (late.status_code, "är redan tillbakatagen" in late.content.decode()) == (409, True)


def test_a_note_of_another_question_and_of_one_that_is_not_seen_is_not_found(client, group, alone):
    note, other = noted(alone, group.second, by=group.chair), asked_in(group.case, group.at)
    client.force_login(group.chair.person)
    wrong = reverse("advice:take_back_aside", args=[other.pk, note.pk])
    assert client.get(wrong).status_code == 404
    for nobody in (group.stranger.person, group.at.manager):
        client.force_login(nobody)
        assert client.get(back(note)).status_code == 404


def test_the_page_costs_the_same_for_one_note_and_for_three(
    client, group, asked, django_assert_max_num_queries
):
    client.force_login(group.chair.person)
    address, costs = reverse("advice:request", args=[asked.pk]), []
    noted(asked, group.second, by=group.chair)
    for another in (True, True, False):
        client.get(address)
        with django_assert_max_num_queries(35) as queries:
            client.get(address)
        costs.append(len(queries))
        if another:
            newcomer = UserFactory(adviser_at=group.at.administration.root_unit)
            stand_aside(asked, newcomer, why=WHY, by=group.chair.person)
            taken_back(asked.recusals.last(), by=group.chair.person)
            stand_aside(asked, newcomer, why=WHY, by=group.chair.person)

    assert len(set(costs)) == 1
