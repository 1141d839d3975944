"""Fields that several of the case's forms use, and the version every edit form carries."""

import re

from django import forms

from agreements.models.terms import LARGEST

YES_NO = (("true", "Ja"), ("false", "Nej"))


def yes_no(label: str, *, help_text: str = "", required: bool = False) -> forms.TypedChoiceField:
    """Two radio buttons; True, False, or None when neither is chosen."""
    return forms.TypedChoiceField(
        label=label,
        choices=YES_NO,
        coerce=lambda value: {"true": True, "false": False}[value],
        empty_value=None,
        widget=forms.RadioSelect,
        required=required,
        help_text=help_text,
    )


def words(label: str, *, required: bool = True, rows: int = 4, help_text: str = "", most=4000):
    return forms.CharField(
        label=label,
        required=required,
        help_text=help_text,
        max_length=most,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def day(label: str, *, required: bool = True, help_text: str = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


def codes(label: str, choices, *, required: bool = True, help_text: str = ""):
    return forms.ChoiceField(
        label=label,
        choices=choices,
        widget=forms.RadioSelect,
        required=required,
        help_text=help_text,
    )


class WholeNumberField(forms.IntegerField):
    """A number box of the browser sends nothing at all for "480 h": what is typed must come here
    to be refused."""

    widget = forms.TextInput
    default_error_messages = {"invalid": "Skriv bara siffror."}

    def widget_attrs(self, widget):
        return {"inputmode": "numeric"}


class KronorField(WholeNumberField):
    """Whole kronor as people write them, "12 500" or "12 500 kr". What is in doubt is refused.

    A point or a comma is one thing in one country and another in the next, so neither is read.
    """

    WRITTEN = re.compile(
        r"([-−]?\d+|[-−]?\d{1,3}(?: \d{3})+) ?(?:kr|kronor|sek|:-)?\.?", re.IGNORECASE
    )
    IN_PARTS = re.compile(r"[\s\d−-]*\d[.,][\d.,\s]*(?:kr|kronor|sek)?\.?", re.IGNORECASE)
    default_error_messages = {
        "invalid": "Skriv beloppet med siffror, till exempel 12 500.",
        "currency": "Beloppet ska vara i svenska kronor. Räkna om det och skriv bara siffror.",
        "parts": "Skriv hela kronor, utan punkt och komma, till exempel 12 500.",
        "min_value": "Beloppet ska vara minst %(limit_value)s kr.",
        "max_value": "Beloppet är orimligt stort.",
    }

    def __init__(self, *, least: int = 0, **kwargs):
        super().__init__(min_value=least, max_value=LARGEST, **kwargs)

    def to_python(self, value):
        text = " ".join(str(value or "").split())
        if value in self.empty_values or not text:
            return None
        if isinstance(value, int):
            return value
        if written := self.WRITTEN.fullmatch(text):
            return super().to_python(written[1].replace(" ", "").replace("−", "-"))
        if self.IN_PARTS.fullmatch(text):
            raise forms.ValidationError(self.error_messages["parts"], code="parts")
        digits = [sign.isdigit() for sign in text if sign != " "]
        wrong = "currency" if any(digits) and not all(digits) else "invalid"
        raise forms.ValidationError(self.error_messages[wrong], code=wrong)


class VersionedForm(forms.Form):
    """Carries the version of the record it was filled from; an older one saves nothing."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def facts(self) -> dict:
        """What was typed, named as the step's arguments; `version` among them."""
        return dict(self.cleaned_data)
