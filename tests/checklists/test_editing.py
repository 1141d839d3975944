"""Change a draft: it always hangs together, and nobody overwrites what they have not seen."""

import pytest

from accounts.roles import Role
from audit.models import Event
from casework.moves import NotAllowed
from checklists.editing import (
    QuestionRefused,
    StaleQuestion,
    add_question,
    change_question,
    change_section,
    move_question,
    retire_question,
)
from checklists.models import Version
from checklists.versions import publish
from checklists.writing import entry_of
from tests.factories.accounts import AdministrationFactory, RoleGrantFactory, UserFactory
from tests.factories.checklists import LONG_AGO, QuestionFactory, VersionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def writer():
    """Who holds the role in the only administration there is."""
    return UserFactory(admin_at=AdministrationFactory().root_unit)


def a_draft(*questions):
    return VersionFactory(asking=[QuestionFactory.build(**facts) for facts in questions])


def said(version, *names):
    rows = version.questions.order_by("position")
    return [tuple(getattr(row, name) for name in names) for row in rows]


def codes(version):
    return [code for (code,) in said(version, "code")]


def an_entry(code="PR-09", **more):
    return {"code": code, "text": "Är allt i ordning?", "answer": "ja_nej", "group": "Prov", **more}


def test_a_question_is_added_last_in_its_section(writer):
    draft = a_draft({"code": "PR-01"}, {"code": "PR-02", "group": "Annat"})

    made = add_question(draft, an_entry(undesired=["nej"], effect={"formal": "B"}), by=writer)

    assert codes(draft) == ["PR-01", "PR-09", "PR-02"]
    assert (made.effect_informal, made.effect_formal, made.undesired) == ("-", "B", ["nej"])
    event = Event.objects.get(code="question_added")
    assert (event.actor_id, event.details["question"]) == (writer.pk, "PR-09")
    assert Version.objects.get(pk=draft.pk).revision == 2


def test_the_same_question_sent_twice_is_added_once(writer):
    draft = a_draft({"code": "PR-01"})

    first, second = (add_question(draft, an_entry(), by=writer) for _ in range(2))

    assert first.pk == second.pk
    assert Event.objects.filter(code="question_added").count() == 1


def test_a_code_is_used_once_in_a_draft(writer):
    draft = a_draft({"code": "PR-01"})

    with pytest.raises(QuestionRefused) as refusal:
        add_question(draft, an_entry("PR-01"), by=writer)

    assert refusal.value.errors == {
        "code": "koden PR-01 används redan i samma uppsättning.",
    }
    assert codes(draft) == ["PR-01"]


def test_every_fault_is_told_at_its_own_key(writer):
    draft = a_draft({"code": "PR-01"})
    entry = an_entry(
        undesired=["ej"], effect={"formal": "X"}, choices=[{"code": "a", "label": "A"}]
    )

    with pytest.raises(QuestionRefused) as refusal:
        add_question(draft, entry, by=writer)

    assert set(refusal.value.errors) == {"undesired", "effect", "choices"}


def test_a_question_is_changed_and_the_log_has_no_text(writer):
    draft = a_draft({"code": "PR-01"})
    question = draft.questions.get()

    change_question(question, {**entry_of(question), "text": "Nytt?"}, revision=1, by=writer)

    assert said(draft, "text", "revision") == [("Nytt?", 2)]
    event = Event.objects.get(code="question_changed")
    assert list(event.details["changed"]) == ["text"]
    assert "Nytt" not in str(event.details)


def test_what_is_saved_unchanged_leaves_no_trace(writer):
    draft = a_draft({"code": "PR-01"})
    question = draft.questions.get()

    change_question(question, entry_of(question), revision=1, by=writer)

    assert said(draft, "revision") == [(1,)]
    assert not Event.objects.filter(code="question_changed").exists()


def test_an_older_page_saves_nothing(writer):
    draft = a_draft({"code": "PR-01"})
    question = draft.questions.get()
    change_question(question, {**entry_of(question), "text": "Först?"}, revision=1, by=writer)

    with pytest.raises(StaleQuestion) as stale:
        change_question(question, {**entry_of(question), "text": "Sen?"}, revision=1, by=writer)

    assert stale.value.current.text == "Först?"
    assert said(draft, "text") == [("Först?",)]


def test_another_section_moves_the_question_there_with_its_parts(writer):
    draft = a_draft(
        {"code": "PR-01", "answer_type": "delfragor", "effect_informal": "-", "effect_formal": "-"},
        {"code": "PR-01a", "parent": "PR-01"},
        {"code": "PR-02"},
        {"code": "PR-03", "group": "Sist"},
    )
    heading = draft.questions.get(code="PR-01")

    change_question(heading, {**entry_of(heading), "group": "Sist"}, revision=1, by=writer)

    assert said(draft, "code", "group") == [
        ("PR-02", "Prov"),
        ("PR-03", "Sist"),
        ("PR-01", "Sist"),
        ("PR-01a", "Sist"),
    ]


