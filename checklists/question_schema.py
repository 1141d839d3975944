"""What one question may say, in a file or in a form, and what must hang together in it."""

import re
from collections.abc import Iterator

from checklists.conditions import CONDITIONS
from checklists.marked_yaml import Mapping, unprintable
from checklists.models.words import (
    NO,
    NOT_ACCEPTABLE,
    NOT_APPLICABLE,
    UNANSWERED_TYPES,
    YES,
    YOUNGER_THAN_A_YEAR,
    AnswerType,
    Effect,
    Form,
    Level,
)
from checklists.outcomes import Outcome

REQUIRED = {"code", "text", "answer"}
ALLOWED = REQUIRED | {
    "group", "help", "parent", "choices", "fetches", "undesired", "effect", "effect_by_form",
    "stronger", "condition", "companions", "evidence", "evidence_allowed", "text_allowed",
    "sources", "optional", "reusable",
}  # fmt: skip
COMPANION_TYPES = ("orgnr", "datum", "tal", "rad", "text")
NAME = re.compile(r"[a-z0-9_]{1,40}")
CODE = re.compile(r"[A-ZÅÄÖ]+(-[A-ZÅÄÖ]?[0-9]*[a-z]?)+")
ANSWERS = {AnswerType.YES_NO: (YES, NO), AnswerType.YES_NO_NA: (YES, NO, NOT_APPLICABLE)}


# Longest text of each key; the columns of the database are no longer.
LONGEST = {"code": 20, "parent": 20, "group": 120, "fetches": 40, "evidence": 200, "name": 120}
LONGEST_TEXT = 4000


class Faulty(Exception):
    """Something cannot be used: the line and the reason; `plain` says it without names of keys.

    key: which key of the question is at fault; of a form, which field. code: which question.
    """

    code = ""

    def __init__(self, line: int, reason: str, *, plain: str = "", key: str = ""):
        self.line, self.reason, self.plain, self.key = line, reason, plain or reason, key
        super().__init__(reason)


def question(entry: Mapping, above: dict[str, dict]) -> dict:
    """The fields of a Question. above: those that stand before it, by code. Raises Faulty."""
    made, faults = judged(entry, above)
    if faults:
        raise faults[0]
    return made


def judged(entry: Mapping, above: dict[str, dict]) -> tuple[dict, list[Faulty]]:
    """The fields of a Question and everything that is wrong with them, each fault with its key."""
    made, faults = {}, []

    def part(key: str, read, otherwise, name: str = "") -> None:
        try:
            made[name or key] = read()
        except Faulty as fault:
            fault.key = key
            faults.append(fault)
            made[name or key] = otherwise

    part("", lambda: known_keys(entry, ALLOWED, "en fråga"), None)
    part("code", lambda: code(entry, above), "")
    part("text", lambda: required(entry, "text"), "")
    part("answer", lambda: answer_type(entry), AnswerType.TEXT.value, "answer_type")
    for key in ("group", "help", "fetches"):
        part(key, lambda key=key: words(entry, key), "")
    part("evidence", lambda: words(entry, "evidence"), "", "evidence_wanted")
    part("parent", lambda: parent(entry, above), "")
    for key, otherwise in BOOLEANS.items():
        part(key, lambda key=key, o=otherwise: boolean(entry, key, o), otherwise)
    part("sources", lambda: texts(entry, "sources"), [])
    part("choices", lambda: choices(entry, made["answer_type"]), [])
    part("companions", lambda: companions(entry, possible_answers(made)), [])
    part("undesired", lambda: undesired(entry, made), [])
    part("effect", lambda: effects(entry), NO_EFFECT)
    part("effect_by_form", lambda: letters(entry, "effect_by_form", Form.values), {})
    part("stronger", lambda: stronger(entry, above), None)
    part("condition", lambda: condition(entry, "condition", above), None)
    made |= made.pop("effect")
    del made[""]
    return made, faults or list(hangs_together(entry, made))


