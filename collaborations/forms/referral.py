"""What procurement needs to know."""

from django import forms
from django.utils import timezone

from collaborations.forms.fields import VersionedForm, day, words


class ReferralForm(VersionedForm):
    need = words("Vad ska köpas, för vem och när?", rows=5)
    contact = forms.CharField(
        label="Vem hos inköp och upphandling har ni kontaktat?",
        max_length=200,
        help_text="Inköp och upphandling ska alltid vara med när vi köper en tjänst.",
    )
    contacted_on = day("När?")
    reference = forms.CharField(
        label="Nummer i Behovshubben",
        max_length=60,
        required=False,
        help_text="Om er enhet lämnar sina behov där.",
    )

    def clean_contacted_on(self):
        on = self.cleaned_data["contacted_on"]
        if on > timezone.localdate():
            raise forms.ValidationError("Dagen kan inte ligga efter dagens datum.")
        return on
