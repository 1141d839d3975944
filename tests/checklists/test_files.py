"""Versions as files: taken out and read in again they say the same; a bad file changes nothing."""

import re

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import settings as how
from hypothesis import strategies as st

from audit.models import Event
from casework.moves import NotAllowed
from checklists import question_schema, reading
from checklists.editing import add_question
from checklists.importing import import_draft
from checklists.load import CONTENT
from checklists.marked_yaml import Malformed, Mapping
from checklists.models import Question, QuestionSet, Version
from checklists.models.words import AnswerType, Form
from checklists.outcomes import Outcome
from checklists.reading import read_bytes, read_set
from checklists.versions import CannotPublish, discard
from checklists.writing import as_yaml, content_of
from tests.factories.accounts import AdministrationFactory, UserFactory

FILES = sorted(CONTENT.glob("*.yaml"))
SCHEMA = settings.BASE_DIR / "docs" / "question-sets.md"


@pytest.fixture
def writer(db):
    return UserFactory(admin_at=AdministrationFactory(rule_set="amf").root_unit)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_what_is_taken_out_says_what_was_read_in(loaded, path):
    version = Version.objects.with_questions().get(question_set__code=path.stem)

    assert read_bytes(as_yaml(version).encode(), "x").fingerprint == read_set(path).fingerprint
    assert content_of(version).fingerprint == read_set(path).fingerprint


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_that_is_read_in_becomes_a_draft_that_says_the_same(loaded, writer, path):
    draft = import_draft(path.read_bytes(), path.name, rule_set="", by=writer)

    draft = Version.objects.with_questions().get(pk=draft.pk)
    assert not draft.is_published
    assert content_of(draft).fingerprint == read_set(path).fingerprint
    event = Event.objects.get(code="version_imported")
    assert event.details["fingerprint"] == read_set(path).fingerprint


def test_a_file_becomes_an_administrations_own_set_whatever_it_says_itself(loaded, writer):
    path = CONTENT / "jav.yaml"

    draft = import_draft(path.read_bytes(), path.name, rule_set="amf", by=writer)

    assert (draft.question_set.code, draft.question_set.rule_set) == ("jav", "amf")
    assert QuestionSet.objects.filter(code="jav").count() == 2


def test_only_who_may_reads_a_file_in(loaded, writer):
    path = CONTENT / "jav.yaml"

    with pytest.raises(NotAllowed):
        import_draft(path.read_bytes(), path.name, rule_set="annan", by=writer)
    with pytest.raises(NotAllowed):
        import_draft(path.read_bytes(), path.name, rule_set="amf", by=UserFactory())

    assert not Version.objects.drafts().exists()


def test_a_draft_is_not_written_over_by_a_file(loaded, writer):
    path = CONTENT / "jav.yaml"
    draft = import_draft(path.read_bytes(), path.name, rule_set="", by=writer)

    with pytest.raises(CannotPublish, match="redan ett utkast"):
        import_draft(path.read_bytes(), path.name, rule_set="", by=writer)
    discard(draft, by=writer)
    import_draft(path.read_bytes(), path.name, rule_set="", by=writer)

    assert Version.objects.drafts().count() == 1


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda text: "", "jav.yaml, rad 1: filen är tom."),
        (lambda text: text.replace("about: person", "about: case"), "rad 1: jav besvaras om den"),
        (lambda text: text.replace("code: jav", "code: okand"), "rad 1: det finns ingen uppsättn"),
        (lambda text: text + "\nx: [", "det är inte giltig YAML"),
        (lambda text: "[" * 90_000, "rad 1: listorna ligger för djupt"),
        (lambda text: "a: &a [x, x]\nb: [*a, *a]\n", "ankare och hänvisningar"),
        (lambda text: text + "#" * 1024 * 1024, "rad 1: filen är större än 1 MB."),
        (lambda text: text.replace("answer: ja_nej", "answer: kanske", 1), "answer ska vara något"),
    ],
)
def test_a_bad_file_is_refused_with_its_line_and_nothing_is_saved(loaded, writer, change, said):
    text = change((CONTENT / "jav.yaml").read_text(encoding="utf-8"))
    before = (Version.objects.count(), Question.objects.count(), QuestionSet.objects.count())

    with pytest.raises(Malformed, match=re.escape(said)):
        import_draft(text.encode(), "jav.yaml", rule_set="amf", by=writer)

    after = (Version.objects.count(), Question.objects.count(), QuestionSet.objects.count())
    assert after == before
    assert not Event.objects.filter(code="version_imported").exists()


