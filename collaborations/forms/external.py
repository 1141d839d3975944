"""Funding, the scope of the checks, the risk, and the routines of an employment."""

from django import forms
from django.utils import timezone

from casework.personal_numbers import refuse_personal_numbers
from collaborations.forms.fields import VersionedForm, codes, day, words, yes_no
from collaborations.models import Collaboration, Funding, Routine
from collaborations.scope import CHOOSABLE

IN_THE_FUTURE = "Dagen kan inte ligga efter dagens datum."


class FundingForm(VersionedForm):
    funder = forms.CharField(
        label="Finansiär", max_length=120, widget=forms.TextInput({"list": "finansiarer"})
    )
    programme = forms.CharField(label="Program", max_length=160, required=False)
    call = forms.CharField(label="Utlysning", max_length=160, required=False)
    routine = forms.CharField(
        label="Var finns rutinen för extern finansiering som ni följer?",
        max_length=200,
        required=False,
        help_text="När du fyller i det bekräftar du att rutinen följs.",
    )

    def __init__(self, *args, case: Collaboration, funding: Funding | None, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.is_bound:
            self.initial["version"] = case.version
            for name in ("funder", "programme", "call"):
                self.initial[name] = getattr(funding, name, "")


class DayForm(VersionedForm):
    on = day("När lämnades ansökan in?")

    def clean_on(self):
        if self.cleaned_data["on"] > timezone.localdate():
            raise forms.ValidationError(IN_THE_FUTURE)
        return self.cleaned_data["on"]


class AnswerForm(DayForm):
    answer = codes("Finansiärens besked", Funding.Answer.choices)
    on = day("När kom beskedet?")
    reference = forms.CharField(label="Finansiärens diarienummer", max_length=80, required=False)


class ScopeForm(VersionedForm):
    sets = forms.MultipleChoiceField(
        label="Vilka kontroller ska göras?",
        choices=list(CHOOSABLE.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Demokrativillkoren prövas alltid.",
    )
    reasons = words(
        "Varför just de?", rows=4, help_text="Utgå från vad den som ger pengarna kontrollerar."
    )


class RiskForm(VersionedForm):
    uncertain = yes_no("Finns det osäkerhet kring projektet eller parterna?", required=True)
    risks = words("Vilka är riskerna, och vad gör ni åt dem?", required=False, rows=4)
    accepted = yes_no("Tar du risken?")

    def clean(self):
        given = super().clean()
        if given.get("uncertain"):
            if not given.get("risks"):
                self.add_error("risks", "Beskriv riskerna när det finns osäkerhet.")
            if given.get("accepted") is None:
                self.add_error("accepted", "Svara på om du tar risken.")
        return given

    def facts(self) -> dict:
        return super().facts() | {"accepted": bool(self.cleaned_data["accepted"])}


class EmploymentForm(VersionedForm):
    employment = codes("Vilken anställning gäller det?", Routine.Employment.choices)
    reference = forms.CharField(
        label="Var finns rutinen som följs?",
        max_length=200,
        validators=[refuse_personal_numbers],
        help_text="Skriv inget om de anställda. Sådana uppgifter sparas inte här.",
    )
    follows = forms.BooleanField(label="De vanliga rutinerna för anställningen följs")

    def facts(self) -> dict:
        return {name: value for name, value in super().facts().items() if name != "follows"}
