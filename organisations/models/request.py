"""A letter that asks an organisation for documents, and what became of each of them (I-30)."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models import Unit
from audit import clock
from organisations.choices import DocumentKind
from organisations.models.contact import Contact
from organisations.models.held import HeldDocument
from organisations.models.relation import NO_NUMBERS, Own, OwnQuerySet


class DocumentRequestQuerySet(OwnQuerySet):
    def with_lines(self):
        return self.select_related(
            "administration", "unit", "asked_by", "organisation", "letter"
        ).prefetch_related("lines__document__stored", "lines__waived_by")

    def unsent(self):
        """Those whose letter has not been made."""
        return self.filter(letter=None).order_by("pk")


class DocumentRequest(Own):
    """Written once and never changed. The worker makes the letter and mails it."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="enhet")
    contact = models.ForeignKey(
        Contact, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="mottagare"
    )
    to_name = models.CharField("till", max_length=120)
    to_email = models.EmailField("e-post")
    due_on = models.DateField("senast")
    reference = models.CharField("vårt ärende", max_length=40, blank=True, validators=NO_NUMBERS)
    message = models.TextField("meddelande", blank=True, validators=NO_NUMBERS)
    letter = models.ForeignKey(
        "documents.StoredDocument", models.PROTECT, null=True, blank=True, related_name="+"
    )
    form_key = models.UUIDField(unique=True, default=uuid4, editable=False)
    asked_at = models.DateTimeField("begärt", default=clock.now)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="begärt av"
    )

    objects = DocumentRequestQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        verbose_name = "begäran om underlag"
        verbose_name_plural = "begäranden om underlag"

    def __str__(self):
        return f"Begäran om underlag från {self.organisation}"

    def get_absolute_url(self):
        return reverse("organisations:document_request", args=[self.organisation_id, self.pk])

    @property
    def key(self) -> str:
        """The key of its obligation and of its mail: each is written once."""
        return f"document_request:{self.pk}"

    @property
    def is_settled(self) -> bool:
        return all(line.is_settled for line in self.lines.all())

    @property
    def missing(self) -> list:
        return [line for line in self.lines.all() if not line.is_settled]

    @property
    def is_late(self) -> bool:
        return not self.is_settled and self.due_on < clock.today()


class RequestedDocument(models.Model):
    """One kind that was asked for: still missing, received, or waived with a reason."""

    request = models.ForeignKey(DocumentRequest, models.PROTECT, related_name="lines")
    kind = models.CharField("slag", max_length=20, choices=DocumentKind)
    document = models.ForeignKey(
        HeldDocument, models.PROTECT, null=True, blank=True, related_name="requested"
    )
    received_at = models.DateTimeField("kom in", null=True, blank=True)
    waived_at = models.DateTimeField("avskrivet", null=True, blank=True)
    waived_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    waived_reason = models.CharField("varför", max_length=300, blank=True, validators=NO_NUMBERS)

    class Meta:
        ordering = ["request", "pk"]
        verbose_name = "begärt underlag"
        verbose_name_plural = "begärda underlag"
        constraints = [
            models.UniqueConstraint(fields=["request", "kind"], name="requested_once"),
            models.CheckConstraint(
                name="requested_of_a_known_kind", condition=Q(kind__in=DocumentKind.values)
            ),
            models.CheckConstraint(
                name="requested_received_means_what_and_when",
                condition=Q(document=None, received_at=None)
                | Q(document__isnull=False, received_at__isnull=False, waived_at=None),
            ),
            models.CheckConstraint(
                name="requested_waived_means_who_why",
                condition=(
                    Q(waived_at__isnull=False, waived_by__isnull=False) & ~Q(waived_reason="")
                )
                | Q(waived_at=None, waived_by=None, waived_reason=""),
            ),
        ]

    def __str__(self):
        return self.get_kind_display()

    @property
    def is_settled(self) -> bool:
        return self.received_at is not None or self.waived_at is not None

    @property
    def state(self) -> str:
        if self.received_at:
            return "Har kommit in"
        return "Behövs inte" if self.waived_at else "Saknas"
