"""Write a version as a file that `reading` reads: for sharing, and for holding it to one rule.

What a question says in a file is also what a form says of it, so that `question_schema` is the one
authority for what hangs together.
"""

import re

import yaml

from checklists.marked_yaml import Mapping
from checklists.models import Question, QuestionSet, Version
from checklists.question_schema import BOOLEANS
from checklists.reading import SetContent, whole_set

# Field of Question → key in the file, in the order they are written, where they are told plainly.
PLAIN = {
    "code": "code",
    "parent": "parent",
    "group": "group",
    "text": "text",
    "help": "help",
    "answer_type": "answer",
    "choices": "choices",
    "fetches": "fetches",
    "condition": "condition",
    "companions": "companions",
    "undesired": "undesired",
    "effect_by_form": "effect_by_form",
    "stronger": "stronger",
    "evidence_wanted": "evidence",
    "sources": "sources",
}
LEVELS = {"informal": "effect_informal", "formal": "effect_formal"}


def entry_of(question: Question) -> dict:
    """The question as its entry in a file: what is empty or as usual is left out."""
    said = {key: plain(getattr(question, name)) for name, key in PLAIN.items()}
    said["effect"] = {level: str(getattr(question, name)) for level, name in LEVELS.items()}
    if set(said["effect"].values()) == {"-"}:
        del said["effect"]
    for key, otherwise in BOOLEANS.items():
        if getattr(question, key) != otherwise:
            said[key] = not otherwise
    return {key: value for key, value in said.items() if value or value is False}


def plain(value):
    """The same made of nothing but dict, list, str and bool."""
    if isinstance(value, dict):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [plain(one) for one in value]
    return value if isinstance(value, bool) or value is None else str(value)


def document_of(question_set: QuestionSet, version: Version, questions: list[Question]) -> dict:
    """The whole file: the set, and the questions in order."""
    said = {
        "code": question_set.code,
        "rule_set": question_set.rule_set,
        "name": question_set.name,
        "about": question_set.about,
        "proposal": version.proposal,
        "change_note": " ".join(version.change_note.split()),
    }
    said = {key: value for key, value in said.items() if value}
    return {**said, "questions": [entry_of(question) for question in questions]}


def content_of(version: Version) -> SetContent:
    """What the version says, checked as a file is. Raises question_schema.Faulty."""
    questions = sorted(version.questions.all(), key=lambda question: question.position)
    return whole_set(Mapping.of(document_of(version.question_set, version, questions)))


def as_yaml(version: Version) -> str:
    """The version as a readable file. Read again it has the same fingerprint."""
    questions = sorted(version.questions.all(), key=lambda question: question.position)
    document = document_of(version.question_set, version, questions)
    document["questions"] = [compact(entry) for entry in document["questions"]]
    text = yaml.dump(document, Dumper=Readable, allow_unicode=True, sort_keys=False, width=96)
    spaced = re.sub(r"^  - code:", r"\n\g<0>", text, flags=re.MULTILINE)
    number, code = version.number, version.question_set.code
    return f"# {code}, version {number}. Nycklarna förklaras i docs/question-sets.md.\n{spaced}"


class OnOneLine(dict):
    """A mapping that is written as {a: b}."""


class InARow(list):
    """A list that is written as [a, b]."""


def compact(entry: dict) -> dict:
    """Lists of words and small mappings are read best on one line each."""
    return {key: on_one_line(value) for key, value in entry.items()}


def on_one_line(value):
    if isinstance(value, dict):
        return OnOneLine(value)
    if isinstance(value, list):
        rows = [on_one_line(one) for one in value]
        return rows if isinstance(rows[0], dict) else InARow(rows)
    return value


class Readable(yaml.SafeDumper):
    """Lists a step in from their key, and no anchors."""

    def ignore_aliases(self, data):
        return True

    def increase_indent(self, flow=False, indentless=False):
        return super().increase_indent(flow, indentless=False)


Readable.add_representer(
    OnOneLine,
    lambda dumper, said: dumper.represent_mapping("tag:yaml.org,2002:map", said, flow_style=True),
)
Readable.add_representer(
    InARow,
    lambda dumper, said: dumper.represent_sequence("tag:yaml.org,2002:seq", said, flow_style=True),
)
