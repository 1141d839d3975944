"""Forms of the ledger: why an obligation falls, and who takes over what somebody owed."""

from django import forms

from accounts.models import User
from collaborations.forms.fields import words


class WaiveObligationForm(forms.Form):
    reason = words(
        "Varför behöver det inte göras?",
        rows=3,
        help_text="Står i åtagandets historik. Skriv inga personuppgifter.",
        most=500,
    )


class LeaveForm(forms.Form):
    """seen: the obligations that the page showed, so that nothing moves that nobody has seen.

    kinds: which part of them; asked only where there are several kinds.
    """

    kinds = forms.MultipleChoiceField(
        label="Vilka åtaganden lämnas över?",
        help_text="Kan ingen ta över allt? Lämna över en del i taget.",
        widget=forms.CheckboxSelectMultiple,
    )
    taker = forms.ModelChoiceField(
        label="Vem tar över?", queryset=User.objects.none(), empty_label="Välj person"
    )
    note = words(
        "Varför lämnas åtagandena över?",
        rows=3,
        help_text="Står i varje åtagandes historik.",
        most=500,
    )
    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args, takers, kinds, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["taker"].queryset = takers
        self.fields["kinds"].choices = [(one.code, one.label) for one in kinds]
        self.fields["kinds"].initial = [one.code for one in kinds]
        if len(kinds) < 2:
            del self.fields["kinds"]

    def clean_seen(self) -> set[int]:
        numbers = self.cleaned_data["seen"].split(",")
        return {int(one) for one in numbers if one.isascii() and one.isdigit()}
