"""All that must be done by a day: which rule, whose, by when, how it is met (domain 1.7.5).

docs/obligations.md is printed from here. Nothing can be written in the ledger that is not of one
of these kinds, and when each is reminded of stands here and nowhere else (reminders.py).
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from accounts.roles import Permission


class Stage(StrEnum):
    """The reminders of one obligation, in order. Each goes to those of the one before, and more."""

    BEFORE = "before", "före dagen"
    ON = "on", "på dagen"
    AFTER = "after", "efter dagen, även till närmaste chef"
    LAST = "last", "sist, även till högsta chefen"

    def __new__(cls, value, label):
        stage = str.__new__(cls, value)
        stage._value_, stage.label = value, label
        return stage

    @property
    def number(self) -> int:
        return list(Stage).index(self) + 1

    @property
    def tells_superior(self) -> bool:
        return self.number >= Stage.AFTER.number

    @property
    def tells_director(self) -> bool:
        return self == Stage.LAST


@dataclass(frozen=True)
class Schedule:
    """When each stage comes, in days from the obligation's day."""

    before: int
    on: int
    after: int
    last: int

    def days(self, stage: Stage) -> int:
        return getattr(self, stage.value)

    def comes_on(self, stage: Stage, day: date) -> date:
        """When the stage comes, of an obligation for `day`."""
        return day + timedelta(days=self.days(stage))

    def stage_on(self, today: date, day: date) -> Stage | None:
        """The latest stage that has come `today`, of an obligation for `day`."""
        come = [stage for stage in Stage if self.comes_on(stage, day) <= today]
        return come[-1] if come else None


ORDINARY = Schedule(-30, 0, 14, 30)
# What somebody has been asked for within weeks.
ANSWER = Schedule(-3, 0, 7, 14)
# What is itself a word in good time.
IN_GOOD_TIME = Schedule(-14, 0, 30, 60)


@dataclass(frozen=True)
class Kind:
    """One row of the table. kept: why it cannot be waived by hand, or "" when it can."""

    code: str
    label: str
    sources: tuple[str, ...]
    owner: str
    day: str
    met: str
    schedule: Schedule
    # What whoever takes it over must be allowed in its unit: one of these is enough.
    needs: tuple[Permission, ...]
    kept: str = ""


