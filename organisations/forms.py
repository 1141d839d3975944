"""Forms about organisations. They check what was typed; the steps hold the rules."""

from datetime import timedelta
from uuid import uuid4

from django import forms
from django.utils import timezone

from accounts.models import Administration
from casework.personal_numbers import refuse_personal_numbers
from organisations.choices import ActivityRole, ContactSource, LegalForm, Relation
from organisations.models.contact import validate_work_phone
from organisations.register import NO_NUMBER

NO_NUMBERS = [refuse_personal_numbers]
NO_PEOPLE = "Skriv inget om enskilda personer."


def begun_large(choices) -> list[tuple[str, str]]:
    """The labels as they stand alone, beside a box to tick or in a list to choose from."""
    return [(code, label[:1].upper() + label[1:]) for code, label in choices]


def day(label: str, **how) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, **how)


def words(label: str, **how) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 4})
    return forms.CharField(
        label=label,
        required=False,
        max_length=4000,
        widget=widget,
        validators=NO_NUMBERS,
        **how,
    )


class FactsForm(forms.Form):
    """What all administrations share. `confirmed`: the doubts shown beside the button."""

    name = forms.CharField(label="Namn", max_length=160, min_length=2, validators=NO_NUMBERS)
    legal_form = forms.ChoiceField(
        label="Organisationsform", choices=[("", "Välj"), *begun_large(LegalForm.choices)]
    )
    org_number = forms.CharField(
        label="Organisationsnummer",
        max_length=20,
        help_text=(
            "Tio siffror. Den som inget nummer har registreras som nätverk utan juridisk person: "
            "det kan delta, men aldrig skriva avtal."
        ),
        error_messages={"required": NO_NUMBER},
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    confirmed = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        is_network = self["legal_form"].value() == LegalForm.NETWORK
        self.fields["org_number"].required = not is_network

    def clean_confirmed(self):
        return self.cleaned_data["confirmed"].split()


class DescriptionForm(forms.Form):
    """What one administration knows."""

    roles = forms.MultipleChoiceField(
        label="Roller",
        choices=begun_large(ActivityRole.choices),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="En organisation kan ha flera.",
    )
    relations = forms.MultipleChoiceField(
        label="Förhållande till kommunen",
        choices=begun_large(Relation.choices),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Båda kan stämma samtidigt.",
    )
    relation_note = words("Hur vi förhåller oss till varandra", help_text=NO_PEOPLE)
    description = words("Verksamhet", help_text=f"Vad organisationen gör. {NO_PEOPLE}")
    procurement_assessed_on = day(
        "Upphandlingsbedömning gjord den",
        required=False,
        help_text="För utförare: när bedömdes senast om det ni gör ihop är ett köp?",
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class RegisterForm(FactsForm, DescriptionForm):
    administration = forms.ModelChoiceField(
        label="Registreras för", queryset=None, empty_label=None
    )
    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    version = None

    field_order = ["administration", "name", "legal_form", "org_number"]

    def __init__(self, *args, administrations, **kwargs):
        super().__init__(*args, **kwargs)
        choose_administration(self, administrations)


class SizeForm(forms.Form):
    administration = forms.ModelChoiceField(label="Förvaltning", queryset=None, empty_label=None)
    as_of = day("Uppgifterna gäller den", initial=timezone.localdate)
    members = forms.IntegerField(
        label="Medlemmar", min_value=0, max_value=10_000_000, required=False
    )
    employees = forms.IntegerField(
        label="Anställda", min_value=0, max_value=10_000_000, required=False
    )
    volunteers = forms.IntegerField(
        label="Ideellt engagerade", min_value=0, max_value=10_000_000, required=False
    )

    def __init__(self, *args, administrations, **kwargs):
        super().__init__(*args, **kwargs)
        choose_administration(self, administrations)

    def clean(self):
        given = super().clean()
        figures = ("members", "employees", "volunteers")
        if all(given.get(name) is None for name in figures) and not set(figures) & set(self.errors):
            self.add_error("members", "Fyll i minst en av uppgifterna.")
        return given


def in_a_year():
    return timezone.localdate() + timedelta(days=365)


class ContactForm(forms.Form):
    """No free text about people, and no numbers of theirs (domain 2.11)."""

    administration = forms.ModelChoiceField(label="Förvaltning", queryset=None, empty_label=None)
    name = forms.CharField(label="Namn", max_length=120, validators=NO_NUMBERS)
    role = forms.CharField(
        label="Roll i organisationen",
        max_length=80,
        validators=NO_NUMBERS,
        help_text="Till exempel ordförande eller verksamhetsledare. Inget annat om personen.",
    )
    email = forms.EmailField(
        label="E-post i arbetet",
        required=False,
        validators=NO_NUMBERS,
        help_text="Ange e-post, telefon eller båda.",
    )
    phone = forms.CharField(
        label="Telefon i arbetet",
        max_length=30,
        required=False,
        validators=[validate_work_phone],
    )
    source = forms.ChoiceField(
        label="Uppgiften kommer från", choices=[("", "Välj"), *begun_large(ContactSource.choices)]
    )
    valid_until = day(
        "Gäller till", initial=in_a_year, help_text="Då behöver den bekräftas eller tas bort."
    )
    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, administrations, **kwargs):
        super().__init__(*args, **kwargs)
        choose_administration(self, administrations)

    def clean(self):
        given = super().clean()
        reached = given.get("email") or given.get("phone")
        if not reached and not {"email", "phone"} & set(self.errors):
            self.add_error("email", "Ange e-post eller telefon.")
        return given


def choose_administration(form: forms.Form, administrations: list[Administration]) -> None:
    """Let those with several administrations choose; for all others there is nothing to ask."""
    field = form.fields["administration"]
    field.queryset = Administration.objects.filter(pk__in=[one.pk for one in administrations])
    if len(administrations) == 1:
        field.widget = forms.HiddenInput()
        field.initial = administrations[0]
