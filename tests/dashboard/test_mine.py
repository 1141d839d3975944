"""Min sida: what waits for me and why, my cases, what is overdue, what did not come through."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from audit import clock
from checklists.answer_checks import AnswerInput
from collaborations import standing
from collaborations.models import Collaboration, Form, Ruling, Step
from collaborations.rules import person_may_rule
from collaborations.steps.consult import advise, ask_for_advice
from collaborations.steps.declare import declare, rule_on
from collaborations.steps.hand_over import hand_over
from collaborations.steps.motivate import motivate
from collaborations.steps.send_back import send_back
from dashboard.waiting import waiting_for
from notifications.models import Obligation
from tests.factories import formal
from tests.factories.accounts import UnitFactory, UserFactory
from tests.factories.collaborations import case_at, free_answers, place, refuse, registered
from tests.factories.follow_up import a_remedy

MINE = reverse("dashboard:mine")
TODAY = timezone.localdate()
CONFLICT = {"JV-1": AnswerInput("ja", companions={"text": "Min syster är ordförande."})}


def days_ago(days: int):
    return clock.telling(timezone.now() - timedelta(days=days))


def rows(person) -> list[tuple[str, str]]:
    """What to do and why, in the order of the page."""
    return [(f"{row.what}: {row.case.title}", row.why) for row in waiting_for(person)]


def reports_conflict(case, person):
    return declare(case, inputs={**free_answers(), **CONFLICT}, by=person)


def ask(case, at, *, due_in: int, by=None):
    case.refresh_from_db()
    facts = {"question": "Krockar det?", "due_on": TODAY + timedelta(days=due_in)}
    return ask_for_advice(case, **facts, by=by or at.officer, version=case.version)


# --- before the decision -----------------------------------------------------------------------


def test_the_officer_prepares_and_the_manager_decides_the_oldest_first(at):
    for step, days, title in (
        (Step.CHECKED, 3, "Klar"),
        (Step.MOTIVATED, 5, "Motiverad"),
        (Step.REGISTERED, 9, "Ny"),
    ):
        with days_ago(days):
            case_at(step, at, title=title)

    assert rows(at.officer) == [
        ("Motivera: Ny", "Motiveringen är inte klar."),
        ("Kontrollera: Motiverad", "Kontrollen är inte klar."),
    ]
    assert rows(at.manager) == [("Besluta: Klar", "Kontrollen är klar, och du är ansvarig chef.")]
    assert [row.day for row in waiting_for(at.officer)] == [
        TODAY - timedelta(days=9),
        TODAY - timedelta(days=5),
    ]
    assert rows(at.head) == rows(at.adviser) == []


def test_a_case_that_the_board_must_decide_is_taken_there_first(at):
    secretary = UserFactory(secretary_at=at.administration.root_unit)
    case = formal.checked(at, Form.IOP)

    (own,) = [row for row in waiting_for(at.manager) if row.url.endswith("/namnden/")]
    (theirs,) = waiting_for(secretary)

    assert (own.what, theirs.what) == ("Ta ärendet till nämnden", "Anteckna nämndens beslut")
    assert own.url == theirs.url == f"/arenden/{case.pk}/namnden/"

    formal.board_decides(case, at)

    assert "Besluta" in [row.what for row in waiting_for(at.manager)]
    assert waiting_for(secretary) == []


def test_what_an_item_of_the_delegation_order_reaches_is_the_managers(at):
    secretary = UserFactory(secretary_at=at.administration.root_unit)
    formal.checked(at)

    assert [row.what for row in waiting_for(secretary)] == ["Anteckna nämndens beslut"]

    formal.delegated(at)

    assert "Besluta" in [row.what for row in waiting_for(at.manager)]
    assert waiting_for(secretary) == []


def test_procurement_finds_what_has_been_handed_over_to_them_and_others_do_not(client, at):
    case = formal.referred_case(at)
    client.force_login(UserFactory(procurement_at=at.administration.root_unit))

    page = client.get(MINE)

    assert [one.collaboration for one in page.context["referrals"]] == [case]
    assert f"/arenden/{case.pk}/overlamnat/" in page.content.decode()
    client.force_login(UserFactory(procurement_at=UnitFactory()))
    assert client.get(MINE).context["referrals"] == []


def test_what_was_sent_back_says_so_until_it_goes_on(at):
    case, _ = case_at(Step.MOTIVATED, at, title="Läxhjälp")
    comment = {"comment": "Hur hördes målgruppen?", "by": at.manager}
    send_back(case, to=Step.REGISTERED, **comment, version=case.version)

    assert rows(at.officer) == [("Rätta: Läxhjälp", "Skickades tillbaka: Hur hördes målgruppen?")]
    assert waiting_for(at.officer)[0].url == reverse("collaborations:motivation", args=[case.pk])

    motivate(case, by=at.officer, version=case.version)

    assert rows(at.officer) == [("Kontrollera: Läxhjälp", "Kontrollen är inte klar.")]


def test_a_case_does_not_wait_for_one_who_has_reported_a_conflict(at):
    case, _ = case_at(Step.CHECKED, at, title="Läxhjälp")
    declaration = reports_conflict(case, at.manager)

    assert rows(at.manager) == []

    rule_on(declaration, outcome=Ruling.CONFLICT, reasons="Syskon.", by=at.head)

    assert rows(at.manager) == [
        ("Lämna över: Läxhjälp", "Du är jävig, och en annan chef behöver ta över.")
    ]

    new = UserFactory(manager_at=at.unit)
    hand_over(case, manager=new, reason="Jäv.", by=at.manager, version=case.version)

    assert rows(at.manager) == []
    assert rows(new) == [("Besluta: Läxhjälp", "Kontrollen är klar, och du är ansvarig chef.")]


def test_a_conflict_without_significance_changes_nothing(at):
    case, _ = case_at(Step.CHECKED, at, title="Läxhjälp")
    declaration = reports_conflict(case, at.manager)
    rule_on(declaration, outcome=Ruling.INSIGNIFICANT, reasons="Avlägset.", by=at.head)

    assert [what for what, _ in rows(at.manager)] == ["Besluta: Läxhjälp"]


# --- conflicts to rule on ----------------------------------------------------------------------


def rulers(declaration, people) -> list[str]:
    """Those whom the page asks to rule; the same as the rule itself lets rule."""
    url = reverse("collaborations:ruling", args=[declaration.collaboration_id, declaration.pk])
    asked = [person for person in people if url in [row.url for row in waiting_for(person)]]
    standing.forget(declaration.collaboration)
    assert asked == [person for person in people if person_may_rule(declaration, person)]
    return [person.name for person in asked]


def test_the_one_who_may_rule_is_asked_to(at):
    people = [at.manager, at.officer, at.head, at.adviser, UserFactory(manager_at=at.unit)]
    officers = reports_conflict(registered(at), at.officer)

    assert rulers(officers, people) == [at.manager.name]
    assert rows(at.manager) == [
        ("Avgör jävsfråga: Läxhjälp i biblioteket", f"{at.officer} har anmält jäv.")
    ]

    managers = reports_conflict(registered(at), at.manager)
    assert rulers(managers, people) == [at.head.name]

    both = registered(at)
    reports_conflict(both, at.manager)
    assert rulers(reports_conflict(both, at.officer), people) == [at.head.name]


def test_a_conflict_that_is_ruled_on_waits_for_nobody(at):
    declaration = reports_conflict(registered(at), at.officer)
    rule_on(declaration, outcome=Ruling.NO_CONFLICT, reasons="Ingen koppling.", by=at.manager)

    assert rows(at.manager) == []


# --- advice ------------------------------------------------------------------------------------


def test_an_answer_from_the_group_waits_for_who_asked_and_has_the_case(at):
    case, _ = case_at(Step.MOTIVATED, at, title="Läxhjälp")
    asked = ask(case, at, due_in=5)
    assert [what for what, _ in rows(at.officer)] == ["Kontrollera: Läxhjälp"]

    declare(case, inputs=free_answers(), by=at.adviser)
    advise(asked, advice="conditional", reasons="Ta med stadsdelen.", by=at.adviser)

    assert rows(at.officer)[-1] == (
        "Läs svaret: Läxhjälp",
        "Beredningsgruppen har svarat: lämplig på villkor.",
    )


def test_an_answer_that_is_late_is_said_to_be(at):
    case, _ = case_at(Step.MOTIVATED, at, title="Läxhjälp")
    with days_ago(20):
        ask(case, at, due_in=-4)

    late = [row for row in waiting_for(at.officer) if row.is_late]

    assert [(row.what, row.day, row.time_said()) for row in late] == [
        ("Samråd", TODAY - timedelta(days=4), "Försenad 4 dagar")
    ]
    assert rows(at.manager) == []


def test_an_answer_that_one_has_taken_over_waits_for_the_new_officer(at):
    case, _ = case_at(Step.MOTIVATED, at, title="Läxhjälp")
    ask(case, at, due_in=5)
    new = UserFactory(officer_at=at.unit)
    case.refresh_from_db()
    hand_over(case, officer=new, reason="Slutar.", by=at.manager, version=case.version)

    assert (
        "Få svar av beredningsgruppen: Läxhjälp",
        "Du har tagit över frågan från den som ställde den.",
    ) in rows(new)


# --- what is due -------------------------------------------------------------------------------


def due(case, days: int):
    day = TODAY + timedelta(days=days)
    Obligation.objects.filter(about=case.chain, kind="follow_up").update(due_on=day)


def test_follow_ups_wait_a_month_before_and_are_late_the_day_after(client, at):
    late, today, soon, later = (case_at(Step.ONGOING, at, title=t)[0] for t in "ABCD")
    for case, days in ((late, -1), (today, 0), (soon, 30), (later, 31)):
        due(case, days)
    client.force_login(at.officer)

    page = client.get(MINE).context

    assert [(task["label"], task["state_label"]) for task in page["late"]] == [
        ("Följ upp: A", "Försenad 1 dag")
    ]
    assert [task["label"] for task in page["week"]] == ["Följ upp: B"]
    assert [task["label"] for task in page["waiting"]] == ["Följ upp: C"]
    assert [row.case.title for row in page["coming"]] == ["D"]


def test_the_closing_follow_up_waits_for_the_manager(at):
    case, _ = case_at(Step.ENDED, at, title="Läxhjälp")
    Obligation.objects.filter(kind="closing_follow_up").update(due_on=TODAY)

    assert rows(at.manager) == [
        ("Slutfölj: Läxhjälp", "Samverkan är avslutad, slutuppföljningen återstår.")
    ]
    assert rows(at.officer) == []


def test_what_is_due_in_a_case_one_no_longer_sees_is_not_shown(at):
    case, _ = case_at(Step.ONGOING, at)
    due(case, 3)
    at.officer.grants.all().delete()
    Collaboration.objects.filter(pk=case.pk).update(officer=at.manager)

    assert rows(type(at.officer).objects.get(pk=at.officer.pk)) == []


# --- my cases ----------------------------------------------------------------------------------


def test_my_cases_are_the_open_ones_with_whose_turn_it_is(client, at):
    for step, days in (
        (Step.REGISTERED, 9),
        (Step.MOTIVATED, 8),
        (Step.CHECKED, 7),
        (Step.WITHDRAWN, 6),
        (Step.CLOSED, 5),
    ):
        with days_ago(days):
            case_at(step, at, title=step.label)
    case_at(Step.TOLD, at, outcome="refrain")
    client.force_login(at.officer)

    page = client.get(MINE).context

    assert [(row["case"].title, row["turn"]) for row in page["cases"]] == [
        ("Kontrollerad", f"Beslutas av {at.manager}"),
        ("Motiverad", "Kontrolleras av dig"),
        ("Registrerad", "Motiveras av dig"),
    ]
    assert page["open_count"] == 3


def test_cases_of_another_administration_are_never_mine(client, at):
    case_at(Step.CHECKED, place())
    client.force_login(at.manager)

    page = client.get(MINE).context

    assert (page["late"], page["waiting"], page["cases"], page["undelivered"]) == ([], [], [], [])


# --- the page itself ---------------------------------------------------------------------------


def busy(at, number: int) -> None:
    """So much of everything that can wait for a manager."""
    for _ in range(number):
        case, _ = case_at(Step.CHECKED, at)
        refuse(case)
        asked = ask(case, at, due_in=3, by=at.manager)
        declare(case, inputs=free_answers(), by=at.adviser)
        advise(asked, advice="suitable", reasons="Bra.", by=at.adviser)
        reports_conflict(registered(at), at.officer)
        running, _ = case_at(Step.ONGOING, at)
        Obligation.objects.filter(about=running.chain).update(owner=at.manager, due_on=TODAY)


@pytest.mark.parametrize("number", [1, 3])
def test_it_costs_the_same_for_one_of_each_and_for_many(
    client, at, number, django_assert_num_queries
):
    busy(at, number)
    client.force_login(at.manager)

    # session, person, grants; my preparation 5, conflicts 3, advice 1, what is due 2;
    # mails 2; how many, my cases, their organisations
    with django_assert_num_queries(20) as queries:
        page = client.get(MINE)

    assert len([*page.context["week"], *page.context["waiting"]]) == 4 * number
    assert len(page.context["undelivered"]) == number
    assert {query["sql"].split()[0] for query in queries.captured_queries} == {"SELECT"}


def test_a_person_with_nothing_to_do_is_told_so(client, at):
    client.force_login(at.officer)

    assert client.get(MINE).content.decode().count("Inget väntar på dig") == 1


def test_a_person_without_a_role_is_told_whom_to_ask(client, db):
    client.force_login(UserFactory())

    assert client.get(MINE).content.decode().count("Du har ingen roll än") == 1


# --- where people begin ------------------------------------------------------------------------

# Typed by hand from product.md §2.
BEGINS = {
    "manager_at": None,
    "head_at": None,
    "officer_at": None,
    "unit_manager_at": "/arenden/",
    "employee_at": "/arenden/",
    "adviser_at": "/beredningsgruppen/",
    "procurement_at": None,
    "finance_at": None,
    "legal_at": None,
    "communicator_at": None,
    "secretary_at": None,
    "registrar_at": "/arenden/",
    "admin_at": "/referensdata/",
}


@pytest.mark.django_db
@pytest.mark.parametrize(("role", "where"), BEGINS.items())
def test_everyone_begins_where_their_work_is(client, role, where):
    client.force_login(UserFactory(**{role: UnitFactory()}))

    page = client.get(MINE)

    assert page.headers.get("Location") == where
    assert page.status_code == (302 if where else 200)


@pytest.mark.django_db
def test_who_does_a_cases_work_begins_on_min_sida_also_as_adviser(client):
    client.force_login(UserFactory(officer_at=UnitFactory(), adviser_at=UnitFactory()))

    assert client.get(MINE).status_code == 200


def test_a_measure_says_what_is_to_be_done(at):
    case, _ = case_at(Step.ONGOING, at, title="Läxhjälpen")
    for what in ("Byt lokal", "Ring volontärerna"):
        a_remedy(case, at, what=what, owner=at.officer)

    assert [row for row in rows(at.officer) if row[0].startswith("Gör klart")] == [
        ("Gör klart en åtgärd: Läxhjälpen", "Du ansvarar för den: Byt lokal"),
        ("Gör klart en åtgärd: Läxhjälpen", "Du ansvarar för den: Ring volontärerna"),
    ]
