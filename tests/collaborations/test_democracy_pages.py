"""The pages about attestations, findings, measures and new examinations."""

from datetime import timedelta

import pytest
from django.urls import reverse

from audit import clock
from checklists.models import Finding, Measure, MeasureReport, MeasureVerdict
from collaborations import standing
from collaborations.decision_document import question_sets
from collaborations.models import Reexamination, Step
from collaborations.overview import tasks
from collaborations.steps.check import add_finding
from collaborations.steps.hand_over import mark_secret
from collaborations.steps.reexamine import report_finding
from organisations.models import Attestation
from tests.factories.accounts import UnitFactory, UserFactory
from tests.factories.collaborations import case_at, place
from tests.factories.democracy import (
    CHECK,
    a_finding,
    against,
    allow_measures,
    assessed,
    check_of,
    demanded,
    examined,
    judged,
    opened,
    reported,
    today,
)
from tests.factories.organisations import AttestationFactory, OrganisationFactory

pytestmark = pytest.mark.django_db


def url(name, *args) -> str:
    return reverse(f"collaborations:{name}", args=args)


@pytest.fixture
def case(at):
    allow_measures(at)
    return examined(at)


@pytest.fixture
def organisation():
    return OrganisationFactory()


@pytest.fixture
def running(at, organisation):
    case, _ = case_at(Step.DECIDED, at, organisations=[organisation])
    standing.forget(case)
    return case


def read(client, person, address) -> str:
    client.force_login(person)
    page = client.get(address)
    assert page.status_code == 200
    return page.content.decode()


def post(client, person, address, **data):
    client.force_login(person)
    return client.post(address, data)


FINDING = {
    "what": "Ett nytt uttalande.",
    "source": "Tidningen",
    "happened_on": "2026-01-05",
    "conduct": "guest",
    "connected": "true",
    "category": "DV-C",
}


# --- attestations ---------------------------------------------------------------------------------


def attested(case, at, **facts) -> Attestation:
    return AttestationFactory(
        organisation=case.organisations.get(),
        administration=at.administration,
        noted_by=at.officer,
        **facts,
    )


def dv_01(case):
    standing.forget(case)
    return next(one for one in check_of(case).answers.all() if one.code == "DV-01")


def test_an_attestation_is_offered_and_becomes_the_answer_as_long_as_it_is_valid(client, case, at):
    one = attested(case, at)
    assert "Använd i DV-01" in read(client, at.officer, url("questions", case.pk, CHECK))

    data = {"version": dv_01(case).version}
    post(client, at.officer, url("use_attestation", case.pk, one.pk), **data)

    answer = dv_01(case)
    assert answer.value == "ja"
    assert answer.companions == {
        "vem": one.name,
        "roll": "ordförande",
        "datum": one.attested_on.isoformat(),
    }
    assert (answer.reference, answer.checked_on) == ("Intyg i akten", one.attested_on)
    assert answer.valid_until == one.valid_until


def test_another_officers_answer_is_not_overwritten_by_the_offer(client, case, at):
    one, before = attested(case, at), dv_01(case)

    post(client, at.officer, url("use_attestation", case.pk, one.pk), version=before.version - 1)

    assert dv_01(case).companions == before.companions


def test_an_old_one_is_shown_but_not_offered_and_one_taken_back_is_not_shown(client, case, at):
    attested(case, at, name="Förra Ordföranden", attested_on=today() - timedelta(days=400))
    attested(
        case,
        at,
        name="Fel Person",
        withdrawn_at=case.registered_at,
        withdrawn_by=at.officer,
        withdrawn_reason="Inte behörig.",
    )

    said = read(client, at.officer, url("questions", case.pk, CHECK))

    assert "Förra Ordföranden" in said
    assert "Fel Person" not in said
    assert "Använd i DV-01" not in said


def test_what_another_administration_was_told_is_neither_shown_nor_usable(client, case, at):
    elsewhere = place()
    other = attested(case, elsewhere, name="Någon Annanstans")

    assert "Någon Annanstans" not in read(client, at.officer, url("questions", case.pk, CHECK))
    page = post(client, at.officer, url("use_attestation", case.pk, other.pk), version=1)
    assert page.status_code == 404


# --- findings -------------------------------------------------------------------------------------


