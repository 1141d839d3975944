"""Meetings: called ahead, an agenda of what waits, who was there, the advice, jäv, the minutes."""

import json
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from advice.forms import AttendanceForm
from advice.minutes import data_of, items_of, outcome
from advice.models import AgendaItem, Meeting, Post
from advice.steps.meetings import (
    add_item,
    advise_at_meeting,
    call_meeting,
    cancel_meeting,
    change_meeting,
    move_item,
    note_attendance,
    remove_item,
)
from advice.steps.members import end_membership
from advice.steps.minutes import close_minutes
from advice.steps.questions import ask_without_case, post, stand_aside
from audit import clock
from casework.moves import NotAllowed, Stale
from casework.swedish import long_date
from checklists.answer_checks import AnswerInput
from collaborations.models import Consultation
from collaborations.steps.consult import advise, advise_anew
from collaborations.steps.declare import declare
from dashboard.group import next_meetings
from documents.minutes import minutes_html
from documents.models import StoredDocument
from documents.store import content_of
from tests.factories.accounts import (
    AdministrationFactory,
    RoleGrantFactory,
    UnitFactory,
    UserFactory,
)
from tests.factories.collaborations import free_answers
from tests.factories.group import (
    WHY,
    an_admin,
    asked_in,
    attended,
    meeting_of,
    member_of,
    on_the_agenda,
    withdrawn,
)

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
TOMORROW, YESTERDAY = TODAY + timedelta(days=1), TODAY - timedelta(days=1)
ADVICE = {"advice": "conditional", "reasons": "Om tiderna samordnas."}


def refused(action) -> list[tuple[str, str]]:
    with pytest.raises(NotAllowed) as refusal:
        action()
    return [(reason.at, reason.sentence) for reason in refusal.value.reasons]


def url(name: str, *args) -> str:
    return reverse(f"advice:{name}", args=args)


@pytest.fixture
def asked(group):
    return asked_in(group.case, group.at)


@pytest.fixture
def meeting(group):
    """Today's, with nothing on its agenda."""
    return meeting_of(group.at, group.chair)


def item_asked(item) -> Consultation:
    return Consultation.objects.get(pk=item.consultation_id)


def advised(item, by, **facts) -> None:
    item.refresh_from_db()
    facts = {**ADVICE, **facts}
    advise_at_meeting(item, **facts, by=by, version=item.meeting.version)


def in_days(days: int):
    return clock.telling(timezone.now() + timedelta(days=days))


def closed(meeting, by, version=None):
    close_minutes(meeting, by=by, version=version or meeting.version, render=lambda data: b"%PDF-")


# --- called --------------------------------------------------------------------------------------


def test_a_meeting_is_called_ahead_with_a_chair_who_is_a_member(group):
    facts = {"held_on": TOMORROW, "place": "Rum 3", "chair": group.chair, "by": group.chair.person}
    at = group.at.administration
    assert refused(lambda: call_meeting(at, **facts | {"held_on": YESTERDAY})) == [
        ("held_on", "Ett möte kan inte läggas bakåt i tiden.")
    ]
    assert refused(lambda: call_meeting(at, **facts | {"held_on": date(9999, 12, 31)})) == [
        ("held_on", "Välj en dag inom ett år.")
    ]
    assert refused(lambda: call_meeting(at, **facts | {"chair": group.stranger})) == [
        ("chair", "Ordföranden är inte ledamot i gruppen den dagen.")
    ]
    for by in (group.at.officer, group.at.manager, group.stranger.person):
        assert refused(lambda by=by: call_meeting(at, **facts | {"by": by}))

    meeting = call_meeting(at, **facts)
    assert (meeting.held_on, meeting.chair, meeting.step) == (TOMORROW, group.chair, "planned")
    assert call_meeting(at, **facts) == meeting  # the form was sent twice


