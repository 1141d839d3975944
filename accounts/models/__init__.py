from accounts.models.amounts import LegalAmount
from accounts.models.grants import DelegationItem, RoleGrant
from accounts.models.person import User
from accounts.models.places import Administration, Unit
from accounts.models.reference import (
    Area,
    Funder,
    GoverningDocument,
    TargetGroup,
    YearlyAssignment,
)

__all__ = [
    "Administration",
    "Area",
    "DelegationItem",
    "Funder",
    "GoverningDocument",
    "LegalAmount",
    "RoleGrant",
    "TargetGroup",
    "Unit",
    "User",
    "YearlyAssignment",
]
