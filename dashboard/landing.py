"""Where a person begins when they have logged in (product.md §2)."""

from accounts.permissions import Permission, may_anywhere

P = Permission
WORK = (
    P.COLLABORATION_PREPARE,
    P.COLLABORATION_DECIDE,
    P.COLLABORATION_FOLLOW_UP,
    P.COLLABORATION_BOARD,
)
# The first that the person may open; who does a case's work begins on *Min sida* before all these.
ELSEWHERE = (
    (P.GROUP_SEE, "dashboard:group"),
    (P.REFERENCE_DATA_EDIT, "admin:index"),
    (P.COLLABORATION_SEE, "collaborations:list"),
    (P.COLLABORATION_SEE_RUNNING, "collaborations:list"),
)


def landing(person) -> str:
    """The route where the person begins, empty for *Min sida*."""
    if any(may_anywhere(person, permission) for permission in WORK):
        return ""
    return next((route for permission, route in ELSEWHERE if may_anywhere(person, permission)), "")
