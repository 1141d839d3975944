"""Motivating or inquiring into an answer, and findings of the democracy check."""

from django import forms
from django.utils import timezone

from checklists.findings import FindingInput, categories
from checklists.models import Conduct, Verdict
from collaborations.forms.fields import VersionedForm, codes, day, words, yes_no


class ResolutionForm(VersionedForm):
    """`version` is the answer's. An inquiry also says what it came to."""

    text = words("Motivering", rows=4)
    acceptable = yes_no("Kan samverkan ändå inledas?", required=True)

    def __init__(self, *args, kind: str, **kwargs):
        super().__init__(*args, **kwargs)
        if kind == "motivation":
            del self.fields["acceptable"]
        else:
            self.fields["text"].label = "Vad utredningen eller yttrandet kom fram till"


class FindingForm(forms.Form):
    what = words(
        "Vad har hänt?",
        rows=3,
        help_text="Beskriv ageranden, inte åsikter. Skriv inga namn på privatpersoner.",
    )
    source = forms.CharField(label="Källa", max_length=300)
    happened_on = day("När?")
    conduct = codes("Vems agerande gäller det?", Conduct.choices)
    connected = yes_no("Har det samband med verksamheten?", required=True)
    category = codes("Vad gäller det?", ())
    comment = words("Organisationens kommentar", required=False, rows=3)

    def __init__(self, *args, assessment, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["category"].choices = categories(assessment)

    def clean_happened_on(self):
        on = self.cleaned_data["happened_on"]
        if on > timezone.localdate():
            raise forms.ValidationError("Datumet kan inte ligga framåt i tiden.")
        return on

    def given(self) -> FindingInput:
        return FindingInput(**self.cleaned_data)


class JudgementForm(VersionedForm):
    """`version` is the finding's."""

    verdict = codes(
        "Bedömning",
        [
            (Verdict.AGAINST, "Talar mot att villkoren är uppfyllda"),
            (Verdict.NOT_AGAINST, "Talar inte mot"),
        ],
    )
    reasons = words("Skäl", rows=4)
