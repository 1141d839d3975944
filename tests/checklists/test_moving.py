"""Moving an assessment to another version: what follows, what is asked anew, what is kept."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from checklists import evidence
from checklists.answering import AnswerInput, AssessmentLocked, lock, resolve, save_answers
from checklists.findings import add_finding, judge_finding
from checklists.measures import Demand, demand_measure, set_new_day
from checklists.models import Answer, Assessment, Finding, Resolution, Version
from checklists.moving import FOLLOWS, earlier_than, move, plan, said_before
from tests.factories.accounts import UserFactory
from tests.factories.checklists import (
    NOW,
    TODAY,
    AssessmentFactory,
    QuestionFactory,
    VersionFactory,
    a_finding,
)
from tests.factories.held import HeldDocumentFactory

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(days=40)


def ask(code="PR-01", **facts):
    return QuestionFactory.build(code=code, **facts)


def begun(*questions) -> Assessment:
    return AssessmentFactory(asking=list(questions))


def next_version(assessment, *questions) -> Version:
    latest = assessment.version.question_set.versions.order_by("-number").first()
    starts_on = latest.starts_on + timedelta(days=30)
    made = VersionFactory(
        question_set=assessment.version.question_set,
        asking=list(questions),
        published_from=starts_on,
    )
    return Version.objects.with_questions().get(pk=made.pk)


def give(assessment, now=NOW, by=None, **answers):
    inputs = {
        code.replace("_", "-"): one if isinstance(one, AnswerInput) else AnswerInput(one)
        for code, one in answers.items()
    }
    save_answers(assessment, inputs, by=by or UserFactory(), now=now)


def values(assessment) -> dict:
    return dict(assessment.answers.values_list("code", "value"))


def moved(assessment, *questions) -> Assessment:
    return move(assessment, next_version(assessment, *questions), now=LATER).assessment


def test_an_answer_to_an_unchanged_question_follows_whole():
    old, person = begun(ask()), UserFactory()
    said = AnswerInput("ja", note="Sett.", reference="dnr 7", checked_on=date(2026, 2, 1))
    give(old, by=person, PR_01=AnswerInput("nej"))
    give(old, by=person, PR_01=said)

    new = moved(old, ask(help="Läs stadgarna."))

    answer = new.answers.get()
    assert (answer.value, answer.note, answer.reference) == ("ja", "Sett.", "dnr 7")
    assert (answer.checked_on, answer.valid_until) == (date(2026, 2, 1), date(2027, 2, 1))
    assert (answer.answered_by, answer.answered_at, answer.version) == (person, NOW, 2)
    assert answer.question == new.version.questions.get()


def test_changed_and_new_questions_are_open_and_retired_ones_are_kept():
    old = begun(ask("PR-01"), ask("PR-02"), ask("PR-03"))
    give(old, PR_01="ja", PR_02="ja", PR_03="nej")

    new = moved(old, ask("PR-01"), ask("PR-02", text="Något annat?"), ask("PR-04"))

    assert values(new) == {"PR-01": "ja"}
    assert values(old) == {"PR-01": "ja", "PR-02": "ja", "PR-03": "nej"}


def test_the_plan_says_what_the_move_does():
    old = begun(ask("PR-01"), ask("PR-02"), ask("PR-03"), ask("PR-05"), ask("PR-06"))
    give(old, PR_01="ja", PR_02="ja", PR_03="nej")
    version = next_version(
        old, ask("PR-06"), ask("PR-01"), ask("PR-02", text="Något annat?"), ask("PR-04")
    )

    planned = plan(old, version)
    done = move(old, version, now=LATER)

    assert planned == done.plan
    assert (planned.carried, planned.opened) == (("PR-01",), ("PR-02",))
    assert (planned.retired, planned.added) == (("PR-03",), ("PR-04",))


def test_what_dealt_with_an_answer_follows_while_the_answer_stands():
    old = begun(ask("PR-01", effect_informal="M"), ask("PR-02", effect_informal="U"))
    give(old, PR_01="nej", PR_02="nej")
    first, second = old.answers.order_by("code")
    by = UserFactory()
    resolve(first, "motivation", "Gäller inte längre.", by=by, now=NOW)
    give(old, PR_01=AnswerInput("nej", note="Ändrat."))
    resolve(first, "motivation", "Liten förening.", by=by, now=NOW)
    resolve(second, "inquiry", "Utrett.", by=by, now=NOW, acceptable=False)

    new = moved(
        old, ask("PR-01", effect_informal="M"), ask("PR-02", effect_informal="M", text="Ny?")
    )

    (resolution,) = Resolution.objects.filter(answer__assessment=new)
    assert (resolution.text, resolution.by, resolution.at) == ("Liten förening.", by, NOW)
    assert new.answers.get().current_resolution == resolution
    assert Resolution.objects.filter(answer__assessment=old).count() == 3


def test_an_answer_does_not_follow_where_it_would_lead_to_something_else():
    old = begun(ask("PR-01", effect_informal="M"))
    give(old, PR_01="nej")

    new = moved(old, ask("PR-01", effect_informal="B"))

    assert values(new) == {}


def test_findings_follow_and_keep_their_judgement():
    old = begun(ask("DV-A", answer_type="kategori", undesired=[], text="Våld?"))
    finding = add_finding(old, a_finding(), by=UserFactory(), now=NOW)

    new = moved(old, ask("DV-A", answer_type="kategori", undesired=[], text="Våld eller hot?"))

    assert list(new.findings.all()) == [finding]
    assert not Finding.objects.filter(assessment=old).exists()


def test_a_measure_follows_with_the_finding_it_is_to_mend_and_goes_on():
    category = ask("DV-A", answer_type="kategori", undesired=[])
    old, person = begun(category), UserFactory()
    finding = add_finding(old, a_finding(), by=person, now=NOW)
    finding = judge_finding(finding, "against", "Det står kvar.", by=person, now=NOW)
    demand = Demand([finding], "Ta avstånd.", "En enstaka händelse.", TODAY + timedelta(days=90))
    measure = demand_measure(old, demand, by=person, now=NOW)

    new = moved(old, ask("DV-A", answer_type="kategori", undesired=[]), ask("DV-B"))

    assert list(new.measures.all()) == [measure]
    assert list(new.measures.get().findings.all()) == [finding]
    day = TODAY + timedelta(days=120)
    later = set_new_day(new.measures.get(), day, "Möte i maj.", by=person, now=LATER)
    assert later.assessment == new


def test_a_document_follows_to_an_unchanged_question_alone():
    old, person = begun(ask("PR-01"), ask("PR-02"), ask("PR-03")), UserFactory()
    document = HeldDocumentFactory()
    for code in ("PR-01", "PR-02", "PR-03"):
        evidence.link(old, code, document, by=person, now=NOW)

    new = moved(old, ask("PR-01"), ask("PR-02", text="Något annat?"))

    row = new.evidence.get()
    assert (row.question.code, row.document) == ("PR-01", document)
    assert (row.linked_by, row.linked_at) == (person, NOW)
    assert old.evidence.count() == 3


def test_an_expired_and_a_cleared_answer_follow_as_they_are():
    old = begun(ask("PR-01"), ask("PR-02"))
    give(old, PR_01=AnswerInput("ja", checked_on=date(2024, 1, 1)), PR_02="ja")
    give(old, PR_02=AnswerInput(note="Vi vet inte än."))

    new = moved(old, ask("PR-01"), ask("PR-02"))

    expired, cleared = new.answers.order_by("code")
    assert expired.valid_until == date(2025, 1, 1)
    assert (cleared.value, cleared.note) == (None, "Vi vet inte än.")


def test_the_old_assessment_is_locked_and_nobody_moves_from_it_again():
    old = begun(ask())
    version = next_version(old, ask())
    new = move(old, version, now=LATER).assessment

    old.refresh_from_db()
    assert (old.locked_at, new.earlier, new.created_at) == (LATER, old, LATER)
    with pytest.raises(AssessmentLocked):
        move(old, version, now=LATER)
    assert Assessment.objects.filter(earlier=old).count() == 1


def test_what_a_decision_rests_on_is_never_moved():
    old = begun(ask())
    version = next_version(old, ask())
    lock([old], now=NOW)

    with pytest.raises(AssessmentLocked):
        move(old, version, now=LATER)
    with pytest.raises(DatabaseError, match="^pinned: "), transaction.atomic():
        Assessment.objects.create(
            version=version, set_code=old.set_code, earlier=old, created_at=NOW
        )


def test_the_database_pins_an_assessment_to_its_version():
    old = begun(ask())
    other = begun(ask())

    for change in (
        {"version": next_version(old, ask())},
        {"set_code": "annan"},
        {"earlier": other},
    ):
        with pytest.raises(DatabaseError, match="^pinned: "), transaction.atomic():
            Assessment.objects.filter(pk=old.pk).update(**change)
    with pytest.raises(DatabaseError, match="^pinned: "), transaction.atomic():
        Assessment.objects.create(
            version=old.version, set_code=old.set_code, earlier=other, created_at=NOW
        )


# --- What was said before -----------------------------------------------------------------------


def test_what_was_said_before_stands_beside_a_question_that_was_opened_again():
    old = begun(ask("PR-01"), ask("PR-02"), ask("PR-03"))
    give(old, PR_01="ja", PR_02="ja", PR_03="nej")
    new = moved(old, ask("PR-01"), ask("PR-02", text="Något annat?"))

    before = said_before(new)
    give(new, now=LATER, PR_02="nej")
    after = said_before(Assessment.objects.get(pk=new.pk))

    assert {code: answer.value for code, answer in before.items()} == {
        "PR-02": "ja",
        "PR-03": "nej",
    }
    assert after.keys() == before.keys()


def test_what_was_said_two_versions_ago_is_still_shown_until_it_is_answered():
    first = begun(ask("PR-01"))
    give(first, PR_01="ja")
    second = moved(first, ask("PR-01", text="Något annat?"))
    third = moved(second, ask("PR-01", text="Något annat?"), ask("PR-02"))

    assert said_before(third)["PR-01"].assessment == first
    assert earlier_than(third) == [second, first]

    give(third, now=LATER, PR_01="nej")
    fourth = moved(third, ask("PR-01", text="Något annat?"))
    assert (values(fourth), said_before(fourth)) == ({"PR-01": "nej"}, {})


def test_nothing_was_said_before_and_nothing_asked_without_a_move(django_assert_num_queries):
    one = begun(ask())

    with django_assert_num_queries(0):
        assert said_before(one) == {}


# --- What a new related model must do -----------------------------------------------------------


def test_every_relation_of_an_assessment_and_of_an_answer_says_what_a_move_does_with_it():
    """A new one is added here, and to FOLLOWS or carry_over, or is left as history."""
    of_assessment = {
        "answers": "copied where they hold",
        "evidence": "copied to the questions that hold",
        "later": "the move itself",
        "examination": "pointed at the new one by collaborations",
        "declaration": "of the jäv set, which is never moved",
        "reexamination": "of a case that runs, which is never moved",
        **dict.fromkeys(FOLLOWS, "follow"),
    }
    of_answer = {"resolutions": "copied while they hold", "taken_over": "stays with what it was"}

    def relations(model):
        return {relation.get_accessor_name() for relation in model._meta.related_objects}

    assert relations(Assessment) == set(of_assessment)
    assert relations(Answer) == set(of_answer)
    assert Assessment._meta.many_to_many == ()
    assert Answer._meta.many_to_many == ()