BOOLEANS = {
    "text_allowed": True,
    "evidence_allowed": True,
    "optional": False,
    "reusable": False,
}
NO_EFFECT = {"effect_informal": Effect.NONE.value, "effect_formal": Effect.NONE.value}


# --- Single values -----------------------------------------------------------------------------


def known_keys(entry: Mapping, allowed, what: str) -> None:
    for key in entry:
        if key not in allowed:
            raise Faulty(entry.lines[key], f"nyckeln {key} finns inte för {what}.")


def words(entry: Mapping, key: str) -> str:
    """A text on one or several lines; '' where the key is left out."""
    if key not in entry:
        return ""
    if not isinstance(entry[key], str):
        raise Faulty(entry.lines[key], f"{key} ska vara text (sätt citattecken om det behövs).")
    found = " ".join(entry[key].split())
    longest = LONGEST.get(key, LONGEST_TEXT)
    if len(found) > longest:
        reason = f"är längre än {longest} tecken."
        raise Faulty(entry.lines[key], f"{key} {reason}", plain=f"Texten {reason}")
    if unprintable(found):
        reason = "har ett tecken som inte kan skrivas ut."
        raise Faulty(entry.lines[key], f"{key} {reason}", plain=f"Texten {reason}")
    return found


def required(entry: Mapping, key: str) -> str:
    if not entry.get(key):
        reason = f"{key} saknas i frågan {entry.get('code', '')}".rstrip()
        raise Faulty(entry.line, f"{reason}.", plain="Fyll i det här fältet.")
    return words(entry, key)


def answer_type(entry: Mapping) -> str:
    if not entry.get("answer"):
        required(entry, "answer")
    return one_of(entry, "answer", AnswerType.values)


def boolean(entry: Mapping, key: str, otherwise: bool) -> bool:
    if not isinstance(entry.get(key, otherwise), bool):
        raise Faulty(entry.lines[key], f"{key} ska vara true eller false.")
    return entry.get(key, otherwise)


def one_of(entry: Mapping, key: str, allowed) -> str:
    if entry[key] not in allowed:
        raise Faulty(entry.lines[key], f"{key} ska vara något av {', '.join(allowed)}.")
    return entry[key]


def texts(entry: Mapping, key: str) -> list[str]:
    found = entry.get(key, [])
    if not isinstance(found, list) or not all(isinstance(one, str) and one for one in found):
        raise Faulty(entry.lines[key], f"{key} ska vara en lista av texter.")
    return [words(Mapping.of({key: one}, entry.lines[key]), key) for one in found]


def mappings(entry: Mapping, key: str) -> list[Mapping]:
    found = entry.get(key, [])
    if not isinstance(found, list) or not all(isinstance(one, Mapping) for one in found):
        raise Faulty(entry.lines[key], f"{key} ska vara en lista där varje rad har nycklar.")
    return found


# --- Parts of a question -----------------------------------------------------------------------


def code(entry: Mapping, above) -> str:
    found = required(entry, "code")
    if not CODE.fullmatch(found) or len(found) > 20:
        raise Faulty(entry.lines["code"], f"koden {found!r} ska likna GK-01 eller GK-19a.")
    if found in above:
        raise Faulty(entry.lines["code"], f"koden {found} används redan i samma uppsättning.")
    return found


def parent(entry: Mapping, above) -> str:
    found = words(entry, "parent")
    if found and above.get(found, {}).get("answer_type") != AnswerType.HEADING:
        raise Faulty(
            entry.lines["parent"],
            f"{found} är ingen delfragor-rad som står före frågan.",
            plain=f"{found} är ingen rad med delfrågor som står före frågan.",
        )
    return found


