"""The organisation: what all administrations share about it (product.md §4)."""

from uuid import uuid4

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MinLengthValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from accounts.permissions import Permission, may_anywhere
from audit.models import Chained
from casework.personal_numbers import refuse_personal_numbers
from casework.swedish import sort_key
from organisations.choices import LegalForm
from organisations.numbers import LENGTH, checked, written


def validate_number(number: str) -> None:
    """Ten digits with a true check digit, and not a person's. Raises ValidationError."""
    if checked(number) != number:
        raise ValidationError(LENGTH, code="length")


def search_key(name: str, number: str | None) -> str:
    """What is searched, in small letters, since no two databases fold Å alike."""
    return " ".join([number or "", written(number), name.casefold()]).strip()


class MergedInto(Exception):
    """What was asked for has been merged into another organisation, which stands in its place."""

    def __init__(self, gone: "Organisation"):
        self.gone, self.living = gone, gone.merged_into
        super().__init__(f"{gone} är hopslagen med {gone.merged_into}.")


class OrganisationQuerySet(models.QuerySet):
    def visible_to(self, person):
        """Number, name and legal form are shared: all of them, or none. Not those merged away."""
        seen = may_anywhere(person, Permission.ORGANISATION_SEE)
        return self.living() if seen else self.none()

    def living(self):
        """Those that have not been merged into another."""
        return self.filter(merged_into=None)

    def number(self, digits: str | None):
        """The living organisation (or none) that the number leads to, also if it was merged."""
        if not digits:
            return None
        found = self.filter(org_number=digits).select_related("merged_into")
        # The living one first: a number that was merged away leads to the one that has it now.
        first = found.order_by("merged_at").first() if found else None
        return first and (first.merged_into or first)

    def searched(self, text: str):
        """Those whose name or number holds every word of the text, whatever the case."""
        found = self
        for word in text.casefold().split():
            found = found.filter(search_key__contains=word)
        return found


class Organisation(Chained):
    name = models.CharField(
        "namn", max_length=160, validators=[MinLengthValidator(2), refuse_personal_numbers]
    )
    sort_key = models.CharField(max_length=200, editable=False)
    search_key = models.TextField(editable=False)
    org_number = models.CharField(  # noqa: DJ001 - a network has none
        "organisationsnummer",
        max_length=10,
        null=True,
        blank=True,
        db_index=True,
        validators=[validate_number],
    )
    legal_form = models.CharField("organisationsform", max_length=30, choices=LegalForm)
    version = models.PositiveIntegerField(default=1, editable=False)
    form_key = models.UUIDField(unique=True, default=uuid4, editable=False)  # one per form sent
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )

    # Former names and numbers, and those of organisations merged into it: still found by search.
    known_as = models.TextField(default="", blank=True, editable=False)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged", editable=False
    )
    merged_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ["sort_key", "pk"]
        verbose_name = "organisation"
        verbose_name_plural = "organisationer"
        indexes = [
            models.Index(fields=["sort_key", "id"], name="organisation_by_name"),
            models.Index(fields=["-created_at", "-id"], name="organisation_newest"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["org_number"],
                condition=Q(merged_into=None),
                name="organisation_number_once",
                violation_error_message="Organisationen är redan registrerad.",
            ),
            models.CheckConstraint(
                name="organisation_merged_means_when",
                condition=Q(merged_into=None, merged_at=None)
                | Q(merged_into__isnull=False, merged_at__isnull=False),
            ),
            models.CheckConstraint(
                name="organisation_not_merged_into_itself", condition=~Q(merged_into=F("id"))
            ),
            models.CheckConstraint(
                name="organisation_number_is_no_persons",
                condition=Q(org_number=None) | Q(org_number__regex=r"^[0-9]{2}[2-9][0-9]{7}$"),
                violation_error_message="Ange ett organisationsnummer med tio siffror.",
            ),
            models.CheckConstraint(
                name="organisation_network_has_no_number",
                condition=Q(legal_form=LegalForm.NETWORK, org_number=None)
                | (~Q(legal_form=LegalForm.NETWORK) & Q(org_number__isnull=False)),
                violation_error_message=(
                    "Ett nätverk utan juridisk person har inget organisationsnummer; "
                    "alla andra har ett."
                ),
            ),
            models.CheckConstraint(
                name="organisation_known_form", condition=Q(legal_form__in=LegalForm.values)
            ),
            models.CheckConstraint(name="organisation_has_a_name", condition=~Q(name="")),
        ]

    def __str__(self):
        return self.name

    def save(self, *args, update_fields=None, **kwargs):
        """Keep the keys true to the names and numbers they are made of."""
        self.make_keys()
        if update_fields is not None:
            update_fields = {*update_fields, "sort_key", "search_key"}
        super().save(*args, update_fields=update_fields, **kwargs)
        if update_fields is None or "name" in update_fields:
            self.keep_name()

    def make_keys(self) -> None:
        self.sort_key = sort_key(self.name)
        self.search_key = f"{search_key(self.name, self.org_number)} {self.known_as}".strip()

    def keep_name(self) -> None:
        """The name in the table of names; the one before it stays there as a former name."""
        names = {name.text: name for name in self.names.all()}
        now = names.get(self.name)
        if now is None or not now.is_current:
            self.names.update(is_current=False)
            now = now or self.names.model.of(self, self.name)
            now.is_current = True
            now.save()

    def also_known_as(self, *texts: str) -> None:
        """Let it be found by these too. Not saved."""
        known = self.known_as.split("\n") if self.known_as else []
        known += [text.casefold() for text in texts if text and text.casefold() not in known]
        self.known_as = "\n".join(known)

    def get_absolute_url(self):
        return reverse("organisations:organisation", args=[self.pk])

    @property
    def can_sign(self) -> bool:
        """A network without legal person takes part, but never signs an agreement (GK-01)."""
        return self.legal_form != LegalForm.NETWORK

    @property
    def number_written(self) -> str:
        """899990-0007; empty for a network."""
        return written(self.org_number)
