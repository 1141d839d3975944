"""What stops a publication, and that nothing else does."""

from datetime import timedelta

import pytest
from django.utils import timezone

from casework.catalogue import is_source
from casework.moves import NotAllowed, Stale
from checklists.models import Question, QuestionSet, Version
from checklists.publishing import NotReady, publish_draft, take_back
from checklists.readiness import problems
from checklists.versions import CannotPublish, CannotWithdraw, draft_next, publish
from tests.factories.accounts import AdministrationFactory, UserFactory
from tests.factories.checklists import LONG_AGO, QuestionFactory, VersionFactory

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.fixture
def writer():
    return UserFactory(admin_at=AdministrationFactory().root_unit)


def a_draft(*questions, **facts):
    return VersionFactory(asking=[QuestionFactory.build(**one) for one in questions], **facts)


def sentences(draft):
    return [problem.sentence for problem in problems(draft)]


def next_draft(*questions):
    """Version 2 of a set whose published version had PR-01: Är PR-01 i ordning?"""
    first = a_draft({"code": "PR-01"}, published_from=LONG_AGO)
    return a_draft(*questions, question_set=first.question_set)


def publishing(draft, by, **more):
    given = {"starts_on": TODAY(), "change_note": "Bättre.", "proposal": False, "revision": 1}
    return publish_draft(draft, **{**given, **more}, by=by)


def test_the_content_of_the_repository_is_ready(loaded):
    for question_set in QuestionSet.objects.all():
        assert sentences(draft_next(question_set)) == []


def test_an_empty_version_is_not_ready():
    assert sentences(a_draft()) == ["En version utan frågor kan inte publiceras."]


# --- Codes --------------------------------------------------------------------------------------


def test_a_code_that_stands_for_another_question_stops_until_somebody_says_it_is_the_same():
    draft = next_draft({"code": "PR-01", "text": "Hur många medlemmar betalar avgift?"})

    (sentence,) = sentences(draft)

    assert sentence.startswith("PR-01 stod i version 1 för en annan fråga: ”Är PR-01 i ordning?”")
    draft.questions.update(same_question=True)
    assert sentences(Version.objects.get(pk=draft.pk)) == []


def test_another_kind_of_answer_is_another_question():
    draft = next_draft({"code": "PR-01", "text": "Är PR-01 i ordning?", "answer_type": "ja_nej_ej"})

    assert len(sentences(draft)) == 1


def test_a_question_in_slightly_other_words_is_the_same():
    assert sentences(next_draft({"code": "PR-01", "text": "Är nu PR-01 i god ordning?"})) == []


def test_a_code_that_was_retired_is_remembered():
    draft = next_draft({"code": "PR-02"})
    publish(draft, starts_on=TODAY())
    third = a_draft({"code": "PR-01", "text": "Något helt annat?"}, question_set=draft.question_set)

    assert "stod i version 1 för en annan fråga" in sentences(third)[0]


def test_what_was_withdrawn_never_stood_for_anything():
    draft = next_draft({"code": "PR-02", "text": "Kort fråga?"})
    publish(draft, starts_on=TODAY() + timedelta(days=9))
    take_back(draft, reason="Fel.", by=UserFactory(admin_at=AdministrationFactory().root_unit))
    third = a_draft({"code": "PR-02", "text": "Om något annat"}, question_set=draft.question_set)

    assert sentences(third) == []


def test_an_administrations_own_code_stands_for_what_the_common_one_does():
    common = a_draft({"code": "PR-01"}, published_from=LONG_AGO)
    own = a_draft(
        {"code": "PR-01", "text": "Hur många medlemmar finns?"}, question_set__rule_set="amf"
    )

    assert own.question_set != common.question_set
    assert "stod i version 1 för en annan fråga" in sentences(own)[0]


