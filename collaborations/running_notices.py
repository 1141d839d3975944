"""What people are told of a collaboration that runs: a follow-up, a measure, the head's reading."""

from django.utils.text import capfirst

from casework.swedish import long_date
from collaborations.models import Collaboration, FollowUp, Remedy
from collaborations.notices import tell_person
from collaborations.running_obligations import made_page
from iop.models import HeadInformation
from notifications.models import Notice


def follow_up_made(case: Collaboration, made: FollowUp) -> Notice:
    """To the responsible manager, who takes a stand (I-34)."""
    fields = {
        "gjord_av": str(made.made_by),
        "slutsats": capfirst(made.get_conclusion_display()),
    }
    return tell_person(
        case,
        f"follow_up:{made.pk}",
        case.responsible_manager,
        "follow_up_made",
        fields,
        path=made_page(made),
    )


def head_told_of_follow_up(case: Collaboration, told: HeadInformation, path: str) -> Notice:
    """To the head, with a receipt (I-08, I-23)."""
    fields = {"avsändare": str(told.told_by)}
    return tell_person(
        case, f"head:{told.pk}", told.head, "head_told_of_follow_up", fields, path=path
    )


def remedy_decided(remedy: Remedy) -> Notice:
    """To the one who is to see to it."""
    fields = {"beslutad_av": str(remedy.decided_by), "klar_senast": long_date(remedy.due_on)}
    return tell_person(
        remedy.collaboration,
        f"remedy:{remedy.pk}",
        remedy.owner,
        "remedy_decided",
        fields,
        path=remedy.get_absolute_url(),
    )
