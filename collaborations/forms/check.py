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
    organisation = forms.ModelChoiceField(
        label="Vilken organisation gäller det?",
        queryset=None,
        empty_label=None,
        widget=forms.RadioSelect,
        help_text="Uppgiften syns i alla ärenden med organisationen i förvaltningen.",
    )
    comment_asked_on = day(
        "När frågade vi organisationen?",
        required=False,
        help_text="Organisationen ska få kommentera innan uppgiften bedöms.",
    )
    comment = words("Organisationens kommentar", required=False, rows=3)
    comment_on = day("När kom kommentaren?", required=False)

    field_order = [
        "organisation",
        "what",
        "source",
        "happened_on",
        "conduct",
        "connected",
        "category",
        "comment_asked_on",
        "comment",
        "comment_on",
    ]

    def __init__(self, *args, assessment, organisations, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["category"].choices = categories(assessment)
        self.fields["organisation"].queryset = organisations
        if len(organisations) == 1:
            del self.fields["organisation"]

    def clean_happened_on(self):
        on = self.cleaned_data["happened_on"]
        if on > timezone.localdate():
            raise forms.ValidationError("Datumet kan inte ligga framåt i tiden.")
        return on

    def given(self) -> FindingInput:
        said = {name: one for name, one in self.cleaned_data.items() if name != "version"}
        return FindingInput(**said)


class CorrectionForm(FindingForm, VersionedForm):
    """`version` is the finding's."""


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
