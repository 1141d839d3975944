"""What holds now: the main agreement with what its signed amendments have changed. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from agreements.content import Content
from agreements.sections import SECTIONS


@dataclass(frozen=True)
class Change:
    """A signed amendment: what it is called, the sections it names, and what they now say."""

    name: str
    sections: tuple[str, ...]
    content: Content


@dataclass(frozen=True)
class Effective:
    """content: what holds. origin: section code → name of the agreement its text comes from."""

    content: Content
    origin: dict[str, str]


def effective(main: Content, changes: Iterable[Change] = (), name: str = "") -> Effective:
    """The main text with each named section replaced, in order; everything else is inherited.

    A section's rows follow its text: an amendment that names the goals has all of the goals.
    """
    held, origin = main, dict.fromkeys(main.texts, name)
    for change in changes:
        texts = dict(held.texts)
        for code in change.sections:
            texts[code] = change.content.text(code)
            origin[code] = change.name
        kinds = {SECTIONS[code].holds for code in change.sections}
        held = replace(
            held,
            texts=texts,
            goals=change.content.goals if "goals" in kinds else held.goals,
            commitments=change.content.commitments if "commitments" in kinds else held.commitments,
            starts_on=held.starts_on,
            ends_on=change.content.ends_on if "period" in kinds else held.ends_on,
        )
    return Effective(held, origin)
