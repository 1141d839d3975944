"""The decision document: its data, its words, its PDF (product §7; G-47, G-48).

`collaborations` fills these dataclasses from its records: this app lies below it and knows no case.
Everything is text that is ready to read, dates without time, or tuples of such. An empty text means
that there is nothing to say, and then its heading is left out or the document says so in words.
No private text belongs here: of a declaration of jäv only who, when and what it led to (OSL, GDPR).
"""

import hashlib
import re
from dataclasses import dataclass
from datetime import date

from django.template.loader import render_to_string

from casework.swedish import and_list
from documents import canonical
from documents.parts import Block, Fact, Passage, Person, QuestionSet
from documents.pdf import render_pdf

SCHEMA = "samverkan/decision/4"
TEMPLATE_VERSION = "3"


class Unfinished(ValueError):
    """There is no decision yet to make a document of."""


@dataclass(frozen=True)
class Organisation:
    name: str
    number: str = ""  # empty: no legal person of its own
    legal_form: str = ""
    role: str = ""  # in this collaboration


@dataclass(frozen=True)
class Contribution:
    party: str
    what: str
    value: str = ""  # "12 000 kronor"; empty when it is not valued


@dataclass(frozen=True)
class Motivation:
    questions: tuple[Passage, ...]  # the three of G-16
    need_type: str
    need: str  # G-19
    assignments: tuple[str, ...]  # G-20, with their year
    areas: tuple[str, ...]
    target_groups: tuple[str, ...]
    heard: str  # how the target group is heard, G-26
    equal_chance: str  # how others got the same chance, G-17 and G-43
    involves_minors: bool = False
    shares_personal_data: bool = False
    contributions: tuple[Contribution, ...] = ()
    more: tuple[Passage, ...] = ()


@dataclass(frozen=True)
class Advice:
    """What was asked beside the decision, and what was answered (G-45)."""

    adviser: str
    question: str
    asked_by: str
    asked_on: date
    answered_on: date | None = None  # None: no answer had come when the decision was made
    answered_by: str = ""
    advice: str = ""
    reasons: str = ""
    notes: tuple[str, ...] = ()  # the meeting, who took part, what took its place


@dataclass(frozen=True)
class FollowUp:
    how: str
    on: date
    responsible: str


@dataclass(frozen=True)
class Appeal:
    """Whether the decision can be appealed; `text` is versioned data, without a last date."""

    answer: str  # one of APPEALS; empty only in a draft
    text: str
    version: str
    reasons: str = ""


@dataclass(frozen=True)
class SecrecyMark:
    provision: str
    by: str
    on: date


@dataclass(frozen=True)
class Declaration:
    """A declaration of jäv: who, as what, when, what it led to. Never what was written in it."""

    person: Person
    capacity: str  # "Beslutar", "Kontrollerar", "Ger råd"
    declared_on: date
    result: str  # "Inget jäv anmält", "Uppenbart utan betydelse"
    ruled_by: str = ""
    ruled_on: date | None = None


@dataclass(frozen=True)
class DecisionDocumentData:
    number: str
    title: str
    kind: str  # one of KINDS
    administration: str
    unit: str
    form: str  # "Informell samverkan"
    decided_by: Person
    decided_on: date | None  # None only in a draft
    right: str  # by what right, as a sentence
    reasons: str
    organisations: tuple[Organisation, ...]
    motivation: Motivation
    appeal: Appeal
    sub_type: str = ""  # of an informal collaboration, G-42
    diary_number: str = ""
    initiative: str = ""  # who took it, and when it came
    prepared_by: tuple[Person, ...] = ()
    advice: tuple[Advice, ...] = ()
    against_advice: str = ""  # the decider's words on advice that says no, or has conditions
    follow_up: FollowUp | None = None  # None: there is nothing to follow up
    sent_to: tuple[str, ...] = ()
    supersedes: str = ""  # the decision that this one replaces
    secrecy: SecrecyMark | None = None
    question_sets: tuple[QuestionSet, ...] = ()
    declarations: tuple[Declaration, ...] = ()
    recorded: tuple[Fact, ...] = ()  # where another's decision stands, and who noted it here
    basis: tuple[Block, ...] = ()  # what the form rests on: agreement, funder, risk, small aid
    examined: tuple[Block, ...] = ()  # each test: outcome, who, when, why, opinions

    def __post_init__(self):
        if self.kind not in KINDS:
            raise canonical.Malformed(f"kind: {self.kind!r} is not one of {', '.join(KINDS)}")
        if self.appeal.answer not in APPEALS:
            raise canonical.Malformed(f"appeal: {self.appeal.answer!r} is not ja, nej or oklart")

    def to_json(self) -> str:
        """The data that is kept beside the PDF: canonical, so that its hash is its name."""
        return canonical.to_json(Stored(SCHEMA, self))

    @classmethod
    def from_json(cls, text: str) -> "DecisionDocumentData":
        """The data of a kept decision. Raises canonical.Malformed, also on another schema."""
        stored = canonical.from_json(Stored, text)
        if stored.schema != SCHEMA:
            raise canonical.Malformed(f"schema {stored.schema!r} is not {SCHEMA}")
        return stored.decision


@dataclass(frozen=True)
class Stored:
    schema: str
    decision: DecisionDocumentData


# kind: (heading, what the administration does)
KINDS = {
    "inleda": ("Beslut att inleda samverkan", "inleder samverkan"),
    "avstå": ("Beslut att avstå från samverkan", "avstår från samverkan"),
    "avbryta": ("Beslut att avbryta samverkan", "avbryter samverkan"),
    "avsluta": ("Beslut att avsluta samverkan", "avslutar samverkan"),
}
APPEALS = {
    "ja": "Ja, beslutet kan överklagas.",
    "nej": "Nej, beslutet kan inte överklagas.",
    "oklart": "Det är oklart om beslutet kan överklagas.",
    "": "Inte angivet.",
}


def decision_html(data: DecisionDocumentData, *, draft: bool = False) -> str:
    """The whole document as HTML. `draft` marks every page.

    Only a draft may lack its date, its reasons or whether it can be appealed: raises Unfinished
    when such a decision is asked for as the real thing.
    """
    if not (draft or (data.decided_on and data.reasons and data.appeal.answer)):
        raise Unfinished(f"{data.number} lacks date, reasons or appeal: only a draft can be made")
    heading, does = KINDS[data.kind]
    organisations = and_list(organisation.name for organisation in data.organisations)
    return render_to_string(
        "documents/decision.html",
        {
            "data": data,
            "draft": draft,
            "roles": any(organisation.role for organisation in data.organisations),
            "heading": heading,
            "decision": f"{data.administration} {does} med {organisations}.",
            "appeal": APPEALS[data.appeal.answer],
            "data_sha256": hashlib.sha256(data.to_json().encode()).hexdigest(),
            "template_version": TEMPLATE_VERSION,
        },
    )


def decision_pdf(data: DecisionDocumentData, *, draft: bool = False) -> bytes:
    """`decision_html` as PDF/A-2a and PDF/UA-1; raises as it and as `render_pdf` do."""
    return render_pdf(decision_html(data, draft=draft))


def decision_file_name(data: DecisionDocumentData, *, draft: bool = False) -> str:
    """A name that says what the file is: "Beslut SAM-2026-0014 inleda 2026-11-21.pdf"."""
    words = ["Utkast till beslut" if draft else "Beslut", data.number, data.kind]
    if data.decided_on:
        words.append(data.decided_on.isoformat())
    return re.sub(r'[\\/:*?"<>|\x00-\x1f]+', "-", " ".join(words)) + ".pdf"
