"""An attestation counts for a year; while the collaboration runs it is renewed in time (G-31).

Written in the ledger two months before, met by a newer one. Which are about to end is asked of the
attestations, so the sweep costs as much as there is to do and not as there are cases.
"""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.urls import reverse

from collaborations.models import Collaboration
from notifications.models import Obligation
from notifications.obligations import meet, oblige
from organisations.models import Attestation
from organisations.models.attestation import first_counting

RENEWAL = "renewal"
IN_ADVANCE = timedelta(days=60)
MOST = 500  # at a time; the next sweep goes on


def sweep(today: date) -> int:
    """Write down what must be renewed, mark what has been; returns how many changed."""
    return renewed() + sum(write(case, old) for case, old in lacking(today))


def latest():
    """The attestations (query set) that no newer one takes the place of, and not taken back."""
    newer = Attestation.objects.counting().filter(
        organisation=OuterRef("organisation"),
        administration=OuterRef("administration"),
        attested_on__gt=OuterRef("attested_on"),
    )
    return Attestation.objects.counting().filter(~Exists(newer))


def lacking(today: date) -> list[tuple[int, Attestation]]:
    """Running cases (ids) with an organisation whose attestation ends, and nothing written."""
    ending = latest().filter(attested_on__lte=first_counting(today + IN_ADVANCE))
    old = {(one.organisation_id, one.administration_id): one for one in ending}
    cases = (
        Collaboration.objects.running()
        .filter(organisations__in=ending.values("organisation"))
        .values_list("pk", "administration", "organisations")
    )
    found = {
        key_of(pk, old[organisation, administration]): (pk, old[organisation, administration])
        for pk, administration, organisation in cases
        if (organisation, administration) in old
    }
    written = set(Obligation.objects.filter(kind=RENEWAL).values_list("key", flat=True))
    return [pair for key, pair in sorted(found.items()) if key not in written][:MOST]


def key_of(case: int, attestation: Attestation) -> str:
    return f"{Collaboration._meta.label_lower}:{case}:{RENEWAL}:{attestation.pk}"


@transaction.atomic
def write(number: int, old: Attestation) -> int:
    case = locked_while_running(number)
    if case is None:
        return 0
    oblige(
        key_of(case.pk, old),
        kind=RENEWAL,
        about=case.chain,
        unit=case.unit,
        owner=case.officer,
        what=f"Nytt intygande om demokrativillkor i {case.number}",
        path=reverse("organisations:add_attestation", args=[old.organisation_id]),
        due_on=old.valid_until,
    )
    return 1


def locked_while_running(number: int) -> Collaboration | None:
    """The case, as it is now and until the transaction ends; None when it has ended meanwhile."""
    running = Collaboration.objects.running().select_related("unit__administration", "officer")
    return running.select_for_update(of=("self",)).filter(pk=number).first()


def renewed() -> int:
    """Those with a newer attestation, or whose own was taken back: then the matter is another."""
    owed = Obligation.objects.open().filter(kind=RENEWAL)
    waiting = {one: int(one.key.rpartition(":")[2]) for one in owed}
    still = set(latest().filter(pk__in=waiting.values()).values_list("pk", flat=True))
    done = [one for one, attestation in waiting.items() if attestation not in still]
    for one in done:
        meet(one, ref="nytt intygande")
    return len(done)
