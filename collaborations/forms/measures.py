"""Measures with a last day, and the end of a new examination (I-53, G-31)."""

from django import forms

from checklists.measures import Demand
from collaborations.forms.fields import VersionedForm, day, words, yes_no

# Domain 2.5: what the statutes ask to be considered, as support for the one who decides.
SUPPORT = (
    "Tänk på: Har organisationen tagit avstånd? Har den sett till att det inte sker igen? Var det "
    "en enstaka händelse? Ligger det långt tillbaka?"
)


class FindingsField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, finding) -> str:
        return f"{finding.category}: {finding.what}"


class DemandForm(forms.Form):
    findings = FindingsField(
        label="Vilka uppgifter gäller åtgärden?",
        queryset=None,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Välj minst en uppgift som åtgärden gäller."},
    )
    required = words(
        "Vilken åtgärd krävs?",
        rows=3,
        help_text="Till exempel att ta avstånd från ett uttalande där det publicerades.",
    )
    reasons = words("Varför är ett undantag befogat?", rows=4, help_text=SUPPORT)
    due_on = day(
        "Sista dag att redovisa",
        help_text="Har inget godtagits då föreslås att villkoren inte är uppfyllda.",
    )

    def __init__(self, *args, findings, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["findings"].queryset = findings

    def given(self) -> Demand:
        said = self.cleaned_data
        return Demand(
            findings=list(said["findings"]),
            required=said["required"],
            reasons=said["reasons"],
            due_on=said["due_on"],
        )


class ReportForm(forms.Form):
    reported_on = day("När redovisade organisationen?")
    what = words("Vad har organisationen gjort?", rows=4)
    reference = forms.CharField(
        label="Vad visar det?",
        max_length=300,
        required=False,
        help_text="Var underlaget finns, till exempel en adress eller ett diarienummer.",
    )


class VerdictForm(forms.Form):
    sufficient = yes_no("Är åtgärden tillräcklig?", required=True)
    reasons = words("Skäl", rows=4)


class NewDayForm(forms.Form):
    due_on = day("Ny sista dag att redovisa")
    change_reason = words("Varför ändras dagen?", rows=3)


class CloseForm(VersionedForm):
    """`version` is the matter's; `outcome` what the page showed."""

    outcome = forms.CharField(widget=forms.HiddenInput)
    reasons = words("Skäl", rows=4)