@pytest.mark.parametrize(
    ("code", "gone", "said"),
    [
        ("demokrati", "DV-01", "DV-01 saknas. Programmet räknar ut utfallet av den frågan."),
        (
            "offentligt_kontrakt",
            "OK-3",
            "OK-3 saknas. Programmet räknar ut utfallet av den frågan.",
        ),
        ("statligt_stod", "SS-6", "SS-6 saknas. Programmet räknar ut utfallet av den frågan."),
        ("valfardsbrott", "VB-14", "VB-14 saknas. Programmet räknar ut utfallet av den frågan."),
    ],
)
def test_a_question_that_the_program_reads_cannot_be_left_out(loaded, code, gone, said):
    draft = draft_next(QuestionSet.objects.get(code=code))
    draft.questions.filter(code=gone).delete()

    assert said in sentences(draft)


def test_a_question_that_the_program_reads_keeps_its_kind(loaded):
    draft = draft_next(QuestionSet.objects.get(code="valfardsbrott"))
    risk = draft.questions.get(code="VB-13")
    risk.choices = [*risk.choices, {"code": "okand", "label": "Okänd"}]
    risk.save()
    jav = draft_next(QuestionSet.objects.get(code="jav"))
    jav.questions.filter(code="JV-1").update(answer_type="text", undesired=[])

    assert "VB-13 ska ha svarsvalen forhojd, hog och lag" in sentences(draft)[0]
    assert "JV-1 ska besvaras med ja eller nej: varje ja anmäler jäv." in sentences(jav)
    aid = draft_next(QuestionSet.objects.get(code="statligt_stod"))
    way = aid.questions.get(code="SS-6")
    way.choices = [*way.choices, {"code": "annat", "label": "Annat"}]
    way.save()
    assert "SS-6 ska ha svarsvalen avsta, mindre och undantag" in sentences(aid)[0]


# --- Effects ------------------------------------------------------------------------------------


def asks(code, *answers):
    return {"kind": "answer", "code": code, "is": list(answers)}


@pytest.mark.parametrize(
    ("third", "said"),
    [
        ({"condition": asks("PR-02", "ja")}, None),
        ({"condition": asks("PR-01", "nej")}, None),
        (
            {
                "condition": asks("PR-01", "ja"),
                "stronger": {"condition": asks("PR-01", "nej"), "effect": {"formal": "B"}},
            },
            "den skärpta effekten inträffar aldrig: villkoren kräver olika svar på PR-01",
        ),
        (
            {
                "condition": asks("PR-02", "ja"),
                "stronger": {"condition": asks("PR-01", "nej"), "effect": {"formal": "B"}},
            },
            "den skärpta effekten inträffar aldrig: villkoren kräver olika svar på PR-01",
        ),
        ({"undesired": ["ja", "nej"]}, "alla svar är oönskade"),
        (
            {"condition": {"kind": "outcome", "set": "okand", "is": ["uppfyllt"]}},
            "frågar efter okand",
        ),
        (
            {"condition": {"kind": "outcome", "set": "prov", "is": ["uppfyllt"]}},
            "frågar efter prov",
        ),
        ({"effect_by_form": {"informal": "M"}}, "effekten för informell samverkan gäller aldrig"),
        ({"effect_by_form": {"informal": "B", "iop": "M"}}, None),
    ],
)
def test_every_effect_can_come_about(third, said):
    draft = a_draft(
        {"code": "PR-01"},
        {"code": "PR-02", "condition": asks("PR-01", "ja")},
        {"code": "PR-03", **third},
    )

    found = sentences(draft)

    assert (found == []) if said is None else (len(found) == 1 and said in found[0])


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        ("hog", ["PR-01 ställs aldrig: utfallet av demokrati kan inte bli så."]),
        ("antas_uppfyllt", []),
        ("vantar_pa_atgard", []),
    ],
)
def test_a_condition_asks_for_an_outcome_that_the_other_set_can_have(loaded, outcome, said):
    condition = {"kind": "outcome", "set": "demokrati", "is": [outcome]}

    assert sentences(a_draft({"code": "PR-01", "condition": condition})) == said


def test_a_part_that_its_row_excludes_is_never_asked():
    nothing = {"effect_informal": "-", "effect_formal": "-"}
    draft = a_draft(
        {"code": "PR-01"},
        {
            "code": "PR-02",
            "answer_type": "delfragor",
            "condition": asks("PR-01", "ja"),
            **nothing,
        },
        {"code": "PR-02a", "parent": "PR-02", "condition": asks("PR-01", "nej")},
    )

    assert sentences(draft) == ["PR-02a ställs aldrig: villkoren kräver olika svar på PR-01."]


