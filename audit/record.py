"""Write an event. Always inside the transaction that changes what the event tells of."""

import hashlib
from collections.abc import Mapping
from datetime import UTC

from django.db import connection

from audit import clock
from audit.models import Chained, Event, Register, Revision

BATCH = 100
SYSTEM_NAME = "Samverkan (programmet)"


def record(
    code: str,
    holder: Chained,
    *,
    by,
    details: Mapping | None = None,
    earlier: Mapping[str, str] | None = None,
) -> Event:
    """Append an event to the holder's chain and move the chain's head.

    code: what happened, such as "collaboration_decided". by: a User, or None for the program
    itself. details: JSON of ids, codes and hashes, no free text. earlier: texts as they were
    before (field → text), kept apart. Raises RuntimeError outside a transaction.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("an event is written in the transaction of what it tells of")
    table = type(holder)._base_manager
    locked = table.select_for_update().only("chain_head", "chain_count").get(pk=holder.pk)
    event = Event(
        chain=holder.chain,
        number=locked.chain_count + 1,
        at=clock.now().astimezone(UTC),
        code=code,
        actor_id=by.pk if by else None,
        actor_name=by.name if by else SYSTEM_NAME,
        details=dict(details or {}),
        previous_hash=locked.chain_head,
    )
    event.hash = event.computed_hash()
    event.save(force_insert=True)
    Revision.objects.bulk_create(
        Revision(chain=event.chain, number=event.number, field=field, text=text)
        for field, text in (earlier or {}).items()
        if text
    )
    table.filter(pk=holder.pk).update(chain_head=event.hash, chain_count=event.number)
    holder.chain_head, holder.chain_count = event.hash, event.number
    return event


def record_new(code: str, holders: list[Chained], *, by, details_of) -> None:
    """The first event of many that were just made, in few queries. Their chains are empty.

    details_of: holder → details. Raises RuntimeError outside a transaction, ValueError when a
    chain has begun.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("an event is written in the transaction of what it tells of")
    at = clock.now().astimezone(UTC)
    events = []
    for holder in holders:
        if holder.chain_count:
            raise ValueError(f"{holder.chain} has begun")
        event = Event(
            chain=holder.chain,
            number=1,
            at=at,
            code=code,
            actor_id=by.pk if by else None,
            actor_name=by.name if by else SYSTEM_NAME,
            details=details_of(holder),
            previous_hash=holder.chain_head,
        )
        event.hash = event.computed_hash()
        events.append(event)
    Event.objects.bulk_create(events, batch_size=BATCH)
    for holder, event in zip(holders, events, strict=True):
        holder.chain_head, holder.chain_count = event.hash, 1
    if holders:
        quoted = connection.ops.quote_name(holders[0]._meta.db_table)
        sql = f"UPDATE {quoted} SET chain_head = %s, chain_count = 1 WHERE id = %s"
        with connection.cursor() as cursor:  # bulk_update takes ten times as long
            cursor.executemany(sql, [(holder.chain_head, holder.pk) for holder in holders])


def record_in_register(name: str, code: str, *, by, details: Mapping | None = None) -> Event:
    """Append an event to the chain of that name, for what is no case (reference data)."""
    register, _ = Register.objects.get_or_create(name=name)
    return record(code, register, by=by, details=details)


def fingerprint(text: str) -> str:
    """Twelve hex characters that tell two texts apart without telling what they say."""
    return hashlib.sha256(text.encode()).hexdigest()[:12] if text else ""
