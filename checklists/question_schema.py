"""What one question in a YAML file may say, and what must hang together in it."""

import re

from checklists.conditions import CONDITIONS
from checklists.marked_yaml import Mapping
from checklists.models.words import (
    NO,
    NOT_ACCEPTABLE,
    NOT_APPLICABLE,
    UNANSWERED_TYPES,
    YES,
    YOUNGER_THAN_A_YEAR,
    AnswerType,
    Effect,
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
CODE = re.compile(r"[A-ZÅÄÖ]+(-[A-ZÅÄÖ]?[0-9]*[a-z]?)+")
ANSWERS = {AnswerType.YES_NO: (YES, NO), AnswerType.YES_NO_NA: (YES, NO, NOT_APPLICABLE)}


class Faulty(Exception):
    """Something in the file cannot be used: the line and the reason."""

    def __init__(self, line: int, reason: str):
        self.line, self.reason = line, reason
        super().__init__(reason)


def question(entry: Mapping, above: dict[str, dict]) -> dict:
    """The fields of a Question. above: those that stand before it, by code. Raises Faulty."""
    known_keys(entry, ALLOWED, "en fråga")
    for key in sorted(REQUIRED):
        if not entry.get(key):
            raise Faulty(
                entry.line, f"{key} saknas i frågan {entry.get('code', '')}".rstrip() + "."
            )
    made = {
        "code": code(entry, above),
        "text": words(entry, "text"),
        "answer_type": one_of(entry, "answer", AnswerType.values),
        "group": words(entry, "group"),
        "help": words(entry, "help"),
        "parent": parent(entry, above),
        "fetches": words(entry, "fetches"),
        "evidence_wanted": words(entry, "evidence"),
        "text_allowed": boolean(entry, "text_allowed", True),
        "evidence_allowed": boolean(entry, "evidence_allowed", True),
        "optional": boolean(entry, "optional", False),
        "reusable": boolean(entry, "reusable", False),
        "sources": texts(entry, "sources"),
    }
    made["choices"] = choices(entry, made["answer_type"])
    made["companions"] = companions(entry, possible_answers(made))
    made["undesired"] = undesired(entry, made)
    made |= effects(entry)
    made["stronger"] = stronger(entry, above)
    made["condition"] = condition(entry, "condition", above)
    hangs_together(entry, made)
    return made


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
    return " ".join(entry[key].split())


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
    return list(found)


def mappings(entry: Mapping, key: str) -> list[Mapping]:
    found = entry.get(key, [])
    if not isinstance(found, list) or not all(isinstance(one, Mapping) for one in found):
        raise Faulty(entry.lines[key], f"{key} ska vara en lista där varje rad har nycklar.")
    return found


# --- Parts of a question -----------------------------------------------------------------------


def code(entry: Mapping, above) -> str:
    found = words(entry, "code")
    if not CODE.fullmatch(found) or len(found) > 20:
        raise Faulty(entry.lines["code"], f"koden {found!r} ska likna GK-01 eller GK-19a.")
    if found in above:
        raise Faulty(entry.lines["code"], f"koden {found} används redan i samma uppsättning.")
    return found


def parent(entry: Mapping, above) -> str:
    found = words(entry, "parent")
    if found and above.get(found, {}).get("answer_type") != AnswerType.HEADING:
        raise Faulty(entry.lines["parent"], f"{found} är ingen delfragor-rad som står före frågan.")
    return found


def choices(entry: Mapping, answer_type: str) -> list[dict]:
    found = mappings(entry, "choices")
    for one in found:
        known_keys(one, {"code", "label"}, "ett svarsval")
        if not words(one, "code") or not words(one, "label"):
            raise Faulty(one.line, "ett svarsval ska ha code och label.")
    wanted = answer_type in (AnswerType.CHOICE, AnswerType.CHOICES)
    if wanted != bool(found):
        reason = "svarsvalen (choices) saknas" if wanted else "bara val och flerval har choices"
        raise Faulty(entry.lines["choices" if found else "answer"], f"{reason}.")
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
                raise Faulty(one.line, f"{key} saknas i en följduppgift.")
        kind = one_of(one, "type", COMPANION_TYPES)
        if (kind == "text") != (one["name"] == "text"):
            raise Faulty(one.line, "en följduppgift av typen text, och bara den, heter text.")
        when = texts(one, "required_when")
        if not set(when) <= set(answers):
            raise Faulty(
                one.lines["required_when"], "required_when nämner ett svar som inte finns."
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
        raise Faulty(entry.lines["undesired"], "undesired nämner ett svar som frågan inte kan få.")
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
        "effect_by_form": letters(entry, "effect_by_form"),
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
    if "set" in found and not words(found, "set"):
        raise Faulty(found.lines["set"], "set ska vara koden för en frågeuppsättning.")
    if "is" in found and not texts(found, "is"):
        raise Faulty(found.lines["is"], "is ska vara en lista med minst ett svar.")
    if kind == "answer" and not set(found["is"]) <= set(possible_answers(above[found["code"]])):
        raise Faulty(found.lines["is"], f"{found['code']} kan inte få det svaret.")
    if kind == "outcome" and not set(found["is"]) <= set(Outcome.values):
        raise Faulty(found.lines["is"], f"utfallen heter {', '.join(Outcome.values)}.")
    return {one: list(found[one]) if one == "is" else found[one] for one in found}


def hangs_together(entry: Mapping, made: dict) -> None:
    """What no single key can tell."""
    answer_type = made["answer_type"]
    if (answer_type == AnswerType.FETCHED) != bool(made["fetches"]):
        raise Faulty(entry.line, "fetches hör till hamtas och måste stå där.")
    weighs = {made["effect_informal"], made["effect_formal"], *made["effect_by_form"].values()}
    if made["stronger"]:
        weighs |= set(made["stronger"]["effect"].values())
    if weighs != {Effect.NONE} and not made["undesired"] and answer_type != AnswerType.NOTE:
        raise Faulty(entry.line, "frågan har en effekt men inget oönskat svar (undesired).")
    if not made["text_allowed"] and (made["evidence_allowed"] or made["companions"]):
        raise Faulty(
            entry.line, "text_allowed: false kräver evidence_allowed: false, utan följduppgifter."
        )
    if made["reusable"] and (answer_type in UNANSWERED_TYPES or not made["text_allowed"]):
        raise Faulty(entry.lines["reusable"], "det här svaret kan inte återanvändas.")
    if made["evidence_wanted"] and not made["evidence_allowed"]:
        raise Faulty(entry.lines["evidence"], "underlag kan inte önskas när det inte får sparas.")
