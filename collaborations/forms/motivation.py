"""The motivation: domain 4.10 with the questions of G-16, G-19, G-20, G-26 and G-43."""

from django import forms
from django.utils import timezone

from agreements.models import Kind, Party, Side
from agreements.models.terms import LARGEST_HOURS
from collaborations.forms.fields import (
    KronorField,
    VersionedForm,
    WholeNumberField,
    codes,
    words,
    yes_no,
)
from collaborations.models import Collaboration, Form, InformalKind, NeedType

PLAIN = (
    "within_competence",
    "within_competence_why",
    "within_area",
    "within_area_why",
    "for_target_group",
    "for_target_group_why",
    "area",
    "need_type",
    "need",
    "target_group_heard",
    "equal_chance",
    "equal_chance_why",
    "involves_minors",
    "shares_personal_data",
    "form",
    "informal_kind",
)


class MotivationForm(VersionedForm):
    marks_optional = False  # saved unfinished; the list of what is missing says what remains

    within_competence = yes_no("Ligger samverkan inom det som kommunen får göra?")
    within_competence_why = words("På vilket sätt?", required=False, rows=2)
    within_area = yes_no("Ligger den inom förvaltningens ansvar?")
    within_area_why = words("På vilket sätt?", required=False, rows=2)
    for_target_group = yes_no("Riktar den sig till någon av våra målgrupper?")
    for_target_group_why = words("På vilket sätt?", required=False, rows=2)
    area = forms.ModelChoiceField(
        label="Verksamhetsområde", queryset=None, required=False, empty_label="Välj område"
    )
    target_groups = forms.ModelMultipleChoiceField(
        label="Målgrupper",
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    assignments = forms.ModelMultipleChoiceField(
        label="Uppdrag i årets budget",
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Vilket uppdrag bidrar samverkan till?",
    )
    need_type = codes("Vilket slag av behov är det?", NeedType.choices, required=False)
    need = words(
        "Behovet",
        required=False,
        help_text="Vad tillför samverkan utöver det vi själva gör eller har upphandlat?",
    )
    target_group_heard = words(
        "Hur får målgruppen komma till tals?",
        required=False,
        rows=3,
        help_text="Vad är nyttan för målgruppen, och hur vet ni det?",
    )
    equal_chance = yes_no("Har fler organisationer fått samma möjlighet?")
    equal_chance_why = words(
        "Hur öppet har det varit?",
        required=False,
        rows=3,
        help_text="Hur fick andra veta, och varför blev det just den här organisationen?",
    )
    involves_minors = yes_no("Berörs barn?")
    shares_personal_data = yes_no("Delar vi personuppgifter med organisationen?")
    written_agreement = yes_no(
        "Ska det finnas en skriftlig överenskommelse?",
        help_text="Med ansvar, budget eller uppföljning i skrift är samverkan formell.",
    )
    form = codes("Samverkansform", Form.choices, required=True)
    informal_kind = codes("Slag av informell samverkan", InformalKind.choices, required=False)

    def __init__(self, *args, case: Collaboration, **kwargs):
        kwargs.setdefault("initial", initial(case))
        super().__init__(*args, **kwargs)
        administration = case.administration
        self.pointer = administration.association_grant_pointer
        self.fields["area"].queryset = administration.areas.current()
        self.fields["target_groups"].queryset = administration.target_groups.current()
        self.fields["assignments"].queryset = administration.assignments.filter(
            year__gte=timezone.localdate().year - 1
        )

    def clean_form(self):
        form = self.cleaned_data["form"]
        if form == Form.ASSOCIATION_GRANT:
            raise forms.ValidationError(self.pointer)  # G-53
        return form


def initial(case: Collaboration) -> dict:
    """The case's motivation as the form shows it."""
    said = {True: "true", False: "false", None: None}
    facts = {name: getattr(case, name) for name in PLAIN}
    facts = {n: said[v] if v is None or isinstance(v, bool) else v for n, v in facts.items()}
    return {
        **facts,
        "version": case.version,
        "target_groups": list(case.target_groups.all()),
        "assignments": list(case.assignments.all()),
        "written_agreement": said[case.terms.written_agreement],
    }


class ContributionForm(forms.Form):
    marks_optional = False

    party = forms.ChoiceField(label="Vem bidrar", required=False)
    kind = forms.ChoiceField(label="Med vad", choices=[("", "Välj"), *Kind.choices], required=False)
    what = forms.CharField(label="Beskrivning", max_length=200, required=False)
    value = KronorField(label="Värde i kronor", required=False)
    hours = WholeNumberField(label="Timmar", required=False, min_value=0, max_value=LARGEST_HOURS)
    valuation = forms.CharField(
        label="Så är värdet beräknat",
        max_length=200,
        required=False,
        help_text="Till exempel hyran för lokalen, eller timmar och timvärde.",
    )

    def __init__(self, *args, parties=(), **kwargs):
        """parties: those that can be told apart on their side; see `parties_that_bring`."""
        super().__init__(*args, **kwargs)
        self.parties = {f"part:{one.pk}": one for one in parties}
        several = any(one.side == Side.ORGANISATION for one in parties)
        self.fields["party"].choices = [
            ("", "Välj"),
            (Side.US, "vi"),
            (Side.ORGANISATION, "organisationerna tillsammans" if several else "organisationen"),
            *((code, one.name) for code, one in self.parties.items()),
        ]

    def clean(self):
        given = self.cleaned_data
        if any(given.get(name) not in (None, "") for name in self.fields):
            for name, sentence in (
                ("party", "Ange vem som bidrar."),
                ("kind", "Ange vad som bidras med."),
                ("what", "Beskriv insatsen kort."),
            ):
                if not given.get(name) and name not in self.errors:
                    self.add_error(name, sentence)
        one = self.parties.get(given.get("party"))
        return given | {"brought_by": one, "party": one.side if one else given.get("party")}


class BaseContributions(forms.BaseFormSet):
    def lines(self) -> list[dict]:
        """The lines that say something, in order; one whose fields were emptied is gone."""
        return [
            {name: form.cleaned_data.get(name) for name in (*form.fields, "brought_by")}
            for form in self.forms
            if form.cleaned_data.get("what")
        ]


MOST_LINES = 30
ContributionFormSet = forms.formset_factory(
    ContributionForm, BaseContributions, extra=2, max_num=MOST_LINES
)


def parties_that_bring(case: Collaboration) -> list[Party]:
    """Those beside "we" and "the organisation": of a side with several parties (G-54)."""
    parties = case.terms.parties.all()
    theirs = [one for one in parties if one.side == Side.ORGANISATION]
    others = [one for one in parties if one.side == Side.US and one.unit_id != case.unit_id]
    return others + (theirs if len(theirs) > 1 else [])


def contribution_lines(case: Collaboration) -> list[dict]:
    return [
        {name: getattr(line, name) for name in ContributionForm.base_fields}
        | ({"party": f"part:{line.brought_by_id}"} if line.brought_by_id else {})
        for line in case.terms.contributions.all()
    ]
