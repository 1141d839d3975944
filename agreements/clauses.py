"""Proposed texts, until the administration writes its own with the same name (domain 4.3 C)."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Proposed:
    section: str
    title: str
    text: str


PROPOSED = (
    Proposed(
        "insyn",
        "Insyn och uppföljning",
        "Kommunen ska kunna kontrollera och följa upp det som lämnas över till organisationen. "
        "Organisationen lämnar den information som behövs för att allmänheten ska få insyn i "
        "verksamheten (kommunallagen 10 kap. 7–9 §§).",
    ),
    Proposed(
        "insyn",
        "Offentlighet",
        "Överenskommelsen och det som skickas till kommunen är allmänna handlingar. De lämnas ut "
        "om de inte omfattas av sekretess.",
    ),
    Proposed(
        "insyn",
        "Personuppgifter",
        "Var och en av parterna ansvarar för de personuppgifter som den behandlar. Om den ena "
        "parten behandlar uppgifter för den andras räkning skrivs ett personuppgiftsavtal först.",
    ),
    Proposed(
        "andring",
        "Ändring",
        "Överenskommelsen ändras genom en skriftlig tilläggsöverenskommelse som alla parter "
        "undertecknar.",
    ),
    Proposed(
        "andring",
        "Uppsägning",
        "En part kan säga upp överenskommelsen skriftligt med sex månaders varsel. Innan det sker "
        "ska parterna ha samtalat om varför och om vad som händer med deltagarna.",
    ),
    Proposed(
        "andring",
        "Tvist",
        "Parterna löser meningsskiljaktigheter genom samtal, först i styrgruppen och därefter "
        "mellan parternas högsta företrädare.",
    ),
    Proposed(
        "uppfoljning",
        "Årlig uppföljning",
        "Parterna följer tillsammans upp mål och åtaganden minst en gång om året, och när "
        "överenskommelsen har upphört.",
    ),
    Proposed(
        "forsakring",
        "Försäkring",
        "Organisationen har ansvarsförsäkring och olycksfallsförsäkring för sina volontärer. "
        "Kommunens försäkring gäller för kommunens lokaler och personal.",
    ),
    Proposed(
        "ansvar",
        "Försäkring",
        "Organisationen har ansvarsförsäkring och olycksfallsförsäkring för sina volontärer. "
        "Kommunens försäkring gäller för kommunens lokaler och personal.",
    ),
    Proposed(
        "ekonomi",
        "Medel som inte har använts",
        "Pengar som inte har använts för det som överenskommelsen gäller lämnas tillbaka när den "
        "har upphört, om parterna inte kommer överens om annat.",
    ),
)