def test_a_finding_is_corrected_on_its_page_with_the_comment_and_its_days(client, case, at):
    finding = against(case, at)
    address = url("correct_finding", case.pk, CHECK, finding.pk)
    said = read(client, at.officer, address)
    assert "När du ändrar den behöver den bedömas på nytt" in said
    assert "Ett uttalande på webbplatsen." in said

    data = {**FINDING, "version": finding.version, "comment_asked_on": "2026-02-01"}
    data |= {"comment": "Vi beklagar.", "comment_on": "2026-02-03"}
    page = post(client, at.officer, address, **data)

    assert page.status_code == 302
    finding.refresh_from_db()
    assert (finding.what, finding.comment, finding.verdict) == (
        "Ett nytt uttalande.",
        "Vi beklagar.",
        "",
    )


def test_a_stale_correction_keeps_what_was_typed_and_changes_nothing(client, case, at):
    finding = against(case, at)
    address = url("correct_finding", case.pk, CHECK, finding.pk)

    page = post(client, at.officer, address, **FINDING, version=finding.version - 1)

    assert page.status_code == 422
    assert "Någon annan har ändrat uppgiften" in page.content.decode()
    assert "Ett nytt uttalande." in page.content.decode()
    assert Finding.objects.get().what == "Ett uttalande på webbplatsen."


def test_half_a_comment_is_refused_beside_its_field(client, case, at):
    data = {**FINDING, "comment": "Vi beklagar."}
    page = post(client, at.officer, url("finding", case.pk, CHECK), **data)

    assert page.status_code == 422
    assert page.context["form"].errors == {"comment_on": ["Ange när kommentaren kom."]}
    assert not Finding.objects.exists()


def test_what_is_said_in_another_case_stands_here_too(client, case, at):
    other = examined(at, organisations=list(case.organisations.all()))
    against(other, at, what="Känt från det andra ärendet.")

    said = read(client, at.officer, url("questions", case.pk, CHECK))

    assert "Känt från det andra ärendet." in said
    assert other.number in said


def test_of_a_secret_case_elsewhere_in_the_administration_only_that_it_exists(client, at):
    organisation = OrganisationFactory()
    secret = examined(at, organisations=[organisation])
    against(secret, at, what="Det hemliga.")
    mark_secret(secret, provision="OSL 26:1", by=at.officer, version=secret.version)
    unit = UnitFactory(administration=at.administration)
    beside = type(at)(
        unit, UserFactory(manager_at=unit), UserFactory(officer_at=unit), None, None, None
    )
    case = examined(beside, organisations=[organisation])

    said = read(client, beside.officer, url("questions", case.pk, CHECK))

    assert "Det hemliga." not in said
    assert secret.number not in said
    assert "En uppgift i ett sekretessmarkerat ärende" in said


# --- measures -------------------------------------------------------------------------------------


def test_the_whole_way_of_a_measure_on_its_pages(client, case, at):
    finding = against(case, at)
    address = url("demand_measure", case.pk, finding.assessment_id)
    assert address in read(client, at.manager, url("questions", case.pk, CHECK))
    due = (today() + timedelta(days=20)).isoformat()

    demanded = {"findings": finding.pk, "required": "Ta avstånd.", "reasons": "En gång."}
    assert post(client, at.manager, address, **demanded, due_on=due).status_code == 302
    measure = Measure.objects.get()
    report = {"reported_on": today().isoformat(), "what": "Avstånd taget.", "reference": "Webben"}
    post(client, at.officer, url("report_measure", case.pk, measure.pk), **report)
    assert (
        "redovisad, väntar på bedömning"
        in read(client, at.manager, url("assess_measure", case.pk, measure.pk)).lower()
    )
    verdict = {"sufficient": "true", "reasons": "Det räcker."}
    post(client, at.manager, url("assess_measure", case.pk, measure.pk), **verdict)

    assert MeasureVerdict.objects.get().sufficient
    said = read(client, at.officer, case.get_absolute_url())
    assert "Uppfyllt efter åtgärd" in said


@pytest.mark.parametrize(
    ("days", "said"), [(0, ("other", "Väntar på åtgärd")), (40, ("late", "Ej uppfyllt"))]
)
def test_the_task_list_ticks_nothing_that_waits_or_has_lapsed(case, at, days, said):
    demanded(case, at, against(case, at))
    standing.forget(case)

    with clock.telling(clock.now() + timedelta(days=days)):
        (task,) = [one for one in tasks(case) if one["label"] == "Demokrativillkor"]

    assert (task["state"], task["state_label"]) == said


def test_a_new_day_is_set_on_its_page_with_the_reason(client, case, at):
    measure = demanded(case, at, against(case, at))
    later = (measure.due_on + timedelta(days=10)).isoformat()
    address = url("move_measure", case.pk, measure.pk)

    page = post(client, at.manager, address, due_on=later, change_reason="")
    assert page.status_code == 422
    post(client, at.manager, address, due_on=later, change_reason="Ny styrelse.")

    said = read(client, at.officer, url("questions", case.pk, CHECK))
    assert "Ny dag: Ny styrelse." in said
    assert "Ersatt av en ny sista dag" in said


