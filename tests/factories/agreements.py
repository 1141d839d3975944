"""Agreements: a whole proposal, and its signing."""

import io
from datetime import timedelta
from functools import cache
from uuid import uuid4

import docx
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from agreements import reading
from agreements.models import Agreement, Clause, Side
from agreements.sections import SECTIONS, sections_of, template_for
from agreements.sections import is_required as required
from collaborations.models import Collaboration, Form
from collaborations.steps.agree import begin_agreement, write_section
from collaborations.steps.sign import sign, signed_by
from collaborations.steps.upload_draft import upload_draft
from documents.words import WORD
from tests.factories.collaborations import Place


@cache
def word_bytes(*paragraphs: str) -> bytes:
    """The same words are the same bytes: a Word file holds the time it was written."""
    made, written = docx.Document(), io.BytesIO()
    for text in paragraphs:
        made.add_paragraph(text)
    made.save(written)
    return written.getvalue()


def draft_file(*paragraphs: str, name: str = "utkast.docx") -> SimpleUploadedFile:
    """A Word file as the other party sends it."""
    return SimpleUploadedFile(name, word_bytes(*paragraphs))


def uploaded(case: Collaboration, at: Place, *paragraphs: str):
    """A draft written elsewhere, uploaded in the case."""
    file = draft_file(*(paragraphs or ("Leverantören betalar vite.",)))
    file.found = WORD
    return upload_draft(case, file=file, by=at.officer)


PDF = b"%PDF-1.7 undertecknad"


def a_clause(administration, **facts) -> Clause:
    own = {"section": "vision", "title": "Barnens plats", "text": "Barnen får plats."}
    begun = timezone.localdate() - timedelta(days=30)
    return Clause.objects.create(
        administration=administration, **{**own, "starts_on": begun, **facts}
    )


def next_year() -> dict:
    today = timezone.localdate()
    return {"starts_on": today, "ends_on": today + timedelta(days=730)}


def facts_of(code: str, agreement: Agreement, **period) -> dict:
    """A finished section."""
    section = SECTIONS[code]
    facts = {"text": f"Det här har vi kommit överens om: {section.title.lower()}."}
    if section.holds == "commitments":
        facts["rows"] = [
            {
                "party": party,
                "what": f"{party.name} håller i en kväll i veckan",
                "why": "Ungdomarna behöver en plats som är öppen.",
                "evidence": "Närvarolista",
                "due_on": timezone.localdate() + timedelta(days=300),
            }
            for party in agreement.terms.parties.all()
        ]
    if section.holds == "goals":
        facts["rows"] = [
            {
                "text": "Fler ungdomar blir klara med skolan",
                "indicator": "andel med godkända betyg",
                "baseline": "61 procent",
                "target": "70 procent",
                "due_on": timezone.localdate() + timedelta(days=600),
            }
        ]
    if section.holds == "period":
        facts |= period or next_year()
    return facts


def whole_proposal(case: Collaboration, at: Place, **period) -> Agreement:
    agreement = begin_agreement(
        case, form_key=uuid4(), template=template_for(case.form), by=at.officer
    )
    fill(case, agreement, at, **period)
    return agreement


def fill(case: Collaboration, agreement: Agreement, at: Place, only=None, **period) -> None:
    """Write every required section, or those named."""
    for section in sections_of(agreement.template):
        if section.code in (only or ()) or (
            not only and required(agreement.template, section.code)
        ):
            write_section(
                case,
                agreement,
                section.code,
                base=agreement.drafts.first().number,
                by=at.officer,
                **facts_of(section.code, agreement, **period),
            )
    reading.forget(case.terms)


def signatures(case: Collaboration, at: Place, *, ours=None, on=None) -> list:
    """One for each party, today; ours by the head of a partnership, else by the manager."""
    person = ours or (at.head if case.form == Form.IOP else at.manager)
    day = on or timezone.localdate()
    return [
        signed_by(party, person=person, signed_on=day)
        if party.side == Side.US
        else signed_by(party, name="Påhittad Ordförande", role="ordförande", signed_on=day)
        for party in case.terms.parties.all()
    ]


def sign_it(case: Collaboration, at: Place, agreement: Agreement | None = None, **facts):
    agreement = agreement or reading.being_drafted(case.terms)
    return sign(
        case,
        agreement,
        **{
            "draft": agreement.drafts.first().number,
            "signatures": facts.pop("signatures", None) or signatures(case, at),
            "file": PDF,
            "by": at.officer,
            "version": case.version,
            **facts,
        },
    )
