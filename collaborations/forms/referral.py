"""What procurement needs to know."""

from django import forms
from django.utils import timezone

from agreements.procurement import Way
from collaborations.forms.fields import KronorField, VersionedForm, codes, day, words, yes_no


class ReferralForm(VersionedForm):
    need = words("Vad ska köpas, för vem och när?", rows=5)
    value = KronorField(
        label="Beräknat värde i kronor",
        required=False,
        help_text="Hela perioden med förlängningar, utan moms, och med liknande köp under året.",
    )
    special = yes_no("Är det en social eller annan särskild tjänst?", required=True)
    way = codes(
        "Hur föreslår ni att det köps?",
        [(code, label.capitalize()) for code, label in Way.choices],
        help_text="Inköp och upphandling avgör.",
    )
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
