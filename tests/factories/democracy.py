"""What speaks against an organisation, made by calling the steps."""

from datetime import date, timedelta

from django.utils import timezone

from checklists.answer_checks import AnswerInput
from checklists.findings import FindingInput
from checklists.measures import Demand
from checklists.models import Finding, Measure, Measures, RuleSet
from collaborations import standing
from collaborations.models import Collaboration, Reexamination, Step
from collaborations.steps import measures
from collaborations.steps.check import add_finding, assessment_of, judge_finding
from collaborations.steps.declare import declare
from collaborations.steps.reexamine import close, report_finding
from tests.factories.collaborations import Place, answer_all, case_at, free_answers

CHECK = "demokrati"


def today() -> date:
    return timezone.localdate()


def a_finding(**more) -> FindingInput:
    return FindingInput(
        **{
            "what": "Ett uttalande på webbplatsen.",
            "source": "Webbplatsen",
            "happened_on": today() - timedelta(days=9),
            "conduct": "representative",
            "connected": True,
            "category": "DV-B",
            **more,
        }
    )


def allow_measures(at: Place, where=Measures.EVERYWHERE) -> None:
    code = at.administration.rule_set
    RuleSet.objects.update_or_create(code=code, defaults={"name": code, "measures": where})


def declared(case: Collaboration, *people) -> None:
    for person in people:
        if standing.declaration_of(case, person) is None:
            standing.forget(case)
            declare(case, inputs=free_answers(), by=person)
        standing.forget(case)


def examined(at: Place, **facts) -> Collaboration:
    """A case with everything answered, where something spoke against the attestation."""
    case, _ = case_at(Step.MOTIVATED, at, **facts)
    declared(case, at.officer, at.manager)
    answer_all(case, at, DV_04=AnswerInput("ja"))
    return case


def against(case: Collaboration, at: Place, verdict: str = "against", **more) -> Finding:
    """A finding in the case's own check, judged."""
    finding = add_finding(case, CHECK, given=a_finding(**more), by=at.officer)
    return judged(case, at, finding, verdict)


def judged(case, at: Place, finding: Finding, verdict: str = "against") -> Finding:
    judge_finding(
        case, finding, verdict=verdict, reasons="Skäl.", version=finding.version, by=at.officer
    )
    finding.refresh_from_db()
    return finding


def demanded(case: Collaboration, at: Place, finding: Finding, *more, days: int = 30) -> Measure:
    given = Demand(
        findings=[finding, *more],
        required="Ta avstånd från uttalandet.",
        reasons="En enstaka händelse.",
        due_on=today() + timedelta(days=days),
    )
    return measures.demand(case, finding.assessment, given=given, by=at.manager)


def reported(case: Collaboration, at: Place, measure: Measure, **more):
    return measures.report(
        case,
        measure,
        **{
            "what": "Ett avståndstagande är publicerat.",
            "reference": "Webbplatsen",
            "reported_on": today(),
            **more,
        },
        by=at.officer,
    )


def assessed(case: Collaboration, at: Place, measure: Measure, sufficient: bool = True) -> None:
    measure = Measure.objects.whole().get(pk=measure.pk)
    measures.assess(case, measure, sufficient=sufficient, reasons="Skäl.", by=at.manager)


def opened(case: Collaboration, at: Place, by=None, **more) -> Reexamination:
    """A new finding in a running case: the matter it opened or joined."""
    finding = report_finding(case, given=a_finding(**more), by=by or at.officer)
    return Reexamination.objects.get(assessment=finding.assessment_id)


def outcome(case: Collaboration) -> str:
    standing.forget(case)
    return standing.of(case)[CHECK].outcome


def check_of(case: Collaboration):
    return assessment_of(case, CHECK)


def found(matter) -> str:
    """What a new examination comes to as it stands."""
    matter = Reexamination.objects.whole().get(pk=matter.pk)
    return standing.outcome_of(matter, standing.check_of(matter))


def ended(matter, at: Place, **facts) -> Reexamination:
    """Closed by the responsible manager with what it came to."""
    matter = Reexamination.objects.whole().get(pk=matter.pk)
    standing.check_of(matter)
    said = {"outcome": found(matter), "reasons": "Skäl.", "version": matter.version, **facts}
    close(matter, **{"by": at.manager, **said})
    matter.refresh_from_db()
    return matter


def the_finding(matter) -> Finding:
    return Finding.objects.get(assessment=matter.assessment)
