"""From records to the agreement's document (product.md §7)."""

from django.utils import timezone

from agreements import reading
from agreements.content import Content
from agreements.models import Agreement, Draft, Side
from agreements.sections import SECTIONS, sections_of
from casework.swedish import and_list, hours, kronor
from collaborations.models import Collaboration
from documents.agreement import (
    AgreementDocumentData,
    Contribution,
    Party,
    Section,
    version_words,
)


def data_of(case: Collaboration, agreement: Agreement, draft: Draft) -> AgreementDocumentData:
    """Everything the document says of that version, with the parties and what they bring."""
    content = Content.from_json(draft.content)
    saved_on = timezone.localdate(draft.saved_at)
    return AgreementDocumentData(
        number=case.number,
        title=case.title,
        heading=heading(agreement),
        administration=case.administration.name,
        unit=case.unit.name,
        diary_number=case.registry_number,
        secrecy=case.secrecy_provision,
        parties=tuple(Party(one.name, one.number) for one in case.terms.parties.all()),
        sections=tuple(sections(agreement, content)),
        contributions=tuple(contributions(case)) if agreement.is_main else (),
        sums=tuple(sums(case)) if agreement.is_main else (),
        version=version_words(draft.number, draft.label, draft.saved_by.name, saved_on),
        saved_on=saved_on,
        amends=amends(agreement),
    )


def heading(agreement: Agreement) -> str:
    return agreement.get_template_display() if agreement.is_main else str(agreement)


def amends(agreement: Agreement) -> str:
    if agreement.is_main:
        return ""
    titles = and_list(f"”{SECTIONS[code].title}”" for code in agreement.changes)
    return (
        f"Tillägget ersätter avsnitten {titles} i {agreement.amends}. Allt annat gäller som förut."
    )


def sections(agreement: Agreement, content: Content):
    """The sections in order: those that must be there, and those that say something."""
    number = 0
    for section in sections_of(agreement.template):
        text, lines = content.text(section.code), content.lines(section.holds)
        wanted = agreement.is_main or section.code in agreement.changes
        if wanted and (text or lines):
            number += 1
            yield Section(str(number), section.title, text, tuple(lines))


def contributions(case: Collaboration):
    for line in case.terms.contributions.all():
        yield Contribution(
            line.who,
            f"{line.get_kind_display().capitalize()}: {line.what}",
            ", ".join(filter(None, (kronor(line.value), hours(line.hours)))),
            line.valuation,
        )


def sums(case: Collaboration):
    """Both sides' sums, with their share of the whole."""
    found = reading.sums(case.terms)
    whole = sum(side["value"] for side in found.values())
    for side in Side:
        value, worked = found[side]["value"], hours(found[side]["hours"])
        share = f", {round(100 * value / whole)} procent av värdet" if whole else ""
        both = and_list(filter(None, (kronor(value), worked)))
        yield f"{side.label.capitalize()} bidrar med {both}{share}."
