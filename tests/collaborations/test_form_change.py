"""Another form: why it is closed here, what is added, what is no longer needed (G-40–G-73)."""

import pytest
from django.urls import reverse

from audit.models import Event
from casework.moves import NotAllowed
from collaborations import form_change
from collaborations.models import Collaboration, Form, Step
from collaborations.steps.change_form import change_form
from tests.factories.collaborations import case_at, registered, write
from tests.factories.formal import formal_motivation


def against(case, form) -> list[str]:
    return [reason.rule for reason in form_change.reasons_against(case, form)]


def test_what_we_hand_over_and_a_written_agreement_close_informal(at):
    case = registered(at)
    write(case, at, **formal_motivation())
    case = Collaboration.objects.get(pk=case.pk)

    assert against(case, Form.INFORMAL) == [
        "informal_hands_nothing_over",
        "informal_has_no_written_agreement",
    ]
    assert against(case, Form.OTHER_AGREEMENT) == []
    assert case.form == Form.OTHER_AGREEMENT


@pytest.mark.parametrize(
    ("initiated_by", "reasons"),
    [
        ("organisation", []),
        ("ourselves", ["initiative_is_the_organisations"]),
        ("other", ["initiative_is_the_organisations"]),
    ],
)
def test_a_partnership_is_the_organisations_initiative(at, initiated_by, reasons):
    case = registered(at, initiated_by=initiated_by)

    assert against(case, Form.IOP) == reasons


def test_association_grants_are_given_by_others(at):
    assert against(registered(at), Form.ASSOCIATION_GRANT) == ["is_no_association_grant"]


def test_it_is_said_what_is_added_and_what_falls_away(at):
    case, _ = case_at(Step.CHECKED, at)
    change = form_change.compare(case, Form.IOP)

    assert {
        "Initiativet är organisationens",
        "Nämndens beslut",
        "Skriftlig överenskommelse",
    } <= set(change.added)
    assert "Dokument: tjänsteutlåtande till nämnden" in change.added
    assert change.dropped == ("Ingen ersättning",)
    assert form_change.compare(case, Form.INFORMAL) == form_change.Change(Form.INFORMAL, (), ())


def test_the_case_goes_back_and_keeps_its_answers(at):
    case, _ = case_at(Step.CHECKED, at)
    answers = [e.assessment.answers.count() for e in case.examinations.all()]
    change_form(case, form=Form.OTHER_AGREEMENT, by=at.officer, version=case.version)

    assert (case.form, case.step) == (Form.OTHER_AGREEMENT, Step.REGISTERED)
    assert [e.assessment.answers.count() for e in case.examinations.all()] == answers
    event = Event.objects.of(case).get(code="form_changed")
    assert event.details["to"] == "other_agreement"
    assert event.details["changed"]["form"] == ["informal", "other_agreement"]


@pytest.mark.parametrize("form", [Form.IOP, Form.ASSOCIATION_GRANT, Form.INFORMAL])
def test_a_form_that_is_not_possible_is_refused(at, form):
    case = registered(at, initiated_by="ourselves")
    write(case, at, **formal_motivation())
    with pytest.raises(NotAllowed):
        change_form(case, form=form, by=at.officer, version=case.version)
    case.refresh_from_db()
    assert case.form == Form.OTHER_AGREEMENT


def test_after_the_decision_no_form_is_changed(at):
    case, _ = case_at(Step.DECIDED, at)
    with pytest.raises(NotAllowed):
        change_form(case, form=Form.OTHER_AGREEMENT, by=at.officer, version=case.version)


def test_the_page_shows_what_changes_before_it_is_changed(at, client):
    case, _ = case_at(Step.CHECKED, at)
    client.force_login(at.officer)
    url = reverse("collaborations:form", args=[case.pk])
    sent = {"version": case.version, "form": "iop"}

    page = client.post(url, {**sent, "granska": "1"}).content.decode()
    case.refresh_from_db()
    assert (case.form, "Nämndens beslut" in page) == (Form.INFORMAL, True)
    assert client.post(url, {**sent, "form": "informal"}).status_code == 422
    assert client.post(url, sent).status_code == 302
    case.refresh_from_db()
    assert case.form == Form.IOP
    assert client.post(url, {**sent, "form": "informal"}).status_code == 409
