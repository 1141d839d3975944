"""What may be said in answer to a question. The form and `save_answers` ask the same checks."""

import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation

from django.core.exceptions import ValidationError

from casework.personal_numbers import refuse_personal_numbers
from checklists.facts import a_year_before
from checklists.models.words import (
    NO,
    NOT_APPLICABLE,
    UNANSWERED_TYPES,
    YES,
    AnswerType,
)
from organisations.numbers import checked, written

LONGEST_TEXT, LONGEST_LINE = 5000, 300
COMPANION = "x_"  # before the name of a companion, where fields are named
SILENT = "Här sparas bara kryss och datum, varken text eller hänvisning (lag 2013:852 5 §)."


@dataclass(frozen=True)
class AnswerInput:
    """What somebody answered. Dates are dates; value is as the answer type says:

    "ja"/"nej"/"ej", a date, a number, a text, a choice's code, a list of codes, or True (notering).
    None is no answer yet. companions: name → text, or a date or number; the one of type text may
    stand among them or in `text`, where it is kept.
    """

    value: object = None
    companions: dict = field(default_factory=dict)
    text: str = ""
    note: str = ""
    reference: str = ""
    checked_on: date | None = None


def canonical(question, given: AnswerInput) -> AnswerInput:
    """The input as it is stored: JSON values, trimmed texts, empty things as nothing at all.

    What cannot be read is kept as it was written, for `faults` to tell about.
    """
    kinds = {companion["name"]: companion["type"] for companion in question.companions}
    companions = {
        name: stored(kinds.get(name, "rad"), value) for name, value in given.companions.items()
    }
    text = companions.pop("text", None) if kinds.get("text") else None
    return AnswerInput(
        value=stored(question.answer_type, given.value),
        companions={name: value for name, value in companions.items() if value is not None},
        text=trimmed(text or given.text),
        note=trimmed(given.note),
        reference=" ".join(given.reference.split()),
        checked_on=given.checked_on,
    )


def stored(kind: str, value):
    if isinstance(value, str):
        value = trimmed(value)
    if value is None or value == "" or value == [] or value is False:
        return None
    if isinstance(value, date):
        return value.isoformat()
    if kind == AnswerType.DATE and not date_fault(value, date.max):
        return date.fromisoformat(value).isoformat()
    if kind == AnswerType.NUMBER:
        return number(value)
    if kind == AnswerType.CHOICES and not isinstance(value, str):
        return sorted(value, key=str)
    if kind == "orgnr" and not orgnr_fault(value):
        return written(checked(str(value)))
    return value


