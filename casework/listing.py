"""Lists that cost the same on every page: pages by key, and a count that stops (performance.md).

    page = listed(Organisation.objects.visible_to(person), request.GET, ORDERS)

The page after this one begins after the last row's own values, so the last of a million rows is
found as fast as the first. Sorting and place stand in the address, beside the filters.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.core.signing import BadSignature, Signer
from django.db.models import Model, Q, QuerySet
from django.http import QueryDict

from casework.swedish import NARROW

SIZE = 25
COUNTED = 1000
PLACE, ORDER = "sida", "ordning"  # names in the address
AFTER, BEFORE, LAST = "efter", "fore", "sista"


@dataclass(frozen=True)
class Order:
    """A way to sort. `by`: fields or annotations that are never null, with "-" for falling.

    The primary key is added to break ties, so it need not be named.
    """

    code: str
    label: str
    by: tuple[str, ...]


@dataclass(frozen=True)
class Listing:
    """What templates/components/pager.html shows. The addresses are empty where there is no page.

    rows: of this page. count: how many there are, at most 1,001. orders: {label, url, current}.
    """

    rows: list[Model]
    count: int
    first: str
    previous: str
    next: str
    last: str
    orders: list[dict]

    @property
    def is_capped(self) -> bool:
        return self.count > COUNTED

    @property
    def total(self) -> str:
        """312, or fler än 1 000: counting all of a large table costs more than it tells."""
        number = f"{min(self.count, COUNTED):,}".replace(",", NARROW)
        return f"fler än {number}" if self.is_capped else number

    @property
    def has_pages(self) -> bool:
        return bool(self.previous or self.next)


def listed(
    rows: QuerySet, asked: QueryDict, orders: Sequence[Order], *, size: int = SIZE
) -> Listing:
    """One page of the rows, as the address asks: `ordning` and `sida`, both from lists of ours.

    asked: request.GET. The first of `orders` is the usual one. What is not understood (an old or
    forged address) gives the first page. Costs two queries: the count and the page.
    """
    order = next((one for one in orders if one.code == asked.get(ORDER)), orders[0])
    keys = Keys(rows, order)
    found, earlier, later = keys.page(asked.get(PLACE, ""), size)
    return Listing(
        rows=found,
        count=rows.order_by()[: COUNTED + 1].count(),
        first=address(asked) if earlier else "",
        previous=address(asked, keys.place(BEFORE, found[0])) if earlier else "",
        next=address(asked, keys.place(AFTER, found[-1])) if later else "",
        last=address(asked, LAST) if later else "",
        orders=[
            {"label": one.label, "url": ordered(asked, one), "current": one is order}
            for one in orders
        ],
    )


def address(asked: QueryDict, place: str = "") -> str:
    """This list at another place: filters and order are kept."""
    kept = asked.copy()
    kept.pop(PLACE, None)
    if place:
        kept[PLACE] = place
    return f"?{kept.urlencode()}"


def ordered(asked: QueryDict, order: Order) -> str:
    kept = asked.copy()
    kept.pop(PLACE, None)
    kept[ORDER] = order.code
    return f"?{kept.urlencode()}"


class Keys:
    """The order of a query set, and what lies after or before a row in it."""

    def __init__(self, rows: QuerySet, order: Order):
        by = (*order.by, "pk")
        self.rows = rows
        self.names = [name.removeprefix("-") for name in by]
        self.falling = [name.startswith("-") for name in by]
        # Signed, so that no hand-made value reaches the database; salted, so that a place in
        # one order is not taken for a place in another.
        self.signer = Signer(salt=f"{rows.model._meta.label_lower}:{order.code}")

    def page(self, place: str, size: int) -> tuple[list[Model], bool, bool]:
        """(rows, are there earlier, are there later)."""
        if place == LAST:
            found = list(self.sorted(back=True)[: size + 1])
            return found[:size][::-1], len(found) > size, False
        way, _, signed = place.partition("-")
        values = self.read(signed) if way in (AFTER, BEFORE) else None
        if values:
            found = list(self.beyond(values, back=way == BEFORE)[: size + 1])
            if way == AFTER and found:
                return found[:size], True, len(found) > size
            if way == BEFORE and len(found) >= size:
                return found[:size][::-1], len(found) > size, True
        # Also when too few are left before the place, or none after it: a page is shown whole.
        found = list(self.sorted(back=False)[: size + 1])
        return found[:size], False, len(found) > size

    def sorted(self, back: bool) -> QuerySet:
        signs = ["-" if falling != back else "" for falling in self.falling]
        return self.rows.order_by(*(f"{s}{n}" for s, n in zip(signs, self.names, strict=True)))

    def beyond(self, values: list, back: bool) -> QuerySet:
        """The rows after the values in this order, or before them, nearest first."""
        condition, equal = Q(), Q()
        for name, falling, value in zip(self.names, self.falling, values, strict=True):
            step = "lt" if falling != back else "gt"
            condition |= equal & Q(**{f"{name}__{step}": value})
            equal &= Q(**{name: value})
        # Says again what follows from the rest, in a form that an index answers.
        edge = "lte" if self.falling[0] != back else "gte"
        return self.sorted(back).filter(condition, **{f"{self.names[0]}__{edge}": values[0]})

    def place(self, way: str, row: Model) -> str:
        return f"{way}-{self.signer.sign_object([str(self.value(row, n)) for n in self.names])}"

    def read(self, signed: str) -> list | None:
        """The values of a place in an address, or None when it is none of ours."""
        try:
            texts = self.signer.unsign_object(signed)
            fields = [self.field(name) for name in self.names]
            return [field.to_python(text) for field, text in zip(fields, texts, strict=True)]
        except (BadSignature, ValidationError, ValueError):
            return None

    @staticmethod
    def value(row: Model, name: str):
        for part in name.split("__"):
            row = getattr(row, part)
        return row

    def field(self, name: str):
        if name in self.rows.query.annotations:
            return self.rows.query.annotations[name].output_field
        meta = self.rows.model._meta
        *path, last = name.split("__")
        for part in path:
            meta = meta.get_field(part).related_model._meta
        try:
            return meta.get_field(last)
        except FieldDoesNotExist:
            return meta.pk
