"""A new initiative, or a correction of it."""

from uuid import uuid4

from django import forms
from django.utils import timezone

from accounts.permissions import Permission, holders_among, units_where
from collaborations.forms.fields import VersionedForm, codes, day, words, yes_no
from collaborations.models import InitiatedBy
from organisations.models import Organisation

MOST_FOUND = 20


class InitiativeFields(forms.Form):
    """What both the registration and its correction ask for."""

    marks_optional = False

    search = forms.CharField(
        label="Sök organisation",
        required=False,
        help_text="Skriv en del av namnet eller organisationsnumret och välj Sök.",
    )
    organisations = forms.ModelMultipleChoiceField(
        label="Organisationer i samverkan",
        queryset=Organisation.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Sök fram och kryssa i minst en organisation."},
    )
    title = forms.CharField(
        label="Rubrik",
        max_length=160,
        help_text="Kort och beskrivande. Skriv inga namn på privatpersoner.",
    )
    initiated_by = codes("Vem kom med initiativet?", InitiatedBy.choices)
    initiative_on = day("När kom initiativet?")
    task = words(
        "Gemensam uppgift och gemensamt mål",
        help_text="Vad ska ni göra tillsammans, och vad ska det leda till?",
    )

    def __init__(self, *args, person, chosen=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.person = person
        visible = Organisation.objects.visible_to(person)
        field = self.fields["organisations"]
        field.queryset = visible
        text = (self["search"].value() or "").strip()
        found = list(visible.searched(text)[:MOST_FOUND]) if text else []
        picked = self["organisations"].value() or list(chosen)
        numbers = {int(pk) for pk in picked if str(pk).isdigit()}
        shown = {o.pk: o for o in [*visible.filter(pk__in=numbers), *found]}
        self.nothing_found = bool(text) and not found
        field.choices = [(o.pk, self.described(o)) for o in shown.values()]

    @staticmethod
    def described(organisation) -> str:
        number = organisation.number_written or "utan organisationsnummer"
        return f"{organisation.name} ({number})"

    def clean_initiative_on(self):
        on = self.cleaned_data["initiative_on"]
        if on > timezone.localdate():
            raise forms.ValidationError("Initiativet kan inte ha kommit efter dagens datum.")
        return on

    def facts(self) -> dict:
        return {name: value for name, value in self.cleaned_data.items() if name != "search"}


class RegisterForm(InitiativeFields):
    form_key = forms.UUIDField(widget=forms.HiddenInput)
    unit = forms.ModelChoiceField(label="Enhet", queryset=None, empty_label="Välj enhet")
    responsible_manager = forms.ModelChoiceField(
        label="Ansvarig chef",
        queryset=None,
        empty_label="Välj chef",
        help_text="Den som har ansvar för verksamheten och budgeten och som beslutar.",
    )
    associated = yes_no(
        "Förknippas vi med organisationen i det här?",
        required=True,
        help_text="Till exempel genom att vi står som gemensam avsändare.",
    )
    joint_task = yes_no(
        "Finns en uttalad gemensam uppgift och ett gemensamt mål inom vårt ansvar?",
        required=True,
        help_text="Vid nej på någon av frågorna sparas det som en kontakt, inte ett ärende.",
    )
    field_order = (
        "search",
        "organisations",
        "title",
        "initiated_by",
        "initiative_on",
        "task",
        "associated",
        "joint_task",
        "unit",
        "responsible_manager",
    )

    def __init__(self, *args, person, **kwargs):
        super().__init__(*args, person=person, **kwargs)
        units = units_where(person, Permission.COLLABORATION_REGISTER)
        self.fields["unit"].queryset = units
        self.fields["responsible_manager"].queryset = holders_among(
            Permission.COLLABORATION_DECIDE, units
        )
        if not self.is_bound:
            self.initial.setdefault("form_key", uuid4())

    @property
    def is_collaboration(self) -> bool:
        """G-39: associated with the organisation, and an expressed joint task within our duties."""
        return self.cleaned_data["associated"] and self.cleaned_data["joint_task"]

    def facts(self) -> dict:
        triage = ("associated", "joint_task")
        return {name: value for name, value in super().facts().items() if name not in triage}


class CorrectionForm(InitiativeFields, VersionedForm):
    """The same, for a case that is there: with its version."""