def test_several_answers_at_once_exclude_nothing():
    many = {"choices": [{"code": "a", "label": "A"}, {"code": "b", "label": "B"}]}
    draft = a_draft(
        {"code": "PR-01", "answer_type": "flerval", "undesired": ["a"], **many},
        {"code": "PR-02", "condition": asks("PR-01", "a")},
        {
            "code": "PR-03",
            "condition": asks("PR-01", "b"),
            "stronger": {"condition": asks("PR-01", "a"), "effect": {"formal": "B"}},
        },
    )

    assert sentences(draft) == []


# --- Sources ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "source",
    ["G-44", "KL 6:28", "KL 6:28–30", "FL 32 §", "lag 2013:852 1–5 §§", "lag 2022:900",
     "praxis i staden", "praxis (overifierad)"],
)  # fmt: skip
def test_a_source_is_in_the_catalogue_or_is_law_or_practice(source):
    assert is_source(source)


@pytest.mark.parametrize("source", ["G-99", "X-01", "enligt chefen", "KL", "lag", "KL 6:28, G-44"])
def test_what_is_none_of_them_stops_the_publication(source):
    (sentence,) = sentences(a_draft({"code": "PR-01", "sources": [source]}))

    assert sentence.startswith(f"PR-01: grunden ”{source}” finns inte i regelkatalogen.")


# --- Publish ------------------------------------------------------------------------------------


def test_a_ready_draft_is_published_with_its_note(writer):
    draft = next_draft({"code": "PR-01"})

    done = publishing(draft, writer, change_note=" Ny\nfråga ", proposal=True)

    assert (done.starts_on, done.published_by, done.change_note, done.proposal) == (
        TODAY(), writer, "Ny fråga", True,
    )  # fmt: skip


def test_a_draft_that_is_not_ready_stays_a_draft(writer):
    draft = a_draft({"code": "PR-01", "sources": ["X"]})

    with pytest.raises(NotReady, match="finns inte i regelkatalogen"):
        publishing(draft, writer)

    assert not Version.objects.get(pk=draft.pk).is_published


def test_a_draft_that_was_changed_since_the_page_was_made_stays_a_draft(writer):
    draft = a_draft({"code": "PR-01"})

    with pytest.raises(Stale):
        publishing(draft, writer, revision=0)


def test_from_the_second_version_on_somebody_says_what_has_changed(writer):
    with pytest.raises(CannotPublish, match="Skriv vad som ändrats"):
        publishing(next_draft({"code": "PR-01"}), writer, change_note=" ")
    first = a_draft({"code": "PR-01"}, question_set__code="annan")
    assert publishing(first, writer, change_note="").change_note == ""


def test_a_double_click_publishes_once_and_another_day_is_refused(writer):
    draft = a_draft({"code": "PR-01"})
    first = publishing(draft, writer)

    assert publishing(draft, writer) == first
    with pytest.raises(CannotPublish, match="redan publicerad"):
        publishing(draft, writer, starts_on=TODAY() + timedelta(days=1))


def test_only_who_may_publishes_and_withdraws():
    AdministrationFactory()
    draft = a_draft({"code": "PR-01"})
    with pytest.raises(NotAllowed):
        publishing(draft, UserFactory())
    publish(draft, starts_on=TODAY() + timedelta(days=3))
    with pytest.raises(NotAllowed):
        take_back(draft, reason="Fel.", by=UserFactory())


def test_a_publication_is_taken_back_with_its_reason(writer):
    draft = publish(a_draft({"code": "PR-01"}), starts_on=TODAY() + timedelta(days=3))

    assert take_back(draft, reason=" Fel\n fråga. ", by=writer).withdrawn_reason == "Fel fråga."
    with pytest.raises(CannotWithdraw):
        take_back(draft, reason="Fel.", by=writer)
    assert Question.objects.count() == 1
