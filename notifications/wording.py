"""What a text of a mail may be, and how its fields are filled. Knows no database.

Named fields within braces, and nothing else: no attributes, no format, no conditions, no HTML. What
is told only sometimes is a field that may be empty; a line that holds nothing but empty fields is
left out, with the empty line after it.
"""

import re
import unicodedata
from collections.abc import Mapping
from difflib import SequenceMatcher

from casework.personal_numbers import SAID, looks_like_a_personal_number
from casework.swedish import and_list
from notifications.mail_kinds import Kind

FIELD = re.compile(r"\{([a-zåäö_]+)\}")
ONLY_FIELDS = re.compile(rf"\s*(?:{FIELD.pattern}\s*)+")
TAG = re.compile(r"<\s*[A-Za-z/!][^>\n]{0,40}>?")
LONGEST_SUBJECT, LONGEST_BODY = 150, 10_000


def tidy(text: str) -> str:
    """As it is kept: one ä and not an a with dots after it, one kind of line end."""
    return unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").strip()


def problems(kind: Kind, subject: str, body: str) -> dict[str, list[str]]:
    """Why the text cannot be used: "subject" and "body" → sentences in Swedish. Empty: it can."""
    subject, body = tidy(subject), tidy(body)
    found = {
        "subject": [*_faults(kind, subject), *_faults_of_subject(subject)],
        "body": [*_faults(kind, body), *_faults_of_body(kind, body)],
    }
    return {name: sentences for name, sentences in found.items() if sentences}


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with its fields filled, once: what a value holds is never read as a field.

    Raises KeyError for a field without a value.
    """
    lines: list[str] = []
    left_out = False
    for line in text.splitlines():
        names = FIELD.findall(line)
        if ONLY_FIELDS.fullmatch(line) and not any(values[name].strip() for name in names):
            left_out = True
            continue
        if not (left_out and not line.strip() and not (lines and lines[-1].strip())):
            lines.append(FIELD.sub(lambda found: values[found[1]], line).rstrip())
        left_out = False
    return "\n".join(lines)


def line_changes(before: str, after: str) -> list[tuple[str, str]]:
    """(`same`, `removed` or `added`, line) for each line of both texts, in reading order."""
    old, new = tidy(before).split("\n"), tidy(after).split("\n")
    found = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            found += [("same", line) for line in old[a:b]]
        else:
            found += [("removed", line) for line in old[a:b]]
            found += [("added", line) for line in new[c:d]]
    return found


def one_line(text: str) -> str:
    return " ".join(text.split())


def _faults(kind: Kind, text: str) -> list[str]:
    allowed = "Fälten är " + and_list(f"{{{name}}}" for name in kind.names) + "."
    unknown = [name for name in dict.fromkeys(FIELD.findall(text)) if name not in kind.names]
    found = []
    if unknown:
        names = and_list(f"{{{name}}}" for name in unknown)
        found.append(f"Det finns inget fält som heter {names}. {allowed}")
    if strange := re.search(r"[{}]", FIELD.sub("", text)):
        at = FIELD.sub(lambda match: " " * len(match[0]), text)
        around = at[max(at.index(strange[0]) - 10, 0) :][:30].strip().split("\n")[0]
        found.append(
            f"Klamrar får bara stå runt namnet på ett fält, som {{{kind.names[0]}}}. "
            f"Se vid ”{around}”. {allowed}"
        )
    if tag := TAG.search(text):
        found.append(f"Mejlet är ren text. Ta bort ”{tag[0]}”.")
    if any(unicodedata.category(sign) == "Cc" and sign not in "\n\t" for sign in text):
        found.append("Texten innehåller tecken som inte syns och inte kan skickas.")
    if looks_like_a_personal_number(text):
        found.append(SAID)
    return found


def _faults_of_subject(subject: str) -> list[str]:
    if not subject:
        return ["Skriv ett ämne."]
    if "\n" in subject or "\t" in subject:
        return ["Ämnet ska stå på en rad."]
    return [f"Ämnet får ha högst {LONGEST_SUBJECT} tecken."] * (len(subject) > LONGEST_SUBJECT)


def _faults_of_body(kind: Kind, body: str) -> list[str]:
    if not body:
        return ["Skriv en text."]
    found = []
    if lacking := [name for name in kind.must if name not in FIELD.findall(body)]:
        names = and_list(f"{{{name}}}" for name in lacking)
        found.append(f"{names} måste finnas i texten.")
    if len(body) > LONGEST_BODY:
        found.append("Texten får ha högst 10 000 tecken.")
    return found