def test_a_double_click_demands_and_reports_once(client, case, at):
    finding = against(case, at)
    due = (today() + timedelta(days=20)).isoformat()
    for _ in range(2):
        post(
            client,
            at.manager,
            url("demand_measure", case.pk, finding.assessment_id),
            findings=finding.pk,
            required="Ta avstånd.",
            reasons="En gång.",
            due_on=due,
        )
    measure = Measure.objects.get()
    for _ in range(2):
        report = {"reported_on": today().isoformat(), "what": "Gjort.", "reference": ""}
        post(client, at.officer, url("report_measure", case.pk, measure.pk), **report)

    assert MeasureReport.objects.count() == 1


@pytest.mark.parametrize("who", ["officer", "head"])
def test_the_page_tells_others_than_the_manager_why_they_cannot_demand(client, case, at, who):
    finding = against(case, at)
    address = url("demand_measure", case.pk, finding.assessment_id)

    said = read(client, getattr(at, who), address)

    assert f"Bara ansvarig chef för ärendet kan göra det här: {at.manager}." in said
    assert "<form method" not in said.split("<main", 1)[1].split("</main", 1)[0]


def test_where_the_rule_set_has_no_measures_the_page_says_why(client, at):
    case = examined(at)
    finding = against(case, at)

    for address in (
        url("questions", case.pk, CHECK),
        url("demand_measure", case.pk, finding.assessment_id),
    ):
        assert "Åtgärder används inte för den här samverkansformen" in read(
            client, at.manager, address
        )


def test_a_lapsed_measure_is_shown_on_the_case(client, case, at):
    measure = demanded(case, at, against(case, at), days=5)
    with clock.telling(clock.now() + timedelta(days=6)):
        said = read(client, at.manager, case.get_absolute_url())
        questions = read(client, at.manager, url("questions", case.pk, CHECK))

    assert "Sista dagen har passerat utan godtagen redovisning" in said
    assert "Ej uppfyllt" in said
    offered = [url(f"{name}_measure", case.pk, measure.pk) for name in ("report", "assess", "move")]
    assert [one for one in offered if f'href="{one}"' in questions] == offered[2:]
    assert measure.is_current


# --- a new examination ----------------------------------------------------------------------------


def test_a_new_finding_is_registered_on_the_page_of_the_running_case(client, running, at):
    assert url("new_finding", running.pk) in read(client, at.officer, running.get_absolute_url())

    page = post(client, at.officer, url("new_finding", running.pk), **FINDING)

    matter = Reexamination.objects.get()
    assert page.url == matter.get_absolute_url()
    assert "Ett nytt uttalande." in read(client, at.manager, page.url)


def test_every_case_of_the_organisation_there_shows_it_and_none_elsewhere(
    client, running, at, organisation
):
    elsewhere = place()
    here, _ = case_at(Step.REGISTERED, at, organisations=[organisation])
    there, _ = case_at(Step.REGISTERED, elsewhere, organisations=[organisation])
    matter = opened(running, at)

    for case in (running, here):
        assert matter.get_absolute_url() in read(client, at.manager, case.get_absolute_url())
    said = read(client, elsewhere.manager, there.get_absolute_url())
    assert "prövas" not in said
    assert matter.get_absolute_url() not in said
    history = url("organisation_history", organisation.pk)
    assert "Ett uttalande" not in read(client, elsewhere.manager, history)
    assert "Ett uttalande" in read(client, at.officer, history)
    assert client.get(matter.get_absolute_url()).status_code == 200
    client.force_login(elsewhere.manager)
    assert client.get(matter.get_absolute_url()).status_code == 404


def test_the_list_marks_the_cases_for_those_who_see_the_whole_of_them(
    client, running, at, organisation
):
    opened(running, at)
    type(running).objects.filter(pk=running.pk).update(step="ongoing", started_on=today())
    reader = UserFactory(employee_at=at.unit)

    assert "Ny uppgift prövas" in read(client, at.officer, url("list"))
    said = read(client, reader, url("list"))
    assert running.title in said
    assert "Ny uppgift prövas" not in said


def test_who_only_reads_what_runs_learns_nothing_of_it(client, running, at):
    matter = opened(running, at)
    type(running).objects.filter(pk=running.pk).update(step="ongoing", started_on=today())
    reader = UserFactory(employee_at=at.unit)

    said = read(client, reader, running.get_absolute_url())

    assert "prövas" not in said
    assert "Demokrativillkor" not in said
    assert client.get(matter.get_absolute_url()).status_code == 404
    assert client.get(url("new_finding", running.pk)).status_code == 404


