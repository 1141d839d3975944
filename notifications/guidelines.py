"""Guidelines and routines are revised in time: their review is an obligation too (G-04, I-59).

It stands in the ledger from two months before its day and is met when the day has been moved on,
which is what an administrator does when the document has been revised.
"""

from datetime import date, timedelta

from django.urls import reverse

from accounts.models import GoverningDocument
from accounts.permissions import Permission, holders
from notifications.models import Obligation
from notifications.obligations import meet, oblige

REVIEW = "review"
IN_ADVANCE = timedelta(days=60)


def sweep(today: date) -> int:
    """Write down the reviews that are near, mark those that were made; returns how many changed."""
    documents = GoverningDocument.objects.select_related("owner_unit__administration")
    near = [d for d in documents if d.next_review_on <= today + IN_ADVANCE]
    standing = {key_of(document) for document in documents}
    written = set(Obligation.objects.filter(kind=REVIEW).values_list("key", flat=True))
    open_ones = Obligation.objects.open().filter(kind=REVIEW)
    made = [meet(one, ref="ny dag för översyn") for one in open_ones if one.key not in standing]
    begun = [write(document) for document in near if key_of(document) not in written]
    return len(made) + len([one for one in begun if one])


def key_of(document: GoverningDocument) -> str:
    """A key per document and day: a new day is a new review."""
    return f"{chain_of(document)}:{REVIEW}:{document.next_review_on}"


def chain_of(document: GoverningDocument) -> str:
    return f"{document._meta.label_lower}:{document.pk}"


def write(document: GoverningDocument) -> Obligation | None:
    """Owed by whoever keeps the reference data where the document belongs. None when no one does;
    then it is still marked on its own page, and the next sweep asks again.
    """
    owner = holders(Permission.REFERENCE_DATA_EDIT, document.owner_unit).first()
    return owner and oblige(
        key_of(document),
        kind=REVIEW,
        about=chain_of(document),
        unit=document.owner_unit,
        owner=owner,
        what=f"Översyn av {document.title}"[:200],
        path=reverse("admin:accounts_governingdocument_change", args=[document.pk]),
        due_on=document.next_review_on,
    )
