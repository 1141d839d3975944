"""The forms about attestations. They check what was typed; the steps hold the rules."""

from uuid import uuid4

from django import forms
from django.utils import timezone

from organisations.forms import NO_NUMBERS, choose_administration, day


class AttestationForm(forms.Form):
    administration = forms.ModelChoiceField(label="Förvaltning", queryset=None, empty_label=None)
    name = forms.CharField(label="Vem har intygat?", max_length=120, validators=NO_NUMBERS)
    role = forms.CharField(
        label="I vilken roll?",
        max_length=80,
        validators=NO_NUMBERS,
        help_text="Till exempel ordförande eller firmatecknare.",
    )
    attested_on = day("När gavs intyget?", initial=timezone.localdate)
    document = forms.CharField(
        label="Handling",
        max_length=300,
        required=False,
        validators=NO_NUMBERS,
        help_text="Var intyget finns, till exempel diarienummer. Behövs inte om du väljer nedan.",
    )
    held = forms.ModelChoiceField(
        label="Bland organisationens underlag", queryset=None, required=False, empty_label="Inget"
    )
    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def __init__(self, *args, administrations, held, **kwargs):
        super().__init__(*args, **kwargs)
        choose_administration(self, administrations)
        self.fields["held"].queryset = held
        if not held.exists():
            del self.fields["held"]
            self.fields["document"].help_text = "Var intyget finns, till exempel diarienummer."

    def clean_attested_on(self):
        on = self.cleaned_data["attested_on"]
        if on > timezone.localdate():
            raise forms.ValidationError("Dagen kan inte ligga framåt i tiden.")
        return on

    def clean(self):
        given = super().clean()
        if not given.get("document") and not given.get("held") and "document" not in self.errors:
            self.add_error("document", "Ange handlingen som visar intyget.")
        return given


class TakeBackForm(forms.Form):
    reason = forms.CharField(
        label="Varför gäller intyget inte?",
        max_length=300,
        validators=NO_NUMBERS,
        help_text="Till exempel att företrädaren inte var behörig. Inget mer om personen.",
    )