def choices(entry: Mapping, answer_type: str) -> list[dict]:
    found = mappings(entry, "choices")
    for one in found:
        known_keys(one, {"code", "label"}, "ett svarsval")
        if not words(one, "code") or not words(one, "label"):
            raise Faulty(
                one.line,
                "ett svarsval ska ha code och label.",
                plain="Skriv varje svarsval som kod: etikett, till exempel lag: Låg risk.",
            )
        if not NAME.fullmatch(words(one, "code")):
            reason = f"koden {one['code']!r} ska skrivas med små bokstäver a–z, siffror och _."
            raise Faulty(one.lines["code"], reason)
    wanted = answer_type in (AnswerType.CHOICE, AnswerType.CHOICES)
    if wanted != bool(found):
        reason = "svarsvalen (choices) saknas" if wanted else "bara val och flerval har choices"
        plain = "Skriv svarsvalen." if wanted else "Den här svarstypen har inga egna svarsval."
        raise Faulty(entry.lines["choices" if found else "answer"], f"{reason}.", plain=plain)
    made = [{"code": words(one, "code"), "label": words(one, "label")} for one in found]
    if len({one["code"] for one in made}) != len(made):
        raise Faulty(entry.lines["choices"], "två svarsval har samma kod.")
    return made


def companions(entry: Mapping, answers) -> list[dict]:
    made = []
    for one in mappings(entry, "companions"):
        known_keys(one, {"name", "label", "type", "required_when"}, "en följduppgift")
        for key in ("name", "label", "type"):
            if not words(one, key):
                plain = "En följduppgift ska ha kod, etikett och typ."
                raise Faulty(one.line, f"{key} saknas i en följduppgift.", plain=plain)
        if not NAME.fullmatch(words(one, "name")):
            reason = f"koden {one['name']!r} ska skrivas med små bokstäver a–z, siffror och _."
            raise Faulty(one.lines["name"], reason)
        kind = one_of(one, "type", COMPANION_TYPES)
        if (kind == "text") != (one["name"] == "text"):
            raise Faulty(one.line, "en följduppgift av typen text, och bara den, heter text.")
        when = texts(one, "required_when")
        if not set(when) <= set(answers):
            raise Faulty(
                one.lines["required_when"],
                "required_when nämner ett svar som inte finns.",
                plain="En följduppgift krävs vid ett svar som frågan inte kan få.",
            )
        made.append(
            {
                "name": words(one, "name"),
                "label": words(one, "label"),
                "type": kind,
                "required_when": when,
            }
        )
    if len({one["name"] for one in made}) != len(made):
        raise Faulty(entry.lines["companions"], "två följduppgifter har samma namn.")
    return made


def possible_answers(made: dict) -> tuple[str, ...]:
    return ANSWERS.get(made["answer_type"]) or tuple(one["code"] for one in made["choices"])


def undesired(entry: Mapping, made: dict):
    found = entry.get("undesired", [])
    if isinstance(found, list):
        listed = texts(entry, "undesired")
        if set(listed) <= set(possible_answers(made)):
            return listed
    wanted = {
        AnswerType.DATE: YOUNGER_THAN_A_YEAR,
        AnswerType.FETCHED: NOT_ACCEPTABLE,
    }.get(made["answer_type"])
    if found != wanted:
        reason = "nämner ett svar som frågan inte kan få."
        raise Faulty(
            entry.lines["undesired"], f"undesired {reason}", plain=f"Oönskat svar {reason}"
        )
    return found


def letters(entry: Mapping, key: str, allowed=None) -> dict[str, str]:
    """A mapping such as {informal: B, formal: M}; {} where the key is left out."""
    found = entry.get(key, Mapping())
    if not isinstance(found, Mapping):
        raise Faulty(entry.lines[key], f'{key} ska likna {{informal: B, formal: "-"}}.')
    if allowed:
        known_keys(found, allowed, key)
    for one in found:
        one_of(found, one, Effect.values)
    return dict(found)


def effects(entry: Mapping) -> dict:
    by_level = letters(entry, "effect", Level.values)
    return {
        "effect_informal": by_level.get(Level.INFORMAL, Effect.NONE.value),
        "effect_formal": by_level.get(Level.FORMAL, Effect.NONE.value),
    }


