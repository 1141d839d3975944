"""Is the log whole? Names the first broken link of a chain, and a tail that was cut off."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps

from audit.models import FIRST, Chained, Event


@dataclass(frozen=True)
class Break:
    chain: str
    number: int
    what: str

    def __str__(self):
        return f"{self.chain}, händelse {self.number}: {self.what}"


def holders() -> Iterator[Chained]:
    for model in apps.get_models():
        if issubclass(model, Chained):
            yield from model._base_manager.order_by("pk").iterator()


def first_break(holder: Chained) -> Break | None:
    """The first fault in the holder's chain, or None when it is whole."""
    previous, expected = FIRST, 1
    for event in Event.objects.of(holder).iterator():
        if event.number != expected:
            return Break(holder.chain, expected, "händelsen saknas")
        if event.previous_hash != previous:
            return Break(holder.chain, event.number, "hänger inte ihop med händelsen före")
        if event.computed_hash() != event.hash:
            return Break(
                holder.chain, event.number, "innehållet stämmer inte med sin kontrollsumma"
            )
        previous, expected = event.hash, expected + 1
    if holder.chain_count >= expected:
        return Break(holder.chain, expected, "slutet av loggen är avklippt")
    if holder.chain_count < expected - 1:
        return Break(
            holder.chain, holder.chain_count + 1, "loggen har fler händelser än ärendet vet om"
        )
    if holder.chain_head != previous:
        return Break(holder.chain, expected - 1, "den sista kontrollsumman är inte ärendets")
    return None


def breaks() -> Iterator[Break]:
    """The first fault of every chain that has one, and chains that belong to nothing."""
    known = set()
    for holder in holders():
        known.add(holder.chain)
        if fault := first_break(holder):
            yield fault
    for chain in Event.objects.order_by("chain").values_list("chain", flat=True).distinct():
        if chain not in known:
            yield Break(chain, 1, "det som händelserna handlar om finns inte kvar")