def test_an_old_page_changes_nothing_of_a_meeting(group, meeting):
    facts = {"held_on": TOMORROW, "chair": group.chair, "by": group.chair.person}
    change_meeting(meeting, place="Rum 5", **facts, version=1)
    with pytest.raises(Stale):
        change_meeting(meeting, place="Rum 6", **facts, version=1)

    meeting.refresh_from_db()
    assert meeting.place == "Rum 5"
    assert refused(
        lambda: change_meeting(
            meeting, place="Rum 5", **facts | {"held_on": YESTERDAY}, version=meeting.version
        )
    ) == [("held_on", "Ett möte kan inte läggas bakåt i tiden.")]


def test_before_its_day_a_meeting_promises_no_more_than_its_agenda(client, group):
    ahead = meeting_of(group.at, group.chair, held_on=TOMORROW)
    client.force_login(group.chair.person)

    said = " ".join(client.get(url("meeting", ahead.pk)).content.decode().split())

    assert "Närvaro och råd antecknas när mötesdagen har kommit." in said
    assert "Anteckna närvaro" not in said
    assert str(ahead) == f"mötet den {long_date(TOMORROW)}"


def test_who_is_in_two_groups_calls_a_meeting_in_either(client, group):
    person = UserFactory(adviser_at=AdministrationFactory(name="AAAA", short_name="AAAA").root_unit)
    RoleGrantFactory(person=person, unit=group.at.administration.root_unit, role="advisory_group")
    RoleGrantFactory(
        person=person, unit=group.elsewhere.administration.root_unit, role="advisory_group"
    )
    member_of(group.at, person)
    client.force_login(person)
    own = client.get(url("new_meeting"))
    assert own.context["administration"] == group.at.administration
    other = f"?forvaltning={group.elsewhere.administration.slug}"
    assert other in own.content.decode()

    sent = {"held_on": TODAY, "place": "Rum 3", "chair": group.stranger.pk}
    client.post(url("new_meeting") + other, sent)
    assert Meeting.objects.get().administration == group.elsewhere.administration


# --- the agenda ----------------------------------------------------------------------------------


def test_a_question_stands_on_one_open_agenda_at_a_time(group, meeting, asked):
    item = on_the_agenda(meeting, asked)
    other = meeting_of(group.at, group.second, TOMORROW)
    for where in (meeting, other):
        assert refused(lambda where=where: on_the_agenda(where, asked)) == [
            ("consultation", "Frågan står redan på dagordningen.")
        ]
    with pytest.raises(DatabaseError, match="on_one_agenda"), transaction.atomic():
        AgendaItem.objects.create(meeting=other, consultation=asked, position=1)
    remove_item(item, by=group.chair.person, version=meeting.version)
    on_the_agenda(other, asked)

    assert (meeting.items.count(), other.items.get().consultation) == (0, asked)


def test_a_question_of_another_administration_is_refused(group, meeting):
    theirs = ask_without_case(
        unit=group.elsewhere.unit,
        question="Hur gör vi?",
        due_on=TOMORROW,
        by=group.elsewhere.officer,
    )
    assert refused(lambda: on_the_agenda(meeting, theirs)) == [
        ("consultation", "Frågan är ställd till en annan förvaltnings grupp.")
    ]


def test_an_answered_question_is_not_put_on_an_agenda(group, meeting, asked):
    advise(asked, **ADVICE, by=group.chair.person)

    assert refused(lambda: on_the_agenda(meeting, asked))[0][1].startswith("Frågan är redan")


def test_the_order_is_changed_before_the_meeting_and_not_after_it(group, meeting):
    by = group.chair.person
    first, second, third = (on_the_agenda(meeting, asked_in(group.case, group.at)) for _ in "abc")
    move_item(third, up=True, by=by, version=meeting.version)
    meeting.refresh_from_db()
    move_item(first, up=True, by=by, version=meeting.version)  # it is first already

    assert list(meeting.items.all()) == [first, third, second]
    meeting.refresh_from_db()
    with pytest.raises(Stale):
        move_item(second, up=True, by=by, version=meeting.version - 1)
    with in_days(1):
        after = "Dagordningen ändras före mötet eller under mötesdagen, inte efteråt."
        move = {"by": by, "version": meeting.version}
        assert refused(lambda: move_item(second, up=True, **move)) == [("", after)]
    assert list(meeting.items.all()) == [first, third, second]


