"""The words organisations are described with (G-05, G-07, G-08)."""

from django.db.models import TextChoices


class LegalForm(TextChoices):
    """What counts as civil society (G-05)."""

    NONPROFIT = "nonprofit", "ideell förening"
    RELIGIOUS_COMMUNITY = "religious_community", "registrerat trossamfund"
    FOUNDATION = "foundation", "stiftelse"
    ECONOMIC_ASSOCIATION = "economic_association", "ekonomisk förening"
    LIMITED_PROFIT_COMPANY = (
        "limited_profit_company",
        "aktiebolag med särskild vinstutdelningsbegränsning (SVB)",
    )
    JOINT_PROPERTY = "joint_property", "samfällighet"
    JOINT_PROPERTY_ASSOCIATION = "joint_property_association", "samfällighetsförening"
    NETWORK = "network", "nätverk utan juridisk person"
    OTHER = "other", "annan"


class ActivityRole(TextChoices):
    """The three roles of civil society (G-07). An organisation may have several."""

    VOICE = "voice", "röstbärare och opinionsbildare"
    SERVICE = "service", "service till medlemmar och allmänhet"
    PERFORMER = "performer", "utförare av offentligt finansierad välfärd"


class Relation(TextChoices):
    """How it stands to what the municipality itself does; both at once is possible (G-08)."""

    WITHIN = "within", "utför något inom kommunens verksamhet"
    COMPLEMENT = "complement", "är ett komplement till kommunens verksamhet"


class ContactSource(TextChoices):
    """Where a contact's facts come from. A closed list: no free text about people."""

    ORGANISATION = "organisation", "organisationen själv"
    WEBSITE = "website", "organisationens webbplats"
    REGISTER = "register", "ett offentligt register"
    MEETING = "meeting", "ett möte"


class DocumentKind(TextChoices):
    """What an organisation hands us: the eight of I-54 in their order, then those of 1.7.6.

    An extract from the criminal register is none of them: that it was shown is a tick and a date
    in the checklist, and nothing of it is ever kept (GK-18, lag 2013:852 5 §).
    """

    ACTIVITIES = "activities", "beskrivning av verksamheten"
    STATUTES = "statutes", "stadgar"
    MINUTES = "minutes", "årsmötesprotokoll"
    ANNUAL_REPORT = "annual_report", "verksamhetsberättelse"
    ACCOUNTS = "accounts", "ekonomisk berättelse med bokslut"
    AUDIT = "audit", "revisionsberättelse"
    PLAN_AND_BOARD = "plan_and_board", "verksamhetsplan och styrelseförteckning"
    MEMBERS = "members", "uppgifter om medlemsantal"
    ATTESTATION = "attestation", "intygande om demokrativillkor"
    VALUES = "values", "försäkran om värdegrund"
    REGISTRATION = "registration", "registreringsbevis"
    DE_MINIMIS = "de_minimis", "intyg om stöd av mindre betydelse"
    INSURANCE = "insurance", "försäkringsbevis"
    MEASURES = "measures", "redovisning av åtgärder"


EIGHT_DOCUMENTS = tuple(DocumentKind)[:8]
