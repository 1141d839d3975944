"""The pages of a follow-up: filled in from what was promised, and what was typed is never lost."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from collaborations import follow_up_board_report, follow_up_report
from collaborations.models import FollowUpDraft
from collaborations.steps.after_follow_up import note_reported
from collaborations.steps.end import end
from collaborations.steps.follow_up import save_draft
from collaborations.steps.hand_over import set_registry_number
from tests.factories.accounts import UserFactory
from tests.factories.collaborations import case_at, place
from tests.factories.follow_up import a_remedy, outcomes, promising, wholly_followed_up
from tests.factories.once import made_once

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate
TYPED = {
    "done": "Vi har hållit öppet varje vecka.",
    "better_process": "yes",
    "better_result": "partly",
    "higher_quality": "yes",
    "better_use": "unknown",
    "target_group_voice": "De vill ha fler kvällar.",
    "organisation_voice": "Volontärerna räcker till.",
    "means_of_ours": "Lokalen.",
    "means_of_theirs": "Tolv volontärer.",
    "still_meets_requirements": "true",
    "democracy_holds": "true",
    "principles": ["dialogue"],
    "conclusion": "continue",
}


@pytest.fixture(scope="module")
def city(django_db_setup, django_db_blocker):
    with made_once(django_db_blocker):
        at = place()
        informal, _ = case_at("ongoing", at)
        employee = UserFactory(employee_at=at.unit)
        yield SimpleNamespace(
            at=at, employee=employee, informal=informal.pk, formal=promising(at).pk
        )


@pytest.fixture
def officer(client, at):
    client.force_login(at.officer)
    return client


def page_of(name, *args):
    return reverse(f"collaborations:{name}", args=args)


def typed(case, **facts) -> dict:
    said = outcomes(case)
    rows = {f"commitment_{pk}_state": "partly" for pk in said["commitments"]}
    rows |= {f"goal_{pk}_number": "62,5" for pk in said["goals"]}
    held = {"version": case.version, "revision": 0, "held_on": TODAY().isoformat()}
    return {**TYPED, **rows, **held, **facts}


def test_what_was_promised_is_asked_for_and_saved(officer, formal):
    made = officer.post(page_of("follow_up", formal.pk), typed(formal), follow=True)

    one = formal.follow_ups.get()
    assert made.redirect_chain == [(page_of("made_follow_up", formal.pk, one.pk), 302)]
    assert [row.get_state_display() for row in one.commitments.all()] == ["delvis genomfört"] * 2
    assert [row.said for row in one.goals.all()] == ["62,5"]
    assert one.principles == ["dialogue"]


def test_without_an_agreement_the_form_is_short(officer, informal, formal):
    asked = {
        case: set(officer.get(page_of("follow_up", case.pk)).context["form"].fields)
        for case in (informal, formal)
    }
    more = {name.partition("_")[0] for name in asked[formal] - asked[informal]}

    assert more == {"commitment", "goal", "means", "principles"}
    assert asked[informal] < asked[formal]


REFUSED = {
    "held_on": (TODAY() + timedelta(days=1)).isoformat(),
    "next_on": (TODAY() + timedelta(days=400)).isoformat(),
    "goal": "-5",
    "conclusion": "",
    "democracy_holds": "false",
}


@pytest.mark.parametrize("wrong", REFUSED)
def test_what_cannot_be_is_refused_beside_its_field_and_the_text_stays(officer, formal, wrong):
    goal = next(iter(outcomes(formal)["goals"]))
    name = f"goal_{goal}_number" if wrong == "goal" else wrong
    page = officer.post(page_of("follow_up", formal.pk), typed(formal, **{name: REFUSED[wrong]}))

    asked_for = "shortcomings" if wrong == "democracy_holds" else name
    assert page.status_code in (409, 422)
    assert set(page.context["form"].errors) == {asked_for}
    assert TYPED["target_group_voice"] in page.content.decode()
    assert not formal.follow_ups.exists()


def test_a_draft_is_kept_half_written_and_stands_there_next_time(officer, formal, at):
    url = page_of("follow_up", formal.pk)
    half = {"done": "Halva", "revision": 0, "version": formal.version, "spara_utkast": "1"}
    assert officer.post(url, {**half, "held_on": "inte en dag"}).status_code == 302

    officer.force_login(at.manager)
    page = officer.get(url)
    assert "Halva" in page.content.decode()
    assert str(at.officer) in page.content.decode()

    late = officer.post(url, {**half, "done": "Mitt", "revision": 0})
    assert late.status_code == 409
    both = [(one["yours"], one["saved"]) for one in late.context["compared"]]
    assert ("Mitt", "Halva") in both
    assert FollowUpDraft.objects.get().content["done"] == "Halva"
    revision = late.context["form"]["revision"].value()
    again = officer.post(url, {**half, "done": "Mitt", "revision": revision})
    assert again.status_code == 302


def test_a_page_from_before_a_colleagues_draft_finishes_nothing_until_both_were_shown(
    officer, informal, at
):
    url, sent = page_of("follow_up", informal.pk), typed_short(informal)
    save_draft(informal, content={"done": "Mer än du tror"}, revision=0, by=at.manager)

    page = officer.post(url, sent)
    assert page.status_code == 409
    assert not informal.follow_ups.exists()
    assert FollowUpDraft.objects.get().content == {"done": "Mer än du tror"}
    both = [(one["yours"], one["saved"]) for one in page.context["compared"]]
    assert (TYPED["done"], "Mer än du tror") in both

    shown = {**sent, "revision": page.context["form"]["revision"].value()}
    assert officer.post(url, shown).status_code == 302
    assert not FollowUpDraft.objects.exists()


@pytest.mark.parametrize("left_out", [{}, {"better_process": ""}])
def test_what_was_typed_when_the_case_ended_meanwhile_goes_on_in_the_closing_follow_up(
    officer, informal, at, left_out
):
    sent = typed_short(informal, **left_out)
    end(informal, reasons="Klart.", ended_on=TODAY(), by=at.manager, version=informal.version)

    page = officer.post(page_of("follow_up", informal.pk), sent, follow=True)

    assert page.redirect_chain == [(page_of("close", informal.pk), 302)]
    said = page.content.decode()
    assert "Samverkan har avslutats. Det du skrev är sparat som utkast" in said
    assert "Det finns något att rätta" not in said
    assert TYPED["done"] in said
    assert TYPED["target_group_voice"] in said
    assert not informal.follow_ups.exists()


def typed_short(case, **facts) -> dict:
    held = {"version": case.version, "revision": 0, "held_on": TODAY().isoformat()}
    return {**TYPED, **held, **facts}


def test_a_case_changed_meanwhile_says_so_and_can_be_saved_again(officer, informal, at):
    sent = typed_short(informal)
    set_registry_number(informal, registry_number="D 1", by=at.registrar, version=informal.version)
    url = page_of("follow_up", informal.pk)

    page = officer.post(url, sent)
    assert page.status_code == 409
    assert TYPED["done"] in page.content.decode()

    form = page.context["form"]
    renewed = {**sent, "version": form["version"].value()}
    assert officer.post(url, renewed).status_code == 302
    assert informal.follow_ups.count() == 1


def test_a_correction_begins_from_what_was_said(officer, formal, at):
    wrong = wholly_followed_up(formal, at)
    url = page_of("correct_follow_up", formal.pk, wrong.pk)
    form = officer.get(url).context["form"]

    assert form["done"].value() == wrong.done
    assert officer.post(url, typed(formal, version=formal.version)).status_code == 302
    old = officer.get(page_of("made_follow_up", formal.pk, wrong.pk)).content.decode()
    assert "Den här uppföljningen är rättad" in old


def test_those_who_only_read_see_the_outcome_but_not_what_is_being_prepared(client, city, formal):
    made = wholly_followed_up(formal, city.at)
    remedy = a_remedy(formal, city.at, follow_up=made, owner=city.employee)
    client.force_login(city.employee)

    shown = client.get(page_of("made_follow_up", formal.pk, made.pk)).content.decode()
    agreed = client.get(page_of("agreement", formal.pk)).content.decode()

    assert "Genomfört" in shown
    assert "Ansvarig chefs ställningstagande" not in shown
    parties = {one.commitment.party.name for one in made.commitments.all()}
    assert {name for name in parties if name in agreed} == parties
    assert "Resultat över åren" in agreed
    done = {"outcome": "done", "note": "Öppet."}
    assert client.post(page_of("remedy", formal.pk, remedy.pk), done).status_code == 302


def said(blocks) -> dict[str, str]:
    return {
        block.heading: " ".join([block.text, *block.lines, *(c for row in block.rows for c in row)])
        for block in blocks
    }


def test_the_document_says_what_came_of_it_all(formal, at):
    made = wholly_followed_up(formal, at, number="64.5")
    a_remedy(formal, at, follow_up=made)
    note_reported(formal, made, to="group", on=TODAY(), reference="mejl", by=at.officer)
    blocks = said(follow_up_report.blocks(formal, made))

    assert "Genomfört" in blocks["Åtaganden"]
    assert "64,5" in blocks["Mål"]
    assert "Öppna en kväll till" in blocks["Åtgärder"]
    assert blocks["Organisationens röst"].strip() == made.organisation_voice
    assert blocks["Rapporterat till"].strip().startswith("Beredningsgruppen")
    assert follow_up_board_report.report_of(formal, made).proposal[0] == (
        "Nämnden godkänner uppföljningen."
    )


@pytest.mark.parametrize("name", ["case", "follow_up"])
def test_a_page_asks_as_much_of_the_database_for_three_follow_ups_as_for_one(
    officer, formal, at, name
):
    url = page_of(name, formal.pk)

    def asked() -> int:
        officer.get(url)
        with CaptureQueriesContext(connection) as queries:
            assert officer.get(url).status_code == 200
        return len(queries)

    a_remedy(formal, at, follow_up=wholly_followed_up(formal, at))
    once = asked()
    for _ in range(2):
        a_remedy(formal, at, follow_up=wholly_followed_up(formal, at))
    assert asked() == once