def test_what_was_not_taken_up_waits_for_another_meeting_when_it_is_taken_off(
    client, group, meeting, asked
):
    item = on_the_agenda(meeting, asked)
    with in_days(1):
        client.force_login(group.chair.person)
        sent = {"version": meeting.version, "ta_bort": "1"}
        client.post(url("arrange_item", meeting.pk, item.pk), sent)
        other = meeting_of(group.at, group.second, TODAY + timedelta(days=2))
        on_the_agenda(other, asked)

    assert (meeting.items.count(), other.items.get().consultation) == (0, asked)


def test_a_cancelled_meeting_frees_its_questions_and_is_never_changed(
    client, group, meeting, asked
):
    on_the_agenda(meeting, asked)
    client.force_login(group.chair.person)
    client.post(url("cancel_meeting", meeting.pk), {"version": meeting.version})
    meeting.refresh_from_db()
    page = client.get(meeting.get_absolute_url()).content.decode()
    case = client.get(reverse("collaborations:consultation", args=[group.case.pk]))

    assert (meeting.step, "Mötet är inställt" in page) == ("cancelled", True)
    assert "Står på dagordningen" not in case.content.decode()
    assert refused(
        lambda: note_attendance(
            meeting, [group.chair], by=group.chair.person, version=meeting.version
        )
    ) == [("", "Det går inte att göra detta i läget Inställt.")]
    for change in ({"step": "planned"}, {"place": "Rum 9"}):
        with pytest.raises(DatabaseError, match="closed"), transaction.atomic():
            Meeting.objects.update(**change)
    other = meeting_of(group.at, group.second, TOMORROW)
    on_the_agenda(other, asked)
    assert other.items.get().consultation == asked


def test_meetings_whose_minutes_wait_do_not_hide_the_next_one(group, meeting):
    for day in (1, 2, 3):
        meeting_of(group.at, group.chair, TODAY + timedelta(days=day))
    with in_days(4):
        coming = meeting_of(group.at, group.chair, TODAY + timedelta(days=9))
        shown = next_meetings(group.chair.person)

    assert [one.held_on - TODAY for one in shown] == [timedelta(days) for days in (0, 1, 2, 9)]
    assert shown[-1] == coming


def test_a_meeting_with_advice_is_not_cancelled(group, meeting, asked):
    item = on_the_agenda(meeting, asked)
    attended(meeting, group.chair)
    advised(item, group.chair.person)
    meeting.refresh_from_db()

    assert refused(
        lambda: cancel_meeting(meeting, by=group.chair.person, version=meeting.version)
    ) == [("", "Råd är redan antecknade vid mötet. Justera protokollet i stället.")]


# --- attendance ----------------------------------------------------------------------------------


def test_only_members_of_that_day_were_there_and_not_before_it(group):
    meeting = meeting_of(group.at, group.chair, TOMORROW)
    by = group.chair.person
    assert refused(lambda: attended(meeting, group.chair)) == [
        ("", "Mötesdagen har inte kommit än.")
    ]

    with in_days(1):
        facts = {"by": by, "version": meeting.version}
        assert refused(lambda: note_attendance(meeting, [group.stranger], **facts)) == [
            ("members", f"Inte ledamot den dagen: {group.stranger.person}.")
        ]
        note_attendance(meeting, [group.chair, group.second], **facts)
        meeting.refresh_from_db()
        note_attendance(meeting, [group.chair, group.third], by=by, version=meeting.version)
    assert {one.member for one in meeting.attendances.all()} == {group.chair, group.third}


def test_who_was_there_stays_noted_when_the_membership_ends_that_day(group, meeting):
    attended(meeting, group.chair, group.third)
    end_membership(group.third, ends_on=TODAY, by=an_admin(group.at))
    meeting.refresh_from_db()
    offered = AttendanceForm(meeting=meeting).fields["members"].queryset
    assert set(offered) == {group.chair, group.second, group.third}

    attended(meeting, *offered)
    assert meeting.attendances.count() == 3
    meeting.refresh_from_db()
    attended(meeting, group.chair)
    assert refused(lambda: attended(Meeting.objects.get(), group.third)) == [
        ("members", f"Inte ledamot den dagen: {group.third.person}.")
    ]


