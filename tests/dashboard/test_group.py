"""Beredningsgruppen: what is new, what waits for us, what overlaps, what is untold, how much."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from audit import clock
from casework.swedish import long_date
from collaborations.models import Collaboration, Step
from collaborations.steps.consult import advise, ask_for_advice
from collaborations.steps.declare import declare
from notifications.models import Notice, State
from notifications.tasks import deliver_leftovers
from tests.factories.accounts import TargetGroupFactory, UnitFactory, UserFactory
from tests.factories.collaborations import case_at, free_answers, place, registered, write
from tests.factories.formal import ongoing
from tests.factories.organisations import OrganisationFactory

GROUP, READ = reverse("dashboard:group"), reverse("dashboard:group_read")
TODAY = timezone.localdate()


@pytest.fixture
def advisers_client(client, at):
    client.force_login(at.adviser)
    return client


def month_and_year(day) -> str:
    return long_date(day).split(" ", 1)[1]


def days_ago(days: int):
    return clock.telling(timezone.now() - timedelta(days=days))


def page(client):
    return client.get(GROUP).context


def ask(case, at, *, due_in: int, question="Krockar det?"):
    case.refresh_from_db()
    facts = {"question": question, "due_on": TODAY + timedelta(days=due_in)}
    return ask_for_advice(case, **facts, by=at.officer, version=case.version)


# --- who may ------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["manager", "officer", "head", "registrar"])
def test_only_the_group_sees_it(client, at, role):
    client.force_login(getattr(at, role))

    assert client.get(GROUP).status_code == 403
    assert client.post(READ, {"fram_till": timezone.now().isoformat()}).status_code == 403


def test_another_administrations_cases_are_never_shown(advisers_client, at):
    elsewhere = place()
    granen = OrganisationFactory()
    for _ in range(2):
        case, _ = case_at(Step.MOTIVATED, elsewhere, organisations=[granen])
        ask(case, elsewhere, due_in=3)

    shown = page(advisers_client)

    for part in ("news", "questions", "untold", "organisations", "aims", "units"):
        assert list(shown[part]) == [], part
    assert [row["value"] for row in shown["steps"]] == [0] * 12


def test_a_manager_there_and_adviser_here_sees_only_the_groups_cases(client, at):
    elsewhere = place()
    registered(elsewhere, title="Där")
    registered(at, title="Här")
    client.force_login(UserFactory(manager_at=elsewhere.unit, adviser_at=at.unit))

    assert [entry["sentence"] for entry in page(client)["news"]] == ["Nytt initiativ: Här"]


# --- what is new --------------------------------------------------------------------------------


def test_new_is_what_came_since_the_page_was_marked_as_read(advisers_client, at):
    with days_ago(40):
        registered(at, title="För länge sedan")
    with days_ago(20):
        registered(at, title="Förra veckan")
    case_at(Step.ENDED, at, title="Bokcirkel")
    case_at(Step.TOLD, at, outcome="refrain", title="Simskola")

    news = page(advisers_client)["news"]

    assert [(entry["sentence"], entry["who"]) for entry in news] == [
        ("Beslut att avstå: Simskola", f"{at.manager}, {at.unit}"),
        ("Nytt initiativ: Simskola", str(at.unit)),
        ("Avslutad: Bokcirkel", f"{at.manager}, {at.unit}"),
        ("Beslut att inleda: Bokcirkel", f"{at.manager}, {at.unit}"),
        ("Nytt initiativ: Bokcirkel", str(at.unit)),
        ("Nytt initiativ: Förra veckan", str(at.unit)),
    ]


def test_reading_marks_up_to_when_the_page_was_shown_and_not_what_came_after(advisers_client, at):
    registered(at, title="Sedd")
    shown_at = page(advisers_client)["shown_at"]
    registered(at, title="Osedd")

    answer = advisers_client.post(READ, {"fram_till": shown_at.isoformat()})

    assert answer.headers["Location"] == GROUP
    assert [e["sentence"] for e in page(advisers_client)["news"]] == ["Nytt initiativ: Osedd"]


def test_an_old_page_does_not_make_what_is_read_new_again(advisers_client, at):
    registered(at)
    now = timezone.now()
    for moment in (now, now - timedelta(days=3)):
        advisers_client.post(READ, {"fram_till": moment.isoformat()})

    at.adviser.refresh_from_db()

    assert at.adviser.group_seen_at == now


@pytest.mark.parametrize("sent", ["", "i går", "2026-13-45T10:00:00+01:00", "9999-12-31T23:59:59Z"])
def test_a_moment_that_cannot_be_hides_nothing_that_comes(advisers_client, at, sent):
    advisers_client.post(READ, {"fram_till": sent})

    at.adviser.refresh_from_db()

    assert at.adviser.group_seen_at is None or at.adviser.group_seen_at <= timezone.now()


def test_looking_writes_nothing(advisers_client, at, django_assert_max_num_queries):
    registered(at)

    with django_assert_max_num_queries(40) as queries:
        advisers_client.get(GROUP)

    assert {query["sql"].split()[0] for query in queries.captured_queries} == {"SELECT"}
    at.adviser.refresh_from_db()
    assert at.adviser.group_seen_at is None


def test_twenty_are_shown_and_more_are_said_to_be_there(advisers_client, at):
    granen = OrganisationFactory()
    for _ in range(21):
        registered(at, organisations=[granen])

    shown = page(advisers_client)

    assert len(shown["news"]) == 20
    assert [entry["number"] for entry in shown["numbers"]] == [0, "20+", 1, "20+"]
    assert shown["news_url"] == (
        f"/arenden/?fran={timezone.localdate(timezone.now() - timedelta(days=30)):%Y-%m-%d}"
    )


# --- what waits for the group -------------------------------------------------------------------


def test_unanswered_questions_wait_and_late_ones_say_so(advisers_client, at):
    late, soon, answered, decided = (
        case_at(Step.MOTIVATED, at, title=title)[0] for title in "ABCD"
    )
    ask(late, at, due_in=-3, question="Hann ni inte?")
    ask(soon, at, due_in=4)
    declare(answered, inputs=free_answers(), by=at.adviser)
    advise(ask(answered, at, due_in=1), advice="suitable", reasons="Bra.", by=at.adviser)
    ask(decided, at, due_in=2)
    Collaboration.objects.filter(pk=decided.pk).update(step=Step.WITHDRAWN)

    questions = page(advisers_client)["questions"]

    assert [(row["label"], row["state"]) for row in questions] == [("A", "late"), ("B", "waiting")]
    assert questions[0]["state_label"] == "Försenad 3 dagar"
    assert questions[0]["hint"] == (
        f"{late.number} · Inte fördelad · {at.officer} frågar: Hann ni inte?"
    )
    number = page(advisers_client)["numbers"][0]
    assert (number["number"], number["late"]) == (2, True)
    assert number["label"] == "frågor väntar på er, 1 försenad"


# --- what overlaps ------------------------------------------------------------------------------


def overlapping(found) -> list[tuple]:
    return [(o["label"], o["count"], [case["title"] for case in o["cases"]]) for o in found]


def test_an_organisation_in_several_cases_under_way_overlaps(advisers_client, at):
    granen = OrganisationFactory(name="Granen", org_number="8999900007")
    tallen = OrganisationFactory(name="Tallen")
    for title in "ABCD":
        registered(at, title=title, organisations=[granen, tallen] if title == "A" else [granen])
    case_at(Step.WITHDRAWN, at, organisations=[tallen])
    case_at(Step.TOLD, at, outcome="refrain", organisations=[tallen])
    registered(place(), organisations=[tallen])

    (overlap,) = page(advisers_client)["organisations"]

    assert overlapping([overlap]) == [("Granen", 4, ["D", "C", "B"])]
    assert overlap["url"] == "/arenden/?steg=aktuella&q=8999900007"
    listed = advisers_client.get(overlap["url"]).context["listing"].rows
    assert [case.title for case in listed] == ["D", "C", "B", "A"]


def test_the_same_area_and_target_group_overlap(advisers_client, at):
    area, group = at.administration.areas.first(), at.administration.target_groups.first()
    other = TargetGroupFactory(administration=at.administration)
    for title, groups in (("A", [group]), ("B", [group, other]), ("C", [other]), ("D", [])):
        write(registered(at, title=title), at, target_groups=groups)
    registered(at, title="E")  # nothing is written yet

    found = page(advisers_client)["aims"]

    assert sorted(overlapping(found)) == sorted(
        [
            (f"{area.name}, {group.name}", 2, ["B", "A"]),
            (f"{area.name}, {other.name}", 2, ["C", "B"]),
        ]
    )
    listed = advisers_client.get(found[0]["url"]).context["listing"].rows
    assert [case.title for case in listed] == [case["title"] for case in found[0]["cases"]]


# --- what is untold -----------------------------------------------------------------------------


def test_what_the_mailbox_has_not_been_told_is_listed_per_case_the_oldest_first(
    advisers_client, at
):
    with days_ago(3):
        registered(at, title="Väntar")
    with days_ago(2):
        refused = registered(at, title="Avvisad")
    told = registered(at, title="Meddelad")
    facts = {"state": State.REFUSED, "next_try_at": None, "server_words": "550"}
    Notice.objects.filter(about=refused.chain).update(**facts)
    now = timezone.now()
    Notice.objects.filter(about=told.chain).update(state=State.SENT, sent_at=now, next_try_at=None)

    untold = page(advisers_client)["untold"]

    assert [(row["case"].title, row["what"], row["why"]) for row in untold] == [
        ("Väntar", "Initiativet", "Väntar på att skickas"),
        ("Avvisad", "Initiativet", "Avvisat"),
    ]
    assert untold[1]["url"] == reverse("collaborations:notices", args=[refused.pk])


def test_a_decision_without_its_document_is_untold(advisers_client, at):
    case, _ = case_at(Step.DECIDED, at, title="Beslutad")
    deliver_leftovers()

    assert [
        (row["case"].title, row["what"], row["why"]) for row in page(advisers_client)["untold"]
    ] == [("Beslutad", "Beslutet", "Dokumentet görs")]


def test_what_was_never_written_and_a_project_that_has_started_are_untold_as_on_the_list_of_all(
    advisers_client, at
):
    never = registered(at, title="Aldrig skrivet")
    Notice.objects.filter(about=never.chain).update(key="gone", about="gone")
    project = ongoing(at, "partner_in_project")
    told = Notice.objects.filter(about=project.chain).exclude(kind="started")
    told.update(state=State.SENT, sent_at=timezone.now(), next_try_at=None)
    Notice.objects.filter(about=project.chain, kind="started").update(
        state=State.REFUSED, sent_at=None, next_try_at=None, server_words="550"
    )

    rows = [(row["case"], row["what"], row["why"]) for row in page(advisers_client)["untold"]]

    listed = advisers_client.get(reverse("notices:untold")).context["rows"]
    assert set(rows) == {
        (never, "Initiativet", "Inget är skrivet"),
        (project, "Projektets start", "Avvisat"),
    }
    assert [row[:2] for row in rows] == [(one["row"].case, one["row"].duty.what) for one in listed]


# --- how much -----------------------------------------------------------------------------------


def test_cases_are_counted_by_step_and_by_unit(advisers_client, at):
    for step in (Step.REGISTERED, Step.MOTIVATED, Step.ONGOING, Step.ENDED, Step.WITHDRAWN):
        case_at(step, at)
    case_at(Step.TOLD, at, outcome="refrain")
    below = UnitFactory(parent=at.unit, name="Under")
    registered(at, unit=below, responsible_manager=at.manager)

    shown = page(advisers_client)

    assert {row["label"]: row["value"] for row in shown["steps"] if row["value"]} == {
        "Registrerad": 2,
        "Motiverad": 1,
        "Pågående": 1,
        "Avslutad": 1,
        "Återtagen": 1,
        "Avstådd": 1,
    }
    assert shown["unit_parts"] == [
        "Under beredning",
        "Beslutade",
        "Pågående",
        "Avslutade",
        "Avstådda",
    ]
    assert [(row["label"], row["values"]) for row in shown["units"]] == [
        (at.unit.name, [2, 0, 1, 1, 1]),
        ("Under", [1, 0, 0, 0, 0]),
    ]


def test_each_bar_leads_to_as_many_cases_as_it_says(advisers_client, at):
    for step in (Step.REGISTERED, Step.ONGOING):
        case_at(step, at)
    case_at(Step.TOLD, at, outcome="refrain")
    shown = page(advisers_client)

    for row in [*shown["steps"], *shown["follow_ups"]]:
        listing = advisers_client.get(row["url"]).context["listing"]
        # Those we refrained from are at the step told as well; the bar says them apart.
        expected = 1 if row["label"] == "Meddelad" else row["value"]
        assert listing.count == expected, row["label"]


def test_the_follow_ups_of_a_year_begin_with_the_late_ones(advisers_client, at):
    for days in (-1, 0, 364):
        case, _ = case_at(Step.ONGOING, at)
        Collaboration.objects.filter(pk=case.pk).update(
            next_follow_up_on=TODAY + timedelta(days=days)
        )

    bars = page(advisers_client)["follow_ups"]

    assert len(bars) == 14
    assert {row["label"]: row["value"] for row in bars if row["value"]} == {
        "Försenade": 1,
        month_and_year(TODAY): 1,
        month_and_year(TODAY + timedelta(days=364)): 1,
    }


@pytest.mark.parametrize("number", [1, 3])
def test_it_costs_the_same_for_one_of_each_and_for_many(
    advisers_client, at, number, django_assert_num_queries
):
    granen = OrganisationFactory()
    for _ in range(number):
        case, _ = case_at(Step.MOTIVATED, at, organisations=[granen])
        ask(case, at, due_in=3)
        case_at(Step.DECIDED, at, organisations=[granen])

    # session, person, grants; new 2, asked 1, untold 2, meetings 2, overlaps 4;
    # by unit and step, units, follow-ups
    with django_assert_num_queries(18):
        shown = advisers_client.get(GROUP).context

    assert (len(shown["questions"]), shown["organisations"][0]["count"]) == (number, 2 * number)
