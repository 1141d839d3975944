"""What an administration knows against an organisation, in whichever case it was registered.

A finding belongs to the organisation within the administration (domain 4.2). Another
administration never learns of it (product.md §4).
"""

from datetime import datetime

from django.db.models import Q

from checklists.models import Finding, Verdict
from collaborations.models import Collaboration


def findings_beside(case: Collaboration):
    """Findings about the case's organisations in other matters of its administration."""
    where = Q(assessment__examination__collaboration__administration=case.administration_id)
    where |= Q(assessment__reexamination__administration=case.administration_id)
    return (
        Finding.objects.filter(where, organisation__in=case.organisations.all())
        .exclude(assessment__examination__collaboration=case)
        .select_related(
            "organisation",
            "assessment__examination__collaboration",
            "assessment__reexamination__case",
            "registered_by",
            "judged_by",
        )
        .order_by("-happened_on", "-pk")
    )


def is_against(case: Collaboration, at: datetime | None = None) -> bool:
    """Is there a finding elsewhere that is unjudged, or speaks against and is not mended (G-31)?

    at: as it was then, for a case that has been decided; None for now.
    """
    if not case.pk:
        return False
    found = findings_beside(case).prefetch_related("measures__reports__verdict")
    if at:
        found = found.filter(registered_at__lte=at)
    return any(not is_settled(finding, at) for finding in found)


def is_settled(finding: Finding, at: datetime | None) -> bool:
    """Judged not to speak against the organisation, or every measure was found sufficient."""
    if not finding.verdict or (at and finding.judged_at > at):
        return False
    if finding.verdict == Verdict.NOT_AGAINST:
        return True
    measures = [one for one in finding.measures.all() if one.is_current]
    return bool(measures) and all(is_sufficient(one, at) for one in measures)


def is_sufficient(measure, at: datetime | None) -> bool:
    return any(
        report.sufficient and (at is None or report.verdict.at <= at)
        for report in measure.reports.all()
    )