# --- advice at the meeting -----------------------------------------------------------------------


def test_the_advice_names_the_meeting_and_who_took_part(group, meeting, asked):
    item = on_the_agenda(meeting, asked)
    assert refused(lambda: advised(item, group.chair.person)) == [
        ("", "Ingen som deltar kan ge råd i den här frågan.")
    ]
    attended(meeting, group.chair, group.second)
    advised(item, group.second.person)

    asked.refresh_from_db()
    people = sorted([group.chair, group.second], key=lambda one: one.person.name)
    assert (asked.advice, asked.met_on, asked.answered_by) == (
        "conditional",
        TODAY,
        group.second.person,
    )
    assert asked.present == ", ".join(map(str, people))
    assert refused(lambda: advised(item, group.chair.person))[0][1].startswith(
        "Frågan är redan besvarad."
    )
    meeting.refresh_from_db()
    assert refused(lambda: remove_item(item, by=group.chair.person, version=meeting.version)) == [
        ("", "Rådet är redan antecknat. Punkten kan inte tas bort.")
    ]


def test_from_the_meeting_one_comes_to_where_a_later_advice_is_given(client, group, meeting, asked):
    coach = UserFactory(employee_at=group.at.unit)
    alone = ask_without_case(unit=group.at.unit, question="Får vi?", due_on=TOMORROW, by=coach)
    items = [on_the_agenda(meeting, one) for one in (asked, alone)]
    attended(meeting, group.chair, group.second)
    advised(items[0], group.chair.person)
    advised(items[1], group.chair.person, advice="")
    in_the_case = reverse("collaborations:advice", args=[group.case.pk, asked.pk]) + "?ersatt=1"
    here = url("request", alone.pk) + "#nytt-svar"

    def offered(person) -> list[bool]:
        client.force_login(person)
        page = client.get(meeting.get_absolute_url()).content.decode()
        question = client.get(url("request", asked.pk)).content.decode()
        return [in_the_case in page, here in page, in_the_case in question]

    undeclared = UserFactory(adviser_at=group.at.administration.root_unit)
    assert offered(group.second.person) == [True, True, True]
    assert offered(undeclared) == [False, True, False]
    friends = {**free_answers(), "JV-4": AnswerInput("ja", companions={"text": "Vänskap."})}
    declare(group.case, inputs=friends, by=group.third.person)
    assert offered(group.third.person) == [False, True, False]
    client.force_login(group.second.person)
    assert client.get(in_the_case).status_code == 200

    asked.refresh_from_db()
    later = advise_anew(asked, advice="suitable", reasons="Nu.", by=group.second.person)
    assert offered(group.second.person) == [False, True, False]
    page = client.get(meeting.get_absolute_url()).content.decode()
    assert url("request", later.pk) in page


def test_no_advice_at_a_meeting_when_the_case_was_withdrawn_meanwhile(
    client, group, meeting, asked
):
    item = on_the_agenda(meeting, asked)
    attended(meeting, group.chair)
    withdrawn(group.case, group.at)

    assert refused(lambda: advised(item, group.chair.person)) == [
        ("", "Det går inte att göra detta i läget Återtagen.")
    ]
    client.force_login(group.chair.person)
    page = client.get(meeting.get_absolute_url()).content.decode()
    assert "Ärendet är i läget Återtagen och behöver inte längre något råd." in page
    assert url("item_advice", meeting.pk, item.pk) not in page
    (block,) = data_of(meeting).items
    assert block.facts[-1].text == "Ärendet behöver inte längre något råd."


def test_an_old_page_gives_no_advice(group, meeting, asked):
    item = on_the_agenda(meeting, asked)
    attended(meeting, group.chair)
    with pytest.raises(Stale):
        advise_at_meeting(item, **ADVICE, by=group.chair.person, version=1)
    asked.refresh_from_db()
    assert asked.waits


# --- jäv -----------------------------------------------------------------------------------------


