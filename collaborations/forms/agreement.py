"""The agreement's pages: a section, its rows, signatures, an amendment, a named version."""

from datetime import date
from uuid import uuid4

from django import forms

from accounts.models import Unit, User
from accounts.permissions import Permission, holders
from agreements.models import Agreement, Side
from agreements.sections import SECTIONS, sections_of, templates_for
from audit import clock
from collaborations.forms.fields import VersionedForm, codes, day, words
from collaborations.models import Collaboration, Form
from documents import file_types
from documents.inspection import inspect
from documents.refusals import FileRefused, NoMagic
from documents.words import READABLE

MOST_ROWS = 40


class OnceForm(forms.Form):
    """Carries a key of its own: sent twice it is carried out once."""

    form_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.is_bound:
            self.initial["form_key"] = uuid4()


class BeginForm(OnceForm):
    template = codes("Mall", ())

    def __init__(self, *args, case: Collaboration, **kwargs):
        super().__init__(*args, **kwargs)
        choices = dict(Agreement._meta.get_field("template").choices)
        own = templates_for(case.form)
        self.fields["template"].choices = [(code, choices[code]) for code in own]
        if not self.is_bound:
            self.initial["template"] = own[0]


class SectionForm(forms.Form):
    """The text of a section. `base` is the version that the page showed."""

    marks_optional = False

    base = forms.IntegerField(widget=forms.HiddenInput)
    text = words("Text", required=False, rows=10, most=20_000)
    label = forms.CharField(
        label="Namn på versionen",
        required=False,
        max_length=80,
        help_text="Valfritt, till exempel ”skickad till föreningen”. Namnet kan inte ändras.",
    )

    def facts(self) -> dict:
        return dict(self.cleaned_data)


class PeriodForm(SectionForm):
    starts_on = day("Gäller från och med", required=False)
    ends_on = day("Gäller till och med", required=False)
    field_order = ("base", "starts_on", "ends_on", "text", "label")

    def clean(self):
        given = super().clean()
        begins, ends = given.get("starts_on"), given.get("ends_on")
        if begins and ends and ends < begins:
            self.add_error("ends_on", "Sista dagen kan inte komma före den första.")
        if ends and ends.year > date.today().year + 50:
            self.add_error("ends_on", "Dagen ligger orimligt långt fram.")
        return given


