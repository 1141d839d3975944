from organisations.choices import (
    ActivityRole,
    ContactSource,
    DocumentKind,
    LegalForm,
    Relation,
)
from organisations.models.attestation import Attestation
from organisations.models.contact import Contact
from organisations.models.held import HeldDocument
from organisations.models.likeness import Name, PossibleDuplicate, Why
from organisations.models.organisation import MergedInto, Organisation
from organisations.models.relation import Profile, Size
from organisations.models.request import DocumentRequest, RequestedDocument

__all__ = [
    "ActivityRole",
    "Attestation",
    "Contact",
    "ContactSource",
    "DocumentKind",
    "DocumentRequest",
    "HeldDocument",
    "LegalForm",
    "MergedInto",
    "Name",
    "Organisation",
    "PossibleDuplicate",
    "Profile",
    "Relation",
    "RequestedDocument",
    "Size",
    "Why",
]