def test_who_has_jav_takes_no_part_in_the_item_and_it_shows(client, group, meeting, asked):
    """Noted for the question, and declared in the case: either is enough."""
    item = on_the_agenda(meeting, asked)
    attended(meeting, group.chair, group.second, group.third)
    stand_aside(asked, group.second.person, why=WHY, by=group.chair.person)
    friends = {**free_answers(), "JV-4": AnswerInput("ja", companions={"text": "Vänskap."})}
    declare(group.case, inputs=friends, by=group.third.person)

    for member in (group.second, group.third):
        assert refused(lambda one=member: advised(item, one.person))
        assert refused(lambda one=member: post(asked, text="Jag tycker.", by=one.person))
    advised(item, group.chair.person)

    asked.refresh_from_db()
    assert asked.present == str(group.chair)
    names = ", ".join(sorted([group.second.person.name, group.third.person.name]))
    (block,) = data_of(meeting).items
    assert ("Jävig och deltog inte", names) in [(one.label, one.text) for one in block.facts]
    client.force_login(group.chair.person)
    page = client.get(meeting.get_absolute_url()).content.decode()
    assert f"{group.second.person.name} ({WHY})" in page
    assert f"{group.third.person.name} (Har anmält jäv i ärendet.)" in page
    assert "Vänskap" not in page
    assert WHY not in minutes_html(data_of(meeting))


def test_when_all_who_are_there_stand_aside_nobody_advises(group, meeting, asked):
    item = on_the_agenda(meeting, asked)
    attended(meeting, group.second)
    stand_aside(asked, group.second.person, why=WHY, by=group.chair.person)

    assert refused(lambda: advised(item, group.chair.person)) == [
        ("", "Ingen som deltar kan ge råd i den här frågan.")
    ]


def test_the_database_takes_no_post_of_one_who_stands_aside(group, asked):
    stand_aside(asked, group.second.person, why=WHY, by=group.chair.person)
    silent = Post(consultation=asked, text="Ändå.", written_by=group.second.person)

    with pytest.raises(DatabaseError, match="free_of_jav"), transaction.atomic():
        silent.save()


# --- minutes -------------------------------------------------------------------------------------


def test_the_chair_closes_the_minutes_which_are_kept_as_they_were(group, meeting, asked):
    item = on_the_agenda(meeting, asked)
    waiting = on_the_agenda(meeting, asked_in(group.case, group.at, question="Hinner vi?"))
    assert refused(lambda: closed(meeting, group.second.person)) == [
        ("", "Bara mötets ordförande justerar protokollet."),
        ("attendance", "Anteckna först vilka som deltog."),
    ]
    attended(meeting, group.chair, group.second)
    advised(item, group.chair.person)
    meeting.refresh_from_db()
    closed(meeting, group.chair.person)

    stored = StoredDocument.objects.get(kind="minutes")
    assert (meeting.minutes, meeting.closed_by, meeting.step) == (
        stored,
        group.chair.person,
        "closed",
    )
    assert content_of(stored) == b"%PDF-"
    kept = json.loads(stored.data)["minutes"]
    assert kept["closed_by"] == str(group.chair)
    assert [one["heading"] for one in kept["items"]] == [
        f"{number}. {group.case.number} {group.case.title}" for number in (1, 2)
    ]
    told = [{one["label"]: one["text"] for one in block["facts"]} for block in kept["items"]]
    assert (told[0]["Råd"], told[0]["Skäl"]) == ("Lämplig på villkor", "Om tiderna samordnas.")
    assert told[1]["Utfall"] == "Frågan är inte besvarad."
    # What was not answered waits for another meeting.
    on_the_agenda(meeting_of(group.at, group.second, TOMORROW), waiting.consultation)


