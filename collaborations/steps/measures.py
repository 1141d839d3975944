"""An exception through measures: demand, report, assess, another last day (I-53, domain 0.7).

The assessment is that of the case's own democracy check, or of a new examination that was opened
in the case. The last day is an obligation of the responsible manager's.
"""

from datetime import date

from audit import clock
from audit.record import fingerprint
from casework.moves import NotAllowed, moving
from casework.rules import Reason
from checklists import measures
from checklists.measures import Demand
from checklists.models import Assessment, Measure, MeasureReport
from collaborations import obligations, standing
from collaborations.models import Collaboration
from collaborations.steps.reexamine import touched
from collaborations.workflow import ASSESS_MEASURE, DEMAND_MEASURE, MOVE_MEASURE, REPORT_MEASURE


def demand(case: Collaboration, assessment: Assessment, *, given: Demand, by) -> Measure:
    """The responsible manager decides that a measure is required, and by when.

    Raises NotAllowed (also where the rule set has no measures), MeasureRefused.
    """
    details = {"findings": sorted(one.pk for one in given.findings)}
    with moving(case, DEMAND_MEASURE, by=by, details=details) as locked:
        measure = measures.demand_measure(assessment, given, by=by, now=clock.now())
        obligations.measure_is_due(locked, measure)
        touched(assessment)
        details |= {"measure": measure.pk, "due_on": measure.due_on.isoformat()}
    standing.forget(case)
    return measure


def set_new_day(case: Collaboration, measure: Measure, *, due_on: date, reason: str, by) -> Measure:
    """Another last day, with a reason; the former stays as it was. Raises as `demand`."""
    details = {"measure": measure.pk, "reason": fingerprint(reason)}
    with moving(case, MOVE_MEASURE, by=by, details=details) as locked:
        new = measures.set_new_day(measure, due_on, reason, by=by, now=clock.now())
        obligations.measure_has_a_new_day(measure, by=by)
        obligations.measure_is_due(locked, new)
        touched(new.assessment)
        details |= {"days": [measure.due_on.isoformat(), due_on.isoformat()], "new": new.pk}
    standing.forget(case)
    return new


def report(case: Collaboration, measure: Measure, *, by, **facts) -> MeasureReport:
    """Note what the organisation has reported. facts: what, reference, reported_on.

    Raises NotAllowed, MeasureRefused.
    """
    details = {"measure": measure.pk}
    with moving(case, REPORT_MEASURE, by=by, details=details):
        made = measures.report_measure(measure, **facts, by=by, now=clock.now())
        touched(measure.assessment)
        details |= {"report": made.pk, "reported_on": made.reported_on.isoformat()}
    standing.forget(case)
    return made


def assess(case: Collaboration, measure: Measure, *, sufficient: bool, reasons: str, by) -> None:
    """Say whether the report that waits is sufficient; then the obligation is met.

    Raises NotAllowed (also when none waits), MeasureRefused.
    """
    given = measure.waiting_report
    if given is None:
        raise NotAllowed([Reason("Ingen redovisning väntar på bedömning.")])
    details = {"measure": measure.pk, "report": given.pk, "sufficient": sufficient}
    with moving(case, ASSESS_MEASURE, by=by, details=details):
        measures.assess_report(
            given, sufficient=sufficient, reasons=reasons, by=by, now=clock.now()
        )
        if sufficient:
            obligations.measure_is_met(measure, given, by=by)
        touched(measure.assessment)
    standing.forget(case)
