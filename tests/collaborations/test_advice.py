"""The group's advice: on which conditions it is given, superseded, done without, and answered."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from audit import clock
from audit.models import Event
from casework.moves import NotAllowed, Stale
from checklists.answer_checks import AnswerInput
from collaborations.decision_document import data_of
from collaborations.forms.consultation import AskForm
from collaborations.models import Collaboration, Consultation, Decision, Form, Step
from collaborations.overview import consultation_task
from collaborations.steps.aside import stand_aside
from collaborations.steps.check import check
from collaborations.steps.consult import (
    advise,
    advise_anew,
    ask_for_advice,
    assign,
    go_on_without_advice,
)
from collaborations.steps.decide import decide, proposed
from collaborations.steps.declare import declare
from collaborations.steps.hand_over import hand_over
from documents.decision import decision_html
from notifications.models import Notice, Obligation
from tests.factories.accounts import RoleGrantFactory, UserFactory
from tests.factories.collaborations import (
    REFRAIN,
    answer_all,
    case_at,
    decision_to_start,
    deliver_everything,
    free_answers,
)
from tests.factories.formal import motivated
from tests.factories.forms import declared
from tests.factories.group import withdrawn
from tests.factories.held import HeldDocumentFactory
from tests.factories.once import made_once

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
REPORTED = {
    **free_answers(),
    "JV-4": AnswerInput("ja", companions={"text": "Vänskap."}),
}


def asked(case, at, **facts) -> Consultation:
    due_on = TODAY + timedelta(days=9)
    facts = {"question": "Passar formen?", "due_on": due_on, "by": at.officer, **facts}
    return ask_for_advice(case, **facts, version=case.version)


def given(case, at, advice: str, reasons="Så tycker vi.") -> Consultation:
    one = asked(case, at)
    declared(case, at.adviser)
    advise(one, advice=advice, reasons=reasons, by=at.adviser)
    case.refresh_from_db()
    return one


def in_ten_days():
    return clock.telling(timezone.now() + timedelta(days=10))


def sentences(refusal) -> list[str]:
    return [reason.sentence for reason in refusal.value.reasons]


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker):
    with made_once(django_db_blocker):
        yield case_at(Step.CHECKED)


@pytest.fixture
def checked(made):
    """A case that is ready to be decided, and its place."""
    case, at = made
    return Collaboration.objects.get(pk=case.pk), at


def to_start(case, at, **facts):
    declared(case, at.manager)
    facts = decision_to_start(at, **facts)
    return decide(case, **facts, by=at.manager, version=case.version)


# --- against the advice --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("advice", "says"),
    [
        ("unsuitable", "Beredningsgruppen har svarat olämplig. Skriv varför du inleder ändå."),
        (
            "conditional",
            "Beredningsgruppen har satt villkor. Skriv hur de möts, eller varför du inleder ändå.",
        ),
    ],
)
def test_who_starts_against_advice_or_on_conditions_says_why(checked, advice, says):
    case, at = checked
    given(case, at, advice)

    with pytest.raises(NotAllowed) as refusal:
        to_start(case, at, against_advice="  ")
    assert sentences(refusal) == [says]
    assert refusal.value.reasons[0].at == "against_advice"

    decision = to_start(case, at, against_advice="Föreningen har bytt lokal sedan dess.")
    assert decision.against_advice == "Föreningen har bytt lokal sedan dess."


@pytest.mark.parametrize("advice", ["suitable", "other"])
def test_who_follows_the_advice_owes_no_such_reason(checked, advice):
    case, at = checked
    given(case, at, advice)

    assert to_start(case, at).against_advice == ""


@pytest.mark.parametrize("advice", ["suitable", "unsuitable"])
def test_to_refrain_needs_no_reason_of_that_kind_whatever_was_advised(checked, advice):
    case, at = checked
    given(case, at, advice)
    declared(case, at.manager)

    decision = decide(case, **REFRAIN, by=at.manager, version=case.version)
    assert decision.against_advice == ""


def test_advice_on_another_form_and_advice_that_is_superseded_are_not_to_be_answered(checked):
    case, at = checked
    first = given(case, at, "unsuitable")
    Consultation.objects.filter(pk=asked(case, at).pk).update(form=Form.IOP)
    other = case.consultations.last()
    advise(other, advice="unsuitable", reasons="Nej.", by=at.adviser)
    advise_anew(first, advice="suitable", reasons="Nu går det.", by=at.adviser)
    case.refresh_from_db()

    assert to_start(case, at).against_advice == ""


def test_the_database_takes_no_start_that_is_silent_on_advice_against(checked):
    case, at = checked
    given(case, at, "unsuitable")
    declared(case, at.manager)
    silent = proposed(case, **decision_to_start(at), by=at.manager)

    with pytest.raises(DatabaseError, match="against_advice"), transaction.atomic():
        silent.save(force_insert=True)
    assert Decision.objects.count() == 0


def test_the_decision_document_tells_the_deciders_words_and_the_advice_beside_it(checked):
    case, at = checked
    first = given(case, at, "unsuitable", "Två andra gör samma sak.")
    advise_anew(
        first, advice="conditional", reasons="Om tiderna samordnas.", present="Åsa", by=at.adviser
    )
    case.refresh_from_db()
    decision = to_start(case, at, against_advice="Tiderna är samordnade.")

    data = data_of(decision)
    assert data.against_advice == "Tiderna är samordnade."
    assert [(one.advice, one.notes) for one in data.advice] == [
        ("olämplig", ("Ersatt av ett senare råd.",)),
        ("lämplig på villkor", ("Deltog: Åsa.",)),
    ]
    html = decision_html(data)
    beside = html.index("Råd bredvid beslutet")
    assert html.index("Tiderna är samordnade.") < beside < html.index("Två andra gör samma sak.")


def test_the_form_asks_for_the_reason_only_where_there_is_advice_to_answer(client, checked):
    case, at = checked
    declared(case, at.manager)
    client.force_login(at.manager)
    page = client.get(f"/arenden/{case.pk}/beslut/")
    assert "against_advice" not in page.context["form"].fields

    given(case, at, "unsuitable")
    facts = decision_to_start(at)
    sent = {**facts, "follow_up_by": facts["follow_up_by"].pk, "version": case.version}
    page = client.post(f"/arenden/{case.pk}/beslut/", sent | {"granska": "1"})
    assert page.status_code == 422
    assert page.context["form"].errors["against_advice"] == [
        "Beredningsgruppen har svarat olämplig. Skriv varför du inleder ändå."
    ]

    why = sent | {"against_advice": "Vi har hört gruppen."}
    page = client.post(f"/arenden/{case.pk}/beslut/", why | {"granska": "1"})
    assert {"label": "Om beredningsgruppens råd", "value": "Vi har hört gruppen."} in page.context[
        "answers"
    ]
    client.post(f"/arenden/{case.pk}/beslut/", why | {"besluta": "1"})
    for page in (f"/arenden/{case.pk}/beslut/", f"/arenden/{case.pk}/"):
        assert "Vi har hört gruppen." in client.get(page).content.decode()


# --- superseded, never edited --------------------------------------------------------------------


def test_a_later_advice_supersedes_and_both_are_shown(client, checked):
    case, at = checked
    first = given(case, at, "unsuitable", "För tidigt.")
    later = advise_anew(first, advice="suitable", reasons="Nu är det rätt tid.", by=at.adviser)

    assert (later.supersedes, later.question, later.asked_by) == (
        first,
        first.question,
        at.officer,
    )
    assert list(case.consultations.standing()) == [later]
    client.force_login(at.officer)
    page = client.get(f"/arenden/{case.pk}/samrad/").content.decode()
    assert "För tidigt." in page
    assert "Nu är det rätt tid." in page
    assert "ersatt av ett senare råd" in page
    assert Notice.objects.filter(kind="advice_given", to_address=at.officer.email).count() == 2


def test_advice_is_given_once_and_superseded_once(checked):
    case, at = checked
    first = given(case, at, "suitable")
    with pytest.raises(NotAllowed) as refusal:
        advise(first, advice="unsuitable", reasons="Nej.", by=at.adviser)
    assert sentences(refusal) == [
        "Frågan är redan besvarad. Ett nytt råd ges för sig och ersätter det förra."
    ]

    advise_anew(first, advice="suitable", reasons="Ja.", by=at.adviser)
    with pytest.raises(NotAllowed):
        advise_anew(first, advice="unsuitable", reasons="Nej.", by=at.adviser)
    case.refresh_from_db()
    unanswered = asked(case, at)
    with pytest.raises(NotAllowed):
        advise_anew(unanswered, advice="other", reasons="Nej.", by=at.adviser)


@pytest.mark.parametrize("gone", ["decided", "withdrawn"])
def test_no_advice_and_no_question_when_the_case_is_past_it(checked, gone):
    case, at = checked
    one = asked(case, at)
    declared(case, at.adviser)
    if gone == "decided":
        to_start(case, at)
    else:
        deliver_everything(case)
        withdrawn(case, at)

    one.refresh_from_db()
    assert one.case_is_past
    case.refresh_from_db()
    assert consultation_task(case)["state_label"] != "Väntar på svar"
    for attempt in (
        lambda: advise(one, advice="suitable", reasons="Ja.", by=at.adviser),
        lambda: asked(case, at),
        lambda: assign(one, at.adviser, by=at.adviser),
    ):
        with pytest.raises(NotAllowed) as refusal:
            attempt()
        assert sentences(refusal) == [
            f"Det går inte att göra detta i läget {case.get_step_display()}."
        ]


def test_the_database_keeps_advice_and_its_lapse_as_they_are(checked):
    case, at = checked
    first, late = given(case, at, "suitable"), asked(case, at)
    with in_ten_days():
        go_on_without_advice(late, why="Det brådskar.", by=at.manager, version=case.version)

    for one in (first, late):
        with pytest.raises(DatabaseError, match="answered"), transaction.atomic():
            Consultation.objects.filter(pk=one.pk).update(reasons="Något annat.")


# --- jäv -----------------------------------------------------------------------------------------


def test_who_stands_aside_gives_no_advice_and_loses_the_question(checked):
    case, at = checked
    one = asked(case, at)
    declared(case, at.adviser)
    another = UserFactory(adviser_at=at.administration.root_unit)
    assign(one, at.adviser, by=another)
    stand_aside(one, at.adviser, why="Sitter i styrelsen.", by=another)
    stand_aside(one, at.adviser, why="Sitter i styrelsen.", by=another)

    with pytest.raises(NotAllowed) as refusal:
        advise(one, advice="suitable", reasons="Ja.", by=at.adviser)
    assert [reason.rule for reason in refusal.value.reasons] == ["person_takes_part"]
    one.refresh_from_db()
    assert (one.assignee, one.recusals.count()) == (None, 1)
    with pytest.raises(NotAllowed):
        assign(one, at.adviser, by=another)
    with pytest.raises(DatabaseError, match="free_of_jav"), transaction.atomic():
        Consultation.objects.filter(pk=one.pk).update(
            advice="suitable", reasons="Ja.", answered_by=at.adviser, answered_at=timezone.now()
        )


def test_a_conflict_declared_in_the_case_counts_by_itself(checked):
    case, at = checked
    one = asked(case, at)
    declare(case, inputs=REPORTED, by=at.adviser)

    with pytest.raises(NotAllowed):
        advise(one, advice="suitable", reasons="Ja.", by=at.adviser)
    with pytest.raises(DatabaseError, match="free_of_jav"), transaction.atomic():
        Consultation.objects.filter(pk=one.pk).update(
            advice="suitable", reasons="Ja.", answered_by=at.adviser, answered_at=timezone.now()
        )


def test_who_reports_a_conflict_has_the_question_no_longer(checked):
    case, at = checked
    one = asked(case, at)
    assign(one, at.adviser, by=at.adviser)
    declare(case, inputs=REPORTED, by=at.adviser)

    one.refresh_from_db()
    assert one.assignee is None
    assert Obligation.objects.get(kind="advice").owner == at.officer


def test_who_stood_aside_gives_no_later_advice_either(checked):
    case, at = checked
    one = asked(case, at)
    another = UserFactory(adviser_at=at.administration.root_unit)
    declared(case, another)
    declared(case, at.adviser)
    stand_aside(one, at.adviser, why="Sitter i styrelsen.", by=another)
    advise(one, advice="suitable", reasons="Ja.", by=another)
    later = advise_anew(one, advice="other", reasons="Så.", by=another)

    for former in (one, later):
        with pytest.raises(NotAllowed):
            advise_anew(former, advice="suitable", reasons="Ja.", by=at.adviser)


# --- assigned, and what is due -------------------------------------------------------------------


def test_the_member_who_has_the_question_is_told_and_owes_the_answer(checked):
    case, at = checked
    one = asked(case, at)
    due = Obligation.objects.get(kind="advice")
    assert due.owner == at.officer

    assign(one, at.adviser, by=at.adviser)
    due.refresh_from_db()
    assert due.owner == at.adviser
    told = Notice.objects.get(kind="advice_assigned")
    assert told.to_address == at.adviser.email
    assert "Passar formen?" in told.body

    assign(one, None, by=at.adviser)
    due.refresh_from_db()
    assert due.owner == at.officer
    takers = due.hand_overs.order_by("pk").values_list("taker", flat=True)
    assert list(takers) == [at.adviser.pk, at.officer.pk]


def test_what_is_said_twice_is_asked_and_assigned_once(checked):
    case, at = checked
    one = asked(case, at)
    events = Event.objects.of(case).count()
    assert asked(case, at) == one
    assert asked(case, at, question="Och beloppet?") != one
    assign(one, at.adviser, by=at.adviser)
    assign(one, at.adviser, by=at.adviser)

    assert Event.objects.of(case).count() == events + 2
    assert case.consultations.count() == 2


def test_an_answer_is_asked_for_within_a_year(checked):
    case, at = checked
    late = {"question": "Än?", "due_on": "9999-12-31", "version": case.version}

    assert AskForm(late, case=case).errors == {"due_on": ["Välj en dag inom ett år."]}


def test_a_question_that_nobody_has_any_longer_falls_to_who_has_the_case(checked):
    case, at = checked
    one = asked(case, at)
    new = UserFactory(officer_at=at.unit)
    case.refresh_from_db()
    hand_over(case, officer=new, reason="Slutar.", by=at.manager, version=case.version)

    assign(one, at.adviser, by=at.adviser)
    assign(one, None, by=at.adviser)
    assert Obligation.objects.get(kind="advice").owner == new


def test_the_answer_that_a_manager_is_to_give_as_a_member_is_not_handed_over_with_the_case(checked):
    case, at = checked
    one = asked(case, at)
    RoleGrantFactory(person=at.manager, unit=at.administration.root_unit, role="advisory_group")
    assign(one, at.manager, by=at.adviser)
    new = UserFactory(manager_at=at.unit)
    case.refresh_from_db()
    hand_over(case, manager=new, reason="Slutar.", by=at.manager, version=case.version)

    one.refresh_from_db()
    assert (one.assignee, Obligation.objects.get(kind="advice").owner) == (at.manager, at.manager)


# --- inget yttrande ------------------------------------------------------------------------------


def test_the_manager_goes_on_without_advice_after_the_last_day(checked):
    case, at = checked
    one = asked(case, at)
    with pytest.raises(NotAllowed) as refusal:
        go_on_without_advice(one, why="Bråttom.", by=at.manager, version=case.version)
    assert sentences(refusal) == ["Sista dagen för svaret har inte passerat än."]

    with in_ten_days():
        go_on_without_advice(one, why="Bråttom.", by=at.manager, version=case.version)
        case.refresh_from_db()
        assert not case.consultations.unanswered().exists()
        assert Obligation.objects.get(kind="advice").waived_reason.startswith("Inget yttrande")
        declared(case, at.adviser)
        with pytest.raises(NotAllowed) as refusal:
            advise(one, advice="suitable", reasons="Ja.", by=at.adviser)
        assert "avslutad utan yttrande" in sentences(refusal)[0]
        data = data_of(proposed(case, **decision_to_start(at), by=at.manager), draft=True)
    assert data.advice[0].notes == ("Inget yttrande. Bråttom.",)


@pytest.mark.parametrize("form", ["iop", "external_funding"])
def test_where_advice_is_a_must_nobody_goes_on_without_it(form, at):
    case = motivated(at, form)
    one = asked(case, at)
    with in_ten_days(), pytest.raises(NotAllowed) as refusal:
        go_on_without_advice(one, why="Bråttom.", by=at.manager, version=case.version)
    assert [reason.rule for reason in refusal.value.reasons] == ["advice_is_no_must"]
    assert refusal.value.reasons[0].sources == ("G-56", "G-64")
    with pytest.raises(DatabaseError), transaction.atomic():
        Consultation.objects.filter(pk=one.pk).update(
            lapsed_at=timezone.now(), lapsed_by=at.manager, lapsed_why="Ändå."
        )


def test_only_the_responsible_manager_goes_on_and_never_on_an_old_page(checked):
    case, at = checked
    one = asked(case, at)
    with in_ten_days():
        for person in (at.officer, at.head, at.adviser):
            with pytest.raises(NotAllowed):
                go_on_without_advice(one, why="Ja.", by=person, version=case.version)
        with pytest.raises(Stale):
            go_on_without_advice(one, why="Ja.", by=at.manager, version=case.version - 1)


def test_the_page_offers_to_go_on_only_to_the_manager_and_only_then(client, checked):
    case, at = checked
    one = asked(case, at)
    url = f"/arenden/{case.pk}/samrad/{one.pk}/utan-rad/"
    client.force_login(at.manager)
    assert url not in client.get(f"/arenden/{case.pk}/samrad/").content.decode()
    refused = client.post(url, {"why": "Bråttom.", "version": case.version})
    assert (refused.status_code, refused.context["form"].non_field_errors()) == (
        409,
        ["Sista dagen för svaret har inte passerat än."],
    )

    with in_ten_days():
        assert url in client.get(f"/arenden/{case.pk}/samrad/").content.decode()
        stale = client.post(url, {"why": "Bråttom.", "version": case.version - 1})
        assert stale.status_code == 409
        client.post(url, {"why": "Bråttom.", "version": case.version})
        assert "Inget yttrande" in client.get(f"/arenden/{case.pk}/samrad/").content.decode()


# --- what the group should read ------------------------------------------------------------------


def test_the_documents_that_were_chosen_are_shown_and_others_cannot_be(client, checked):
    case, at = checked
    organisation = case.organisations.get()
    facts = {"administration": at.administration, "registered_by": at.officer, "kept": True}
    own = HeldDocumentFactory(organisation=organisation, **facts)
    others = HeldDocumentFactory(**facts)
    client.force_login(at.officer)
    sent = {"question": "Räcker det?", "due_on": TODAY + timedelta(days=5), "version": case.version}
    url = f"/arenden/{case.pk}/samrad/"
    refused = client.post(url, sent | {"documents": [others.pk]})
    assert list(refused.context["form"].errors) == ["documents"]

    client.post(url, sent | {"documents": [own.pk]})
    assert list(case.consultations.get().documents.all()) == [own]
    assert own.get_absolute_url() in client.get(url).content.decode()
    case.refresh_from_db()
    with pytest.raises(NotAllowed):
        asked(case, at, documents=[others])


def test_the_whole_way_with_superseded_advice_ends_in_a_document():
    case, at = case_at(Step.MOTIVATED)
    given(case, at, "conditional")
    declared(case, at.officer)
    answer_all(case, at)
    check(case, by=at.officer, version=case.version)
    to_start(case, at, against_advice="Villkoren är uppfyllda.")
    deliver_everything(case)

    assert case.step == Step.ONGOING
    assert "Villkoren är uppfyllda." in case.decisions.get().document.stored.data