def test_nothing_of_a_closed_meeting_changes(group, meeting, asked):
    item = on_the_agenda(meeting, asked)
    attended(meeting, group.chair)
    closed(meeting, group.chair.person)
    by, version = group.chair.person, meeting.version
    another = asked_in(group.case, group.at)
    for action in (
        lambda: add_item(meeting, another, by=by, version=version),
        lambda: move_item(item, up=True, by=by, version=version),
        lambda: note_attendance(meeting, [group.second], by=by, version=version),
        lambda: advised(item, by),
        lambda: closed(meeting, by),
    ):
        assert refused(action)[0] == ("", "Det går inte att göra detta i läget Justerat.")
    for rows, change in (
        (Meeting.objects.filter(pk=meeting.pk), {"place": "Annat"}),
        (meeting.items.all(), {"position": 9}),
        (meeting.attendances.all(), {"member": group.third}),
    ):
        with pytest.raises(DatabaseError, match="closed"), transaction.atomic():
            rows.update(**change)
    with pytest.raises(DatabaseError, match="closed"), transaction.atomic():
        meeting.attendances.all().delete()


def test_what_was_noted_after_the_page_was_read_is_not_closed_unread(group, meeting):
    attended(meeting, group.chair)
    read = meeting.version
    attended(meeting, group.chair, group.second)

    with pytest.raises(Stale):
        closed(meeting, group.chair.person, version=read)
    assert StoredDocument.objects.filter(kind="minutes").count() == 0


def test_of_a_secret_case_the_minutes_tell_the_number_alone(group, meeting, asked):
    case = group.case
    case.secrecy_provision, case.secrecy_by = "OSL 31:16", group.at.officer
    case.secrecy_at = timezone.now()
    case.save()
    item = on_the_agenda(meeting, asked)
    attended(meeting, group.chair)
    advised(item, group.chair.person)
    meeting.refresh_from_db()

    html = minutes_html(data_of(meeting))
    assert case.number in html
    for private in (case.title, "Om tiderna samordnas.", asked.question):
        assert private not in html


def test_the_draft_says_that_it_is_one(group, meeting):
    attended(meeting, group.chair)

    assert "Utkast" in minutes_html(data_of(meeting))
    final = data_of(meeting, closed_by=str(group.chair), closed_on=TODAY)
    assert "Utkast" not in minutes_html(final)
    assert f"Justerat av {group.chair}" in minutes_html(final)


def test_the_minutes_tell_the_swedish_day_of_an_answer_given_after_midnight(group, meeting, asked):
    on_the_agenda(meeting, asked)
    night = datetime.combine(YESTERDAY, time(23, 30), UTC)  # half past midnight here, or later
    with clock.telling(night):
        advise(asked, **ADVICE, by=group.chair.person)
    (item,) = items_of(meeting)

    assert list(outcome(item, secret=False)) == [
        ("Utfall", f"Besvarades utanför mötet den {long_date(TODAY)}.")
    ]


# --- pages ---------------------------------------------------------------------------------------


def test_who_is_in_the_group_of_one_unit_sees_no_meeting_with_the_cases_of_others(
    client, group, meeting, asked
):
    on_the_agenda(meeting, asked)
    near = UserFactory(adviser_at=UnitFactory(parent=group.at.administration.root_unit))
    client.force_login(near)
    pages = (meeting.get_absolute_url(), url("minutes", meeting.pk), url("meetings"))

    assert client.get(group.case.get_absolute_url()).status_code == 404
    assert [client.get(page).status_code for page in pages] == [404, 404, 403]
    assert "Nytt möte" not in client.get(reverse("dashboard:group")).content.decode()
    facts = {"held_on": TOMORROW, "place": "Rum 3", "chair": group.chair, "by": near}
    assert refused(lambda: call_meeting(group.at.administration, **facts))