P = Permission
_ALL = (
    Kind(
        "follow_up",
        "Uppföljning",
        ("G-47", "G-81", "I-21"),
        "den som beslutet utser",
        "beslutets plan, högst tolv månader från start eller senaste uppföljningen",
        "en uppföljning antecknas",
        ORDINARY,
        (P.COLLABORATION_FOLLOW_UP,),
        kept="En uppföljning görs, eller så avslutas samverkan.",
    ),
    Kind(
        "closing_follow_up",
        "Slutuppföljning",
        ("I-21",),
        "ansvarig chef",
        "tre månader efter slutet (förslag)",
        "slutuppföljningen antecknas",
        ORDINARY,
        (P.COLLABORATION_FOLLOW_UP,),
        kept="Ärendet stängs när slutuppföljningen är gjord.",
    ),
    Kind(
        "follow_up_stand",
        "Ställningstagande till en uppföljning",
        ("I-22", "I-34"),
        "ansvarig chef",
        "två veckor efter uppföljningen (förslag)",
        "chefen tar ställning",
        ANSWER,
        (P.COLLABORATION_DECIDE,),
    ),
    Kind(
        "head_reads",
        "Information om en uppföljning",
        ("I-08", "I-23"),
        "högsta chefen",
        "två veckor efter ställningstagandet (förslag)",
        "högsta chefen bekräftar",
        ANSWER,
        (P.AGREEMENT_SIGN_PARTNERSHIP,),
    ),
    Kind(
        "follow_up_to_board",
        "Uppföljning till nämnden",
        ("I-24",),
        "ansvarig chef",
        "tre månader efter uppföljningen (förslag)",
        "nämndens paragraf antecknas",
        ORDINARY,
        (P.COLLABORATION_BOARD,),
    ),
    Kind(
        "remedy",
        "Åtgärd i samverkan",
        ("I-22", "I-09"),
        "den som utsetts",
        "dagen som beslutats",
        "åtgärden avslutas, eller samverkan",
        ORDINARY,
        (P.COLLABORATION_TAKE_PART,),
        kept="Avsluta åtgärden i ärendet, med en anteckning.",
    ),
    Kind(
        "shortcoming_received",
        "Anmäld brist att lämna vidare",
        ("I-35", "I-36"),
        "enhetschefen",
        "en vecka efter anmälan, dagen efter när det brådskar (förslag)",
        "bristen lämnas till ansvarig chef",
        ANSWER,
        (P.SHORTCOMING_RECEIVE,),
    ),
    Kind(
        "shortcoming_assessed",
        "Bedömning av en brist",
        ("G-82",),
        "ansvarig chef",
        "två veckor efter att den kom, två dagar när det brådskar (förslag)",
        "bristen bedöms",
        ANSWER,
        (P.COLLABORATION_DECIDE,),
        kept="Bedöm bristen i ärendet.",
    ),
    Kind(
        "shortcoming_concluded",
        "Vad en brist leder till",
        ("G-82", "G-83"),
        "ansvarig chef",
        "en månad efter bedömningen, en vecka när det brådskar (förslag)",
        "bristen avslutas med åtgärd, utan åtgärd eller med samverkan",
        ANSWER,
        (P.COLLABORATION_DECIDE,),
        kept="Avsluta bristen i ärendet, eller avbryt samverkan.",
    ),
    Kind(
        "advice",
        "Beredningsgruppens svar",
        ("G-45", "G-52"),
        "den som frågade",
        "svarsdagen i frågan",
        "gruppen svarar",
        ANSWER,
        (P.COLLABORATION_PREPARE, P.COLLABORATION_ADVISE),
    ),
    Kind(
        "opinion",
        "Yttrande",
        ("G-51", "I-26"),
        "den som tillfrågats, annars den som frågade",
        "svarsdagen i frågan",
        "yttrandet lämnas",
        ANSWER,
        (P.OPINION_GIVE, P.COLLABORATION_PREPARE),
    ),
    Kind(
        "measure",
        "Redovisning av åtgärd",
        ("I-53",),
        "ansvarig chef",
        "dagen som beslutats",
        "åtgärden redovisas",
        ORDINARY,
        (P.COLLABORATION_PREPARE,),
        kept="Ge åtgärden en ny sista dag, eller bedöm den, i ärendet.",
    ),
    Kind(
        "reexamination",
        "Ny prövning av demokrativillkor",
        ("G-31", "G-82"),
        "ansvarig chef",
        "när prövningen öppnas",
        "prövningen avslutas",
        ORDINARY,
        (P.COLLABORATION_DECIDE,),
        kept="Avsluta prövningen i ärendet.",
    ),
    Kind(
        "document_request",
        "Begärt underlag",
        ("I-30",),
        "den som begärde",
        "dagen i begäran",
        "allt har kommit in eller avskrivits",
        ANSWER,
        (P.ORGANISATION_EDIT,),
    ),
    Kind(
        "agreement_ends",
        "Överenskommelse som går ut",
        ("S-08",),
        "ansvarig chef",
        "sex och tre månader före sista dagen (förslag)",
        "överenskommelsen får en ny sista dag, eller samverkan avslutas",
        IN_GOOD_TIME,
        (P.COLLABORATION_PREPARE,),
    ),
    Kind(
        "signing",
        "Underteckna överenskommelsen",
        ("G-75", "I-07"),
        "ansvarig chef",
        "tre månader efter beslutet (förslag)",
        "den undertecknade överenskommelsen registreras",
        ORDINARY,
        (P.COLLABORATION_DECIDE,),
    ),
    Kind(
        "renewal",
        "Förnya intygandet",
        ("G-31", "I-48"),
        "handläggaren",
        "tolv månader efter det senaste intygandet (förslag)",
        "ett nytt intygande antecknas",
        ORDINARY,
        (P.COLLABORATION_PREPARE,),
    ),
    Kind(
        "annual_documents",
        "Nya årshandlingar",
        ("I-54",),
        "handläggaren",
        "när den första av årshandlingarna inte gäller längre",
        "nya årshandlingar har kommit in",
        ORDINARY,
        (P.COLLABORATION_PREPARE,),
    ),
    Kind(
        "yearly_assignments",
        "Årets budgetuppdrag",
        ("G-20",),
        "den som sköter grunduppgifterna",
        "31 januari",
        "årets uppdrag läggs in",
        ORDINARY,
        (P.REFERENCE_DATA_EDIT,),
    ),
    Kind(
        "review",
        "Översyn av styrdokument",
        ("G-04", "I-59"),
        "den som sköter grunduppgifterna",
        "dokumentets dag för översyn",
        "dokumentet får en ny dag för översyn",
        ORDINARY,
        (P.REFERENCE_DATA_EDIT,),
    ),
)
KINDS: dict[str, Kind] = {kind.code: kind for kind in _ALL}


def kind_of(code: str) -> Kind:
    """Raises ValueError for what is no kind of obligation."""
    if code not in KINDS:
        raise ValueError(f"{code} stands not in notifications/kinds.py")
    return KINDS[code]


def obligations_page() -> str:
    """docs/obligations.md, without its head."""
    lines = ["# Obligations", "", "| Kind | Source | Whose | By when | Met when | Reminders |"]
    lines.append("|---|---|---|---|---|---|")
    for kind in _ALL:
        days = ", ".join(f"{kind.schedule.days(stage):+d}" for stage in Stage)
        cells = (kind.label, ", ".join(kind.sources), kind.owner, kind.day, kind.met, days)
        lines.append(f"| {' | '.join(cells)} |")
    lines += ["", "Reminders: days from the day. Each stage goes to those of the one before, too."]
    lines += [f"- {stage.label}" for stage in Stage]
    return "\n".join(lines) + "\n"
