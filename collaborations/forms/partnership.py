"""The partnership: challenge and programme, the head, the steering group."""

from django import forms
from django.utils import timezone

from accounts.permissions import Permission, holders
from collaborations.forms.fields import VersionedForm, codes, day, words
from collaborations.models import Collaboration
from iop.models import Programme, SteeringMember

TEXTS = ("challenge", "why_complex", "solution", "passage", "passage_at")


class PartnershipForm(VersionedForm):
    marks_optional = False  # saved unfinished; the list of what is missing says what remains

    challenge = words("Vilken är samhällsutmaningen?", required=False)
    why_complex = words(
        "Varför är den sammansatt?",
        required=False,
        help_text="Ingen given lösning, flera tänkbara vägar, inga färdiga tjänster att köpa.",
    )
    solution = words("Hur vill parterna lösa den tillsammans?", required=False)
    programme = forms.ModelChoiceField(
        label="Program eller plan som partnerskapet förverkligar",
        queryset=Programme.objects.none(),
        required=False,
        empty_label="Välj",
        help_text="Saknas det? Administratören lägger in program och planer i Grunduppgifter.",
    )
    passage = words(
        "Vad står där om idéburna aktörer?",
        required=False,
        rows=3,
        help_text="Skriv av stället ordagrant.",
    )
    passage_at = forms.CharField(
        label="Var i programmet?", max_length=120, required=False, help_text="Till exempel s. 12."
    )

    def __init__(self, *args, case: Collaboration, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["programme"].queryset = Programme.objects.in_force().filter(
            administration=case.administration
        )
        if not self.is_bound:
            self.initial["version"] = case.version
            one = case.partnership
            self.initial["programme"] = one.programme_id if one else None
            self.initial.update({name: getattr(one, name, "") for name in TEXTS})


class InformHeadForm(VersionedForm):
    head = forms.ModelChoiceField(label="Högsta chef", queryset=None, empty_label="Välj")
    assessment = words(
        "Intresset och er bedömning",
        rows=5,
        help_text="Kan ett partnerskap lösa utmaningen, och förverkligar det ett beslutat program?",
    )

    def __init__(self, *args, case: Collaboration, **kwargs):
        super().__init__(*args, **kwargs)
        heads = holders(Permission.AGREEMENT_SIGN_PARTNERSHIP, case.unit)
        self.fields["head"].queryset = heads
        if not self.is_bound:
            self.initial["version"] = case.version
            self.initial["head"] = heads.first()


class AppointForm(VersionedForm):
    side = codes("För vem?", SteeringMember.Side.choices)
    person = forms.ModelChoiceField(
        label="Person, om det är vi",
        queryset=None,
        required=False,
        empty_label="Välj",
    )
    role = forms.CharField(
        label="Roll",
        max_length=120,
        help_text="För organisationen anges bara rollen, till exempel ordförande.",
    )

    def __init__(self, *args, case: Collaboration, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = holders(Permission.COLLABORATION_SEE, case.unit)
        if not self.is_bound:
            self.initial["version"] = case.version

    def clean(self):
        given = super().clean()
        ours = given.get("side") == SteeringMember.Side.US
        if ours and not given.get("person"):
            self.add_error("person", "Välj vem som deltar för oss.")
        if not ours:
            given["person"] = None
        return given


class MeetingForm(VersionedForm):
    held_on = day("När hölls mötet?")
    notes = words("Vad kom styrgruppen fram till?", rows=5)

    def clean_held_on(self):
        if self.cleaned_data["held_on"] > timezone.localdate():
            raise forms.ValidationError("Mötet kan inte ha hållits efter dagens datum.")
        return self.cleaned_data["held_on"]
