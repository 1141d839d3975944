"""Registering and judging what speaks against the attestation (domain 4.2, step 2)."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from checklists.answering import AssessmentLocked, begin, lock
from checklists.findings import (
    FindingRefused,
    StaleFinding,
    add_finding,
    categories,
    change_finding,
    judge_finding,
)
from checklists.models import Finding
from tests.factories.accounts import UserFactory
from tests.factories.checklists import NOW, TODAY, a_finding

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def assessment(loaded):
    return begin("demokrati", "amf", TODAY, now=NOW)


@pytest.fixture
def finding(assessment):
    return add_finding(assessment, a_finding(), by=UserFactory(), now=NOW)


def test_a_finding_is_registered_with_source_date_and_whose_conduct(assessment):
    person = UserFactory()

    finding = add_finding(assessment, a_finding(), by=person, now=NOW)

    finding.refresh_from_db()
    assert (finding.what, finding.source) == ("Ett inlägg hyllade våld.", "Föreningens webbplats")
    assert (finding.happened_on, finding.conduct) == (date(2026, 2, 1), "organisation")
    assert (finding.category, finding.connected) == ("DV-A", True)
    assert (finding.registered_by, finding.registered_at) == (person, NOW)
    assert (finding.verdict, finding.judged_by, finding.version) == ("", None, 1)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"what": ""}, "Skriv vad som har hänt."),
        ({"what": "Enligt 850101-1234"}, "Det ser ut som ett personnummer"),
        ({"source": ""}, "Ange källan."),
        ({"source": "x" * 301}, "Högst 300 tecken"),
        ({"comment_on": date(2026, 3, 9)}, "Skriv kommentaren, eller ta bort datumet."),
        ({"comment_asked_on": date(2026, 3, 11)}, "Datumet kan inte ligga framåt i tiden."),
        ({"happened_on": date(2026, 3, 11)}, "Datumet kan inte ligga framåt i tiden."),
        ({"conduct": "granne"}, "Välj vems agerande uppgiften gäller."),
        ({"category": "DV-Z"}, "Välj en kategori som finns"),
        ({"category": "DV-01"}, "Välj en kategori som finns"),
    ],
)
def test_a_finding_that_lacks_something_is_refused_at_its_field(assessment, wrong, sentence):
    with pytest.raises(FindingRefused) as refused:
        add_finding(assessment, a_finding(**wrong), by=UserFactory(), now=NOW)

    assert list(refused.value.errors) == list(wrong)
    assert refused.value.errors[list(wrong)[0]].startswith(sentence)
    assert Finding.objects.count() == 0


COMMENTED = {"comment": "Vi beklagar.", "comment_on": date(2026, 3, 9)}


@pytest.mark.parametrize(
    ("wrong", "sentences"),
    [
        ({"comment": "x" * 5001}, {"comment": "Texten är för lång"}),
        ({"comment_on": None}, {"comment_on": "Ange när kommentaren kom."}),
        ({"comment_on": date(2026, 3, 11)}, {"comment_on": "Datumet kan inte ligga framåt"}),
        (
            {"comment_asked_on": date(2026, 3, 10)},
            {"comment_on": "Kommentaren kan inte ha kommit innan vi frågade."},
        ),
    ],
)
def test_the_organisations_comment_has_its_days(assessment, wrong, sentences):
    with pytest.raises(FindingRefused) as refused:
        add_finding(assessment, a_finding(**{**COMMENTED, **wrong}), by=UserFactory(), now=NOW)

    errors = refused.value.errors
    assert set(errors) == set(sentences)
    assert all(errors[name].startswith(said) for name, said in sentences.items())


def test_the_comment_is_kept_with_the_days_we_asked_and_it_came(assessment):
    given = a_finding(**COMMENTED, comment_asked_on=date(2026, 3, 2))

    finding = add_finding(assessment, given, by=UserFactory(), now=NOW)

    finding.refresh_from_db()
    assert (finding.comment, finding.comment_on) == ("Vi beklagar.", date(2026, 3, 9))
    assert finding.comment_asked_on == date(2026, 3, 2)


def test_the_same_finding_sent_twice_is_registered_once(assessment):
    person = UserFactory()

    first = add_finding(assessment, a_finding(), by=person, now=NOW)
    again = add_finding(assessment, a_finding(), by=person, now=LATER)
    another = add_finding(assessment, a_finding(), by=UserFactory(), now=LATER)

    assert (again, Finding.objects.count()) == (first, 2)
    assert another != first


def test_the_categories_are_those_of_the_version(assessment):
    codes = [code for code, _ in categories(assessment)]

    assert codes == ["DV-A", "DV-B", "DV-C", "DV-D", "DV-E", "DV-F", "DV-G"]


def test_a_judgement_says_who_when_and_why(finding):
    person = UserFactory()

    judge_finding(finding, "not_against", " En enstaka gäst. ", by=person, now=LATER, version=1)

    finding.refresh_from_db()
    assert (finding.verdict, finding.reasons) == ("not_against", "En enstaka gäst.")
    assert (finding.judged_by, finding.judged_at, finding.version) == (person, LATER, 2)


@pytest.mark.parametrize(
    ("verdict", "reasons", "field"),
    [("", "Skäl.", "verdict"), ("kanske", "Skäl.", "verdict"), ("against", "  ", "reasons")],
)
def test_half_a_judgement_is_refused(finding, verdict, reasons, field):
    with pytest.raises(FindingRefused) as refused:
        judge_finding(finding, verdict, reasons, by=UserFactory(), now=LATER)

    assert list(refused.value.errors) == [field]


def test_what_has_no_connection_with_the_activity_cannot_speak_against(assessment):
    elsewhere = add_finding(assessment, a_finding(connected=False), by=UserFactory(), now=NOW)

    with pytest.raises(FindingRefused, match="utan samband med verksamheten"):
        judge_finding(elsewhere, "against", "Skäl.", by=UserFactory(), now=LATER)

    judge_finding(elsewhere, "not_against", "Skäl.", by=UserFactory(), now=LATER)


def test_a_corrected_finding_is_judged_anew(finding):
    judged = judge_finding(finding, "against", "Skäl.", by=UserFactory(), now=LATER)

    corrected = change_finding(
        judged,
        a_finding(comment="Inlägget är borttaget.", comment_on=date(2026, 3, 10)),
        now=LATER,
        version=2,
    )

    corrected.refresh_from_db()
    assert corrected.comment == "Inlägget är borttaget."
    assert (corrected.verdict, corrected.reasons, corrected.judged_by) == ("", "", None)
    assert corrected.version == 3


def test_an_older_page_changes_nothing(finding):
    judge_finding(finding, "not_against", "Skäl.", by=UserFactory(), now=LATER)

    with pytest.raises(StaleFinding) as stale:
        judge_finding(finding, "against", "Andra skäl.", by=UserFactory(), now=LATER, version=1)
    with pytest.raises(StaleFinding):
        change_finding(finding, a_finding(), now=LATER, version=1)

    assert stale.value.current.reasons == "Skäl."
    assert Finding.objects.get().verdict == "not_against"


def test_nothing_is_registered_or_judged_under_a_decision(assessment, finding):
    lock([assessment], now=LATER)

    with pytest.raises(AssessmentLocked):
        add_finding(assessment, a_finding(), by=UserFactory(), now=LATER)
    with pytest.raises(AssessmentLocked):
        judge_finding(finding, "against", "Skäl.", by=UserFactory(), now=LATER)
    with pytest.raises(AssessmentLocked):
        change_finding(finding, a_finding(), now=LATER, version=1)


@pytest.mark.parametrize(
    "left_out",
    [{"reasons": ""}, {"judged_by": None}, {"judged_at": None}, {"verdict": ""}],
)
def test_the_database_keeps_no_half_judgement(finding, left_out):
    whole = {"verdict": "against", "reasons": "Skäl.", "judged_by": UserFactory(), "judged_at": NOW}
    row = Finding.objects.filter(pk=finding.pk)

    with pytest.raises(IntegrityError), transaction.atomic():
        row.update(**{**whole, **left_out})

    assert row.update(**whole) == 1


@pytest.mark.parametrize(
    "false",
    [
        {"conduct": "granne"},
        {"comment_on": date(2026, 3, 9)},
        {**COMMENTED, "comment_asked_on": date(2026, 3, 10)},
        {
            "verdict": "against",
            "reasons": "Skäl.",
            "judged_at": NOW,
            "judged_by_id": 0,
            "connected": False,
        },
    ],
)
def test_the_database_keeps_nothing_contradictory(finding, false):
    if "judged_by_id" in false:
        false = {**false, "judged_by_id": UserFactory().pk}

    with pytest.raises(IntegrityError), transaction.atomic():
        Finding.objects.filter(pk=finding.pk).update(**false)
