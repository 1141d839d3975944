"""Moving a case to newer questions: an act, its difference shown, never after the decision."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from audit.models import Event
from casework.moves import NotAllowed, Stale
from checklists import moving as questions
from checklists.answer_checks import AnswerInput
from checklists.answering import AnotherVersion
from checklists.findings import FindingInput
from checklists.load import load
from checklists.models import Answer, Assessment, Resolution
from checklists.versions import withdraw
from collaborations import standing
from collaborations.models import Collaboration, Examination, Step
from collaborations.steps.check import add_finding, answer, check, judge_finding, resolve
from collaborations.steps.declare import declare
from collaborations.steps.move import AnotherInForce, move_questions
from collaborations.steps.send_back import send_back
from tests.factories.accounts import UserFactory
from tests.factories.collaborations import answer_all, case_at, contents, free_answers, place
from tests.factories.group import withdrawn
from tests.factories.versions import load_long_ago, newer_version

pytestmark = pytest.mark.django_db

SIGNS = "valfardsbrott"


@pytest.fixture
def at(db):
    load_long_ago()
    return place()


@pytest.fixture
def case(at):
    case, _ = case_at(Step.MOTIVATED, at)
    for person in (at.officer, at.manager):
        declare(case, inputs=free_answers(), by=person)
    return case


def fresh(case) -> Collaboration:
    return Collaboration.objects.get(pk=case.pk)


def assessment(case, code=SIGNS) -> Assessment:
    return Assessment.objects.get(examination__collaboration=case, examination__code=code)


def values(case, code=SIGNS) -> dict:
    return dict(assessment(case, code).answers.values_list("code", "value"))


def give(case, by, **answers):
    inputs = {code.replace("_", "-"): AnswerInput(value) for code, value in answers.items()}
    answer(case, SIGNS, inputs=inputs, versions={}, by=by)


def move(case, version, by):
    move_questions(case, SIGNS, to=version.pk, by=by, version=case.version)


def state(case) -> tuple:
    row = fresh(case)
    return row.step, row.version, row.chain_count, assessment(case).pk, values(case)


def url(case, name="newer", *more) -> str:
    return reverse(f"collaborations:{name}", args=[case.pk, SIGNS, *more])


def post(client, person, case, to):
    client.force_login(person)
    return client.post(url(case), {"version": case.version, "to": to.pk})


# --- What is said ------------------------------------------------------------------------------


PAGES = ["case", "check", "questions"]


def page(client, person, case, name):
    client.force_login(person)
    args = [case.pk, SIGNS] if name == "questions" else [case.pk]
    return client.get(reverse(f"collaborations:{name}", args=args)).text


@pytest.mark.parametrize("name", PAGES)
def test_the_case_says_that_a_newer_version_is_in_force(client, at, case, name):
    before = page(client, at.officer, case, name)
    newer_version()
    after = page(client, at.officer, case, name)

    assert "Det finns nyare frågor" not in before
    assert "Det finns nyare frågor" in after
    assert url(case) in after


def test_a_version_that_has_not_begun_is_not_spoken_of(client, at, case):
    newer_version(starts_on=timezone.localdate() + timedelta(days=1))

    assert standing.newer_versions(case) == {}
    assert "Det finns nyare frågor" not in page(client, at.officer, case, "case")


def test_a_decided_case_is_not_spoken_to_of_newer_questions(client, at):
    case, _ = case_at(Step.ONGOING, at)
    newer_version()

    assert "Det finns nyare frågor" not in page(client, at.officer, case, "case")
    assert standing.newer_versions(fresh(case)) == {}


def test_the_administrations_own_questions_are_newer_than_the_common_ones(at, case):
    signs = next(content for content in contents() if content.code == SIGNS)
    rule_set = at.administration.rule_set
    load(replace(signs, rule_set=rule_set), timezone.localdate())

    (version,) = standing.newer_versions(case).values()
    move(case, version, at.officer)

    event = Event.objects.of(case).get(code="questions_moved")
    assert assessment(case).version.question_set.rule_set == rule_set
    assert event.details["rule_set"] == ["", rule_set]


def test_the_difference_shows_both_texts_and_what_becomes_of_each_answer(client, at, case):
    give(case, at.officer, VB_01="nej", VB_02="nej", VB_03="ja")
    old = assessment(case).version.questions.get(code="VB-02").text
    newer_version()
    client.force_login(at.officer)

    shown = client.get(url(case))

    assert [row["question"].code for row in shown.context["changed"]] == ["VB-02"]
    assert [row["question"].code for row in shown.context["added"]] == ["VB-90"]
    assert [row["question"].code for row in shown.context["retired"]] == ["VB-03"]
    assert [row["question"].code for row in shown.context["reworded"]] == ["VB-01"]
    assert old in shown.text
    assert "Har något annat hänt?" in shown.text
    assert "Frågan ska besvaras på nytt." in shown.text
    assert "Svaret finns kvar bland ärendets tidigare svar." in shown.text
    assert "Svaret följer med." in shown.text


def test_without_newer_questions_the_page_says_so(client, at, case):
    client.force_login(at.officer)

    shown = client.get(url(case))

    assert "Det finns inga nyare frågor att gå över till." in shown.text
    assert "<form" not in shown.text.partition("<main")[2].partition("</main>")[0]


# --- The move ----------------------------------------------------------------------------------


def test_the_case_follows_the_newer_version_and_says_so_once(client, at, case):
    give(case, at.officer, VB_01="nej", VB_02="nej", VB_03="ja")
    newer = newer_version()
    old = assessment(case)

    answered = post(client, at.officer, case, newer)

    assert answered.url == url(case, "questions")
    assert assessment(case).version == newer
    assert assessment(case).earlier == old
    assert values(case) == {"VB-01": "nej"}
    event = Event.objects.of(case).get(code="questions_moved")
    assert {name: event.details[name] for name in ("set", "from", "to")} == {
        "set": SIGNS,
        "from": 1,
        "to": 2,
    }
    assert event.details["carried"] == ["VB-01"]
    assert event.details["opened"] == ["VB-02"]
    assert event.details["retired"] == ["VB-03"]
    assert event.details["added"] == ["VB-90"]
    assert "rule_set" not in event.details


def test_the_log_tells_of_the_move(client, at, case):
    move(case, newer_version(), at.officer)
    client.force_login(at.officer)

    log = client.get(reverse("collaborations:log", args=[case.pk])).text

    assert "Ärendet gick över till en nyare version av frågorna" in log
    assert "Risk för välfärdsbrott · version 1 → 2" in log


def test_what_was_answered_before_is_read_beside_and_on_a_page_of_its_own(client, at, case):
    give(case, at.officer, VB_02="nej", VB_03="ja")
    retired = assessment(case).version.questions.get(code="VB-03").text
    old = assessment(case)
    move(case, newer_version(), at.officer)

    now = page(client, at.officer, case, "questions")
    then = client.get(url(case, "earlier", old.pk)).text

    assert "Tidigare svar, till en äldre version av frågan." in now
    assert url(case, "earlier", old.pk) in now
    assert retired not in now
    assert retired in then
    assert "name=" not in then.partition("<main")[2].partition("</main>")[0]


def test_only_what_the_case_has_left_is_shown_as_earlier(client, at, case):
    other, _ = case_at(Step.MOTIVATED, at)
    client.force_login(at.officer)

    for one in (assessment(case), assessment(other)):
        assert client.get(url(case, "earlier", one.pk)).status_code == 404


def test_moving_opens_a_finished_check_again(at, case):
    answer_all(case, at)
    check(case, by=at.officer, version=case.version)

    move(case, newer_version(), at.officer)

    assert fresh(case).step == Step.MOTIVATED
    remaining = {line.code for line in standing.of(fresh(case))[SIGNS].remaining}
    assert remaining == {"VB-02", "VB-90"}


def test_a_motivated_answer_stays_motivated_where_nothing_has_changed(at, case):
    answer_all(case, at, GK_03=AnswerInput("nej"), GK_04=AnswerInput("nej"))
    for code in ("GK-03", "GK-04"):
        given = assessment(case, "grundkrav").answers.get(code=code)
        resolve(case, given, kind="motivation", text="Ny förening.", version=1, by=at.manager)
    newer = newer_version("grundkrav")

    move_questions(case, "grundkrav", to=newer.pk, by=at.officer, version=case.version)

    found = standing.of(fresh(case))["grundkrav"].standings
    assert (found["GK-03"], found["GK-04"]) == ("remaining", "motivated")
    assert Resolution.objects.filter(answer__code="GK-03").count() == 1


def test_findings_follow_with_their_judgement(at, case):
    given = FindingInput(
        what="Ett uttalande.",
        source="Webbplatsen",
        happened_on=timezone.localdate(),
        conduct="representative",
        connected=True,
        category="DV-B",
    )
    finding = add_finding(case, "demokrati", given=given, by=at.officer)
    judge_finding(
        case, finding, verdict="not_against", reasons="Beklagat.", version=1, by=at.officer
    )
    newer = newer_version(
        "demokrati",
        change=lambda draft: draft.questions.filter(code="DV-03").update(text="Källor?"),
    )

    move_questions(case, "demokrati", to=newer.pk, by=at.officer, version=case.version)

    (followed,) = assessment(case, "demokrati").findings.all()
    assert (followed.pk, followed.verdict) == (finding.pk, "not_against")


# --- Refused -----------------------------------------------------------------------------------


def test_pressing_twice_moves_once(client, at, case):
    newer = newer_version()
    first = post(client, at.officer, case, newer)
    before = state(case)

    second = post(client, at.officer, case, newer)

    assert (first.url, second.url) == (url(case, "questions"),) * 2
    assert state(case) == before
    assert Event.objects.of(case).filter(code="questions_moved").count() == 1


def test_a_page_that_rests_on_an_older_case_moves_nothing(client, at, case):
    newer = newer_version()
    answer_all(case, at)
    check(fresh(case), by=at.officer, version=case.version)
    before = state(case)

    answered = post(client, at.officer, case, newer)

    assert answered.status_code == 409
    assert state(case) == before


def test_a_still_newer_version_shows_the_new_difference_instead(client, at, case, monkeypatch):
    shown = newer_version(
        change=lambda draft: draft.questions.filter(code="VB-04").update(text="A?")
    )
    newest = newer_version(starts_on=timezone.localdate() + timedelta(days=1))
    monkeypatch.setattr(
        "audit.clock.today", lambda: timezone.localdate() + timedelta(days=1), raising=True
    )
    before = state(case)

    answered = post(client, at.officer, case, shown)

    assert answered.status_code == 409
    assert state(case) == before
    assert "Det är version 3 som gäller nu, inte den som visades." in answered.text
    assert answered.context["target"] == newest
    assert answered.context["form"]["to"].value() == newest.pk
    assert "Har något annat hänt?" in answered.text


def test_a_version_that_is_not_in_force_cannot_be_moved_to(at, case):
    newer_version()
    coming = newer_version(
        starts_on=timezone.localdate() + timedelta(days=9),
        change=lambda draft: draft.questions.filter(code="VB-04").update(text="B?"),
    )
    before = state(case)

    for version in (coming, assessment(case).version):
        with pytest.raises(AnotherInForce):
            move(case, version, at.officer)
    withdraw(coming, reason="Fel frågor.", by=UserFactory())
    with pytest.raises(AnotherInForce):
        move(case, coming, at.officer)

    assert state(case) == before


def test_who_has_not_declared_or_may_not_prepare_cannot_move(client, at):
    case, _ = case_at(Step.MOTIVATED, at)
    newer = newer_version()

    for person in (at.officer, at.adviser):
        with pytest.raises(NotAllowed):
            move(case, newer, person)
        answered = post(client, person, case, newer)
        assert answered.status_code == 409
    assert assessment(case).version.number == 1


@pytest.mark.parametrize("step", [Step.REGISTERED, Step.DECIDED, Step.ONGOING, Step.CLOSED])
def test_only_a_case_whose_questions_are_open_moves(at, step):
    case, _ = case_at(step, at)
    newer = newer_version()

    with pytest.raises(NotAllowed):
        move(fresh(case), newer, at.officer)


def test_a_withdrawn_case_and_one_sent_back_do_not_move(at, case):
    newer = newer_version()
    send_back(case, to="registered", comment="Mer.", by=at.officer, version=case.version)
    with pytest.raises(NotAllowed):
        move(case, newer, at.officer)

    withdrawn(case, at)
    with pytest.raises(NotAllowed):
        move(case, newer, at.officer)
    assert standing.newer_versions(fresh(case)) == {}


def test_the_database_never_lets_a_decided_case_follow_another_version(at):
    case, _ = case_at(Step.DECIDED, at)
    newer = newer_version()
    examination = Examination.objects.get(collaboration=case, code=SIGNS)
    with pytest.raises(DatabaseError, match="^pinned: "), transaction.atomic():
        Assessment.objects.create(
            version=newer,
            set_code=SIGNS,
            earlier=examination.assessment,
            created_at=case.registered_at,
        )
    loose = Assessment.objects.create(version=newer, set_code=SIGNS, created_at=case.registered_at)

    with pytest.raises(DatabaseError, match="^pinned: "), transaction.atomic():
        Examination.objects.filter(pk=examination.pk).update(assessment=loose)


def test_the_database_never_lets_a_withdrawn_case_follow_even_the_next_assessment(at, case):
    """Nothing rests on its answers, so they are not locked; the step alone refuses."""
    newer = newer_version()
    examination = Examination.objects.get(collaboration=case, code=SIGNS)
    withdrawn(case, at)
    moved = questions.move(examination.assessment, newer, now=case.registered_at)

    with pytest.raises(DatabaseError, match="^pinned: "), transaction.atomic():
        Examination.objects.filter(pk=examination.pk).update(assessment=moved.assessment)


def test_the_database_lets_a_case_follow_only_the_next_assessment(at, case):
    newer = newer_version()
    examination = Examination.objects.get(collaboration=case, code=SIGNS)
    loose = Assessment.objects.create(version=newer, set_code=SIGNS, created_at=case.registered_at)

    for change in ({"assessment": loose}, {"code": "annan"}):
        with pytest.raises(DatabaseError, match="^pinned: "), transaction.atomic():
            Examination.objects.filter(pk=examination.pk).update(**change)


# --- Pages that were open when the case moved ---------------------------------------------------


def test_an_answer_from_a_page_opened_before_the_move_is_refused_with_what_was_typed(
    client, at, case
):
    follows = assessment(case).version_id
    move(case, newer_version(), at.manager)
    before = state(case)
    client.force_login(at.officer)
    data = {"fragornas_version": follows, "VB-02-version": 0, "VB-02-value": "ja"}

    whole = client.post(url(case, "questions"), data)
    one = client.post(url(case, "save_answer"), data | {"fraga": "VB-02"})

    assert state(case) == before
    assert (whole.status_code, one.status_code) == (422, 200)
    for answered in (whole, one):
        assert "Frågorna hör inte till den version som ärendet följer." in answered.text


def test_the_step_refuses_an_answer_to_the_version_that_was_left(at, case):
    follows = assessment(case).version_id
    move(case, newer_version(), at.manager)

    with pytest.raises(AnotherVersion):
        answer(
            case,
            SIGNS,
            inputs={"VB-02": AnswerInput("ja")},
            versions={"VB-02": 0},
            follows=follows,
            by=at.officer,
        )


def test_a_motivation_typed_before_the_move_is_refused_and_kept(client, at, case):
    answer_all(case, at, GK_03=AnswerInput("nej"))
    given = assessment(case, "grundkrav").answers.get(code="GK-03")
    newer = newer_version("grundkrav")
    move_questions(case, "grundkrav", to=newer.pk, by=at.officer, version=case.version)
    client.force_login(at.manager)
    address = reverse("collaborations:resolve", args=[case.pk, given.pk])

    answered = client.post(address, {"version": 1, "text": "Föreningen är ny och liten."})

    assert answered.status_code == 422
    assert "Föreningen är ny och liten." in answered.text
    assert "Frågorna hör inte till den version som ärendet följer." in answered.text
    assert client.get(address).status_code == 404
    assert not Resolution.objects.exists()


def test_a_stale_step_says_so(at, case):
    newer = newer_version()

    with pytest.raises(Stale):
        move_questions(case, SIGNS, to=newer.pk, by=at.officer, version=case.version + 1)


# --- Cost --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["newer", "earlier", "questions"])
def test_a_page_costs_the_same_however_many_questions_differ(client, at, case, name):
    answer_all(case, at)
    client.force_login(at.officer)
    counts = []
    for codes in (["VB-04"], ["VB-04", "VB-05", "VB-06"]):

        def change(draft, codes=codes):
            draft.questions.filter(code__in=codes).update(text=f"Nytt {len(codes)}?")

        case.refresh_from_db()
        standing.forget(case)
        left = assessment(case)
        with transaction.atomic():
            newer = newer_version(starts_on=None, change=change)
            if name != "newer":
                move(case, newer, at.officer)
            more = [left.pk] if name == "earlier" else []
            with CaptureQueriesContext(
                connection,
            ) as queries:
                assert client.get(url(case, name, *more)).status_code == 200
            counts.append(len(queries))
            transaction.set_rollback(True)

    assert counts[0] == counts[1]
    assert Answer.objects.filter(assessment__examination__collaboration=case).exists()
