"""A move takes a subject from one step to the next. One with-block locks, checks, changes, records.

    with moving(collaboration, DECIDE, by=person, version=3) as collaboration:
        collaboration.outcome = outcome

The subject is a `Chained` model with `step`, `version` and `unit`.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

from django.db import models, transaction

from accounts.permissions import Permission, may
from audit.record import fingerprint, record
from casework.rules import Reason, Rule

STAY = None


@dataclass(frozen=True)
class Move:
    name: str
    label: str
    needs: Permission
    leaves: frozenset[str]
    enters: str | None  # None: stays where it is
    event: str
    person: tuple[Rule, ...] = ()
    rules: Callable[[object], Iterable[Rule]] | tuple[Rule, ...] = ()
    warnings: Callable[[object], Iterable[Rule]] | tuple[Rule, ...] = ()
    # Notes and consultations do not make other people's open forms stale.
    keeps_version: bool = False


class NotAllowed(Exception):
    """The move is not open. Says why, in the words of the rules."""

    def __init__(self, reasons: Iterable[Reason]):
        self.reasons = list(reasons)
        super().__init__(" ".join(str(reason) for reason in self.reasons))


class Stale(Exception):
    """What was saved rests on an older version of the record. Nothing was changed."""

    def __init__(self, current: models.Model):
        self.current = current
        super().__init__("Någon har ändrat ärendet sedan du öppnade sidan.")


def asked(rules, subject) -> Iterable[Rule]:
    return rules(subject) if callable(rules) else rules


def closed(subject, move: Move, person) -> list[Reason]:
    """Why the move is not open to this person at this step; empty when it is.

    person None is the program itself, which makes only SYSTEM moves and those of no person.
    """
    reasons = []
    if subject.step not in move.leaves:
        reasons.append(Reason(f"Det går inte att göra detta i läget {subject.get_step_display()}."))
    if person is None:
        return reasons
    if not may(person, move.needs, subject):
        return reasons + who_may(subject, move, person)
    for rule in move.person:
        reasons += rule.reasons(subject, person)
    return reasons


def who_may(subject, move: Move, person) -> list[Reason]:
    """Said to who lacks the permission, alone: whatever else is asked would not help.

    In the words of the rules that say who may, else that the permission is lacking.
    """
    said = [
        reason for rule in move.person if rule.says_who for reason in rule.reasons(subject, person)
    ]
    lacks = f"Du har inte rätt att {move.needs.label} i den här enheten."
    return said or [Reason(lacks, rule="permission")]


def missing(subject, move: Move) -> list[Reason]:
    """What the case lacks before the move can be made; empty when nothing."""
    return [reason for rule in asked(move.rules, subject) for reason in rule.reasons(subject)]


def warned(subject, move: Move) -> list[Reason]:
    """What does not stop the move but should be thought of."""
    return [reason for rule in asked(move.warnings, subject) for reason in rule.reasons(subject)]


def refuse_if(reasons: list[Reason]) -> None:
    if reasons:
        raise NotAllowed(reasons)


@contextmanager
def moving(
    subject,
    move: Move,
    *,
    by,
    version: int | None = None,
    details: dict | None = None,
    earlier: dict | None = None,
) -> Iterator:
    """Lock the subject, let the caller change it, then hold the result to the rules of the move.

    by: the person, or None for the program. version: that of the form that was sent; None when
    there is none. details, earlier: dicts that the caller may fill with ids and codes for the
    event, and with texts as they were before.
    Yields the locked subject. Raises Stale, NotAllowed; then nothing has changed.
    """
    details = {} if details is None else details
    with transaction.atomic():
        locked = type(subject)._base_manager.select_for_update().get(pk=subject.pk)
        if version is not None and version != locked.version:
            raise Stale(locked)
        refuse_if(closed(locked, move, by))
        before = snapshot(locked)
        yield locked
        refuse_if(missing(locked, move))
        came_from = locked.step
        if move.enters is not STAY:
            locked.step = move.enters
        if not move.keeps_version or locked.step != came_from:
            locked.version += 1
        locked.save()
        changed, texts = differences(before, snapshot(locked))
        record(
            move.event,
            locked,
            by=by,
            details={**details, "step": [came_from, locked.step], "changed": changed},
            earlier={**texts, **(earlier or {})},
        )
    for field in locked._meta.concrete_fields:
        setattr(subject, field.attname, getattr(locked, field.attname))


# The chain itself, what the event says anyway, and keys made of other fields.
UNTOLD = {"chain_head", "chain_count", "version", "step", "sort_key", "search_key"}


def snapshot(subject) -> dict[str, object]:
    return {
        field.attname: field.value_from_object(subject)
        for field in subject._meta.concrete_fields
        if field.attname not in UNTOLD
    }


def differences(before: dict, after: dict) -> tuple[dict, dict]:
    """(changed: field → [old, new] as codes or fingerprints, earlier: field → old free text)."""
    changed = {
        name: [told(before[name]), told(after[name])]
        for name in before
        if before[name] != after[name]
    }
    earlier = {name: before[name] for name in changed if is_text(before[name])}
    return changed, earlier


def is_text(value) -> bool:
    """Free text, as against a code: it holds a space or is long."""
    return isinstance(value, str) and (" " in value or len(value) > 40)


def told(value):
    """How a value stands in the log: codes and numbers as they are, texts as fingerprints."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if is_text(value):
        return f"text:{fingerprint(value)}"
    if value is None or isinstance(value, bool | int | str):
        return value
    return f"text:{fingerprint(str(value))}"