def test_my_page_tells_the_manager_who_owes_and_the_other_who_should_know(
    client, running, at, organisation
):
    unit = UnitFactory(administration=at.administration)
    manager, officer = UserFactory(manager_at=unit), UserFactory(officer_at=unit)
    beside = type(at)(unit, manager, officer, at.head, at.adviser, at.registrar)
    case_at(Step.DECIDED, beside, organisations=[organisation])
    matter = opened(running, at)

    mine = reverse("dashboard:mine")
    assert matter.get_absolute_url() in read(client, at.manager, mine)
    said = read(client, manager, mine)
    assert f"Ny uppgift om {organisation}" in said


def test_the_manager_judges_and_closes_it_on_the_pages(client, running, at):
    matter = opened(running, at)
    finding = Finding.objects.get()
    address = url("close_reexamination", matter.pk)
    assert "Alla uppgifter är inte bedömda" in read(client, at.manager, address)

    judge = {"verdict": "against", "reasons": "Allvarligt.", "version": finding.version}
    post(client, at.officer, url("judge_finding", running.pk, CHECK, finding.pk), **judge)
    matter.refresh_from_db()
    data = {"version": matter.version, "outcome": "ej_uppfyllt", "reasons": "Vi går vidare."}
    page = post(client, at.manager, address, **data)

    assert page.status_code == 302
    said = read(client, at.officer, matter.get_absolute_url())
    assert "G-82" in said
    assert "Vi går vidare." in said


def test_closing_from_a_page_that_is_out_of_date_closes_nothing(client, running, at):
    matter = opened(running, at)
    judged(running, at, Finding.objects.get(), "not_against")
    version = Reexamination.objects.get().version
    report_finding(running, given=a_finding(what="Mer."), by=at.officer)

    data = {"version": version, "outcome": "uppfyllt", "reasons": "Skäl."}
    page = post(client, at.manager, url("close_reexamination", matter.pk), **data)

    assert page.status_code == 409
    assert Reexamination.objects.get().is_open


# --- cost, and the decision document --------------------------------------------------------------


def count(client, address, django_assert_max_num_queries) -> int:
    with django_assert_max_num_queries(200) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_the_pages_cost_as_much_for_one_finding_as_for_three(
    client, case, running, at, django_assert_max_num_queries
):
    matter = opened(running, at)
    judged(running, at, Finding.objects.get(), "not_against")
    first = demanded(case, at, against(case, at))
    assessed_one(case, at, first)
    attested(case, at)
    client.force_login(at.manager)
    addresses = [
        url("questions", case.pk, CHECK),
        case.get_absolute_url(),
        matter.get_absolute_url(),
        url("list"),
        url("organisation_history", matter.organisation_id),
    ]
    once = [count(client, one, django_assert_max_num_queries) for one in addresses]

    for number in (2, 3):
        added = report_finding(running, given=a_finding(what=f"{number}"), by=at.officer)
        judged(running, at, added, "not_against")
        more = demanded(case, at, against(case, at, what=f"{number}"), days=30 + number)
        assessed_one(case, at, more)
        attested(case, at, name=f"Ordförande {number}")
    thrice = [count(client, one, django_assert_max_num_queries) for one in addresses]

    assert thrice == once


def assessed_one(case, at, measure) -> None:
    reported(case, at, measure)
    assessed(case, at, measure, sufficient=False)


def test_the_appendix_tells_of_findings_and_measures_in_words(case, at):
    finding = against(case, at, comment="Vi beklagar.", comment_on=today())
    measure = demanded(case, at, finding)
    reported(case, at, measure)
    assessed(case, at, measure)
    add_finding(case, CHECK, given=a_finding(what="Obekräftat.", category="DV-D"), by=at.officer)
    standing.forget(case)

    (check,) = [one for one in question_sets(case) if one.title == "Demokrativillkor"]
    rows = {answer.code: answer for answer in check.answers}

    assert rows["DV-B"].answer == "Talar mot, åtgärdad"
    assert "Organisationens kommentar: Vi beklagar." in rows["DV-B"].note
    assert rows["DV-D"].answer == "Inte bedömd"
    assert rows["Åtgärd"].question == "Ta avstånd från uttalandet."
    assert rows["Åtgärd"].answer == "Redovisad och tillräcklig"
    assert "Ett avståndstagande är publicerat." in rows["Åtgärd"].note
