"""What documents are made of: frozen, ready to read, known to no app above.

Everything is text, dates without time, or tuples of such. An empty text means that there is nothing
to say; what says nothing is left out.
"""

from dataclasses import dataclass
from datetime import date

ANSWER_COLUMN, LONG_FACT = 24, 500  # characters
SHORT_ROWS, SHORT_TEXT = 12, 1200  # of a block that is kept on one page


@dataclass(frozen=True)
class Person:
    name: str
    title: str = ""

    def __str__(self):
        return f"{self.name}, {self.title}" if self.title else self.name


@dataclass(frozen=True)
class Passage:
    """A heading, or a question, and what is said under it."""

    heading: str
    text: str


@dataclass(frozen=True)
class Fact:
    """What it is called, and what it is."""

    label: str
    text: str

    @property
    def is_long(self) -> bool:
        """Too long to be moved to the next page whole: it may be cut there."""
        return len(self.text) > LONG_FACT


@dataclass(frozen=True)
class Table:
    """The first column names its row. short: the columns whose words stay on one line."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    short: tuple[int, ...] = ()


@dataclass(frozen=True)
class Block:
    """A heading with what stands under it: text, facts, a list, a table; as many as say something.

    `none`: what is said where there is nothing, so that no heading stands empty. level: of the
    heading, 2 or 3. intro: what is said in small of the blocks of a lower level that follow.
    """

    heading: str
    text: str = ""
    facts: tuple[Fact, ...] = ()
    lines: tuple[str, ...] = ()
    table: Table | None = None
    none: str = ""
    level: int = 2
    intro: str = ""

    @property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        return self.table.rows if self.table else ()

    @property
    def is_empty(self) -> bool:
        return not (self.text or self.intro or self.facts or self.lines or self.rows)

    @property
    def is_short(self) -> bool:
        """Whether it reads better on one page than cut in two."""
        cells = [cell for row in self.rows for cell in row]
        said = [self.text, *self.lines, *(fact.text for fact in self.facts), *cells]
        return len(self.rows) <= SHORT_ROWS and sum(map(len, said)) <= SHORT_TEXT


@dataclass(frozen=True)
class Answer:
    code: str
    question: str
    answer: str  # "Ja", or "Ja" and more lines; empty: not answered
    group: str = ""  # the heading it stands under; answers of one group stand together
    note: str = ""
    evidence: str = ""  # reference, never the document itself
    evidence_on: date | None = None
    documents: tuple[str, ...] = ()  # those that lie with us: title, period, hash of the file
    effect: str = ""  # what this answer led to, in words; empty: nothing
    motivation: str = ""
    inquiry: str = ""
    reused_from: str = ""  # "SAM-2025-0091, 3 mars 2025"
    answered_by: str = ""
    answered_on: date | None = None

    @property
    def first_line(self) -> str:
        """What stands in the column of answers; empty when that line is too long for it."""
        line = self.answer.partition("\n")[0]
        return line if len(line) <= ANSWER_COLUMN else ""

    @property
    def rest(self) -> str:
        """What of the answer the column has no room for."""
        return self.answer.removeprefix(self.first_line).strip()

    @property
    def says_more(self) -> bool:
        """Whether there is more to say than the question's own row holds."""
        said = (self.rest, self.note, self.effect, self.motivation, self.inquiry, self.reused_from)
        return any(said) or bool(self.documents)


@dataclass(frozen=True)
class QuestionSet:
    title: str
    version: str  # "2, gäller från 1 januari 2026"
    outcome: str
    answers: tuple[Answer, ...]
    outcome_reasons: str = ""


def facts_of(*pairs: tuple[str, str]) -> tuple[Fact, ...]:
    """The facts that say something, in order."""
    return tuple(Fact(label, text) for label, text in pairs if text)
