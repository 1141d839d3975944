"""Whom to talk to at an organisation (domain 2.11)."""

from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone

from casework.personal_numbers import looks_like_a_personal_number, refuse_personal_numbers
from organisations.choices import ContactSource
from organisations.models.relation import NO_NUMBERS, Own


def validate_work_phone(number: str) -> None:
    """A Swedish number begins with 0 or +. Ten bare digits otherwise could be a person's own."""
    digits = "".join(sign for sign in number if sign.isdigit())
    outside = set(number) - set("0123456789 -+()/")
    if outside or not 5 <= len(digits) <= 15 or not number.startswith(("0", "+")):
        raise ValidationError("Skriv ett telefonnummer, till exempel 08-123 45 67.", code="phone")
    if looks_like_a_personal_number(number) and not number.isdigit():
        refuse_personal_numbers(number)


class Contact(Own):
    """Whom to talk to, in a role, at work. No free text about people (domain 2.11)."""

    name = models.CharField("namn", max_length=120, validators=NO_NUMBERS)
    role = models.CharField(
        "roll i organisationen",
        max_length=80,
        validators=NO_NUMBERS,
        help_text="Till exempel ordförande eller verksamhetsledare.",
    )
    email = models.EmailField("e-post i arbetet", blank=True, validators=NO_NUMBERS)
    phone = models.CharField(
        "telefon i arbetet", max_length=30, blank=True, validators=[validate_work_phone]
    )
    source = models.CharField("uppgiften kommer från", max_length=20, choices=ContactSource)
    valid_until = models.DateField(
        "gäller till", help_text="Då behöver uppgiften bekräftas eller tas bort."
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    form_key = models.UUIDField(unique=True, default=uuid4, editable=False)

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = "kontakt"
        verbose_name_plural = "kontakter"
        constraints = [
            models.CheckConstraint(
                name="contact_can_be_reached",
                condition=~Q(email="", phone=""),
                violation_error_message="Ange e-post eller telefon.",
            ),
        ]

    def __str__(self):
        return f"{self.name}, {self.role}"

    @property
    def is_out_of_date(self) -> bool:
        return self.valid_until < timezone.localdate()
