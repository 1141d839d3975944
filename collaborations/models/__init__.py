from collaborations.models.board import BoardDecision
from collaborations.models.choices import (
    OPEN_TO_CORRECTION,
    RUNNING,
    UNDECIDED_ENDS,
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
from collaborations.models.consultation import Consultation, Recusal
from collaborations.models.decision import AppealText, Decision, DecisionDocument
from collaborations.models.dialogue import DialogueNote
from collaborations.models.external import CheckScope, Funding, RiskDecision, Routine
from collaborations.models.follow_up import (
    CommitmentOutcome,
    FollowUp,
    FollowUpDraft,
    FollowUpReported,
    GoalResult,
    ManagersStand,
    Principle,
)
from collaborations.models.notes import Enquiry, Examination, Remark
from collaborations.models.opinion import Function, Opinion
from collaborations.models.reexamination import Reexamination
from collaborations.models.referral import Referral
from collaborations.models.remedy import Remedy
from collaborations.models.shortcoming import Shortcoming

__all__ = [
    "OPEN_TO_CORRECTION",
    "RUNNING",
    "UNDECIDED_ENDS",
    "Advice",
    "AppealText",
    "Appealable",
    "BoardDecision",
    "CheckScope",
    "Collaboration",
    "CommitmentOutcome",
    "Conclusion",
    "ConflictDeclaration",
    "ConflictRuling",
    "Consultation",
    "Decision",
    "DecisionDocument",
    "DecisionKind",
    "DialogueNote",
    "Effect",
    "Enquiry",
    "Examination",
    "FollowUp",
    "FollowUpDraft",
    "FollowUpReported",
    "Function",
    "Form",
    "Funding",
    "GoalResult",
    "InformalKind",
    "InitiatedBy",
    "ManagersStand",
    "NeedType",
    "Opinion",
    "Outcome",
    "Principle",
    "Referral",
    "Recusal",
    "Reexamination",
    "Remark",
    "Remedy",
    "RiskDecision",
    "Routine",
    "Ruling",
    "Shortcoming",
    "Step",
]
