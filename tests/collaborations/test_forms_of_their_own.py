"""Projects with others' money, supported employment, and the group's advice before (G-56–G-70)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import Funder
from casework.moves import NotAllowed, missing
from collaborations.models import CheckScope, Form, Funding, Remark, RiskDecision, Routine, Step
from collaborations.scope import required_sets
from collaborations.steps.change_form import change_form
from collaborations.steps.decide import decide
from collaborations.steps.fund import (
    answer_application,
    confirm_employment,
    describe_funding,
    submit_application,
)
from collaborations.steps.motivate import motivate
from collaborations.steps.scope import decide_risk, decide_scope
from collaborations.steps.tell import start_formal
from collaborations.workflow import DECIDE, MOTIVATE
from notifications.models import Notice
from tests.factories.accounts import AdministrationFactory
from tests.factories.agreements import sign_it
from tests.factories.collaborations import registered, write
from tests.factories.formal import checked, delegated, formal_motivation, told
from tests.factories.forms import advised, declared, no_risk

TODAY = timezone.localdate()
DAY = timedelta(days=1)


def lacking(case) -> set[str]:
    return {reason.rule for reason in missing(case, DECIDE)}


def project(at, form=Form.EXTERNAL_FUNDING):
    """Motivated, and nothing of what the form needs beside that."""
    case = registered(at)
    write(case, at, **formal_motivation(form))
    if form == Form.PARTNER_IN_PROJECT:
        declared(case, at.manager)
        scope(case, at)
    motivate(case, by=at.officer, version=case.version)
    return case


def scope(case, at, sets=("grundkrav",), by=None, reasons="Som finansiären."):
    return decide_scope(case, sets=sets, reasons=reasons, by=by or at.manager, version=case.version)


def describe(case, at, **facts):
    given = {"funder": "ESF-rådet", "programme": "", "call": "", "routine": "Intranätet"}
    return describe_funding(case, **given | facts, by=at.officer, version=case.version)


def submit(case, at, on=TODAY):
    submit_application(case, on=on, by=at.officer, version=case.version)


def answer(case, at, said="granted", on=TODAY):
    answer_application(case, answer=said, on=on, by=at.officer, version=case.version)


@pytest.mark.parametrize(
    "form", [Form.OTHER_AGREEMENT, Form.IOP, Form.EXTERNAL_FUNDING, Form.PARTNER_IN_PROJECT]
)
def test_a_formal_collaboration_goes_from_initiative_to_running(at, form):
    case = told(at, form)
    sign_it(case, at)
    start_formal(case, by=at.manager, version=case.version)

    assert case.step == Step.ONGOING


def test_an_employers_case_needs_no_agreement_of_ours(at):
    case = told(at, Form.EMPLOYER, written_agreement=False, contributions=[])
    start_formal(case, by=at.manager, version=case.version)

    assert case.step == Step.ONGOING


def test_an_application_waits_for_funder_routine_and_the_groups_advice(at):
    case = project(at)
    with pytest.raises(NotAllowed) as refusal:
        submit(case, at)
    assert {reason.rule for reason in refusal.value.reasons} == {
        "funder_is_named",
        "funding_routine_is_confirmed",
        "group_has_advised",
    }
    describe(case, at)
    with pytest.raises(NotAllowed, match="Rådet ska finnas före"):
        submit(case, at)
    advised(case, at)
    submit(case, at)
    assert Funding.objects.get().submitted_on == TODAY


def test_advice_on_another_form_is_no_advice_on_this(at):
    case = project(at, Form.OTHER_AGREEMENT)
    advised(case, at)
    change_form(case, form=Form.EXTERNAL_FUNDING, by=at.officer, version=case.version)
    motivate(case, by=at.officer, version=case.version)

    assert "group_has_advised" in lacking(case)


def test_nothing_begins_before_the_money_is_granted(at):
    case = project(at)
    describe(case, at)
    advised(case, at)
    submit(case, at)
    assert "funding_is_granted" in lacking(case)

    answer(case, at)
    assert "funding_is_granted" not in lacking(case)


def test_a_refused_application_ends_the_case_and_the_mailbox_hears(at):
    case = project(at)
    describe(case, at)
    advised(case, at)
    submit(case, at)
    answer(case, at, "refused")

    assert case.step == Step.WITHDRAWN
    assert case.remarks.get(kind=Remark.Kind.FUNDING_REFUSED).text == "ESF-rådet avslog ansökan."
    assert Notice.objects.about(case.chain).filter(kind="funding_refused", person=None).exists()


@pytest.mark.parametrize(
    "days", [(TODAY + DAY, None), (TODAY, TODAY - DAY), (TODAY, TODAY + DAY)], ids=str
)
def test_days_that_cannot_be_are_refused(at, days):
    case = project(at)
    describe(case, at)
    advised(case, at)
    applied, answered = days

    def both():
        submit(case, at, applied)
        answer(case, at, on=answered)

    with pytest.raises(NotAllowed, match="Dagen kan inte"):
        both()
    assert Funding.objects.get().answer == ""


def test_an_application_is_not_older_than_the_groups_advice(at):
    case = project(at)
    describe(case, at)
    advised(case, at)

    with pytest.raises(NotAllowed) as refusal:
        submit(case, at, TODAY - DAY)

    assert [(one.rule, one.sources) for one in refusal.value.reasons] == [
        ("advice_is_older_than_the_application", ("G-64",))
    ]
    assert Funding.objects.get().submitted_on is None
    submit(case, at, TODAY)


def test_funders_of_the_administration_are_proposed_where_one_is_written(at, client):
    for name, active in (("ESF-rådet", True), ("Nedlagda fonden", False)):
        Funder.objects.create(administration=at.administration, name=name, active=active)
    Funder.objects.create(administration=AdministrationFactory(), name="Någon annans")
    case = project(at)
    client.force_login(at.officer)

    page = client.get(reverse("collaborations:funding", args=[case.pk]))

    assert [one.name for one in page.context["funders"]] == ["ESF-rådet"]
    assert '<option value="ESF-rådet">' in page.content.decode()


def test_an_answer_comes_once_and_after_an_application(at):
    case = project(at)
    describe(case, at)
    with pytest.raises(NotAllowed):
        answer(case, at)
    advised(case, at)
    submit(case, at)
    with pytest.raises(NotAllowed):
        submit(case, at)
    answer(case, at)
    with pytest.raises(NotAllowed):
        answer(case, at, "refused")
    assert case.step == Step.MOTIVATED


def test_only_a_project_that_we_apply_for_has_an_application(at):
    case = project(at, Form.OTHER_AGREEMENT)
    with pytest.raises(NotAllowed):
        describe(case, at)


def test_the_manager_decides_which_checks_are_made_in_somebody_elses_project(at):
    case = registered(at)
    write(case, at, **formal_motivation(Form.PARTNER_IN_PROJECT, written_agreement=False))
    assert "check_scope_is_decided" in {reason.rule for reason in missing(case, MOTIVATE)}
    for person in (at.officer, at.manager):  # the manager has not declared yet
        with pytest.raises(NotAllowed):
            scope(case, at, by=person)
    declared(case, at.manager)
    with pytest.raises(NotAllowed, match="Skriv skälen"):
        scope(case, at, reasons=" ")
    scope(case, at, ["grundkrav", "demokrati", "hittepå"])
    motivate(case, by=at.officer, version=case.version)

    assert CheckScope.objects.get().sets == ["grundkrav"]
    assert set(required_sets(case)) == {"demokrati", "grundkrav"}


def test_a_set_that_is_added_later_begins_then(at):
    case = project(at, Form.PARTNER_IN_PROJECT)
    scope(case, at, ["grundkrav", "valfardsbrott"])

    assert case.examinations.filter(code="valfardsbrott").exists()


@pytest.mark.parametrize(
    ("uncertain", "accepted", "rules"),
    [(False, True, set()), (True, True, set()), (True, False, {"risk_is_accepted"})],
)
@pytest.mark.parametrize("form", [Form.EXTERNAL_FUNDING, Form.PARTNER_IN_PROJECT])
def test_what_is_uncertain_takes_the_managers_decision(at, form, uncertain, accepted, rules):
    case = project(at, form)
    declared(case, at.manager)
    risky = {"uncertainty_is_judged", "risk_is_accepted"}
    assert lacking(case) & risky == {"uncertainty_is_judged"}
    facts = {"uncertain": uncertain, "risks": "Ny part.", "accepted": accepted}
    with pytest.raises(NotAllowed):
        decide_risk(case, **facts, by=at.officer, version=case.version)
    decide_risk(case, **facts, by=at.manager, version=case.version)
    assert lacking(case) & risky == rules


def test_an_uncertain_risk_is_described(at):
    case = project(at)
    declared(case, at.manager)
    facts = {"uncertain": True, "risks": " ", "accepted": True}
    with pytest.raises(NotAllowed, match="Beskriv riskerna"):
        decide_risk(case, **facts, by=at.manager, version=case.version)


def test_an_employer_follows_the_ordinary_routines(at):
    case = project(at, Form.EMPLOYER)
    assert "employment_routine_is_confirmed" in lacking(case)
    confirm_employment(
        case, employment="protected", reference="OSA", by=at.officer, version=case.version
    )
    assert "employment_routine_is_confirmed" not in lacking(case)


@pytest.mark.parametrize("model", [Routine, CheckScope, RiskDecision])
def test_what_was_decided_is_never_changed(at, model):
    form = {Routine: Form.EMPLOYER}.get(model, Form.PARTNER_IN_PROJECT)
    case = project(at, form)
    if model is Routine:
        facts = {"employment": "other", "reference": "Rutin"}
        confirm_employment(case, **facts, by=at.officer, version=case.version)
    if model is RiskDecision:
        no_risk(case, at)
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.all().delete()


def test_the_funding_stands_after_the_decision(at):
    case = told(at, Form.EXTERNAL_FUNDING)
    with pytest.raises(IntegrityError), transaction.atomic():
        Funding.objects.filter(collaboration=case).update(funder="En annan")


def test_the_pages_of_a_project_take_what_is_written(at, client):
    case = project(at)
    client.force_login(at.officer)

    def post(name, **sent):
        case.refresh_from_db()
        url = reverse(f"collaborations:{name}", args=[case.pk])
        return client.post(url, {"version": case.version, **sent}).status_code

    assert post("funding", funder="") == 422
    assert post("funding", funder="ESF-rådet", routine="Intranätet") == 302
    assert post("application", on=TODAY.isoformat()) == 409
    advised(case, at)
    assert post("application", on=(TODAY + DAY).isoformat()) == 422
    assert post("application", on=TODAY.isoformat()) == 302
    assert post("funders_answer", on=TODAY.isoformat(), answer="granted") == 302
    assert post("risk", uncertain="false") == 409
    declared(case, at.manager)
    client.force_login(at.manager)
    assert post("risk", uncertain="true") == 422
    assert post("risk", uncertain="false") == 302
    for page in ("funding", "risk"):
        url = reverse(f"collaborations:{page}", args=[case.pk])
        assert client.get(url).status_code == 200


def test_the_pages_of_scope_and_employment_take_what_is_written(at, client):
    employer, partner = project(at, Form.EMPLOYER), project(at, Form.PARTNER_IN_PROJECT)
    client.force_login(at.manager)

    def post(case, name, **sent):
        case.refresh_from_db()
        url = reverse(f"collaborations:{name}", args=[case.pk])
        return client.post(url, {"version": case.version, **sent}).status_code

    number = {"employment": "protected", "reference": "för 19800101-1231", "follows": "on"}
    assert post(employer, "employment", **number) == 422
    assert post(employer, "employment", **number | {"reference": "Rutin för OSA"}) == 302
    assert post(partner, "scope", sets=["valfardsbrott"], reasons="") == 422
    assert post(partner, "scope", sets=["valfardsbrott"], reasons="Så gör ESF.") == 302
    partner.refresh_from_db()
    assert partner.check_scope == ["valfardsbrott"]


def test_a_project_cannot_be_decided_by_the_manager_alone_without_a_right(at):
    case = checked(at, Form.EXTERNAL_FUNDING)
    delegated(at, "external_funding", max_amount=19_999)
    with pytest.raises(NotAllowed, match="Nämnden beslutar"):
        decide(
            case,
            outcome="refrain",
            reasons="Nej.",
            appealable="no",
            by=at.manager,
            version=case.version,
        )
