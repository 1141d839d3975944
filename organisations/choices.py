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
