"""Change a draft: add, change, move and retire its questions.

After every change the whole draft is held to what a file is held to (`reading.whole_set`), so a
draft always hangs together. Everything here locks the set, then the version.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from django.db import transaction
from django.db.models import F

from audit.record import fingerprint, record_in_register
from casework.moves import NotAllowed
from casework.rules import Reason
from checklists.marked_yaml import Mapping as Marked
from checklists.models import Question, Version
from checklists.question_schema import Faulty, judged
from checklists.reading import whole_set
from checklists.rights import refuse_unless_editor
from checklists.versions import REGISTER, locked, told
from checklists.writing import document_of, entry_of

WHOLE = ""  # the key of what is wrong with more than one field


class QuestionRefused(Exception):
    """errors: key of the question (as in a file) → Swedish sentence. Nothing was saved."""

    def __init__(self, errors: Mapping[str, str]):
        self.errors = errors
        super().__init__(" ".join(errors.values()))


class StaleQuestion(Exception):
    """Somebody has changed the question since the page was made. Nothing was saved."""

    def __init__(self, current: Question):
        self.current = current
        super().__init__("Någon har ändrat frågan sedan du öppnade sidan.")


@contextmanager
def changing(draft: Version, event: str, *, by, details: dict | None = None) -> Iterator[list]:
    """Lock the draft and let the caller change, add, remove and reorder its questions.

    Yields the list of Question in order; what stands in it afterwards is what is saved. Raises
    NotAllowed, QuestionRefused; then nothing has changed. A draft that ends as it began leaves
    no event.
    """
    refuse_unless_editor(by, draft.question_set.rule_set)
    with transaction.atomic():
        question_set = locked(draft.question_set)
        current = Version.objects.select_for_update().filter(pk=draft.pk).first()
        refuse_no_draft(current)
        before = list(current.questions.order_by("position"))
        seen = {row.pk: (row.position, entry_of(row), row.same_question) for row in before}
        rows = list(before)
        yield rows
        refuse_broken(question_set, current, rows)
        if not write(current, before, rows, seen):
            return
        Version.objects.filter(pk=current.pk).update(revision=F("revision") + 1)
        record_in_register(REGISTER, event, by=by, details={**told(current), **(details or {})})


def refuse_no_draft(version: Version | None) -> None:
    if version is None:
        raise NotAllowed([Reason("Utkastet finns inte längre.")])
    if version.is_published:
        sentence = f"Version {version.number} är publicerad och kan inte ändras."
        raise NotAllowed([Reason(sentence)])


def refuse_broken(question_set, version: Version, rows: list[Question]) -> None:
    """Raise QuestionRefused with the first thing that does not hang together."""
    if not rows:
        return
    try:
        whole_set(Marked.of(document_of(question_set, version, rows)))
    except Faulty as fault:
        sentence = f"{fault.code}: {fault.plain}" if fault.code else fault.plain
        raise QuestionRefused({WHOLE: sentence}) from None


def write(version: Version, before: list, rows: list, seen: dict) -> bool:
    """Save what differs: is there anything? Positions are counted anew."""
    gone = [row.pk for row in before if row not in rows]
    old = [row for row in rows if row.pk]
    changed = [row for row in old if (entry_of(row), row.same_question) != seen[row.pk][1:]]
    moved = [row.pk for row in rows] != [row.pk for row in before]
    if not (gone or changed or moved):
        return False
    version.questions.filter(pk__in=gone).delete()
    for row in changed:
        row.revision += 1
        row.save()
    if moved:
        # By way of places beyond all others: two questions never stand in the same one.
        version.questions.update(position=F("position") + 100_000)
        for position, row in enumerate(rows, start=1):
            row.position = position
        Question.objects.bulk_update(old, ["position"])
        for row in rows:
            if not row.pk:
                row.save()
    return True


# --- One question --------------------------------------------------------------------------------


def add_question(draft: Version, entry: dict, *, by) -> Question:
    """Add a question, last in its section or last under the row it belongs to.

    entry: as in a file. The same one sent twice is added once. Raises NotAllowed, QuestionRefused.
    """
    details = {"question": entry.get("code", "")}
    with changing(draft, "question_added", by=by, details=details) as rows:
        twin = next((row for row in rows if row.code == entry.get("code")), None)
        if twin is not None and entry_of(twin) == cleaned(entry):
            return twin
        made = Question(version=draft)
        place(made, rows, entry)
    return made


def change_question(
    question: Question, entry: dict, *, revision: int, same_question: bool = False, by
) -> Question:
    """Change a question of a draft, and move it when its section or its row is another.

    revision: that of the question on the page. same_question: the code still stands for what it
    stood for in earlier versions, in other words. Raises NotAllowed, StaleQuestion,
    QuestionRefused.
    """
    details = {"question": question.code}
    with changing(question.version, "question_changed", by=by, details=details) as rows:
        current = next((row for row in rows if row.pk == question.pk), None)
        if current is None:
            raise NotAllowed([Reason(f"{question.code} finns inte längre i utkastet.")])
        if current.revision != revision:
            raise StaleQuestion(current)
        before = entry_of(current)
        follow = [row for row in rows if row.parent == current.code]
        home = (current.group, current.parent)
        fill(current, rows, entry)
        current.same_question = same_question
        if (current.group, current.parent) != home:
            for row in (current, *follow):
                rows.remove(row)
                row.group = current.group
            at = end_of(rows, current)
            rows[at:at] = [current, *follow]
        details["changed"] = changes(before, entry_of(current))
    return current


def retire_question(question: Question, *, by) -> None:
    """Take the question out of the draft. Answers in cases that follow earlier versions remain.

    Raises NotAllowed, QuestionRefused when another question hangs on it.
    """
    details = {"question": question.code}
    with changing(question.version, "question_retired", by=by, details=details) as rows:
        rows[:] = [row for row in rows if row.pk != question.pk]


def place(made: Question, rows: list[Question], entry: dict) -> None:
    fill(made, rows, entry)
    rows.insert(end_of(rows, made), made)


def fill(question: Question, rows: list[Question], entry: dict) -> None:
    """Give the question what the entry says. Raises QuestionRefused with every fault by its key."""
    at = rows.index(question) if question in rows else len(rows)
    above = {row.code: fields_of(row) for row in rows[:at]}
    others = {row.code for row in rows if row is not question}
    found, faults = judged(Marked.of(entry), above)
    if found["code"] in others and found["code"] not in above:
        faults.append(Faulty(0, f"Koden {found['code']} används redan.", key="code"))
    if faults:
        raise QuestionRefused({fault.key: fault.plain for fault in reversed(faults)})
    for name, value in found.items():
        setattr(question, name, value)


def fields_of(question: Question) -> dict:
    """What the questions below need to know of it."""
    names = ("answer_type", "choices", "group", "parent")
    return {name: getattr(question, name) for name in names}


def end_of(rows: list[Question], question: Question) -> int:
    """Where the question goes: last under its row, else last in its section, else last of all."""
    family = {question.parent} if question.parent else set()
    own = [n for n, row in enumerate(rows) if family & {row.code, row.parent}]
    own = own or [n for n, row in enumerate(rows) if row.group == question.group]
    return own[-1] + 1 if own else len(rows)


def cleaned(entry: dict) -> dict:
    """The entry as it would be written once it is saved."""
    made, _ = judged(Marked.of(entry), {})
    return entry_of(Question(**made))


def changes(before: dict, after: dict) -> dict:
    """key → [old, new] as fingerprints: the log holds no texts."""
    keys = sorted(key for key in before | after if before.get(key) != after.get(key))
    return {key: [mark(before.get(key)), mark(after.get(key))] for key in keys}


def mark(value) -> str:
    return fingerprint(str(value)) if value is not None else ""


# --- Order ---------------------------------------------------------------------------------------


def move_question(question: Question, *, before: str, by) -> None:
    """Put the question, with what stands under it, right before another of the same section.

    before: the code of that question; "" puts it last in its section. Asked twice it is moved
    once. Raises NotAllowed, QuestionRefused when something would stand before what it asks about.
    """
    details = {"question": question.code, "before": before}
    with changing(question.version, "question_moved", by=by, details=details) as rows:
        moved = [row for row in rows if question.code in (row.code, row.parent)]
        target = next((row for row in rows if row.code == before), None)
        if not moved or target in moved or (before and target is None):
            return
        home = moved[0]
        if target and (target.group, target.parent) != (home.group, home.parent):
            raise QuestionRefused({WHOLE: "Frågan flyttas inom sitt avsnitt."})
        rows[:] = [row for row in rows if row not in moved]
        at = rows.index(target) if target else end_of(rows, home)
        rows[at:at] = moved


def change_section(draft: Version, group: str, *, name: str, before: str | None = None, by) -> None:
    """Rename a section, and put it before another one when `before` names it.

    Raises NotAllowed, QuestionRefused.
    """
    name = " ".join(name.split())
    with changing(draft, "section_changed", by=by, details={"questions": []}) as rows:
        if name != group and any(row.group == name for row in rows):
            raise QuestionRefused({"name": "Det finns redan ett avsnitt som heter så."})
        if not name or len(name) > Question._meta.get_field("group").max_length:
            raise QuestionRefused({"name": "Skriv avsnittets namn, högst 120 tecken."})
        moved = [row for row in rows if row.group == group]
        for row in moved:
            row.group = name
        if before is not None:
            rows[:] = [row for row in rows if row not in moved]
            places = [n for n, row in enumerate(rows) if row.group == before]
            at = places[0] if places else len(rows)
            rows[at:at] = moved
