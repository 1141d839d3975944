"""The democracy check as pages show it: attestations, findings and measures, with what can be done.

Used for a case's own check and for a new examination alike. Reads only.
"""

from dataclasses import dataclass, field

from django.urls import reverse
from django.utils import timezone

from audit import clock
from casework.moves import closed, missing
from casework.rules import Reason
from checklists.measures import measurable
from checklists.models import Assessment, Finding, Measure
from checklists.outcomes import FindingState, MeasureState
from checklists.summary import finding_states, measure_state
from checklists.wording import answer_in_words
from collaborations import known, standing
from collaborations.models import Collaboration, Reexamination
from collaborations.workflow import (
    ANSWER,
    ASSESS_MEASURE,
    DEMAND_MEASURE,
    MOVE_MEASURE,
    REEXAMINE,
    REPORT_MEASURE,
)
from organisations.models import Attestation

CHECK = "demokrati"


@dataclass(frozen=True)
class ShownFinding:
    finding: Finding
    category: str  # the question it is sorted under
    state: FindingState
    judge_url: str = ""
    correct_url: str = ""


@dataclass(frozen=True)
class ShownMeasure:
    measure: Measure
    state: MeasureState
    urls: dict[str, str] = field(default_factory=dict)  # report, assess, move

    @property
    def is_late(self) -> bool:
        return self.state == MeasureState.LAPSED


@dataclass(frozen=True)
class Beside:
    """A finding in another matter of the administration; its words only where they may be read."""

    finding: Finding
    url: str
    name: str
    is_hidden: bool


def shown_findings(case: Collaboration, check: Assessment, person, *, new: bool):
    """person: None where the page only tells. new: of a new examination."""
    texts = {one.code: one.text for one in check.version.questions.all()}
    move = REEXAMINE if new else ANSWER
    open_to = person and check.locked_at is None and not closed(case, move, person)
    states = finding_states(check, standing.facts(case).as_on(day_of(check)))
    return [
        ShownFinding(
            finding,
            texts.get(finding.category, ""),
            state,
            **(finding_urls(case, check, finding) if open_to else {}),
        )
        for finding, state in zip(check.findings.all(), states, strict=True)
    ]


def finding_urls(case: Collaboration, check: Assessment, finding: Finding) -> dict[str, str]:
    args = [case.pk, check.set_code, finding.pk]
    return {
        "judge_url": reverse("collaborations:judge_finding", args=args),
        "correct_url": reverse("collaborations:correct_finding", args=args),
    }


def shown_measures(case: Collaboration, check: Assessment, person):
    """Those in force first, then those that a later one has superseded. person: as above."""
    rows = []
    for measure in sorted(check.measures.all(), key=lambda one: (not one.is_current, one.pk)):
        state = measure_state(measure, day_of(check))
        offers = person and measure.is_current and check.locked_at is None
        urls = measure_urls(case, measure, state, person) if offers else {}
        rows.append(ShownMeasure(measure, state, urls))
    return rows


def day_of(check: Assessment):
    """The day it is seen as of: today, or when it was locked."""
    return timezone.localdate(check.locked_at) if check.locked_at else clock.today()


OFFERED = {
    "report": (REPORT_MEASURE, {MeasureState.WAITING}),
    "assess": (ASSESS_MEASURE, {MeasureState.REPORTED}),
    "move": (MOVE_MEASURE, {MeasureState.WAITING, MeasureState.LAPSED}),
}


def measure_urls(case, measure: Measure, state: MeasureState, person) -> dict[str, str]:
    return {
        name: reverse(f"collaborations:{name}_measure", args=[case.pk, measure.pk])
        for name, (move, states) in OFFERED.items()
        if state in states and not closed(case, move, person)
    }


def demand(case: Collaboration, check: Assessment, person) -> dict:
    """{url} of the page where a measure is demanded, or {closed} with why there is none.

    Nothing at all while no finding speaks against the organisation.
    """
    if check.locked_at or not measurable(check):
        return {}
    reasons: list[Reason] = missing(case, DEMAND_MEASURE) or closed(case, DEMAND_MEASURE, person)
    if reasons:
        return {"closed": reasons}
    return {"url": reverse("collaborations:demand_measure", args=[case.pk, check.pk])}


def attestations(case: Collaboration) -> list[Attestation]:
    """What the case's organisations have attested to the administration, not taken back."""
    rows = Attestation.objects.of(case.organisations.all(), case.administration_id).counting()
    return list(rows.select_related("organisation", "held")[:5])


def beside(case: Collaboration, person) -> list[Beside]:
    """Findings about the organisations in other matters there (domain 4.2)."""
    found = list(known.findings_beside(case))
    cases = {case_of(finding).pk for finding in found}
    visible = set(
        Collaboration.objects.wholly_visible_to(person)
        .filter(pk__in=cases)
        .values_list("pk", flat=True)
    )
    return [beside_row(finding, visible) for finding in found]


def case_of(finding: Finding) -> Collaboration:
    matter = getattr(finding.assessment, "reexamination", None)
    return matter.case if matter else finding.assessment.examination.collaboration


def beside_row(finding: Finding, visible: set[int]) -> Beside:
    case, matter = case_of(finding), getattr(finding.assessment, "reexamination", None)
    seen = case.pk in visible
    if matter:
        return Beside(finding, matter.get_absolute_url(), "Ny prövning", is_hidden=False)
    url = reverse("collaborations:questions", args=[case.pk, CHECK]) if seen else ""
    return Beside(finding, url, case.number, is_hidden=case.is_secret and not seen)


def page(case, check: Assessment, person, *, acts: bool = True, new: bool = False) -> dict:
    """What _findings.html shows. new: of a new examination, not of the case's own check."""
    return {
        "findings": shown_findings(case, check, person if acts else None, new=new),
        "measures": shown_measures(case, check, person if acts else None),
        "demand": demand(case, check, person) if acts else {},
    }


def in_short(case: Collaboration, person) -> dict:
    """The check as the case's own page tells it: nothing before it is begun."""
    check = standing.assessments(case).get(CHECK)
    if check is None:
        return {}
    answers = {answer.code: answer_in_words(answer) for answer in check.answers.all()}
    return {
        "outcome": standing.of(case)[CHECK],
        "attested": answers.get("DV-01", ""),
        "values": answers.get("DV-02", ""),
        "sources": answers.get("DV-03", ""),
        **page(case, check, person, acts=False),
    }


def matters(case: Collaboration):
    """New examinations of the case's organisations, the open ones first."""
    rows = Reexamination.objects.concerning(case).whole()
    return sorted(rows, key=lambda matter: (not matter.is_open, -matter.pk))
