"""Read a question set from a YAML file (checklists/content/*.yaml). Unknown keys are refused.

The set: code, name, about, questions; and if wanted rule_set, proposal, change_note.
A question: code, text, answer; and if wanted

    group, help          under which heading it stands; what to think of
    parent               the code of the `delfragor` row above that it belongs to
    choices              [{code, label}, …] for val and flerval
    fetches              code of the set whose outcome it fetches (hamtas)
    undesired            answers that have an effect; younger_than_a_year for datum,
                         not_acceptable for hamtas
    effect               {informal: B, formal: "-"}: B blocks, M motivation, U inquiry, "-" none
    effect_by_form       {form: B}: instead of that of the level
    stronger             {condition: …, effect: {informal: …, formal: …}}: instead, when it holds
    condition            asked only if: {kind: minors | payout | personal_data_shared | resources},
                         {kind: answer, code: …, is: […]}, {kind: younger_than_a_year, code: …},
                         {kind: outcome, set: …, is: […]}
    companions           [{name, label, type: orgnr | datum | tal | rad | text,
                         required_when: [ja]}, …]
    evidence             what is wanted as evidence; evidence_allowed: false keeps it out
    text_allowed: false  neither texts nor references may be kept (lag 2013:852 5 §)
    sources              ids of the catalogue, laws
    optional             true: asked by choice
    reusable             true: about the organisation, and offered in its next case while valid;
                         only in a set that is about the organisation
"""

import hashlib
import json
import re
from dataclasses import asdict, dataclass
from pathlib import Path

from checklists.marked_yaml import Malformed, Mapping, read_yaml
from checklists.models import About
from checklists.question_schema import Faulty, begun, boolean, question, words

REQUIRED = {"code", "name", "about", "questions"}
ALLOWED = REQUIRED | {"rule_set", "proposal", "change_note"}


@dataclass(frozen=True)
class SetContent:
    """A set as its file says it. questions: the fields of each Question, in order."""

    code: str
    rule_set: str
    name: str
    about: str
    proposal: bool
    change_note: str
    questions: list[dict]

    @property
    def fingerprint(self) -> str:
        """SHA-256 (hex) of everything but the note on what changed."""
        said = {**asdict(self), "change_note": ""}
        text = json.dumps(said, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()


LARGEST = 1024 * 1024  # bytes


def read_set(path: Path) -> SetContent:
    """Read and check one file. Raises Malformed with file, line and reason."""
    return read_bytes(path.read_bytes(), path.name)


def read_bytes(content: bytes, file: str) -> SetContent:
    """Read and check what a file holds. Raises Malformed with file, line and reason."""
    if len(content) > LARGEST:
        raise Malformed(file, 1, "filen är större än 1 MB.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = content.count(b"\n", 0, fault.start) + 1
        raise Malformed(file, line, "filen är inte skriven i UTF-8.") from None
    found = read_yaml(text, file)
    if not isinstance(found, Mapping):
        raise Malformed(file, 1, "filen ska börja med code, name, about och questions.")
    try:
        return whole_set(found)
    except Faulty as fault:
        raise Malformed(file, fault.line, fault.reason) from None


def whole_set(found: Mapping) -> SetContent:
    for key in found:
        if key not in ALLOWED:
            raise Faulty(found.lines[key], f"nyckeln {key} finns inte för en frågeuppsättning.")
    for key in sorted(REQUIRED):
        if found.get(key) in (None, ""):
            raise Faulty(found.line, f"{key} saknas.")
    for key in ("code", "rule_set"):
        if not re.fullmatch(r"[a-z0-9_-]{0,40}", words(found, key)):
            raise Faulty(found.lines[key], f"{key} skrivs med små bokstäver a–z, siffror och -.")
    about = words(found, "about")
    if about not in About.values:
        raise Faulty(found.lines["about"], f"about ska vara {', '.join(About.values)}.")
    entries = found["questions"]
    if not isinstance(entries, list) or not entries:
        raise Faulty(found.lines["questions"], "questions ska vara en lista med minst en fråga.")
    questions: dict[str, dict] = {}
    for position, (entry, line) in enumerate(zip(entries, entries.lines, strict=True), start=1):
        if not isinstance(entry, Mapping):
            raise Faulty(line, "varje fråga ska ha nycklar: code, text, answer …")
        try:
            made = question(entry, questions)
            refuse_misplaced(entry, made, questions, about)
        except Faulty as fault:
            fault.code = str(entry.get("code", ""))
            raise
        questions[made["code"]] = {**made, "position": position}
    return SetContent(
        code=words(found, "code"),
        rule_set=words(found, "rule_set"),
        name=words(found, "name"),
        about=about,
        proposal=boolean(found, "proposal", False),
        change_note=words(found, "change_note"),
        questions=list(questions.values()),
    )


def refuse_misplaced(entry: Mapping, made: dict, above: dict[str, dict], about: str) -> None:
    """Answers are reused about organisations; sub-questions stand under their row, in its section.

    Raises Faulty.
    """
    if made["reusable"] and about != About.ORGANISATION:
        reason = "bara svar om organisationen kan återanvändas."
        raise Faulty(entry.lines["reusable"], reason, plain=begun(reason), key="reusable")
    if not made["parent"]:
        return
    last = list(above.values())[-1]
    family = {made["parent"]}
    if last["code"] not in family and last["parent"] not in family:
        reason = f"{made['code']} ska stå direkt under {made['parent']}."
        raise Faulty(entry.lines["parent"], reason, plain=begun(reason), key="parent")
    if made["group"] != above[made["parent"]]["group"]:
        reason = f"{made['code']} ska stå i samma avsnitt som {made['parent']}."
        raise Faulty(entry.line, reason, plain=begun(reason), key="group")
