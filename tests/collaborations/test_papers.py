"""The eight documents of I-54: stop a partnership, are said of two other forms, and are named."""

from datetime import date

import pytest
from django.urls import reverse

from casework.moves import NotAllowed, missing, warned
from checklists.answer_checks import AnswerInput
from collaborations import standing
from collaborations.models import Collaboration, Form, Outcome, Step
from collaborations.page import places
from collaborations.steps.check import answer, check, resolve
from collaborations.steps.decide import decide
from collaborations.workflow import DECIDE
from documents.models import Scan
from tests.factories.accounts import AdministrationFactory
from tests.factories.collaborations import decision_to_start, registered
from tests.factories.formal import board_decides, checked
from tests.factories.held import HeldDocumentFactory, handed_in, stored_file, taken_back
from tests.factories.organisations import OrganisationFactory

pytestmark = pytest.mark.django_db
RULE = "eight_documents_are_received"


@pytest.fixture(autouse=True)
def documents_folder(settings, tmp_path):
    settings.MEDIA_ROOT, settings.CLAMD = tmp_path, ""


def a_case(at, form=Form.IOP, **facts):
    case = registered(at, **facts)
    case.form, case.outcome = form, Outcome.START
    return case


def said(case, asked=missing) -> list[str]:
    return [str(reason) for reason in asked(case, DECIDE) if reason.rule == RULE]


@pytest.mark.parametrize(
    ("form", "strength"),
    [
        ("informal", "silent"),
        ("other_agreement", "warns"),
        ("iop", "stops"),
        ("external_funding", "warns"),
        ("partner_in_project", "silent"),
        ("employer", "silent"),
    ],
)
def test_they_stop_a_partnership_and_are_only_recommended_to_two_forms(at, form, strength):
    case = a_case(at, form)

    assert (bool(said(case)), bool(said(case, warned))) == (
        strength == "stops",
        strength == "warns",
    )


def test_the_reason_names_each_organisation_and_each_kind_that_lacks(at):
    alfa, beta = OrganisationFactory(name="Alfa"), OrganisationFactory(name="Beta")
    case = a_case(at, organisations=[alfa, beta])
    handed_in(registered(at, organisations=[alfa]), at)
    handed_in(registered(at, organisations=[beta]), at, without=["statutes", "audit"])

    assert said(case) == ["Beta har inte lämnat stadgar och revisionsberättelse."]
    reason = next(one for one in missing(case, DECIDE) if one.rule == RULE)
    assert reason.sources == ("I-54",)
    assert places(case)[reason.at] == reverse("collaborations:documents", args=[case.pk])


def test_one_that_is_too_old_is_named_with_its_last_day(at):
    case = a_case(at, organisations=[OrganisationFactory(name="Alfa")])
    year = {"covers_from": date(2020, 1, 1), "covers_to": date(2020, 12, 31)}
    handed_in(case, at, accounts=year)

    assert said(case) == [
        "Underlag från Alfa är för gamla: ekonomisk berättelse med bokslut (gällde till och med "
        "30 juni 2022)."
    ]


def test_one_that_waits_for_the_scanner_does_not_count_yet(at):
    case = a_case(at, organisations=[OrganisationFactory(name="Alfa")])
    handed_in(case, at, without=["statutes"])
    HeldDocumentFactory(
        organisation=case.organisations.get(),
        administration=case.administration,
        stored=stored_file(case.administration, scan_state=Scan.WAITING),
    )

    assert said(case) == ["Underlag från Alfa går inte att läsa än: stadgar."]


def test_what_another_administration_holds_is_not_ours(at):
    case = a_case(at)
    handed_in(case, at)
    assert said(case) == []

    case.administration = AdministrationFactory()
    assert len(said(case)) == 1


@pytest.fixture
def without_minutes(at):
    """A partnership that has everything, but the minutes were taken back. The check says yes."""
    case = checked(at, Form.IOP)
    board_decides(case, at)
    taken_back(case, "minutes")
    return case


def refused(case, at) -> set[str]:
    with pytest.raises(NotAllowed) as refusal:
        decide(case, **decision_to_start(at), by=at.manager, version=case.version)
    return {reason.rule for reason in refusal.value.reasons}


def test_a_yes_in_the_check_does_not_stand_for_the_document(without_minutes, at):
    assert given(without_minutes).value == "ja"

    assert refused(without_minutes, at) == {RULE}
    without_minutes.refresh_from_db()
    assert without_minutes.step == Step.CHECKED


def test_what_the_manager_explains_in_writing_may_lack(without_minutes, at):
    case = without_minutes
    no = {"IOP-13": AnswerInput("nej")}
    version = {"IOP-13": given(case).version}
    answer(case, "partnerskap", inputs=no, versions=version, by=at.officer)
    check(case, by=at.officer, version=case.version)
    assert {RULE, "deviations_are_motivated"} <= refused(case, at)

    why = "En stiftelse har inget årsmöte."
    resolve(case, given(case), kind="motivation", text=why, version=2, by=at.manager)
    board_decides(case, at)
    decide(case, **decision_to_start(at), by=at.manager, version=case.version)

    assert case.step == Step.DECIDED


def given(case):
    found = standing.assessments(Collaboration.objects.get(pk=case.pk))["partnerskap"]
    return found.answers.get(code="IOP-13")
