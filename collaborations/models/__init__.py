from collaborations.models.choices import (
    OPEN_TO_CORRECTION,
    RUNNING,
    Advice,
    Appealable,
    Conclusion,
    DecisionKind,
    Effect,
    Form,
    InformalKind,
    InitiatedBy,
    NeedType,
    Outcome,
    Ruling,
    Step,
)
from collaborations.models.collaboration import Collaboration
from collaborations.models.conflict import ConflictDeclaration, ConflictRuling
from collaborations.models.decision import AppealText, Decision, DecisionDocument
from collaborations.models.notes import Consultation, Enquiry, Examination, FollowUp, Remark
from collaborations.models.reexamination import Reexamination

__all__ = [
    "OPEN_TO_CORRECTION",
    "RUNNING",
    "Advice",
    "AppealText",
    "Appealable",
    "Collaboration",
    "Conclusion",
    "ConflictDeclaration",
    "ConflictRuling",
    "Consultation",
    "Decision",
    "DecisionDocument",
    "DecisionKind",
    "Effect",
    "Enquiry",
    "Examination",
    "FollowUp",
    "Form",
    "InformalKind",
    "InitiatedBy",
    "NeedType",
    "Outcome",
    "Reexamination",
    "Remark",
    "Ruling",
    "Step",
]
