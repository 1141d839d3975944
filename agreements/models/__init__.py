from agreements.models.agreement import Agreement, Draft, Signature
from agreements.models.aid import Aid, AidDeclaration
from agreements.models.clause import Clause
from agreements.models.ending import Termination
from agreements.models.promises import Commitment, Goal
from agreements.models.terms import HANDED_OVER, Contribution, Kind, Party, Side, Terms
from agreements.models.upload import UploadedDraft
from agreements.models.words import AgreementKind, Template

__all__ = [
    "HANDED_OVER",
    "Agreement",
    "AgreementKind",
    "Aid",
    "AidDeclaration",
    "Clause",
    "Commitment",
    "Contribution",
    "Draft",
    "Goal",
    "Kind",
    "Party",
    "Side",
    "Signature",
    "Template",
    "Termination",
    "Terms",
    "UploadedDraft",
]
