"""Begin an agreement, save versions of it, sign it. The case's rules are asked by the caller.

Everything here belongs inside the move that the caller makes, and so in its transaction.
"""

from dataclasses import replace
from datetime import date
from uuid import UUID

from agreements import reading
from agreements.content import Content
from agreements.models import (
    Agreement,
    AgreementKind,
    Commitment,
    Draft,
    Goal,
    Party,
    Side,
    Signature,
    Terms,
)
from agreements.sections import COMMITMENTS, GOALS, SECTIONS
from audit import clock


class StaleSection(Exception):
    """Somebody has changed this very section since the page was opened. Nothing was saved."""

    def __init__(self, draft: Draft):
        self.draft = draft
        super().__init__(f"{draft}")


def ensure_parties(terms: Terms, *, unit, organisations) -> None:
    """Our unit on one side and the organisations on the other, unless parties are named."""
    if terms.parties.exists():
        return
    Party.objects.create(
        terms=terms, side=Side.US, unit=unit, name=f"{unit.administration.name}, {unit.name}"
    )
    add_organisations(terms, organisations)


def add_organisations(terms: Terms, organisations) -> None:
    for organisation in organisations:
        Party.objects.create(
            terms=terms,
            side=Side.ORGANISATION,
            organisation=organisation,
            name=organisation.name,
            number=organisation.number_written,
        )


def follow_organisations(terms: Terms, organisations) -> list[Party]:
    """Let the parties of the other side be those organisations, once there are parties.

    Returns those that cannot go, since they have promised or bring something.
    """
    organisations = list(organisations)
    if not terms.parties.exists():
        return []
    gone = terms.parties.filter(side=Side.ORGANISATION).exclude(organisation__in=organisations)
    if busy := [one for one in gone if one.commitments.exists() or one.contributions.exists()]:
        return busy
    gone.delete()
    there = set(terms.parties.values_list("organisation", flat=True))
    add_organisations(terms, [one for one in organisations if one.pk not in there])
    return []


def begin(terms: Terms, *, form_key: UUID, template: str, by) -> Agreement:
    """A main agreement with an empty first version."""
    kind = AgreementKind.MAIN
    agreement = Agreement.objects.create(
        form_key=form_key,
        terms=terms,
        kind=kind,
        template=template,
        number=reading.next_number(terms, kind),
        begun_by=by,
    )
    save_version(agreement, Content(), changed=[], by=by)
    return agreement


def amend(main: Agreement, *, form_key: UUID, sections: list[str], by) -> Agreement:
    """An amendment that begins from what holds now in the sections it names."""
    terms, kind = main.terms, AgreementKind.AMENDMENT
    held = reading.effective_of(main).content
    amendment = Agreement.objects.create(
        form_key=form_key,
        terms=terms,
        kind=kind,
        template=main.template,
        number=reading.next_number(terms, kind),
        amends=main,
        changes=sections,
        begun_by=by,
    )
    holds = {SECTIONS[code].holds for code in sections}
    begins = Content(texts={code: held.text(code) for code in sections})
    if COMMITMENTS in holds:
        parties = {party.name: party for party in terms.parties.all()}
        Commitment.objects.bulk_create(
            Commitment(
                agreement=amendment,
                party=parties[line.party],
                what=line.what,
                why=line.why,
                evidence=line.evidence,
                due_on=line.due_on,
            )
            for line in held.commitments
        )
        begins = replace(begins, commitments=held.commitments)
    if GOALS in holds:
        Goal.objects.bulk_create(Goal(agreement=amendment, **vars(line)) for line in held.goals)
        begins = replace(begins, goals=held.goals)
    if "period" in holds:
        begins = replace(begins, starts_on=held.starts_on, ends_on=held.ends_on)
    save_version(amendment, begins, changed=[], by=by)
    return amendment


def write_section(
    agreement: Agreement,
    code: str,
    *,
    base: int,
    text: str = "",
    rows: list[dict] | None = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
    label: str = "",
    by,
) -> Draft | None:
    """Save one section as a new version. None when nothing differs from what is saved.

    base: the version the page showed. rows: all commitments or goals of the section; they replace
    the earlier. Raises StaleSection when the section has been changed since by someone else.
    """
    section = SECTIONS[code]
    latest = agreement.drafts.first()
    now = Content.from_json(latest.content)
    shown = Content.from_json(agreement.drafts.get(number=base).content)
    if section.holds in (COMMITMENTS, GOALS) and rows is not None:
        held = lines_of(section.holds, rows)
    else:
        held = getattr(now, section.holds) if section.holds in (COMMITMENTS, GOALS) else ()
    new = replace(now, texts={**now.texts, code: text.strip()})
    if section.holds in (COMMITMENTS, GOALS):
        new = replace(new, **{section.holds: held})
    if section.holds == "period":
        new = replace(new, starts_on=starts_on, ends_on=ends_on)
    if said(new, section) == said(now, section):
        return None
    if said(now, section) != said(shown, section):
        raise StaleSection(latest)
    if section.holds in (COMMITMENTS, GOALS) and rows is not None:
        replace_rows(agreement, section.holds, rows)
    return save_version(agreement, new, changed=[code], label=label, by=by)


def said(content: Content, section) -> tuple:
    return content.text(section.code), tuple(content.lines(section.holds))


def lines_of(holds: str, rows: list[dict]) -> tuple:
    if holds == GOALS:
        return tuple(reading.GoalLine(**row) for row in rows)
    return tuple(
        reading.CommitmentLine(
            side=row["party"].side,
            party=row["party"].name,
            **{name: value for name, value in row.items() if name != "party"},
        )
        for row in rows
    )


def replace_rows(agreement: Agreement, holds: str, rows: list[dict]) -> None:
    model = Commitment if holds == COMMITMENTS else Goal
    model.objects.filter(agreement=agreement).delete()
    model.objects.bulk_create(model(agreement=agreement, **row) for row in rows)


def save_version(
    agreement: Agreement, content: Content, *, changed: list[str], label: str = "", by
) -> Draft:
    last = agreement.drafts.first()
    return Draft.objects.create(
        agreement=agreement,
        number=last.number + 1 if last else 1,
        content=content.to_json(),
        changed=changed,
        label=label.strip(),
        saved_by=by,
    )


def sign(agreement: Agreement, *, draft: Draft, signatures, starts_on, ends_on, file, by) -> None:
    """Register the signed agreement: signatures first, then all of it at once, for good.

    signatures: unsaved Signature rows. The database refuses it when a party has not signed.
    """
    for signature in signatures:
        signature.agreement = agreement
        signature.save(force_insert=True)
    agreement.signed_draft = draft
    agreement.starts_on, agreement.ends_on = starts_on, ends_on
    agreement.signed_file = file
    agreement.registered_by, agreement.registered_at = by, clock.now()
    agreement.save()


def signature(party: Party, *, name: str, role: str, signed_on: date, person=None) -> Signature:
    return Signature(party=party, name=name, role=role, signed_on=signed_on, person=person)
