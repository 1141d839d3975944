from organisations.choices import ActivityRole, ContactSource, LegalForm, Relation
from organisations.models.contact import Contact
from organisations.models.organisation import Organisation
from organisations.models.relation import Profile, Size

__all__ = [
    "ActivityRole",
    "Contact",
    "ContactSource",
    "LegalForm",
    "Organisation",
    "Profile",
    "Relation",
    "Size",
]
