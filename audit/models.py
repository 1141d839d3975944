"""What happened, by whom, when. Append-only, chained by hashes, with no foreign keys.

An event holds ids, codes, the actor's name and hashes; never free text. Earlier texts live in
`Revision`, which can be disposed of without touching the chain.
"""

import hashlib
import json

from django.db import models

FIRST = "0" * 64


class Chained(models.Model):
    """Something whose events form one chain. Head and count here reveal a cut tail."""

    chain_head = models.CharField(max_length=64, default=FIRST, editable=False)
    chain_count = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        abstract = True

    @property
    def chain(self) -> str:
        """Its name in the log, such as `collaborations.collaboration:12`."""
        return f"{self._meta.label_lower}:{self.pk}"


class Register(Chained):
    """A chain for what is no case: reference data, question sets."""

    name = models.CharField(max_length=60, unique=True)

    def __str__(self):
        return self.name


class EventQuerySet(models.QuerySet):
    def of(self, holder: Chained):
        return self.filter(chain=holder.chain).order_by("number")


class Event(models.Model):
    chain = models.CharField(max_length=80)
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    code = models.CharField(max_length=60)
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=120)
    details = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ["chain", "number"]
        constraints = [
            models.UniqueConstraint(fields=["chain", "number"], name="event_number_once"),
        ]

    def __str__(self):
        return f"{self.chain} {self.number} {self.code}"

    def computed_hash(self) -> str:
        """SHA-256 (hex) over everything the event says and the hash of the one before."""
        said = [
            self.chain,
            self.number,
            self.at.isoformat(timespec="microseconds"),
            self.code,
            self.actor_id,
            self.actor_name,
            self.details,
            self.previous_hash,
        ]
        text = json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


class Revision(models.Model):
    """A text as it stood before an event changed it. May be disposed of (product.md §4)."""

    chain = models.CharField(max_length=80)
    number = models.PositiveIntegerField()
    field = models.CharField(max_length=60)
    text = models.TextField()

    class Meta:
        ordering = ["chain", "number", "field"]
        constraints = [
            models.UniqueConstraint(fields=["chain", "number", "field"], name="revision_once")
        ]

    def __str__(self):
        return f"{self.chain} {self.number} {self.field}"