def test_a_question_that_others_hang_on_stays_as_they_need_it(writer):
    draft = a_draft(
        {"code": "PR-01"},
        {"code": "PR-02", "condition": {"kind": "answer", "code": "PR-01", "is": ["ja"]}},
    )
    first, second = draft.questions.order_by("position")

    with pytest.raises(QuestionRefused, match="PR-02: PR-01 är ingen fråga som står före."):
        retire_question(first, by=writer)
    entry = {"code": "PR-01", "text": "När?", "answer": "datum", "group": "Prov"}
    with pytest.raises(QuestionRefused, match="PR-02: PR-01 kan inte få det svaret."):
        change_question(first, entry, revision=1, by=writer)
    with pytest.raises(QuestionRefused, match="PR-02: PR-01 är ingen fråga som står före."):
        move_question(second, before="PR-01", by=writer)

    assert codes(draft) == ["PR-01", "PR-02"]
    retire_question(second, by=writer)
    retire_question(first, by=writer)
    assert codes(draft) == []


def test_a_question_is_moved_up_and_down_and_a_second_click_moves_it_no_further(writer):
    draft = a_draft(*({"code": f"PR-0{n}"} for n in range(1, 5)))
    last = draft.questions.get(code="PR-04")

    for _ in range(2):
        move_question(last, before="PR-03", by=writer)
    assert codes(draft) == ["PR-01", "PR-02", "PR-04", "PR-03"]

    for _ in range(2):
        move_question(draft.questions.get(code="PR-01"), before="", by=writer)
    assert codes(draft) == ["PR-02", "PR-04", "PR-03", "PR-01"]
    assert Event.objects.filter(code="question_moved").count() == 2


def test_a_question_does_not_leave_its_section_by_moving(writer):
    draft = a_draft({"code": "PR-01"}, {"code": "PR-02", "group": "Annat"})

    with pytest.raises(QuestionRefused, match="inom sitt avsnitt"):
        move_question(draft.questions.get(code="PR-02"), before="PR-01", by=writer)


def test_a_section_is_renamed_and_moved(writer):
    draft = a_draft(
        {"code": "PR-01", "group": "A"},
        {"code": "PR-02", "group": "B"},
        {"code": "PR-03", "group": "B"},
    )

    change_section(draft, "B", name="Nytt  namn", before="A", by=writer)

    assert said(draft, "code", "group") == [
        ("PR-02", "Nytt namn"),
        ("PR-03", "Nytt namn"),
        ("PR-01", "A"),
    ]
    with pytest.raises(QuestionRefused, match="Det finns redan"):
        change_section(draft, "A", name="Nytt namn", by=writer)
    change_section(draft, "Nytt namn", name="Nytt namn", before="", by=writer)
    assert codes(draft) == ["PR-01", "PR-02", "PR-03"]


@pytest.mark.parametrize(
    "act",
    [
        lambda draft, question, by: add_question(draft, an_entry(), by=by),
        lambda draft, question, by: change_question(
            question, {**entry_of(question), "text": "Nytt?"}, revision=1, by=by
        ),
        lambda draft, question, by: move_question(question, before="", by=by),
        lambda draft, question, by: retire_question(question, by=by),
        lambda draft, question, by: change_section(draft, "Prov", name="Nytt", by=by),
    ],
)
def test_a_published_version_and_a_stranger_change_nothing(writer, act):
    draft = a_draft({"code": "PR-01"}, {"code": "PR-02"})
    question = draft.questions.first()

    with pytest.raises(NotAllowed, match="inte rätt att skriva och publicera frågor"):
        act(draft, question, UserFactory())
    publish(draft, starts_on=LONG_AGO)
    with pytest.raises(NotAllowed, match="är publicerad och kan inte ändras"):
        act(draft, question, writer)

    assert codes(draft) == ["PR-01", "PR-02"]
    assert not Event.objects.filter(code__startswith="question_").exists()


# --- Who may ------------------------------------------------------------------------------------


def test_the_common_questions_are_changed_by_who_may_in_every_administration():
    draft = a_draft({"code": "PR-01"})
    one, other = AdministrationFactory(rule_set="en"), AdministrationFactory(rule_set="annan")
    person = UserFactory(admin_at=one.root_unit)

    with pytest.raises(NotAllowed, match="Rätten krävs i alla dem."):
        add_question(draft, an_entry(), by=person)

    RoleGrantFactory(person=person, unit=other.root_unit, role=Role.ADMIN)
    del person._grants_today
    add_question(draft, an_entry(), by=person)
    assert codes(draft) == ["PR-01", "PR-09"]


def test_an_administrations_own_questions_are_its_own():
    one, other = AdministrationFactory(rule_set="en"), AdministrationFactory(rule_set="annan")
    draft = VersionFactory(
        question_set__rule_set="en", asking=[QuestionFactory.build(code="PR-01")]
    )

    with pytest.raises(NotAllowed):
        add_question(draft, an_entry(), by=UserFactory(admin_at=other.root_unit))
    with pytest.raises(NotAllowed):
        add_question(draft, an_entry(), by=UserFactory(officer_at=one.root_unit))
    add_question(draft, an_entry(), by=UserFactory(admin_at=one.root_unit))

    assert codes(draft) == ["PR-01", "PR-09"]


def test_questions_that_no_administration_follows_are_changed_by_nobody(writer):
    draft = VersionFactory(question_set__rule_set="ingen", asking=[QuestionFactory.build()])

    with pytest.raises(NotAllowed, match="Ingen förvaltning följer"):
        add_question(draft, an_entry(), by=writer)