# --- Whatever somebody writes in a form, the file says the same -----------------------------------

words = st.text(min_size=1, max_size=40).filter(lambda text: text.split())
answers = st.sampled_from([["ja"], ["nej"], ["ja", "nej"], []])


@st.composite
def entries(draw):
    """A question as a form sends it; many of them do not hang together."""
    found = {
        "code": "PR-02",
        "text": draw(words),
        "answer": draw(st.sampled_from(AnswerType.values)),
    }
    maybe = {
        "help": words,
        "group": words,
        "evidence": words,
        "sources": st.lists(words, min_size=1, max_size=2),
        "undesired": answers,
        "effect": st.fixed_dictionaries({"formal": st.sampled_from(["B", "M", "-"])}),
        "effect_by_form": st.dictionaries(st.sampled_from(Form.values), st.just("U"), max_size=2),
        "choices": st.just([{"code": "no", "label": "Nej: tack"}, {"code": "off", "label": "y"}]),
        "companions": st.just(
            [{"name": "roll", "label": "Roll", "type": "rad", "required_when": ["ja"]}]
        ),
        "condition": st.sampled_from(
            [
                {"kind": "minors"},
                {"kind": "answer", "code": "PR-01", "is": ["ja"]},
                {"kind": "outcome", "set": "demokrati", "is": [Outcome.NOT_MET.value]},
            ]
        ),
        "optional": st.booleans(),
        "reusable": st.booleans(),
        "text_allowed": st.booleans(),
        "evidence_allowed": st.booleans(),
    }
    for key, values in maybe.items():
        if draw(st.booleans()):
            found[key] = draw(values)
    return found


@how(max_examples=60, deadline=None)
@given(entry=entries())
def test_every_question_that_is_accepted_is_written_and_read_back_the_same(entry):

    first = {"code": "PR-01", "text": "Är allt i ordning?", "answer": "ja_nej"}
    head = {"code": "prov", "name": "Prov", "about": "organisation"}
    try:
        said = reading.whole_set(Mapping.of({**head, "questions": [first, entry]}))
    except question_schema.Faulty:
        return

    version = as_if_saved(said)

    again = read_bytes(as_yaml(version).encode(), "prov.yaml")
    assert again == said
    assert again.fingerprint == content_of(version).fingerprint


def as_if_saved(said):
    """The content as a version outside the database."""
    own = QuestionSet(code=said.code, name=said.name, about=said.about, rule_set=said.rule_set)
    version = Version(pk=0, question_set=own, number=1)
    rows = [Question(version=version, **fields) for fields in said.questions]
    version._prefetched_objects_cache = {"questions": rows}
    return version


def test_what_was_written_in_the_pages_is_taken_out_and_read_in_the_same(loaded, writer):
    draft = import_draft((CONTENT / "jav.yaml").read_bytes(), "jav.yaml", rule_set="", by=writer)
    add_question(
        draft,
        {
            "code": "JV-9",
            "text": "Finns – “citat” & 'annat': #1?",
            "answer": "ja_nej",
            "help": "- a",
        },
        by=writer,
    )
    draft = Version.objects.with_questions().get(pk=draft.pk)
    text = as_yaml(draft)
    fingerprint = content_of(draft).fingerprint
    discard(draft, by=writer)

    again = import_draft(text.encode(), "jav.yaml", rule_set="", by=writer)

    again = Version.objects.with_questions().get(pk=again.pk)
    assert content_of(again).fingerprint == fingerprint


# --- The document -------------------------------------------------------------------------------


def test_the_document_names_every_key_and_every_word_of_the_lists():
    text = SCHEMA.read_text(encoding="utf-8")
    keys = question_schema.ALLOWED | reading.ALLOWED | {"name", "label", "type", "required_when"}
    lists = {*AnswerType.values, *Form.values, *Outcome.values, *question_schema.COMPANION_TYPES}
    kinds = set(question_schema.CONDITIONS)

    assert {word for word in keys | lists | kinds if f"`{word}`" not in text} == set()


def test_the_example_in_the_document_can_be_read():
    text = SCHEMA.read_text(encoding="utf-8")
    (example,) = re.findall(r"```yaml\n(.*?)```", text, flags=re.DOTALL)

    assert read_bytes(example.encode(), "exempel.yaml").code == "grundkrav"
