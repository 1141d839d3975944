"""Hold organisations still while something about them is saved."""

from casework.moves import NotAllowed
from casework.rules import Reason
from organisations.models import Organisation


def lock_living(*organisations: Organisation) -> list[Organisation]:
    """Lock them, always in the same order. Raises NotAllowed when one has been merged away.

    It may be merged while somebody fills in a form about it.
    """
    wanted = Organisation.objects.filter(pk__in=[one.pk for one in organisations])
    found = list(wanted.order_by("pk").select_for_update(of=("self",)))
    gone = [
        Reason(f"{one} är hopslagen med {one.merged_into}.") for one in found if one.merged_into
    ]
    if gone:
        raise NotAllowed(gone)
    return found