class CommitmentForm(forms.Form):
    marks_optional = False

    party = forms.ModelChoiceField(label="Part", queryset=None, required=False, empty_label="Välj")
    what = forms.CharField(label="Åtagande", max_length=500, required=False)
    why = forms.CharField(
        label="Varför är det viktigt för lösningen?", max_length=500, required=False
    )
    evidence = forms.CharField(label="Mått eller underlag", max_length=300, required=False)
    due_on = day("Senast", required=False)

    def __init__(self, *args, parties, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["party"].queryset = parties

    def clean(self):
        given = super().clean()
        if given.get("what") and not given.get("party") and "party" not in self.errors:
            self.add_error("party", "Ange vem som åtar sig det.")
        says_more = any(given.get(name) for name in ("why", "evidence", "due_on"))
        if says_more and not given.get("what"):
            self.add_error("what", "Beskriv åtagandet.")
        return given


class GoalForm(forms.Form):
    marks_optional = False

    text = forms.CharField(label="Mål", max_length=500, required=False)
    indicator = forms.CharField(
        label="Indikator", max_length=200, required=False, help_text="Hur ser ni att målet nås?"
    )
    baseline = forms.CharField(label="Utgångsläge", max_length=100, required=False)
    target = forms.CharField(label="Målvärde", max_length=100, required=False)
    due_on = day("Nås senast", required=False)

    def clean(self):
        given = super().clean()
        if any(given.values()) and not given.get("text") and "text" not in self.errors:
            self.add_error("text", "Beskriv målet.")
        return given


class BaseRows(forms.BaseFormSet):
    def rows(self) -> list[dict]:
        """The rows that say something; one whose first text was emptied is gone."""
        told = "what" if "what" in self.empty_form.fields else "text"
        return [form.cleaned_data for form in self.forms if form.cleaned_data.get(told)]


Commitments = forms.formset_factory(CommitmentForm, BaseRows, extra=2, max_num=MOST_ROWS)
Goals = forms.formset_factory(GoalForm, BaseRows, extra=2, max_num=MOST_ROWS)


class LabelForm(forms.Form):
    number = forms.IntegerField(widget=forms.HiddenInput)
    label = forms.CharField(label="Namn på versionen", max_length=80)


class PartyForm(forms.Form):
    """One more on our side; the organisations are those of the case."""

    unit = forms.ModelChoiceField(
        label="En annan enhet hos oss", queryset=Unit.objects.none(), required=False
    )
    name = forms.CharField(
        label="Eller en annan myndighet",
        max_length=200,
        required=False,
        help_text="Till exempel en region eller en annan förvaltning.",
    )
    number = forms.CharField(label="Organisationsnummer", max_length=20, required=False)

    def __init__(self, *args, case: Collaboration, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.filter(administration=case.administration_id)

    def clean(self):
        given = super().clean()
        if bool(given.get("unit")) == bool(given.get("name")):
            self.add_error("name", "Välj en enhet eller skriv en annan myndighet, inte båda.")
        return given


class AmendForm(OnceForm):
    sections = forms.MultipleChoiceField(
        label="Vilka avsnitt ska ändras?",
        widget=forms.CheckboxSelectMultiple,
        help_text="Allt annat gäller som förut.",
    )

    def __init__(self, *args, main: Agreement, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["sections"].choices = [
            (one.code, one.title) for one in sections_of(main.template)
        ]


class InspectedField(forms.FileField):
    """A file from outside: told by what is in it, and with nothing that acts. The file that comes
    out says in `found` what it is."""

    def __init__(self, *, takes, otherwise: str, **kwargs):
        super().__init__(**kwargs)
        self.takes, self.otherwise = takes, otherwise

    def clean(self, data, initial=None):
        file = super().clean(data, initial)
        try:
            file.found = inspect(file, file.name)
        except FileRefused as refusal:
            raise forms.ValidationError(str(refusal), code=refusal.code) from refusal
        except NoMagic as lost:
            raise forms.ValidationError(str(lost), code="no_magic") from lost
        if file.found not in self.takes:
            raise forms.ValidationError(f"Filen är en {file.found.label}. {self.otherwise}")
        return file


class UploadDraftForm(forms.Form):
    file = InspectedField(
        label="Utkastet",
        takes=READABLE,
        otherwise="Ladda upp utkastet som Word-fil (docx) eller PDF.",
        help_text="En Word-fil (docx) eller en PDF.",
    )


class SigningForm(VersionedForm):
    """Who signed for each party, which day, and the signed file."""

    draft = forms.IntegerField(widget=forms.HiddenInput)
    file = InspectedField(
        label="Den undertecknade överenskommelsen",
        takes=(file_types.PDF,),
        otherwise="Ladda upp den undertecknade överenskommelsen som PDF.",
        help_text="En PDF.",
    )

    def __init__(self, *args, case: Collaboration, agreement: Agreement, **kwargs):
        super().__init__(*args, **kwargs)
        self.case, self.parties = case, list(case.terms.parties.all())
        for party in self.parties:
            self.add_party(party)
        self.order_fields([*(name for name in self.fields if name != "file"), "file"])
        if not self.is_bound:
            self.initial |= {"version": case.version, "draft": agreement.drafts.first().number}

    def add_party(self, party) -> None:
        ours = party.side == Side.US and party.unit_id
        if ours:
            self.fields[f"person_{party.pk}"] = forms.ModelChoiceField(
                label=f"Undertecknat för {party.name} av",
                queryset=self.who_may_sign(),
                empty_label="Välj",
            )
        else:
            self.fields[f"name_{party.pk}"] = forms.CharField(
                label=f"Undertecknat för {party.name} av", max_length=120
            )
            self.fields[f"role_{party.pk}"] = forms.CharField(
                label="Roll", max_length=120, help_text="Till exempel ordförande eller kassör."
            )
        self.fields[f"day_{party.pk}"] = day(f"Datum för underskriften, {party.name}")

    def who_may_sign(self):
        """Those who may today; of another day the rule says the last word."""
        needed = (
            Permission.AGREEMENT_SIGN_PARTNERSHIP
            if self.case.form == Form.IOP
            else Permission.COLLABORATION_DECIDE
        )
        return holders(needed, self.case.unit) if self.case else User.objects.none()

    def clean(self):
        given = super().clean()
        for party in self.parties:
            on = given.get(f"day_{party.pk}")
            if on and on > clock.today():
                self.add_error(f"day_{party.pk}", "Dagen kan inte ligga efter dagens datum.")
        return given

    def signed(self) -> list[dict]:
        """The signatures as arguments of `signed_by`."""
        given = self.cleaned_data
        return [
            {
                "party": party,
                "person": given.get(f"person_{party.pk}"),
                "name": given.get(f"name_{party.pk}", ""),
                "role": given.get(f"role_{party.pk}", ""),
                "signed_on": given[f"day_{party.pk}"],
            }
            for party in self.parties
        ]


class DropForm(forms.Form):
    """Takes nothing but the press of a button."""


def section_form(code: str):
    return PeriodForm if SECTIONS[code].holds == "period" else SectionForm