def stronger(entry: Mapping, above) -> dict | None:
    if "stronger" not in entry:
        return None
    found = entry["stronger"]
    if not isinstance(found, Mapping) or set(found) != {"condition", "effect"}:
        raise Faulty(entry.lines["stronger"], "stronger ska ha condition och effect.")
    return {
        "condition": condition(found, "condition", above),
        "effect": letters(found, "effect", Level.values),
    }


KEYS = {
    "answer": {"kind", "code", "is"},
    "younger_than_a_year": {"kind", "code"},
    "outcome": {"kind", "set", "is"},
}


def condition(entry: Mapping, key: str, above) -> dict | None:
    if key not in entry:
        return None
    found, line = entry[key], entry.lines[key]
    if not isinstance(found, Mapping) or found.get("kind") not in list(CONDITIONS):
        raise Faulty(line, f"villkorets kind ska vara något av {', '.join(CONDITIONS)}.")
    kind = found["kind"]
    if set(found) != KEYS.get(kind, {"kind"}):
        raise Faulty(found.line, f"ett villkor av slaget {kind} har andra nycklar.")
    if "code" in found and words(found, "code") not in above:
        raise Faulty(found.lines["code"], f"{found['code']} är ingen fråga som står före.")
    if kind == "younger_than_a_year" and above[found["code"]]["answer_type"] != AnswerType.DATE:
        raise Faulty(found.lines["code"], f"{found['code']} besvaras inte med ett datum.")
    if "set" in found and not words(found, "set"):
        raise Faulty(found.lines["set"], "set ska vara koden för en frågeuppsättning.")
    if "is" in found and not texts(found, "is"):
        raise Faulty(found.lines["is"], "is ska vara en lista med minst ett svar.")
    if kind == "answer" and not set(found["is"]) <= set(possible_answers(above[found["code"]])):
        raise Faulty(found.lines["is"], f"{found['code']} kan inte få det svaret.")
    if kind == "outcome" and not set(found["is"]) <= set(Outcome.values):
        raise Faulty(found.lines["is"], f"utfallen heter {', '.join(Outcome.values)}.")
    return {one: list(found[one]) if one == "is" else found[one] for one in found}


def hangs_together(entry: Mapping, made: dict) -> Iterator[Faulty]:
    """What no single key can tell."""
    kind = made["answer_type"]
    if (kind == AnswerType.FETCHED) != bool(made["fetches"]):
        yield Faulty(
            entry.line,
            "fetches hör till hamtas och måste stå där.",
            plain="Fyll i vad som hämtas när svaret hämtas från en annan prövning, annars inte.",
            key="fetches",
        )
    if weighs(made) != {Effect.NONE} and not made["undesired"] and kind != AnswerType.NOTE:
        reason = "frågan har en effekt men inget oönskat svar"
        yield Faulty(
            entry.line, f"{reason} (undesired).", plain=f"{begun(reason)}.", key="undesired"
        )
    if not made["text_allowed"] and (made["evidence_allowed"] or made["companions"]):
        yield Faulty(
            entry.line,
            "text_allowed: false kräver evidence_allowed: false, utan följduppgifter.",
            plain="När ingen text får sparas får inte heller underlag eller följduppgifter det.",
            key="text_allowed",
        )
    if made["reusable"] and (kind in UNANSWERED_TYPES or not made["text_allowed"]):
        yield Faulty(
            entry.lines["reusable"], "det här svaret kan inte återanvändas.", key="reusable"
        )
    if made["evidence_wanted"] and not made["evidence_allowed"]:
        reason = "underlag kan inte önskas när det inte får sparas."
        yield Faulty(entry.lines["evidence"], reason, plain=begun(reason), key="evidence")


def weighs(made: dict) -> set[str]:
    """Every effect that an answer to the question can have."""
    found = {made["effect_informal"], made["effect_formal"], *made["effect_by_form"].values()}
    return found | set(made["stronger"]["effect"].values() if made["stronger"] else ())


def begun(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]
