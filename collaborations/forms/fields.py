"""Fields that several of the case's forms use, and the version every edit form carries."""

from django import forms

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


class VersionedForm(forms.Form):
    """Carries the version of the record it was filled from; an older one saves nothing."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def facts(self) -> dict:
        """What was typed, named as the step's arguments; `version` among them."""
        return dict(self.cleaned_data)
