"""The table of mails: what each is called, which fields its text may hold, and how it is sent.

A kind is code, its text is data (notifications/texts.py). Every app lists its kinds in
`<app>/mail_kinds.py` and names them in its AppConfig; the text that the program brings lies in
`<app>/mail_texts/<code>.txt`: a line *Ämne: …*, an empty line, and the mail.
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from pathlib import Path

from django.apps import apps

SUBJECT = "Ämne: "


class Pace(StrEnum):
    """How soon it must leave. Only what goes to a person may ever wait."""

    AT_ONCE = "at_once"
    INFORMATION = "information"  # may be gathered to one mail a day
    REMINDER = "reminder"  # that too, and is not sent outside working days


@dataclass(frozen=True)
class Field:
    """A name that a text may hold within braces: {nummer}. All of it is read by administrators."""

    name: str
    says: str
    example: str


@dataclass(frozen=True)
class Kind:
    """One kind of mail. `must`: fields that no text of the kind may lack.

    outside: it goes to an organisation, whose address only the notice holds. heading: what it
    stands under in lists (`under`).
    """

    code: str
    name: str
    fields: tuple[Field, ...]
    must: tuple[str, ...] = ("länk",)
    pace: Pace = Pace.AT_ONCE
    outside: bool = False
    heading: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(field.name for field in self.fields)

    @property
    def examples(self) -> dict[str, str]:
        return {field.name: field.example for field in self.fields}


def under(heading: str, *kinds: Kind) -> tuple[Kind, ...]:
    """The kinds, to be listed together under a heading in Swedish."""
    return tuple(replace(kind, heading=heading) for kind in kinds)


LINK = Field("länk", "adressen till sidan", "https://samverkan.example/arenden/12/")

REMINDER = (
    Field("mottagare", "den som får mejlet", "Tomas Nyhagen"),
    Field("vad", "det som ska göras", "Uppföljning av 2026-0012"),
    Field(
        "planerat",
        "raden ”Planerat till” med dagen; tom när inget är planerat",
        "Planerat till: 3 mars 2027.",
    ),
    Field("senast", "sista dagen", "30 juni 2027"),
    Field("ansvarig", "den som ska göra det", "Tomas Nyhagen"),
    Field("uppmaning", "vad mottagaren ska göra, efter om hen själv är ansvarig", "Gör det här:"),
    LINK,
)

NUMBER = Field("nummer", "ärendets nummer", "2026-0012")

DIGEST, SECRET = "digest", "secret"
MAIL_KINDS = (
    *under(
        "Påminnelser",
        Kind("reminder_before", "Påminnelse innan dagen", REMINDER, pace=Pace.REMINDER),
        Kind("reminder_on", "Påminnelse när dagen har kommit", REMINDER, pace=Pace.REMINDER),
        Kind("reminder_after", "Påminnelse när dagen har passerat", REMINDER, pace=Pace.REMINDER),
        Kind("reminder_last", "Sista påminnelsen", REMINDER, pace=Pace.REMINDER),
    ),
    *under(
        "I stället för andra mejl",
        Kind(
            DIGEST,
            "Dagens sammanställning, till den som har valt en",
            (
                Field("mottagare", "den som får mejlet", "Tomas Nyhagen"),
                Field("antal", "hur många meddelanden, i ord som passar", "2 meddelanden"),
                Field(
                    "meddelanden",
                    "meddelandena, vart och ett med ämne och text",
                    "1. Redo för beslut: Läxhjälp (2026-0012)\n\nKontrollen är klar.\n\n"
                    "2. Dags nu: Uppföljning av 2026-0009\n\nDagen har kommit.",
                ),
                LINK,
            ),
            must=("meddelanden",),
        ),
        # Whatever is told of a case with a secrecy mark: no other field can be asked for.
        Kind(SECRET, "Ärende med sekretessmarkering", (NUMBER, LINK), must=("nummer", "länk")),
    ),
)


@cache
def all_kinds() -> dict[str, Kind]:
    """Code → kind, of every app, in the order of the apps. Raises ValueError for a code twice."""
    found: dict[str, Kind] = {}
    for config in apps.get_app_configs():
        for kind in getattr(config, "mail_kinds", ()):
            if kind.code in found:
                raise ValueError(f"two kinds of mail are called {kind.code}")
            found[kind.code] = kind
    return found


def name_of(code: str) -> str:
    """What a kind is called in Swedish; its code for one that the program no longer has."""
    kind = all_kinds().get(code)
    return kind.name if kind else code


def pace_of(code: str) -> Pace:
    """How soon a mail of the kind must leave; at once for one that there is no kind of."""
    kind = all_kinds().get(code)
    return kind.pace if kind else Pace.AT_ONCE


def goes_outside(code: str) -> bool:
    """Whether mails of the kind go to an organisation; no for one that there is no kind of."""
    kind = all_kinds().get(code)
    return kind is not None and kind.outside


@cache
def shipped(code: str) -> tuple[str, str]:
    """(subject, body) that the program brings. Raises KeyError for a kind that there is none of."""
    all_kinds()[code]
    owner = next(
        config
        for config in apps.get_app_configs()
        if any(kind.code == code for kind in getattr(config, "mail_kinds", ()))
    )
    text = (Path(owner.path) / "mail_texts" / f"{code}.txt").read_text(encoding="utf-8")
    subject, _, body = text.partition("\n\n")
    return subject.removeprefix(SUBJECT).strip(), body.strip() + "\n"
