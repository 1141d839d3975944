"""Something new speaks against an organisation we work with: the matter is opened again (G-31).

What was decided stays as it was decided. The new examination belongs to the organisation within
the administration; who answers for it is the responsible manager of the case it was opened in.
"""

from dataclasses import replace
from datetime import timedelta

from django.db.models import F

from audit import clock
from audit.record import record
from casework.moves import Stale, moving, refuse_if
from checklists import answering, findings
from checklists.findings import FindingInput, FindingRefused
from checklists.models import Assessment, Finding
from collaborations import notices, obligations, rules, standing
from collaborations.models import Collaboration, Reexamination
from collaborations.moves.reexamination import DECIDED_TO_START
from collaborations.workflow import CLOSE_REEXAMINATION, REPORT_FINDING
from organisations.models import Organisation

# docs/decisions/0015: long enough to ask the organisation and hear it, short enough not to let a
# serious matter lie.
TO_ASSESS = timedelta(days=30)
CHECK = "demokrati"


def report_finding(case: Collaboration, *, given: FindingInput, by) -> Finding:
    """Register a finding in a collaboration that is decided or runs.

    Opens a new examination of the organisation in the administration, or joins the open one; tells
    every responsible manager there. Raises FindingRefused, NotAllowed.
    """
    details = {"category": given.category}
    with moving(case, REPORT_FINDING, by=by, details=details) as locked:
        organisation = whose(locked, given)
        Organisation.objects.select_for_update().get(pk=organisation.pk)  # two at once: one matter
        matter = joined(locked, organisation) or opened(locked, organisation, by)
        finding = findings.add_finding(
            matter.assessment, replace(given, organisation=organisation), by=by, now=clock.now()
        )
        touched(matter.assessment)
        notices.new_finding(matter, finding)
        details |= {"finding": finding.pk, "reexamination": matter.pk}
    return finding


def whose(case: Collaboration, given: FindingInput) -> Organisation:
    """The organisation it is about. Raises FindingRefused where the case has several, none said."""
    there = list(case.organisations.all())
    if given.organisation in there:
        return given.organisation
    if given.organisation is None and len(there) == 1:
        return there[0]
    raise FindingRefused({"organisation": "Välj vilken organisation uppgiften gäller."})


def joined(case: Collaboration, organisation: Organisation) -> Reexamination | None:
    matters = Reexamination.objects.open().filter(
        administration=case.administration_id, organisation=organisation
    )
    return matters.select_related("assessment").order_by("pk").first()


def opened(case: Collaboration, organisation: Organisation, by) -> Reexamination:
    today = clock.today()
    matter = Reexamination.objects.create(
        organisation=organisation,
        administration=case.administration,
        case=case,
        assessment=answering.begin(CHECK, case.administration.rule_set, today),
        opened_by=by,
        due_on=today + TO_ASSESS,
    )
    obligations.reexamination_is_due(matter)
    for other in concerned(matter).exclude(pk=case.pk):
        record("reexamination_opened", other, by=by, details={"reexamination": matter.pk})
    return matter


def concerned(matter: Reexamination):
    """The collaborations with the organisation there that are decided to start or run."""
    return Collaboration.objects.at(*DECIDED_TO_START).filter(
        outcome="start",
        administration=matter.administration_id,
        organisations=matter.organisation_id,
    )


def touched(assessment: Assessment) -> None:
    """An open page about the matter is out of date. Nothing where the assessment is a case's."""
    Reexamination.objects.open().filter(assessment=assessment).update(version=F("version") + 1)


def close(matter: Reexamination, *, outcome: str, reasons: str, by, version: int) -> None:
    """The responsible manager ends the matter with what it came to.

    outcome: what the page showed; another one by now is Stale. Raises Stale, NotAllowed.
    """
    details = {"reexamination": matter.pk}
    with moving(matter.case, CLOSE_REEXAMINATION, by=by, details=details):
        locked = Reexamination.objects.whole().select_for_update(of=("self",)).get(pk=matter.pk)
        check = standing.check_of(locked)
        found = standing.outcome_of(locked, check)
        if not locked.is_open or locked.version != version or found != outcome:
            raise Stale(locked)
        refuse_if(what_remains(locked))
        locked.outcome, locked.reasons = found, reasons.strip()
        locked.closed_by, locked.closed_at = by, clock.now()
        locked.version += 1
        answering.lock([locked.assessment], now=locked.closed_at)
        locked.save()
        obligations.reexamination_is_closed(locked, by=by)
        details["outcome"] = str(found)


def what_remains(matter: Reexamination) -> list:
    """Why the matter cannot be closed yet; empty when it can."""
    asked = (rules.findings_are_judged, rules.measures_are_assessed)
    return [reason for rule in asked for reason in rule.reasons(matter)]
