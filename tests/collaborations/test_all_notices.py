"""The page of all notices, and the list of what should have been told and was not."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from audit import clock
from audit.models import Event
from casework.listing import listed
from casework.moves import NotAllowed
from collaborations import notices, standing
from collaborations.duties import unmet_of, with_unmet
from collaborations.models import Collaboration, Step
from collaborations.steps.hand_over import mark_secret
from collaborations.steps.send_back import withdraw
from notifications import outbox
from notifications.models import Notice, State
from tests.factories.accounts import UnitFactory, UserFactory
from tests.factories.collaborations import case_at, place, registered
from tests.factories.formal import ongoing

pytestmark = pytest.mark.django_db

LIST, UNTOLD = reverse("notices:list"), reverse("notices:untold")
WORDS = "550 5.1.1 <x>: Recipient address rejected: User unknown"


def words(page):
    return page.content.decode()


def subjects(page):
    return [notice.subject for notice in page.context["listing"].rows]


def in_state(notice, state, **facts):
    """As it is after the server has answered, without one."""
    facts = {"state": state, "next_try_at": None} | facts
    Notice.objects.filter(pk=notice.pk).update(**facts)
    notice.refresh_from_db()
    return notice


def refused(notice):
    return in_state(notice, State.REFUSED, server_words=WORDS)


def sent(notice):
    return in_state(notice, State.SENT, sent_at=clock.now())


def forgotten(case, what):
    """As if the notice had never been written: no one can delete it, so it bears another key."""
    Notice.objects.filter(key=standing.notice_key(case, what)).update(key=f"gone:{what}:{case.pk}")


@pytest.fixture
def case(at):
    return registered(at, title="Språkcafé")


@pytest.fixture
def initiative(case):
    return Notice.objects.get(kind="initiative")


@pytest.fixture
def by(client, at):
    client.force_login(at.officer)
    return client


# --- the list ----------------------------------------------------------------------------------


def test_one_sees_the_notices_of_the_cases_that_one_sees_and_ones_own(client, at, case, initiative):
    stranger = UserFactory(officer_at=place().unit)
    for person, seen in ((at.officer, 1), (at.adviser, 1), (stranger, 0)):
        client.force_login(person)
        assert len(subjects(client.get(LIST))) == seen
        page = client.get(reverse("notices:notice", args=[initiative.pk]))
        assert page.status_code == (200 if seen else 404)

    told = notices.tell_person(case, "x", stranger, "started")

    client.force_login(stranger)
    assert subjects(client.get(LIST)) == [told.subject]
    page = client.get(reverse("notices:notice", args=[told.pk]))
    assert f'href="{case.get_absolute_url()}"' not in words(page)


def test_a_reader_of_what_runs_sees_no_notices(client, at):
    case_at(Step.ONGOING, at)
    client.force_login(UserFactory(employee_at=at.unit))

    assert subjects(client.get(LIST)) == []


def test_the_filters_stand_in_the_address(by, at, case, initiative):
    other = registered(at, title="Läxhjälp")
    to_person = notices.tell_person(case, "x", at.manager, "started")
    refused(initiative)
    second = Notice.objects.get(kind="initiative", about=other.chain)
    today = clock.today().isoformat()

    for asked, found in {
        "lage=refused": {initiative},
        "lage=atgard": {initiative},
        "lage=ej_framme": {initiative, second, to_person},
        "lage=i_samling": set(),
        "slag=started": {to_person},
        "till=person": {to_person},
        "till=brevlada": {initiative, second},
        "till=annan": set(),
        f"enhet={at.unit.pk}": {initiative, second, to_person},
        f"fran={today}&slag=started": {to_person},
        "till_och_med=2020-01-01": set(),
    }.items():
        page = by.get(f"{LIST}?{asked}")
        assert set(page.context["listing"].rows) == found, asked
    for wrong in ("lage=nowhere", "slag=x", "enhet=x", "fran=i%20dag", "till_och_med=9999-12-31"):
        assert by.get(f"{LIST}?{wrong}").status_code == 200
    newest, oldest = (subjects(by.get(f"{LIST}?ordning={way}")) for way in ("senast", "aldst"))
    assert newest == oldest[::-1]


@pytest.mark.parametrize("count", [1, 3])
def test_the_pages_cost_the_same_for_one_notice_and_for_many(
    by, at, django_assert_num_queries, count
):
    for _ in range(count):
        refused(Notice.objects.get(about=registered(at).chain))

    with django_assert_num_queries(7):
        by.get(LIST)
    with django_assert_num_queries(7):
        by.get(UNTOLD)
    with django_assert_num_queries(10):
        by.get(reverse("notices:notice", args=[Notice.objects.first().pk]))


def test_what_the_server_said_stands_in_swedish_beside_its_own_words(by, initiative):
    refused(initiative)

    for url in (LIST, UNTOLD, reverse("notices:notice", args=[initiative.pk])):
        assert "Adressen finns inte hos mottagaren." in words(by.get(url))
    assert "User unknown" in words(by.get(reverse("notices:notice", args=[initiative.pk])))


# --- again, and otherwise ----------------------------------------------------------------------


def test_a_double_click_sends_once_more_and_not_twice(by, initiative):
    refused(initiative)
    url = reverse("notices:resend", args=[initiative.pk])

    for _ in range(2):
        assert by.post(url).status_code == 302

    initiative.refresh_from_db()
    assert (initiative.state, initiative.tries) == (State.WAITING, 0)
    assert by.get(url).status_code == 302  # a link sends nothing


def test_what_was_sent_is_sent_again_only_when_clearly_asked_and_once(by, case, initiative):
    sent(initiative)
    url = reverse("notices:resend", args=[initiative.pk])
    page = by.get(url)
    assert "redan klart" in words(page)
    assert by.post(url).status_code == 200  # no key: asked again
    assert by.post(url, {"form_key": "x" * 36 + "/"}).status_code == 200
    key = str(uuid4())

    for _ in range(2):
        assert by.post(url, {"form_key": key}).status_code == 302

    copy = Notice.objects.exclude(pk=initiative.pk).get(kind="initiative")
    initiative.refresh_from_db()
    assert (initiative.state, copy.state) == (State.SENT, State.WAITING)
    assert (copy.subject, copy.body) == (initiative.subject, initiative.body)
    assert copy.message_id != initiative.message_id
    assert Event.objects.filter(chain=case.chain, code="notice_resent").count() == 1


def test_a_copy_tells_no_more_than_the_number_of_a_case_that_became_secret(
    by, at, case, initiative
):
    sent(initiative)
    mark_secret(case, provision="OSL 26 kap. 1 §", by=at.registrar, version=case.version)

    by.post(reverse("notices:resend", args=[initiative.pk]), {"form_key": str(uuid4())})

    copy = Notice.objects.get(key__startswith="copy:")
    assert copy.subject == f"Ärende {case.number}"
    assert "Språkcafé" not in copy.body


def test_one_notes_that_it_was_told_otherwise(by, case, initiative):
    refused(initiative)
    url = reverse("notices:told_otherwise", args=[initiative.pk])
    assert by.post(url, {"how": "", "on": ""}).status_code == 422

    assert by.post(url, {"how": "Ringde.", "on": clock.today().isoformat()}).status_code == 302

    initiative.refresh_from_db()
    assert initiative.state == State.TOLD_OTHERWISE
    assert standing.initiative_is_told(case)
    assert words(by.get(UNTOLD)).count("Språkcafé") == 0


def test_who_may_not_resend_is_refused_and_who_sees_nothing_finds_nothing(client, at, initiative):
    refused(initiative)
    for person, status in ((at.adviser, 409), (UserFactory(officer_at=place().unit), 404)):
        client.force_login(person)
        for name in ("resend", "told_otherwise"):
            url = reverse(f"notices:{name}", args=[initiative.pk])
            assert client.post(url).status_code == status
    initiative.refresh_from_db()
    assert initiative.state == State.REFUSED


def test_a_reminder_about_no_case_is_mended_by_whom_it_is_for(client, at):
    notice = outbox.queue(
        "obligation:1:on",
        kind="reminder_on",
        about="accounts.governingdocument:1",
        administration=at.administration,
        to=at.officer.email,
        person=at.officer,
        subject="Dags nu: Översyn",
        body="x",
    )
    refused(notice)
    client.force_login(at.officer)

    assert client.post(reverse("notices:resend", args=[notice.pk])).status_code == 302

    notice.refresh_from_db()
    assert notice.state == State.WAITING
    assert Event.objects.filter(code="notice_resent").count() == 1
    client.force_login(at.manager)
    assert client.get(reverse("notices:notice", args=[notice.pk])).status_code == 404


# --- what should have been told ----------------------------------------------------------------


def unmet(person):
    cases = Collaboration.objects.wholly_visible_to(person)
    return unmet_of(with_unmet(cases).order_by("since", "pk"))


def missing(person):
    return {(row.case.pk, row.duty.code, row.notice and row.notice.state) for row in unmet(person)}


def untold(client, asked="") -> list[tuple[str, str]]:
    """The titles on the page, each with what of the case is untold, in order."""
    rows = client.get(f"{UNTOLD}{asked}").context["rows"]
    return [(one["row"].case.title, one["row"].duty.what) for one in rows]


def test_an_initiative_that_has_not_reached_the_group_is_on_the_list(at, case, initiative):
    assert missing(at.officer) == {(case.pk, "initiative", "waiting")}
    refused(initiative)
    assert missing(at.adviser) == {(case.pk, "initiative", "refused")}
    sent(initiative)
    assert missing(at.officer) == set()


@pytest.mark.parametrize(
    ("step", "what"),
    [(Step.REGISTERED, "initiative"), (Step.ONGOING, "decision"), (Step.ENDED, "end")],
)
def test_what_was_never_written_is_missed_and_written_from_the_list(by, at, step, what):
    case, _ = case_at(step, at)
    Notice.objects.exclude(state=State.SENT).update(
        state=State.SENT, next_try_at=None, sent_at=clock.now()
    )
    assert missing(at.officer) == set()
    forgotten(case, what)
    assert missing(at.officer) == {(case.pk, what, None)}
    assert "Inget är skrivet" in words(by.get(UNTOLD))
    url = reverse("notices:write", args=[case.pk, what])

    assert by.post(url).status_code == 302
    assert by.post(url).status_code == 302  # a double click: it is written, and not yet told

    assert missing(at.officer) == {(case.pk, what, "waiting")}
    assert Notice.objects.filter(key=standing.notice_key(case, what)).count() == 1


def test_the_start_of_a_project_is_a_duty_and_of_other_forms_it_is_none(at):
    """G-65. Both have started; the mail about it has not been taken."""
    other, project = ongoing(at), ongoing(at, "partner_in_project")
    assert missing(at.officer) == {(project.pk, "started", "waiting")}
    forgotten(project, "started")
    forgotten(other, "started")

    assert missing(at.officer) == {(project.pk, "started", None)}


def test_what_is_not_due_is_not_written(by, client, at, case):
    assert by.post(reverse("notices:write", args=[case.pk, "end"])).status_code == 409
    assert by.post(reverse("notices:write", args=[case.pk, "vad-som-helst"])).status_code == 404
    forgotten(case, "initiative")
    client.force_login(at.adviser)
    assert client.post(reverse("notices:write", args=[case.pk, "initiative"])).status_code == 409
    client.force_login(UserFactory(officer_at=place().unit))
    assert client.post(reverse("notices:write", args=[case.pk, "initiative"])).status_code == 404
    assert not Notice.objects.filter(key=standing.notice_key(case, "initiative")).exists()


def test_an_initiative_is_not_taken_back_unreported(at, case, initiative):
    """G-10: nor is it closed or handed over; those have tests of their own."""
    facts = {"reason": "Ångrade sig.", "by": at.officer, "version": case.version}
    with pytest.raises(NotAllowed, match="Initiativet är inte meddelat"):
        withdraw(case, **facts)
    sent(initiative)

    withdraw(case, **facts)

    case.refresh_from_db()
    assert case.step == Step.WITHDRAWN


def test_the_oldest_come_first(at):
    later, earlier = registered(at), registered(at)
    Collaboration.objects.filter(pk=earlier.pk).update(
        registered_at=clock.now() - timedelta(days=30)
    )

    assert [row.case.pk for row in unmet(at.officer)] == [earlier.pk, later.pk]


def test_a_duty_arose_on_the_day_in_stockholm(at, case):
    half_past_midnight = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)
    Collaboration.objects.filter(pk=case.pk).update(registered_at=half_past_midnight)

    assert [row.since for row in unmet(at.officer)] == [date(2026, 11, 21)]


def test_all_that_is_untold_of_a_case_stands_together_the_oldest_first(by, at):
    project = ongoing(at, "partner_in_project")
    case = registered(at, title="Språkcafé")
    for what in ("initiative", "decision"):
        forgotten(project, what)
    tomorrow = clock.now() + timedelta(days=1)
    Collaboration.objects.filter(pk=case.pk).update(registered_at=tomorrow)

    assert untold(by) == [
        (project.title, "Initiativet"),
        (project.title, "Beslutet"),
        (project.title, "Projektets start"),
        ("Språkcafé", "Initiativet"),
    ]
    assert untold(by, "?ordning=senast")[0] == ("Språkcafé", "Initiativet")


def test_one_asks_for_a_happening_a_unit_or_a_case(client, at):
    project = ongoing(at, "partner_in_project")
    forgotten(project, "initiative")
    registered(at, title="Språkcafé")
    below = UnitFactory(parent=at.unit, name="Under")
    there = registered(at, unit=below, responsible_manager=at.manager, title="Lärcirkeln")
    client.force_login(at.head)

    for asked, found in {
        "slag=initiative": {"Språkcafé", "Lärcirkeln", project.title},
        "slag=started": {project.title},
        "slag=end": set(),
        f"enhet={below.pk}": {"Lärcirkeln"},
        f"enhet={at.administration.root_unit.pk}": {"Språkcafé", "Lärcirkeln", project.title},
        f"q={there.number}": {"Lärcirkeln"},
        "q=språk": {"Språkcafé"},
        "q=språk&slag=started": set(),
    }.items():
        shown = client.get(f"{UNTOLD}?{asked}").context
        assert {one["row"].case.title for one in shown["rows"]} == found, asked
        assert shown["listing"].count == len(found), asked
    assert untold(client, "?slag=started") == [(project.title, "Projektets start")]
    assert "Inget stämmer med det du har valt" in words(client.get(f"{UNTOLD}?slag=end"))


def test_the_list_goes_on_over_its_pages_and_back(by, at, monkeypatch):
    monkeypatch.setattr(listed, "__kwdefaults__", {"size": 2})
    for number in range(5):
        made = registered(at, title=f"Nummer {number}")
        day = clock.now() - timedelta(days=10 - number // 2)  # two of each day
        Collaboration.objects.filter(pk=made.pk).update(registered_at=day)
    first = by.get(UNTOLD).context["listing"]
    second = by.get(f"{UNTOLD}{first.next}").context["listing"]
    third = by.get(f"{UNTOLD}{second.next}").context["listing"]

    pages = [[case.title for case in page.rows] for page in (first, second, third)]
    assert pages == [["Nummer 0", "Nummer 1"], ["Nummer 2", "Nummer 3"], ["Nummer 4"]]
    assert (first.count, third.next) == (5, "")
    assert by.get(f"{UNTOLD}{third.previous}").context["listing"].rows == second.rows


def test_who_sees_no_case_is_not_told_that_all_is_well(client, at, case):
    forgotten(case, "initiative")
    client.force_login(UserFactory(admin_at=at.administration.root_unit))

    page = words(client.get(UNTOLD))

    assert ("Du ser inga ärenden" in page, "Allt är meddelat" in page) == (True, False)
    assert case.title not in page
