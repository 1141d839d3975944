"""What is kept as a file: which bytes, what they are, and that they are still the same.

Rows only; the bytes lie in Django's storage under a name made of their hash. A row is never changed
or deleted (`documents/guards.py`): only what the virus scanner finds is written later. Who may see
a document follows from the record it belongs to, which lies in an app above this one. So there is
no `visible_to` here: a page reaches a document through its case, never by a number of its own.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import Administration
from audit import clock

SHA256 = r"^[0-9a-f]{64}$"


class Kind(models.TextChoices):
    DECISION = "decision", "Beslut"
    AGREEMENT = "agreement", "Överenskommelse"
    FOLLOW_UP = "follow_up", "Uppföljning"
    EVIDENCE = "evidence", "Underlag"
    MINUTES = "minutes", "Protokoll"
    OTHER = "other", "Annan handling"


class Direction(models.TextChoices):
    IN = "in", "Inkommen"
    OUT = "out", "Utgående"
    INTERNAL = "internal", "Upprättad"


class Scan(models.TextChoices):
    OWN = "own", "Gjord av programmet"
    WAITING = "waiting", "Väntar på virussökning"
    CLEAN = "clean", "Inget virus hittat"
    INFECTED = "infected", "Virus hittat"
    UNSCANNED = "unscanned", "Inte virussökt"  # there was no scanner; see documents/scanner.py


class StoredDocument(models.Model):
    administration = models.ForeignKey(
        Administration, models.PROTECT, related_name="documents", verbose_name="förvaltning"
    )
    kind = models.CharField("slag", max_length=20, choices=Kind)
    direction = models.CharField("riktning", max_length=10, choices=Direction)
    title = models.CharField("titel", max_length=300)
    public_title = models.CharField("titel i det öppna diariet", max_length=300, blank=True)
    secrecy_mark = models.CharField("sekretessmarkering", max_length=200, blank=True)
    sha256 = models.CharField("kontrollsumma", max_length=64)
    size = models.PositiveBigIntegerField("storlek")
    content_type = models.CharField("filtyp", max_length=100)
    storage_name = models.CharField("plats", max_length=200)
    file_name = models.CharField("filnamn", max_length=200)
    scan_state = models.CharField("virussökning", max_length=10, choices=Scan)
    data = models.TextField("uppgifterna som dokumentet är gjort av", blank=True)
    data_sha256 = models.CharField("uppgifternas kontrollsumma", max_length=64, blank=True)
    created_at = models.DateTimeField("sparat", default=clock.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="sparat av",
    )

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = "dokument"
        verbose_name_plural = "dokument"
        constraints = [
            models.CheckConstraint(condition=Q(sha256__regex=SHA256), name="document_has_a_hash"),
            models.CheckConstraint(condition=Q(size__gt=0), name="document_is_not_empty"),
            models.CheckConstraint(
                condition=Q(data="", data_sha256="") | (~Q(data="") & Q(data_sha256__regex=SHA256)),
                name="document_data_and_its_hash_together",
            ),
            models.CheckConstraint(
                condition=~Q(file_name="") & ~Q(storage_name="") & ~Q(content_type=""),
                name="document_has_names_and_a_type",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=Kind.values)
                & Q(direction__in=Direction.values)
                & Q(scan_state__in=Scan.values),
                name="document_of_a_known_sort",
            ),
        ]

    def __str__(self):
        return self.title
