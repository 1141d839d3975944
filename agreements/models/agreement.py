"""The agreement: a row from its first draft on, its drafts in versions, and who signed it."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from agreements.models.terms import Party, Terms
from agreements.models.words import AgreementKind, Template
from audit import clock
from documents.models import StoredDocument

PERSON = settings.AUTH_USER_MODEL


class AgreementQuerySet(models.QuerySet):
    def main(self):
        return self.filter(kind=AgreementKind.MAIN)

    def signed(self):
        return self.filter(registered_at__isnull=False)

    def being_drafted(self):
        return self.filter(registered_at=None, dropped_at=None)


class Agreement(models.Model):
    """A main agreement or an amendment of one. Signed, it never changes again."""

    form_key = models.UUIDField(unique=True, editable=False)  # one agreement per form sent
    terms = models.ForeignKey(Terms, models.PROTECT, related_name="agreements")
    kind = models.CharField("slag", max_length=20, choices=AgreementKind)
    template = models.CharField("mall", max_length=20, choices=Template)
    number = models.PositiveIntegerField("nummer")  # 1, 2 … within the collaboration and the kind
    amends = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="amendments"
    )
    changes = models.JSONField("avsnitt som ändras", default=list, blank=True)
    begun_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    begun_at = models.DateTimeField("påbörjad", default=clock.now)
    dropped_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    dropped_at = models.DateTimeField("nedlagd", null=True)

    # --- all set together, once, when the signed one is registered
    signed_draft = models.OneToOneField(
        "agreements.Draft", models.PROTECT, null=True, related_name="signed_as"
    )
    starts_on = models.DateField("gäller från", null=True)
    ends_on = models.DateField("gäller till", null=True)
    signed_file = models.OneToOneField(
        StoredDocument, models.PROTECT, null=True, related_name="signed_agreement"
    )
    registered_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    registered_at = models.DateTimeField("undertecknad överenskommelse registrerad", null=True)

    objects = AgreementQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = "överenskommelse"
        verbose_name_plural = "överenskommelser"
        constraints = [
            models.CheckConstraint(
                name="agreement_known_codes",
                condition=Q(kind__in=AgreementKind.values, template__in=Template.values),
            ),
            models.CheckConstraint(
                name="agreement_amendment_amends",
                condition=Q(kind=AgreementKind.MAIN, amends=None)
                | Q(kind=AgreementKind.AMENDMENT, amends__isnull=False),
            ),
            models.CheckConstraint(
                name="agreement_signed_is_whole",
                condition=Q(
                    signed_draft=None,
                    starts_on=None,
                    ends_on=None,
                    signed_file=None,
                    registered_by=None,
                    registered_at=None,
                )
                | Q(
                    signed_draft__isnull=False,
                    starts_on__isnull=False,
                    ends_on__isnull=False,
                    signed_file__isnull=False,
                    registered_by__isnull=False,
                    registered_at__isnull=False,
                    dropped_at=None,
                ),
            ),
            models.CheckConstraint(
                name="agreement_ends_after_it_starts",
                condition=Q(starts_on=None) | Q(ends_on__gte=F("starts_on")),
                violation_error_message="Överenskommelsen kan inte sluta innan den börjar.",
            ),
            models.CheckConstraint(
                name="agreement_dropped_by_somebody",
                condition=Q(dropped_by=None, dropped_at=None)
                | Q(dropped_by__isnull=False, dropped_at__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["terms", "kind", "number"], name="agreement_numbered_once"
            ),
            models.UniqueConstraint(
                fields=["terms"],
                condition=Q(registered_at=None, dropped_at=None),
                name="agreement_one_being_drafted",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.number}"

    @property
    def is_signed(self) -> bool:
        return self.registered_at is not None

    @property
    def is_open(self) -> bool:
        return self.registered_at is None and self.dropped_at is None

    @property
    def is_main(self) -> bool:
        return self.kind == AgreementKind.MAIN

    @property
    def latest(self) -> "Draft | None":
        return max(self.drafts.all(), key=lambda draft: draft.number, default=None)

    def is_in_force(self, day: date) -> bool:
        return self.is_signed and self.starts_on <= day <= self.ends_on


class Draft(models.Model):
    """A version of what is agreed: who, when, everything it said. Never overwritten.

    content: see agreements/content.py. label: a name given on purpose, once, such as
    "skickad till föreningen".
    """

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="drafts")
    number = models.PositiveIntegerField("version")
    content = models.JSONField()
    changed = models.JSONField("avsnitt som ändrades", default=list)
    label = models.CharField("namn", max_length=80, blank=True)
    saved_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    saved_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-number"]
        verbose_name = "utkast"
        verbose_name_plural = "utkast"
        constraints = [
            models.UniqueConstraint(fields=["agreement", "number"], name="draft_numbered_once")
        ]

    def __str__(self):
        return f"version {self.number}"


class Signature(models.Model):
    """Who signed for a party, in what role, which day. Written before the agreement is signed."""

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="signatures")
    party = models.ForeignKey(Party, models.PROTECT, related_name="signatures")
    person = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")  # one of ours
    name = models.CharField("namn", max_length=120)
    role = models.CharField("roll", max_length=120)
    signed_on = models.DateField("datum")

    class Meta:
        ordering = ["party", "pk"]
        verbose_name = "underskrift"
        verbose_name_plural = "underskrifter"
        constraints = [
            models.CheckConstraint(
                name="signature_names_who_and_as_what", condition=~Q(name="") & ~Q(role="")
            ),
            models.UniqueConstraint(
                fields=["agreement", "party", "name"], name="signature_once_per_person"
            ),
        ]

    def __str__(self):
        return f"{self.name}, {self.signed_on}"
