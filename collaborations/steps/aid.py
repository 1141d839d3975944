"""Stöd av mindre betydelse: what is planned, what the recipient declares (domain 2.7, I-46)."""

from datetime import date

from agreements.models import Aid, AidDeclaration
from agreements.models.aid import Origin
from agreements.models.terms import LARGEST
from audit import clock
from casework.moves import moving, refuse_if
from casework.rules import Reason
from collaborations.models import Collaboration
from collaborations.workflow import RECORD_AID
from organisations.models import Organisation

NO_RECIPIENT = "Mottagaren hör inte till ärendet."


def record_aid(
    case: Collaboration,
    *,
    organisation: Organisation,
    origin: str,
    form: str,
    what: str,
    value: int,
    valuation: str = "",
    giver: str = "",
    given_on: date | None = None,
    by,
    version: int,
) -> Aid:
    """Add a line: what we plan to give, or what another has given. value: whole kronor.

    giver, given_on: of others only. Raises Stale, NotAllowed.
    """
    others = origin == Origin.OTHERS
    details = {"aid": origin, "form": form, "value": value}
    with moving(case, RECORD_AID, by=by, version=version, details=details) as locked:
        refuse_if(recipient_faults(locked, organisation))
        refuse_if(line_faults(form, value, valuation, others, giver, given_on))
        line = Aid.objects.create(
            terms=locked.terms,
            organisation=organisation,
            administration=locked.administration,
            unit=locked.unit,
            origin=origin,
            giver=giver.strip() if others else "",
            form=form,
            what=what.strip(),
            value=value,
            valuation=valuation.strip(),
            given_on=given_on if others else None,
            recorded_by=by,
        )
        details["line"] = line.pk
    return line


def recipient_faults(case: Collaboration, organisation: Organisation) -> list[Reason]:
    belongs = case.organisations.filter(pk=organisation.pk).exists()
    return [] if belongs else [Reason(NO_RECIPIENT, at="organisation")]


def line_faults(form, value, valuation, others, giver, given_on) -> list[Reason]:
    faults = []
    if value < 1:
        faults.append(Reason("Värdet ska vara minst en krona.", ("I-46",), at="value"))
    if value > LARGEST:
        faults.append(Reason("Värdet är orimligt stort.", ("I-46",), at="value"))
    if form != "grant" and not valuation.strip():
        sentence = "Skriv hur värdet är beräknat när stödet inte är pengar."
        faults.append(Reason(sentence, ("I-46",), at="valuation"))
    if others and not giver.strip():
        faults.append(Reason("Ange vem som har lämnat stödet.", at="giver"))
    if others and given_on is None:
        faults.append(Reason("Ange när stödet lämnades.", at="given_on"))
    if others and given_on and given_on > clock.today():
        faults.append(Reason("Dagen kan inte ligga framåt i tiden.", at="given_on"))
    return faults


def remove_aid(case: Collaboration, line: Aid, *, by, version: int) -> None:
    """Take away a line before the decision rests on it. Raises Stale, NotAllowed."""
    details = {"aid": "removed", "line": line.pk, "form": line.form, "value": line.value}
    with moving(case, RECORD_AID, by=by, version=version, details=details) as locked:
        locked.terms.aid.filter(pk=line.pk).delete()


def declare_aid(
    case: Collaboration,
    *,
    organisation: Organisation,
    declared_on: date,
    attested_by: str,
    by,
    version: int,
) -> AidDeclaration:
    """Note the recipient's declaration of other small aid; a later one replaces it.

    Raises Stale, NotAllowed.
    """
    details = {"aid": "declared", "organisation": organisation.pk}
    with moving(case, RECORD_AID, by=by, version=version, details=details) as locked:
        refuse_if(recipient_faults(locked, organisation))
        if declared_on > clock.today():
            refuse_if([Reason("Dagen kan inte ligga framåt i tiden.", at="declared_on")])
        declaration, _ = AidDeclaration.objects.update_or_create(
            terms=locked.terms,
            organisation=organisation,
            defaults={
                "declared_on": declared_on,
                "attested_by": attested_by.strip(),
                "recorded_by": by,
                "recorded_at": clock.now(),
            },
        )
    return declaration
