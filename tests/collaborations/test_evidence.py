"""Documents of the organisation in a case: offered with their date and chosen by one click."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from audit.models import Event
from casework.moves import NotAllowed
from checklists import evidence
from checklists.evidence import EvidenceRefused
from checklists.models import Evidence
from collaborations import standing
from collaborations.decision_document import data_of
from collaborations.gates import COLUMNS
from collaborations.holdings import WANTED, of_case, on_questions
from collaborations.models import Step
from collaborations.steps.declare import declare
from collaborations.steps.document import deciding
from collaborations.steps.evidence import put_document_aside, use_document
from documents.models import Scan
from organisations.choices import EIGHT_DOCUMENTS
from tests.factories.accounts import AdministrationFactory
from tests.factories.collaborations import case_at, free_answers, go_check, go_decide
from tests.factories.held import HeldDocumentFactory, stored_file
from tests.factories.organisations import OrganisationFactory

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()


@pytest.fixture(autouse=True)
def documents_folder(settings, tmp_path):
    settings.MEDIA_ROOT, settings.CLAMD = tmp_path, ""


@pytest.fixture
def organisation():
    return OrganisationFactory()


@pytest.fixture
def case(at, organisation):
    case, _ = case_at(Step.MOTIVATED, at, organisations=[organisation])
    declare(case, inputs=free_answers(), by=at.officer)
    return case


def held(case, organisation, **facts):
    return HeldDocumentFactory(
        organisation=organisation, administration=case.administration, **facts
    )


def use(case, at, document, question="GK-03"):
    use_document(case, "grundkrav", question=question, document=document, by=at.officer)


def offered(case, question="GK-03") -> list:
    cards = on_questions(case, standing.assessments(case)["grundkrav"])
    return [offer.document for offer in cards[question].offered]


def text(page) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page.content.decode())).split())


def post(client, person, case, **data):
    client.force_login(person)
    return client.post(reverse("collaborations:evidence", args=[case.pk, "grundkrav"]), data)


def test_which_documents_each_form_wants_is_the_catalogues_table():
    assert set(WANTED) == set(COLUMNS)
    by_form = {form: len(kinds) for form, kinds in WANTED.items()}
    assert by_form == {
        "informal": 3,
        "other_agreement": 8,
        "iop": 8,
        "external_funding": 8,
        "partner_in_project": 0,
        "employer": 0,
    }
    assert WANTED["iop"] == EIGHT_DOCUMENTS


def test_only_what_counts_and_can_be_read_is_offered_and_only_for_what_the_question_wants(
    case, organisation
):
    statutes = held(case, organisation)
    held(case, organisation, dated_on=TODAY - timedelta(days=4000))  # an older one
    held(case, organisation, kind="minutes", dated_on=TODAY - timedelta(days=900))  # too old
    held(
        case,
        organisation,
        kind="audit",
        stored=stored_file(case.administration, scan_state="waiting"),
    )
    held(case, OrganisationFactory())
    HeldDocumentFactory(organisation=organisation, administration=AdministrationFactory())

    assert offered(case) == [statutes]
    assert offered(case, "GK-05") == []
    assert offered(case, "GK-07") == []
    assert "GK-18" not in on_questions(case, standing.assessments(case)["grundkrav"])


def test_a_document_of_the_last_case_is_offered_in_the_next_and_linked_by_one_click(
    client, case, at, organisation
):
    statutes = held(case, organisation)
    use(case, at, statutes)
    case_at(Step.MOTIVATED, at, organisations=[organisation])
    after, _ = case_at(Step.MOTIVATED, at, organisations=[organisation])
    declare(after, inputs=free_answers(), by=at.officer)
    client.force_login(at.officer)
    page = client.get(reverse("collaborations:questions", args=[after.pk, "grundkrav"]))
    assert f"Finns hos oss: {statutes}" in text(page)

    answer = post(client, at.officer, after, anvand=f"GK-03:{statutes.pk}")

    assert answer.url.endswith("/kontroll/grundkrav/#fraga-GK-03")
    assert Evidence.objects.filter(document=statutes).count() == 2
    assert f"Underlag: {statutes}" in text(client.get(answer.url))


def test_choosing_a_document_saves_what_was_typed_on_the_page(client, case, at, organisation):
    statutes = held(case, organisation)
    typed = {"GK-05-version": 0, "GK-05-value": "nej", "GK-05-note": "Mötet är i mars."}

    post(client, at.officer, case, anvand=f"GK-03:{statutes.pk}", **typed)

    standing.forget(case)
    answers = {one.code: one.note for one in standing.assessments(case)["grundkrav"].answers.all()}
    assert answers == {"GK-05": "Mötet är i mars."}
    assert Evidence.objects.count() == 1


def test_a_refused_answer_keeps_what_was_typed_and_chooses_nothing(client, case, at, organisation):
    statutes = held(case, organisation)
    typed = {"GK-05-version": 0, "GK-05-value": "nej", "GK-05-note": "19811228-9874"}

    page = post(client, at.officer, case, anvand=f"GK-03:{statutes.pk}", **typed)

    assert (page.status_code, "19811228-9874" in page.content.decode()) == (422, True)
    assert not Evidence.objects.exists()


def test_a_document_is_put_aside_and_the_log_remembers_both(client, case, at, organisation):
    statutes = held(case, organisation)
    use(case, at, statutes)

    post(client, at.officer, case, ta_bort=f"GK-03:{statutes.pk}")

    events = Event.objects.of(case).filter(code="document_used").order_by("number")
    assert [event.details.get("put_aside", False) for event in events] == [False, True]
    assert {event.details["document"] for event in events} == {statutes.pk}
    assert not Evidence.objects.exists()


@pytest.mark.parametrize("value", ["", "GK-03", "GK-03:x", "GK-03:999999", "GK-99:{}"])
def test_a_button_that_was_tampered_with_finds_nothing(client, case, at, organisation, value):
    statutes = held(case, organisation)

    page = post(client, at.officer, case, anvand=value.format(statutes.pk))

    assert page.status_code == 404
    assert not Evidence.objects.exists()


def test_anothers_document_is_refused(case, at, organisation):
    elsewhere = HeldDocumentFactory(
        organisation=organisation, administration=AdministrationFactory()
    )
    for document in (elsewhere, held(case, OrganisationFactory())):
        with pytest.raises(EvidenceRefused, match="hör inte till"):
            use(case, at, document)


@pytest.mark.parametrize(
    "facts",
    [
        {"kind": "minutes", "dated_on": TODAY - timedelta(days=900)},
        {"scan_state": Scan.WAITING},
        {"scan_state": Scan.INFECTED},
    ],
    ids=str,
)
def test_what_is_too_old_or_cannot_be_read_is_refused(case, at, organisation, facts):
    facts = dict(facts)
    if state := facts.pop("scan_state", None):
        facts["stored"] = stored_file(case.administration, scan_state=state)

    with pytest.raises(EvidenceRefused):
        use(case, at, held(case, organisation, **facts))


def test_the_criminal_register_question_takes_no_document(case, at, organisation):
    with pytest.raises(EvidenceRefused):
        use(case, at, held(case, organisation), "GK-18")


def test_who_has_not_declared_jav_chooses_nothing(at, organisation):
    case, _ = case_at(Step.MOTIVATED, at, organisations=[organisation])

    with pytest.raises(NotAllowed):
        use(case, at, held(case, organisation))


def test_the_decision_names_each_document_with_its_time_and_its_hash(case, at, organisation):
    kept = held(case, organisation, kept=True, title="Stadgar för Granen")
    shown = held(case, organisation, kind="minutes", dated_on=TODAY - timedelta(days=60))
    use(case, at, kept)
    use(case, at, shown, "GK-05")
    go_check(case, at, "start")
    go_decide(case, at, "start")

    data = data_of(deciding(case))

    named = {
        answer.code: answer.documents
        for answers in data.question_sets
        for answer in answers.answers
        if answer.documents
    }
    assert set(named) == {"GK-03", "GK-05"}
    assert named["GK-03"][0].startswith(f"Stadgar för Granen, stadgar, {kept.period}.")
    assert named["GK-03"][0].endswith(f"SHA-256 {kept.stored.sha256}")
    assert named["GK-05"][0].endswith("inte sparad.")


def test_after_the_decision_nothing_is_added(case, at, organisation):
    statutes = held(case, organisation)
    go_check(case, at, "start")
    go_decide(case, at, "start")

    with pytest.raises(NotAllowed):
        use(case, at, statutes)
    with pytest.raises(NotAllowed):
        put_document_aside(case, "grundkrav", question="GK-03", document=statutes, by=at.officer)


def test_the_cases_page_says_what_its_form_lacks(client, case, at, organisation):
    held(case, organisation)
    client.force_login(at.officer)

    (row,) = of_case(case)
    page = text(client.get(reverse("collaborations:documents", args=[case.pk])))

    assert [one.kind.value for one in row.lacking] == ["activities", "plan_and_board"]
    assert "2 saknas eller är för gamla." in page


@pytest.mark.parametrize("documents", [1, 3])
def test_the_page_of_questions_costs_the_same_for_one_document_and_for_many(
    client, case, at, organisation, documents, django_assert_num_queries
):
    for _ in range(documents):
        use(case, at, held(case, organisation, kept=True))
    client.force_login(at.officer)

    with django_assert_num_queries(25):
        client.get(reverse("collaborations:questions", args=[case.pk, "grundkrav"]))


@pytest.mark.parametrize("documents", [1, 3])
def test_the_page_of_documents_costs_the_same_for_one_and_for_many(
    client, case, at, organisation, documents, django_assert_num_queries
):
    for _ in range(documents):
        held(case, organisation, kept=True)
    client.force_login(at.officer)

    with django_assert_num_queries(8):
        page = client.get(reverse("collaborations:documents", args=[case.pk]))
    assert page.status_code == 200


def test_evidence_is_read_once_for_all_sets(case, django_assert_num_queries):
    assessments = standing.assessments(case).values()

    with django_assert_num_queries(1):
        evidence.of(assessments)
