from checklists.models.answers import Answer, Assessment, Resolution
from checklists.models.evidence import Evidence
from checklists.models.findings import Finding
from checklists.models.measures import Measure, MeasureReport, MeasureVerdict
from checklists.models.rule_sets import Measures, RuleSet
from checklists.models.sets import Question, QuestionSet, Version
from checklists.models.words import (
    About,
    AnswerType,
    Conduct,
    Effect,
    Form,
    Level,
    ResolutionKind,
    Verdict,
)

__all__ = [
    "About",
    "Answer",
    "AnswerType",
    "Assessment",
    "Conduct",
    "Effect",
    "Evidence",
    "Finding",
    "Form",
    "Level",
    "Measure",
    "MeasureReport",
    "MeasureVerdict",
    "Measures",
    "Question",
    "QuestionSet",
    "Resolution",
    "ResolutionKind",
    "RuleSet",
    "Verdict",
    "Version",
]
