"""Is everything that must stand in an agreement there? Pure: reads nothing, saves nothing."""

from collections.abc import Iterable
from dataclasses import dataclass

from agreements.content import Content
from agreements.models.terms import Side
from agreements.models.words import Template
from agreements.sections import (
    COMMITMENTS,
    CONTRIBUTIONS,
    GOALS,
    PERIOD,
    REQUIRED,
    SECTIONS,
    Section,
    template_for,
)


@dataclass(frozen=True)
class Missing:
    """A section that is not finished, and why, as a sentence."""

    code: str
    why: str
    sources: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        return SECTIONS[self.code].title


def missing_sections(
    form: str,
    draft: Content,
    *,
    template: str = "",
    only: Iterable[str] | None = None,
    sides: Iterable[str] = (),
) -> list[Missing]:
    """What the draft lacks, section by section, in their order; empty when it can be signed.

    form: of the collaboration; it names the template unless one is given. only: the sections of
    an amendment. sides: those that bring something (both must, in a partnership).
    """
    template = template or template_for(form)
    wanted = REQUIRED[template] if only is None else tuple(only)
    sides = frozenset(sides)
    found = []
    for code in wanted:
        section = SECTIONS[code]
        # An amendment restates only words and rows: what is brought was decided with the whole.
        sentences = lacks(section, draft, template, sides, whole=only is None)
        found += [Missing(code, why, section.sources) for why in sentences]
    return found


def lacks(section: Section, draft: Content, template: str, sides: frozenset, whole: bool):
    """Why this section is not finished, as sentences."""
    partnership = template == Template.PARTNERSHIP
    if section.holds == PERIOD:
        return period_lacks(draft)
    sentences = []
    if not draft.text(section.code).strip():
        sentences.append("Avsnittet är tomt.")
    if section.holds == GOALS and partnership and not draft.goals:
        sentences.append("Inget mål är angivet.")
    if section.holds == COMMITMENTS:
        sentences += commitments_lack(draft, partnership)
    if section.holds == CONTRIBUTIONS and partnership and whole:
        sentences += [
            f"Ingen insats från {who} är angiven."
            for side, who in ((Side.US, "oss"), (Side.ORGANISATION, "organisationen"))
            if side not in sides
        ]
    return sentences


def period_lacks(draft: Content) -> list[str]:
    if not (draft.starts_on and draft.ends_on):
        return ["Perioden är inte angiven."]
    if draft.ends_on < draft.starts_on:
        return ["Perioden slutar innan den börjar."]
    return []


def commitments_lack(draft: Content, partnership: bool) -> list[str]:
    """I-38: both sides promise something, and each promise matters and can be followed up."""
    if not partnership:
        return []
    sentences = [
        f"Inget åtagande från {who} är angivet."
        for side, who in ((Side.US, "oss"), (Side.ORGANISATION, "organisationen"))
        if side not in {commitment.side for commitment in draft.commitments}
    ]
    return sentences + [
        f"Åtagandet ”{commitment.what}” saknar varför det är viktigt, mått eller tidpunkt."
        for commitment in draft.commitments
        if not commitment.is_whole
    ]
