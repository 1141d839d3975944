"""Saving answers: only what changed, nothing over somebody else's head, nothing half."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError

from checklists.answering import (
    AnswerInput,
    AnswersRefused,
    AssessmentLocked,
    StaleAnswer,
    UnknownQuestion,
    begin,
    lock,
    resolve,
    save_answers,
)
from checklists.models import Answer, Resolution
from checklists.versions import NothingInForce
from tests.factories.accounts import UserFactory
from tests.factories.checklists import LONG_AGO, NOW, TODAY, AssessmentFactory, QuestionFactory

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(hours=1)


def asking(*codes, **facts):
    return AssessmentFactory(asking=[QuestionFactory.build(code=code, **facts) for code in codes])


def save(assessment, by=None, now=NOW, versions=None, **answers):
    inputs = {
        code.replace("_", "-"): one if isinstance(one, AnswerInput) else AnswerInput(one)
        for code, one in answers.items()
    }
    return save_answers(assessment, inputs, by=by or UserFactory(), now=now, versions=versions)


def test_an_assessment_follows_the_version_in_force_the_day_it_began(loaded):
    assessment = begin("grundkrav", "amf", TODAY, now=NOW)

    assert (assessment.version.number, assessment.set_code) == (1, "grundkrav")
    assert (assessment.created_at, assessment.locked_at) == (NOW, None)


def test_nothing_begins_where_nothing_is_in_force(loaded):
    with pytest.raises(NothingInForce):
        begin("grundkrav", "amf", LONG_AGO - timedelta(days=1))


def test_an_answer_keeps_the_text_of_its_question_and_who_and_when():
    assessment, person = asking("PR-01"), UserFactory()

    changed = save(
        assessment,
        by=person,
        PR_01=AnswerInput(
            "nej", text=" Skäl. ", note="Rad ett\r\nrad två", reference=" dnr  7 ", checked_on=TODAY
        ),
    )

    answer = Answer.objects.get()
    assert changed.codes == ("PR-01",)
    assert (answer.code, answer.question_text) == ("PR-01", "Är PR-01 i ordning?")
    assert (answer.value, answer.text, answer.note) == ("nej", "Skäl.", "Rad ett\nrad två")
    assert (answer.reference, answer.checked_on) == ("dnr 7", TODAY)
    assert (answer.answered_by, answer.answered_at, answer.version) == (person, NOW, 1)


@pytest.mark.parametrize(
    ("checked_on", "valid_until"),
    [(None, date(2027, 3, 10)), (date(2025, 12, 1), date(2026, 12, 1))],
)
def test_an_answer_is_valid_a_year_from_the_check(checked_on, valid_until):
    save(asking("PR-01"), PR_01=AnswerInput("ja", checked_on=checked_on))

    assert Answer.objects.get().valid_until == valid_until


def test_only_what_differs_is_written():
    assessment, first, second = asking("PR-01", "PR-02"), UserFactory(), UserFactory()
    save(assessment, by=first, PR_01="ja", PR_02="ja")

    changed = save(assessment, by=second, now=LATER, PR_01="ja", PR_02="nej")

    assert changed.codes == ("PR-02",)
    untouched, written = assessment.answers.order_by("code")
    assert (untouched.answered_by, untouched.answered_at, untouched.version) == (first, NOW, 1)
    assert (written.answered_by, written.answered_at, written.version) == (second, LATER, 2)


def test_saving_nothing_new_says_so_and_writes_nothing():
    assessment = asking("PR-01", "PR-02")
    save(assessment, PR_01="ja")

    changed = save(assessment, PR_01="ja", PR_02=AnswerInput())

    assessment.refresh_from_db()
    assert not changed
    assert (changed.codes, changed.earlier) == ((), {})
    assert (Answer.objects.count(), assessment.revision) == (1, 1)


def test_a_cleared_answer_keeps_its_row():
    assessment = asking("PR-01")
    save(assessment, PR_01=AnswerInput("ja", note="Sedd."))

    save(assessment, PR_01=AnswerInput())

    answer = Answer.objects.get()
    assert (answer.value, answer.note, answer.version) == (None, "", 2)


def test_a_note_can_be_written_before_the_answer():
    save(asking("PR-01"), PR_01=AnswerInput(note="Har frågat ordföranden."))

    assert Answer.objects.get().value is None


def test_texts_as_they_were_are_handed_to_the_log_apart_from_the_codes():
    assessment = asking("PR-01", "PR-02")
    save(assessment, PR_01=AnswerInput("ja", note="Först."), PR_02="ja")

    changed = save(assessment, PR_01=AnswerInput("ja", note="Sedan."), PR_02="nej")

    assert changed.earlier == {"PR-01.note": "Först."}


def test_a_text_answer_as_it_was_is_handed_over_too():
    assessment = asking("PR-01", answer_type="text")
    save(assessment, PR_01="Först.")

    assert save(assessment, PR_01="Sedan.").earlier == {"PR-01.value": "Först."}


# --- Somebody else was there ---


def test_an_older_page_does_not_overwrite_what_somebody_else_answered():
    assessment, other = asking("PR-01", "PR-02"), UserFactory()
    save(assessment, PR_01="ja")
    save(assessment, by=other, PR_01=AnswerInput("nej", text="Stadgar saknas."))

    with pytest.raises(StaleAnswer, match=r"PR-01 \(Är PR-01 i ordning\?\)") as stale:
        save(assessment, versions={"PR-01": 1}, PR_01=AnswerInput("ja", text="Sett."), PR_02="ja")

    [clash] = stale.value.clashes
    assert (clash.code, clash.question_text) == ("PR-01", "Är PR-01 i ordning?")
    assert (clash.theirs.text, clash.theirs.answered_by) == ("Stadgar saknas.", other)
    assert clash.yours.text == "Sett."
    assert list(Answer.objects.values_list("code", "value")) == [("PR-01", "nej")]


def test_a_first_answer_on_an_older_page_does_not_overwrite_either():
    assessment = asking("PR-01")
    save(assessment, PR_01="ja")

    with pytest.raises(StaleAnswer):
        save(assessment, versions={}, PR_01="nej")


def test_the_same_answer_from_an_older_page_is_no_clash():
    assessment = asking("PR-01", "PR-02")
    save(assessment, PR_01="ja")
    save(assessment, PR_01="nej")

    changed = save(assessment, versions={"PR-01": 1, "PR-02": 0}, PR_01="nej", PR_02="ja")

    assert changed.codes == ("PR-02",)


def test_a_page_with_the_right_versions_is_saved():
    assessment = asking("PR-01")
    save(assessment, PR_01="ja")

    assert save(assessment, versions={"PR-01": 1}, PR_01="nej").codes == ("PR-01",)


# --- What is refused ---


def test_a_question_of_another_version_is_refused():
    assessment = asking("PR-01")

    with pytest.raises(
        UnknownQuestion, match="PR-99: frågan hör inte till den version som ärendet följer"
    ):
        save(assessment, PR_01="ja", PR_99="ja")

    assert Answer.objects.count() == 0


def test_one_fault_saves_nothing_and_each_field_has_its_sentence():
    assessment = asking("PR-01", "PR-02")

    with pytest.raises(AnswersRefused) as refused:
        save(assessment, PR_01="ja", PR_02=AnswerInput("kanske", checked_on=date(2030, 1, 1)))

    assert refused.value.errors == {
        "PR-02": {
            "value": "Svara ja eller nej.",
            "checked_on": "Kontrolldagen kan inte ligga framåt i tiden.",
        }
    }
    assert Answer.objects.count() == 0


def test_an_answer_that_has_stood_since_before_is_not_judged_again():
    silent = {"answer_type": "notering", "text_allowed": False, "evidence_allowed": False}
    assessment = asking("PR-18", **silent)
    shown = AnswerInput(True, checked_on=TODAY)
    save(assessment, PR_18=shown)

    much_later = NOW + timedelta(days=400)
    assert save(assessment, now=much_later, PR_18=shown).codes == ()


def test_nothing_is_saved_under_a_decision():
    assessment = asking("PR-01")
    save(assessment, PR_01="ja")
    lock([assessment], now=LATER)

    with pytest.raises(AssessmentLocked, match="ligger till grund för ett beslut"):
        save(assessment, PR_01="nej")
    with pytest.raises(AssessmentLocked):
        resolve(Answer.objects.get(), "motivation", "Skäl.", by=UserFactory(), now=LATER)
    assert assessment.locked_at == LATER


def test_locking_twice_keeps_the_first_time():
    assessment = asking("PR-01")
    lock([assessment], now=NOW)

    lock([assessment], now=LATER)

    assessment.refresh_from_db()
    assert assessment.locked_at == NOW


def test_a_question_has_one_answer():
    assessment = asking("PR-01")
    save(assessment, PR_01="ja")
    twin = Answer.objects.get()
    twin.pk = None

    with pytest.raises(IntegrityError):
        twin.save(force_insert=True)


@pytest.mark.parametrize(("answers", "queries"), [(1, 8), (3, 8)])
def test_saving_costs_the_same_for_one_answer_and_for_many(
    answers, queries, django_assert_num_queries
):
    assessment, person = asking("PR-01", "PR-02", "PR-03"), UserFactory()
    codes = ["PR-01", "PR-02", "PR-03"][:answers]

    with django_assert_num_queries(queries):
        save_answers(assessment, {c: AnswerInput("ja") for c in codes}, by=person, now=NOW)


# --- Motivations and inquiries ---


@pytest.fixture
def answer():
    save(asking("PR-01"), PR_01="nej")
    return Answer.objects.get()


def test_a_motivation_stands_beside_the_answer(answer):
    manager = UserFactory()

    made = resolve(answer, "motivation", " Nybildad, men välkänd. ", by=manager, now=LATER)

    assert answer.current_resolution == made
    assert (made.text, made.by, made.at, made.answer_version) == (
        "Nybildad, men välkänd.",
        manager,
        LATER,
        1,
    )


def test_a_motivation_falls_when_the_answer_changes(answer):
    resolve(answer, "motivation", "Skäl.", by=UserFactory(), now=NOW)

    save(answer.assessment, PR_01=AnswerInput("nej", note="Ny uppgift."))

    answer = Answer.objects.get()
    assert answer.current_resolution is None
    assert Resolution.objects.count() == 1


def test_the_latest_resolution_counts(answer):
    resolve(answer, "inquiry", "Oklart.", by=UserFactory(), now=NOW, acceptable=False)
    latest = resolve(answer, "inquiry", "Utrett.", by=UserFactory(), now=LATER)

    assert answer.current_resolution == latest


@pytest.mark.parametrize(
    ("text", "said"),
    [("  ", "Skriv vad du grundar"), ("Se 850101-1234.", "Det ser ut som ett personnummer")],
)
def test_a_motivation_says_something_and_nothing_forbidden(answer, text, said):
    with pytest.raises(AnswersRefused, match=said):
        resolve(answer, "motivation", text, by=UserFactory(), now=NOW)


def test_a_motivation_of_an_older_answer_shows_both(answer):
    save(answer.assessment, PR_01=AnswerInput("nej", note="Ny uppgift."))

    with pytest.raises(StaleAnswer) as stale:
        resolve(answer, "motivation", "Skäl.", by=UserFactory(), now=NOW, version=1)

    assert stale.value.clashes[0].yours == "Skäl."
    assert stale.value.clashes[0].theirs.note == "Ny uppgift."


def test_nothing_is_written_about_a_criminal_records_extract():
    silent = {"answer_type": "notering", "text_allowed": False, "evidence_allowed": False}
    save(asking("PR-18", **silent), PR_18=AnswerInput(True, checked_on=TODAY))

    with pytest.raises(AnswersRefused, match="sparas ingen text"):
        resolve(Answer.objects.get(), "motivation", "Skäl.", by=UserFactory(), now=NOW)


def test_a_motivation_is_never_a_refusal(answer):
    with pytest.raises(IntegrityError):
        resolve(answer, "motivation", "Nej.", by=UserFactory(), now=NOW, acceptable=False)
