"""Invented agreements to make documents of."""

from datetime import date

from agreements.sections import sections_of
from documents.agreement import AgreementDocumentData, Contribution, Party, Section, agreement_pdf

TEXT = "Vi kommer överens om det här.\n\nOch om det här, med åäö och – tankstreck."
PARTNERSHIP = AgreementDocumentData(
    number="SAM-2026-0031",
    title="Trygga kvällar i Älvdal",
    heading="Överenskommelse om idéburet offentligt partnerskap",
    administration="Arbetsmarknadsförvaltningen i Älvdal",
    unit="Unga och studier",
    diary_number="AMF 2026/310",
    parties=(
        Party("Arbetsmarknadsförvaltningen i Älvdal, Unga och studier"),
        Party("Nattvandrarna i Älvdal", "899990-0049"),
    ),
    sections=tuple(
        Section(
            str(number),
            section.title,
            TEXT,
            ("Föreningen: håller öppet tre kvällar i veckan. Senast 1 juni 2027.",)
            if section.holds
            else (),
        )
        for number, section in enumerate(sections_of("partnership"), start=1)
    ),
    contributions=(
        Contribution("Vi", "Lokal: Aulan", "40\u202f000\u202fkr", "Hyran enligt vår prislista"),
        Contribution("Organisationen", "Ideellt arbete: tolv volontärer", "480 timmar"),
    ),
    sums=("Vi bidrar med 40\u202f000\u202fkr, 40 procent av värdet.",),
    version="4 (till nämnden), sparad 21 november 2026 av Örjan Ålöf",
    saved_on=date(2026, 11, 21),
)
AMENDMENT = AgreementDocumentData(
    number="SAM-2026-0031",
    title="Trygga kvällar i Älvdal",
    heading="Tilläggsöverenskommelse 1",
    administration="Arbetsmarknadsförvaltningen i Älvdal",
    unit="Unga och studier",
    secrecy="OSL 19 kap. 3 §",
    parties=PARTNERSHIP.parties,
    sections=PARTNERSHIP.sections[1:2],
    version="1, sparad 3 mars 2027 av Örjan Ålöf",
    saved_on=date(2027, 3, 3),
    amends="Tillägget ersätter avsnitten ”Mål” i Överenskommelse 1. Allt annat gäller som förut.",
)


def partnership_pdf() -> bytes:
    return agreement_pdf(PARTNERSHIP)


def amendment_pdf() -> bytes:
    return agreement_pdf(AMENDMENT, draft=False)
