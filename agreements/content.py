"""What a version of an agreement says, as plain data: kept in the draft, compared, printed."""

from dataclasses import dataclass, field
from datetime import date

from casework.swedish import long_date


@dataclass(frozen=True)
class CommitmentLine:
    side: str
    party: str
    what: str
    why: str = ""
    evidence: str = ""
    due_on: date | None = None

    def __str__(self):
        parts = [f"{self.party}: {self.what}"]
        parts += [f"Därför: {self.why}"] if self.why else []
        parts += [f"Mått eller underlag: {self.evidence}"] if self.evidence else []
        parts += [f"Senast {long_date(self.due_on)}"] if self.due_on else []
        return ". ".join(part.rstrip(".") for part in parts) + "."

    @property
    def is_whole(self) -> bool:
        return bool(self.why and self.evidence and self.due_on)


@dataclass(frozen=True)
class GoalLine:
    text: str
    indicator: str = ""
    baseline: str = ""
    target: str = ""
    due_on: date | None = None

    def __str__(self):
        parts = [self.text]
        parts += [f"Mäts genom: {self.indicator}"] if self.indicator else []
        parts += [f"Utgångsläge: {self.baseline}"] if self.baseline else []
        parts += [f"Målvärde: {self.target}"] if self.target else []
        parts += [f"Nås senast {long_date(self.due_on)}"] if self.due_on else []
        return ". ".join(part.rstrip(".") for part in parts) + "."

    @property
    def is_measurable(self) -> bool:
        return bool(self.indicator and self.target and self.due_on)


@dataclass(frozen=True)
class Content:
    """texts: section code → text. Rows stand beside the text of the section that holds them."""

    texts: dict[str, str] = field(default_factory=dict)
    commitments: tuple[CommitmentLine, ...] = ()
    goals: tuple[GoalLine, ...] = ()
    starts_on: date | None = None
    ends_on: date | None = None

    def text(self, code: str) -> str:
        return self.texts.get(code, "")

    def lines(self, holds: str) -> list[str]:
        """The rows of a section in words, as they are compared and printed."""
        if holds == "goals":
            return [str(goal) for goal in self.goals]
        if holds == "commitments":
            return [str(commitment) for commitment in self.commitments]
        if holds == "period" and self.starts_on and self.ends_on:
            return [f"Gäller från {long_date(self.starts_on)} till {long_date(self.ends_on)}."]
        return []

    def to_json(self) -> dict:
        return {
            "texts": {code: text for code, text in self.texts.items() if text},
            "commitments": [_row(one) for one in self.commitments],
            "goals": [_row(one) for one in self.goals],
            "starts_on": _iso(self.starts_on),
            "ends_on": _iso(self.ends_on),
        }

    @classmethod
    def from_json(cls, kept: dict) -> "Content":
        return cls(
            texts=dict(kept.get("texts", {})),
            commitments=tuple(CommitmentLine(**_read(row)) for row in kept.get("commitments", ())),
            goals=tuple(GoalLine(**_read(row)) for row in kept.get("goals", ())),
            starts_on=_day(kept.get("starts_on")),
            ends_on=_day(kept.get("ends_on")),
        )


def _row(line) -> dict:
    return {
        name: _iso(value) if isinstance(value, date) else value
        for name, value in vars(line).items()
        if value not in ("", None)
    }


def _read(row: dict) -> dict:
    return {name: _day(value) if name == "due_on" else value for name, value in row.items()}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
