"""Who is reminded beside the owner: an opinion asked of a function is asked of each who holds it.

The obligation is the asker's to get (obligations.opinion_is_due); those who can give it are told.
"""

from collections.abc import Iterable

from accounts.models import User
from accounts.permissions import Permission, granting_roles
from collaborations.models import Opinion
from collaborations.obligations import OPINION
from notifications.models import Obligation


def asked_too(obligations: Iterable[Obligation]) -> dict[int, list[User]]:
    """Obligation's pk → those of the function that was asked, who hold it at the case's unit or
    above it today. At most two queries.
    """
    of_opinion = {
        int(one.key.rpartition(":")[2]): one for one in obligations if one.kind == OPINION
    }
    if not of_opinion:
        return {}
    opinions = Opinion.objects.unanswered().filter(pk__in=of_opinion, person=None)
    functions = dict(opinions.values_list("pk", "function"))
    places = {unit for one in of_opinion.values() for unit in one.unit.and_above}
    grants = list(
        granting_roles(Permission.OPINION_GIVE)
        .filter(unit__in=places, role__in=functions.values(), person__is_active=True)
        .select_related("person")
        .order_by("person__name", "pk")
    )
    return {
        of_opinion[pk].pk: list(
            dict.fromkeys(
                grant.person
                for grant in grants
                if grant.role == function and grant.unit_id in of_opinion[pk].unit.and_above
            )
        )
        for pk, function in functions.items()
    }
