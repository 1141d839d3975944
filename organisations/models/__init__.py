from organisations.choices import (
    ActivityRole,
    ContactSource,
    DocumentKind,
    LegalForm,
    Relation,
)
from organisations.models.contact import Contact
from organisations.models.held import HeldDocument
from organisations.models.organisation import Organisation
from organisations.models.relation import Profile, Size

__all__ = [
    "ActivityRole",
    "Contact",
    "ContactSource",
    "DocumentKind",
    "HeldDocument",
    "LegalForm",
    "Organisation",
    "Profile",
    "Relation",
    "Size",
]