def test_a_meeting_from_the_call_to_the_minutes_in_the_browser_of_the_chair(
    client, group, asked, monkeypatch
):
    monkeypatch.setattr("documents.minutes.render_pdf", lambda html: b"%PDF-1.7")
    client.force_login(group.chair.person)
    sent = {"held_on": TODAY, "place": "Rum 3", "chair": group.chair.pk}
    past = client.post(url("new_meeting"), sent | {"held_on": YESTERDAY})
    assert past.context["form"].errors == {"held_on": ["Ett möte kan inte läggas bakåt i tiden."]}
    client.post(url("new_meeting"), sent)
    meeting = Meeting.objects.get()
    page = client.get(meeting.get_absolute_url())
    assert asked in page.context["item_form"].fields["consultation"].queryset

    def send(name, *args, **facts):
        meeting.refresh_from_db()
        sent = {"version": meeting.version, **facts}
        return client.post(url(name, meeting.pk, *args), sent)

    send("add_item", consultation=asked.pk)
    twice = send("add_item", consultation=asked.pk)
    assert (twice.status_code, twice.context["form"].errors) == (
        409,
        {"consultation": ["Frågan står redan på dagordningen."]},
    )
    item = meeting.items.get()
    send("attendance", members=[group.chair.pk])
    send("item_advice", item.pk, **ADVICE)
    in_the_case = reverse("collaborations:consultation", args=[group.case.pk])
    for address in (url("request", asked.pk), in_the_case):
        assert "är inte justerat än." in client.get(address).content.decode()
    stale = client.post(url("close_minutes", meeting.pk), {"version": 1})
    assert stale.status_code == 409
    assert not Meeting.objects.get().is_closed
    send("close_minutes")
    assert Meeting.objects.get().is_closed
    assert "är inte justerat än." not in client.get(in_the_case).content.decode()
    assert client.get(url("minutes", meeting.pk)).headers["Content-Type"] == "application/pdf"
    case_page = client.get(reverse("collaborations:consultation", args=[group.case.pk]))
    assert "Beredningsgruppens möte den" in case_page.content.decode()


def test_the_pages_of_a_meeting_cost_the_same_for_one_and_for_three(
    client, group, meeting, asked, django_assert_max_num_queries
):
    client.force_login(group.chair.person)
    on_the_agenda(meeting, asked)
    attended(meeting, group.chair)

    def costs() -> list[int]:
        counted = []
        for address in (meeting.get_absolute_url(), url("meetings"), reverse("dashboard:group")):
            client.get(address)
            with django_assert_max_num_queries(45) as queries:
                client.get(address)
            counted.append(len(queries))
        return counted

    one = costs()
    for _ in range(2):
        on_the_agenda(meeting, asked_in(group.case, group.at))
        meeting_of(group.at, group.chair, TOMORROW)
    attended(meeting, group.chair, group.second, group.third)
    assert costs() == one


def test_the_groups_page_shows_who_has_each_question_and_the_next_meeting(client, group, asked):
    meeting_of(group.at, group.chair, TOMORROW)
    alone = ask_without_case(
        unit=group.at.unit, question="Får vi bjuda?", due_on=TOMORROW, by=group.at.officer
    )
    Consultation.objects.filter(pk=asked.pk).update(assignee=group.second.person)
    client.force_login(group.chair.person)
    page = client.get(reverse("dashboard:group"))

    (question,), (without,) = page.context["questions"], page.context["alone"]
    assert f"{group.second.person} svarar" in question["hint"]
    assert question["url"] == url("request", asked.pk)
    assert (without["url"], "Inte fördelad" in without["hint"]) == (url("request", alone.pk), True)
    assert [one.held_on for one in page.context["meetings"]] == [TOMORROW]
    assert page.context["numbers"][0]["number"] == 2


def test_who_has_not_declared_in_the_case_is_told_before_the_advice_is_written(
    client, group, meeting, asked
):
    new = member_of(group.at)
    item = on_the_agenda(meeting, asked)
    attended(meeting, new)
    client.force_login(new.person)
    page = client.get(url("item_advice", meeting.pk, item.pk))

    (reason,) = page.context["closed"]
    assert reason.sentence == "Lämna först din jävsförklaring för det här ärendet."
    conflict = reverse("collaborations:conflict", args=[group.case.pk])
    assert f'href="{conflict}"' in page.content.decode()
    assert 'name="reasons"' not in page.content.decode()


def test_another_administrations_group_sees_nothing_of_it(client, group, meeting, asked):
    client.force_login(group.stranger.person)
    item = on_the_agenda(meeting, asked)
    addresses = [
        meeting.get_absolute_url(),
        url("attendance", meeting.pk),
        url("item_advice", meeting.pk, item.pk),
        url("minutes", meeting.pk),
        url("request", asked.pk),
    ]
    assert {client.get(address).status_code for address in addresses} == {404}