def trimmed(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def number(value):
    """An int or float from 12, "12 500" or "12,5"; the value itself when it is no number."""
    try:
        found = Decimal(re.sub(r"\s", "", str(value)).replace(",", "."))
    except InvalidOperation:
        return value
    if not found.is_finite():
        return value
    return int(found) if found == found.to_integral_value() else float(found)


def faults(question, given: AnswerInput, today: date) -> dict[str, str]:
    """Field → Swedish sentence for what cannot be accepted; empty when all can.

    given: canonical. Fields: value, text, note, reference, checked_on, x_<companion>.
    """
    if question.answer_type in UNANSWERED_TYPES:
        return {"value": "Den här raden besvaras inte; den hämtas eller sorterar andra svar."}
    if not question.text_allowed:
        return silent_faults(given, today)
    found = value_faults(question, given, today)
    found |= text_faults(question, given)
    found |= companion_faults(question, given, today)
    if given.checked_on and given.checked_on > today:
        found["checked_on"] = "Kontrolldagen kan inte ligga framåt i tiden."
    return found


def silent_faults(given: AnswerInput, today: date) -> dict[str, str]:
    """A note that a criminal-records extract was shown: a tick and a date (lag 2013:852 4–5 §§)."""
    found = {key: SILENT for key in ("text", "note", "reference") if getattr(given, key)} | {
        f"{COMPANION}{name}": SILENT for name in given.companions
    }
    if given.value is not None and given.value is not True:
        found["value"] = SILENT
    if given.value and not given.checked_on:
        found["checked_on"] = "Ange vilken dag utdraget visades upp."
    elif given.checked_on and not given.value:
        found["value"] = "Kryssa för att utdraget har visats upp, eller ta bort datumet."
    elif given.checked_on and given.checked_on > today:
        found["checked_on"] = "Datumet kan inte ligga framåt i tiden."
    elif given.checked_on and given.checked_on < a_year_before(today):
        found["checked_on"] = "Utdraget får vara högst ett år gammalt."
    return found


def value_faults(question, given: AnswerInput, today: date) -> dict[str, str]:
    if given.value is None:
        return {}
    sentence = {
        AnswerType.YES_NO: lambda value: of_these(value, (YES, NO), "Svara ja eller nej."),
        AnswerType.YES_NO_NA: lambda value: of_these(
            value, (YES, NO, NOT_APPLICABLE), "Svara ja, nej eller ej tillämpligt."
        ),
        AnswerType.DATE: lambda value: date_fault(value, today),
        AnswerType.NUMBER: number_fault,
        AnswerType.TEXT: long_text_fault,
        AnswerType.CHOICE: lambda value: of_these(
            value, question.choice_labels, "Välj ett av svaren i listan."
        ),
        AnswerType.CHOICES: lambda value: choices_fault(value, question.choice_labels),
        AnswerType.NOTE: lambda value: of_these(value, (True,), "Kryssa, eller lämna tomt."),
    }[AnswerType(question.answer_type)](given.value)
    if sentence:
        return {"value": sentence}
    if given.value == NOT_APPLICABLE and not given.text:
        return {"text": "Skriv kort varför frågan inte är tillämplig."}
    return {}


def text_faults(question, given: AnswerInput) -> dict[str, str]:
    found = {key: long_text_fault(getattr(given, key)) for key in ("text", "note")}
    found["reference"] = line_fault(given.reference)
    if given.reference and not question.evidence_allowed:
        found["reference"] = "Till den här frågan sparas ingen hänvisning till underlag."
    return {key: sentence for key, sentence in found.items() if sentence}


def companion_faults(question, given: AnswerInput, today: date) -> dict[str, str]:
    known = {companion["name"]: companion for companion in question.companions}
    found = {
        f"{COMPANION}{name}": "Uppgiften hör inte till frågan."
        for name in given.companions
        if name not in known or name == "text"
    }
    values = given.value if isinstance(given.value, list) else [given.value]
    for name, companion in known.items():
        key = "text" if name == "text" else f"{COMPANION}{name}"
        value = given.text if name == "text" else given.companions.get(name)
        if not value and set(values) & set(companion["required_when"]):
            found[key] = f"Fyll i: {companion['label'][:1].lower()}{companion['label'][1:]}."
        elif value and name != "text":
            sentence = COMPANION_CHECKS[companion["type"]](value, today)
            found |= {key: sentence} if sentence else {}
    return found


# --- One value each: the sentence that is wrong with it, or nothing -----------------------------


def of_these(value, allowed, sentence: str) -> str:
    return "" if isinstance(value, str | bool) and value in allowed else sentence


def choices_fault(value, allowed) -> str:
    if isinstance(value, list) and all(one in list(allowed) for one in value):
        return ""
    return "Välj bland svaren i listan."


def date_fault(value, today: date) -> str:
    try:
        day = date.fromisoformat(value)
    except (TypeError, ValueError):
        return "Skriv datumet som ÅÅÅÅ-MM-DD."
    return "Datumet kan inte ligga framåt i tiden." if day > today else ""


def number_fault(value) -> str:
    ok = isinstance(value, int | float) and not isinstance(value, bool)
    return "" if ok else "Skriv ett tal med siffror, till exempel 12 500."


def long_text_fault(value) -> str:
    if not isinstance(value, str):
        return "Skriv en text."
    if len(value) > LONGEST_TEXT:
        return f"Texten är för lång: högst {LONGEST_TEXT} tecken, nu {len(value)}."
    return personal_fault(value)


def line_fault(value) -> str:
    if len(str(value)) > LONGEST_LINE:
        return f"Högst {LONGEST_LINE} tecken, nu {len(str(value))}."
    return personal_fault(str(value))


def personal_fault(text: str) -> str:
    """No personal identity numbers anywhere (product.md §4)."""
    return refusal(refuse_personal_numbers, text)


def orgnr_fault(value) -> str:
    return refusal(checked, str(value))


def refusal(validator, value) -> str:
    try:
        validator(value)
    except ValidationError as fault:
        return fault.message
    return ""


COMPANION_CHECKS = {
    "orgnr": lambda value, today: orgnr_fault(value),
    "datum": date_fault,
    "tal": lambda value, today: number_fault(value),
    "rad": lambda value, today: line_fault(value),
}
