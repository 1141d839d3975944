"""Wrong input at the pages: a sentence beside the field, what was typed kept, nothing changed."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from collaborations.models import Collaboration, Decision, Remark, Step
from collaborations.steps.consult import ask_for_advice
from collaborations.steps.declare import declare
from collaborations.steps.motivate import write_motivation
from notifications import outbox
from notifications.models import Notice, State
from tests.factories.accounts import UserFactory
from tests.factories.collaborations import (
    case_at,
    corrected,
    free_answers,
    motivation,
    place,
    registered,
)
from tests.factories.organisations import OrganisationFactory

NO_LINES = {
    "insats-TOTAL_FORMS": "0",
    "insats-INITIAL_FORMS": "0",
    "insats-MIN_NUM_FORMS": "0",
    "insats-MAX_NUM_FORMS": "30",
}


def url(name, *args) -> str:
    return reverse(f"collaborations:{name}", args=args)


def post(client, person, name, *args, **data):
    client.force_login(person)
    return client.post(url(name, *args), data)


def state(case) -> tuple:
    row = Collaboration.objects.get(pk=case.pk)
    return row.step, row.version, row.chain_count, row.need, row.form


def test_a_stale_motivation_saves_nothing_and_shows_both_texts(client, at):
    case = registered(at)
    old = case.version
    write_motivation(case, **motivation(at, need="Det som sparades."), by=at.manager, version=old)
    before = state(case)

    page = post(
        client,
        at.officer,
        "motivation",
        case.pk,
        version=old,
        form="informal",
        need="Det jag skrev.",
        **NO_LINES,
    )

    assert page.status_code == 409
    differences = {d["label"]: (d["yours"], d["saved"]) for d in page.context["differences"]}
    assert differences["Behovet"] == ("Det jag skrev.", "Det som sparades.")
    assert "Det jag skrev." in page.content.decode()
    assert state(case) == before


def test_association_grants_are_refused_beside_the_field_with_who_gives_them(client, at):
    case = registered(at)
    before = state(case)

    page = post(
        client,
        at.officer,
        "motivation",
        case.pk,
        version=case.version,
        form="association_grant",
        need="Pengar till läger.",
        **NO_LINES,
    )

    assert page.status_code == 422
    assert page.context["form"].errors["form"] == [at.administration.association_grant_pointer]
    assert "Pengar till läger." in page.content.decode()
    assert state(case) == before


def test_a_half_written_contribution_is_asked_about_and_kept(client, at):
    case = registered(at)
    lines = NO_LINES | {"insats-TOTAL_FORMS": "1", "insats-0-what": "Aulan", "insats-0-value": "-5"}

    page = post(
        client, at.officer, "motivation", case.pk, version=case.version, form="informal", **lines
    )

    assert page.status_code == 422
    assert set(page.context["lines"].errors[0]) == {"party", "kind", "value"}
    assert "Aulan" in page.content.decode()
    assert not case.terms.contributions.exists()


@pytest.mark.parametrize(
    ("changed", "field", "sentence"),
    [
        ({"reasons": ""}, "reasons", None),
        ({"follow_up_method": ""}, "follow_up_method", "Beskriv hur samverkan följs upp."),
        ({"follow_up_by": ""}, "follow_up_by", "Ange vem som följer upp."),
        ({"follow_up_on": ""}, "follow_up_on", "Ange när samverkan följs upp."),
        ({"outcome": ""}, "outcome", None),
    ],
)
def test_half_a_decision_is_asked_about_and_what_was_written_is_kept(
    client, at, changed, field, sentence
):
    case = ready(at)
    data = decision(case, at) | changed

    page = post(client, at.manager, "decide", case.pk, besluta="1", **data)

    assert page.status_code == 422
    errors = page.context["form"].errors
    assert list(errors) == [field]
    assert sentence in (None, errors[field][0])
    assert data["reasons"] in page.content.decode()
    assert not Decision.objects.exists()


def ready(at):
    case, _ = case_at(Step.CHECKED, at)
    declare(case, inputs=free_answers(), by=at.manager)
    return case


def decision(case, at) -> dict:
    return {
        "version": case.version,
        "outcome": "start",
        "reasons": "Verksamheten når en ny grupp.",
        "follow_up_method": "Möte på plats.",
        "follow_up_by": at.officer.pk,
        "follow_up_on": (timezone.localdate() + timedelta(days=90)).isoformat(),
        "appealable": "no",
    }


@pytest.mark.parametrize("button", ["granska", "besluta"])
def test_a_follow_up_too_far_away_is_refused_beside_its_field_before_the_review(client, at, button):
    case = ready(at)
    far = (timezone.localdate() + timedelta(days=700)).isoformat()

    page = post(
        client,
        at.manager,
        "decide",
        case.pk,
        **decision(case, at) | {"follow_up_on": far, button: "1"},
    )

    assert page.status_code == 409
    assert page.context["form"].errors["follow_up_on"] == [
        "Uppföljningen ska ske efter dagens datum och senast om tolv månader."
    ]
    assert not Decision.objects.exists()


def test_who_may_not_decide_is_told_why_and_nothing_happens(client, at):
    case = ready(at)

    page = post(client, at.officer, "decide", case.pk, besluta="1", **decision(case, at))

    assert page.status_code == 409
    assert [reason.sentence for reason in page.context["closed"]] == [
        f"Bara ansvarig chef för ärendet kan göra det här: {at.manager}.",
    ]
    assert not Decision.objects.exists()


def test_the_second_click_on_decide_is_told_that_somebody_was_before(client, at):
    case = ready(at)
    data = decision(case, at)

    first = post(client, at.manager, "decide", case.pk, besluta="1", **data)
    second = post(client, at.manager, "decide", case.pk, besluta="1", **data)

    assert (first.status_code, second.status_code) == (302, 409)
    assert Decision.objects.count() == 1


def test_to_send_back_takes_a_comment_which_the_officer_reads(client, at):
    case = ready(at)
    empty = post(client, at.manager, "send_back", case.pk, version=case.version, to="motivated")
    assert (empty.status_code, list(empty.context["form"].errors)) == (422, ["comment"])

    sent = post(
        client,
        at.manager,
        "send_back",
        case.pk,
        version=case.version,
        to="motivated",
        comment="Fråga om försäkringen.",
    )
    case.refresh_from_db()
    assert (sent.status_code, case.step) == (302, Step.MOTIVATED)
    assert Remark.objects.get().text == "Fråga om försäkringen."
    letter = Notice.objects.about(case.chain).get(kind="sent_back")
    assert (letter.person, "Fråga om försäkringen." in letter.body) == (at.officer, True)


def test_what_is_no_samverkan_is_kept_as_a_contact_and_tells_nobody(client, at):
    organisation = OrganisationFactory()
    sent = post(
        client,
        at.officer,
        "register",
        form_key="0b9d7a52-51f4-4a6a-8d0e-5a6f0c1f0002",
        organisations=[organisation.pk],
        title="Fråga om lokal",
        initiated_by="organisation",
        initiative_on=timezone.localdate().isoformat(),
        task="De undrade om vi hade en lokal.",
        associated="false",
        joint_task="true",
        unit=at.unit.pk,
        responsible_manager=at.manager.pk,
    )

    assert sent.url == url("enquiries")
    assert not Collaboration.objects.exists()
    assert not Notice.objects.exists()
    assert "De undrade om vi hade en lokal." in client.get(sent.url).content.decode()


def test_a_refused_notice_is_told_in_another_way_and_the_case_goes_on(client, at):
    case, _ = case_at(Step.REGISTERED, at)
    notice = Notice.objects.about(case.chain).get(kind="initiative")
    attempt = DeliveryAttempts(notice).refused_with("550 5.1.1 Okänd mottagare")
    assert attempt.state == State.REFUSED

    page = client_page(client, at.officer, "notices", case.pk)
    assert "550 5.1.1 Okänd mottagare" in page
    otherwise = reverse("notices:told_otherwise", args=[notice.pk])
    assert f'href="{otherwise}"' in page
    facts = {"how": "Lämnades på mötet.", "on": timezone.localdate().isoformat()}
    assert client.post(otherwise, facts).status_code == 302
    notice.refresh_from_db()
    assert (notice.state, notice.told_otherwise_by) == (State.TOLD_OTHERWISE, at.officer)


class DeliveryAttempts:
    """A notice as the mail server left it."""

    def __init__(self, notice):
        self.notice = notice

    def refused_with(self, words):
        attempt = outbox.claim(self.notice.pk)
        outbox.settle(attempt, outbox.Answer(outbox.Outcome.REFUSED, words))
        self.notice.refresh_from_db()
        return self.notice


def client_page(client, person, name, *args) -> str:
    client.force_login(person)
    page = client.get(url(name, *args))
    assert page.status_code == 200
    return page.content.decode()


def test_another_administrations_case_is_not_there_whatever_is_sent(client, at):
    case = ready(at)
    stranger = place()

    for name in ("decide", "motivation", "withdraw", "hand_over", "secrecy"):
        page = post(client, stranger.manager, name, case.pk, version=case.version)
        assert page.status_code == 404, name


def many(case, at, rows: int) -> None:
    """More of everything that the case's pages list."""
    case.refresh_from_db()
    organisations = [OrganisationFactory() for _ in range(rows)]
    corrected(case, at, *organisations)
    for _ in range(rows):
        registered(at, organisations=organisations[:1])
        declare(case, inputs=free_answers(), by=UserFactory(officer_at=at.unit))


PAGES = ["case", "log", "registration", "conflict", "notices", "consultation", "check", "decide"]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_of_a_case_costs_the_same_for_one_row_and_for_three(client, at, name):
    costs = []
    for rows in (1, 3):
        case = registered(at)
        many(case, at, rows)
        client.force_login(at.manager)
        client.get(url(name, case.pk))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(url(name, case.pk))
        costs.append(len(queries))

    assert costs[0] == costs[1]


def test_consultations_cost_the_same_for_one_and_for_three(client, at):
    costs = []
    for asked in (1, 3):
        case, _ = case_at(Step.MOTIVATED, at)
        for number in range(asked):
            case.refresh_from_db()
            facts = {"question": f"Passar {number}?", "by": at.officer, "version": case.version}
            ask_for_advice(case, due_on=timezone.localdate() + timedelta(days=9), **facts)
        client.force_login(at.manager)
        client.get(url("consultation", case.pk))
        with CaptureQueriesContext(connection) as queries:
            client.get(url("consultation", case.pk))
        costs.append(len(queries))

    assert costs[0] == costs[1]
