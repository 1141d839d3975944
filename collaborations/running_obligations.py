"""What is owed after a follow-up: a stand, the head's information, the board's case, measures."""

from datetime import timedelta

from django.urls import reverse

from audit import clock
from collaborations.models import Collaboration, FollowUp, Remedy
from collaborations.obligations import waive_open
from iop.models import HeadInformation
from notifications.models import Obligation
from notifications.obligations import meet, oblige

STAND, BOARD, HEAD, REMEDY = "follow_up_stand", "follow_up_to_board", "head_reads", "remedy"
# The sources give no days (I-22 to I-24): ours, and said in the help texts.
STAND_WITHIN = timedelta(days=14)
HEAD_WITHIN = timedelta(days=14)
BOARD_WITHIN = timedelta(days=90)


def made_page(made: FollowUp) -> str:
    return reverse("collaborations:made_follow_up", args=[made.collaboration_id, made.pk])


def first_version(made: FollowUp) -> FollowUp:
    """The follow-up that was corrected into this one: obligations are kept by it."""
    while made.supersedes_id:
        made = made.supersedes
    return made


def key_of(kind: str, made: FollowUp) -> str:
    first = first_version(made)
    return f"{first.collaboration.chain}:{kind}:{first.pk}"


def meet_owed(key: str, *, by, ref: str) -> None:
    """Met, where it is owed at all: not every follow-up waits for a stand, or goes to the board."""
    if Obligation.objects.filter(key=key).exists():
        meet(key, by=by, ref=ref)


def stand_is_due(case: Collaboration, made: FollowUp) -> Obligation:
    """The responsible manager takes a stand on the follow-up (I-22, I-34)."""
    return oblige(
        key_of(STAND, made),
        kind=STAND,
        about=case.chain,
        unit=case.unit,
        owner=case.responsible_manager,
        what=f"Ställningstagande till uppföljningen av {case.number}",
        path=made_page(made),
        due_on=clock.today() + STAND_WITHIN,
    )


def stand_is_taken(made: FollowUp, *, by) -> None:
    meet_owed(key_of(STAND, made), by=by, ref=f"ställningstagande {clock.today()}")


def board_case_is_due(case: Collaboration, made: FollowUp) -> Obligation:
    """A follow-up of a partnership goes to the board as a case of its own (I-24)."""
    return oblige(
        key_of(BOARD, made),
        kind=BOARD,
        about=case.chain,
        unit=case.unit,
        owner=case.responsible_manager,
        what=f"Uppföljningen av {case.number} till nämnden",
        path=made_page(made),
        due_on=clock.today() + BOARD_WITHIN,
    )


def board_has_it(made: FollowUp, *, by, reference: str) -> None:
    meet_owed(key_of(BOARD, made), by=by, ref=f"nämnden {reference}"[:120])


def head_is_to_read(case: Collaboration, told: HeadInformation) -> Obligation:
    """The head reads what the manager tells of the follow-up (I-08, I-23)."""
    return oblige(
        f"{case.chain}:{HEAD}:{told.pk}",
        kind=HEAD,
        about=case.chain,
        unit=case.unit,
        owner=told.head,
        what=f"Information om uppföljningen av {case.number}",
        path=reverse("collaborations:inform_head", args=[case.pk]),
        due_on=clock.today() + HEAD_WITHIN,
    )


def head_has_read(case: Collaboration, told: HeadInformation, *, by) -> None:
    meet_owed(f"{case.chain}:{HEAD}:{told.pk}", by=by, ref=f"läst {clock.today()}")


def informations_follow(owed, *, to) -> None:
    """Another head, who takes over what the former was told, reads it as the head."""
    numbers = [int(one.key.rpartition(":")[2]) for one in owed if one.kind == HEAD]
    HeadInformation.objects.filter(pk__in=numbers, read_at=None).update(head=to)


def remedy_key(remedy: Remedy) -> str:
    return f"{remedy.collaboration.chain}:{REMEDY}:{remedy.pk}"


def remedy_is_due(case: Collaboration, remedy: Remedy) -> Obligation:
    return oblige(
        remedy_key(remedy),
        kind=REMEDY,
        about=case.chain,
        unit=case.unit,
        owner=remedy.owner,
        what=f"Åtgärd i {case.number}",
        path=remedy.get_absolute_url(),
        due_on=remedy.due_on,
    )


def remedies_of(owed) -> dict[str, Remedy]:
    """The measures that the obligations are about, by the obligation's key; one query at most."""
    keys = {int(one.key.rpartition(":")[2]): one.key for one in owed if one.kind == REMEDY}
    return {keys[one.pk]: one for one in Remedy.objects.filter(pk__in=keys)} if keys else {}


def remedies_follow(owed, *, to) -> None:
    """Measures whose obligations are handed over have the same new owner."""
    keys = [one.key for one in owed if one.kind == REMEDY]
    numbers = [int(key.rpartition(":")[2]) for key in keys]
    Remedy.objects.open().filter(pk__in=numbers).update(owner=to)


def remedy_is_closed(remedy: Remedy, *, by) -> None:
    """Done meets it; what was not done is waived with the note that says why."""
    if remedy.outcome == Remedy.Outcome.DONE:
        meet_owed(remedy_key(remedy), by=by, ref=f"åtgärd {clock.today()}")
    else:
        waive_open(remedy_key(remedy), remedy.note, by)
