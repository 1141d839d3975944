"""Forms about documents from organisations. The steps hold the rules."""

from uuid import uuid4

from django import forms

from audit import clock
from documents.file_types import ENDINGS, TAKEN
from documents.inspection import EMPTY
from documents.receiving import limit_in_words
from organisations.choices import DocumentKind
from organisations.forms import NO_NUMBERS, begun_large, choose_administration, day, words

TOO_LARGE = "Filen är större än {}. Dela upp den, eller spara den som PDF med lägre upplösning."
CUT_OFF = "Överföringen avbröts innan hela filen hade kommit. Inget har sparats. Försök igen."
CHOOSE_AGAIN = "Välj filen igen: webbläsaren behåller den inte när sidan visas på nytt."


class HoldForm(forms.Form):
    """A document handed in, or shown. `whole` and `too_large` say what became of the transfer."""

    administration = forms.ModelChoiceField(label="Förvaltning", queryset=None, empty_label=None)
    kind = forms.ChoiceField(
        label="Vad är det för handling?",
        choices=[("", "Välj"), *begun_large(DocumentKind.choices)],
        help_text=(
            "Utdrag ur belastningsregistret tas aldrig emot. Att ett utdrag har visats upp kryssas "
            "i checklistan, utan namn och fil (lag 2013:852)."
        ),
    )
    file = forms.FileField(
        label="Fil",
        required=False,
        max_length=500,
        error_messages={"empty": EMPTY},
        widget=forms.FileInput(attrs={"accept": ",".join(ENDINGS)}),
    )
    shown_on = day(
        "Visad den",
        required=False,
        help_text="Fyll i i stället för fil, när det räcker att du har sett handlingen.",
    )
    dated_on = day(
        "Handlingens datum",
        required=False,
        help_text="Dagen den beslutades, hölls eller utfärdades.",
    )
    covers_from = day("Avser från", required=False, help_text="Hela 2025: från 1 januari 2025.")
    covers_to = day("Avser till", required=False, help_text="Hela 2025: till 31 december 2025.")
    received_on = day("Kom in den", initial=clock.today)
    title = forms.CharField(
        label="Titel",
        max_length=200,
        required=False,
        validators=NO_NUMBERS,
        help_text="Behövs bara när slaget inte säger nog.",
    )
    note = words("Anteckning", help_text="Skriv inget om enskilda personer.")
    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def __init__(self, *args, administrations, whole=True, too_large=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.whole, self.too_large = whole, too_large
        choose_administration(self, administrations)
        self.fields["file"].help_text = f"{TAKEN}, högst {limit_in_words()}."

    def clean(self):
        given = super().clean()
        if not self.whole:
            self.add_error("file", CUT_OFF)
        elif self.too_large:
            self.add_error("file", TOO_LARGE.format(limit_in_words()))
        elif not given.get("file") and not given.get("shown_on") and "file" not in self.errors:
            self.add_error("file", "Välj en fil, eller fyll i vilken dag handlingen visades.")
        elif given.get("file") and given.get("shown_on"):
            self.add_error("shown_on", "Lämna tomt när filen sparas.")
        first, last = given.get("covers_from"), given.get("covers_to")
        if bool(first) != bool(last):
            lacking = "covers_to" if first else "covers_from"
            self.add_error(lacking, "Ange både första och sista dagen.")
        elif first and last and last < first:
            self.add_error("covers_to", "Sista dagen kan inte ligga före den första.")
        if not given.get("dated_on") and not last and "dated_on" not in self.errors:
            self.add_error("dated_on", "Ange handlingens datum eller vilken tid den avser.")
        return given


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label="Varför tas den tillbaka?",
        max_length=300,
        validators=NO_NUMBERS,
        help_text="Till exempel: fel fil, eller hör till en annan organisation.",
    )


class RequestForm(forms.Form):
    """What we ask an organisation for. The contact says which administration asks."""

    contact = forms.ModelChoiceField(
        label="Till",
        queryset=None,
        empty_label="Välj",
        help_text="De kontakter som har e-post.",
        error_messages={"required": "Välj en kontakt som har e-post."},
    )
    kinds = forms.MultipleChoiceField(
        label="Det här behöver vi",
        choices=begun_large(DocumentKind.choices),
        widget=forms.CheckboxSelectMultiple,
        help_text="Det som saknas eller är för gammalt är ifyllt.",
        error_messages={"required": "Välj minst en handling."},
    )
    due_on = day("Svar senast")
    reference = forms.CharField(
        label="Vårt ärende", max_length=40, required=False, validators=NO_NUMBERS
    )
    message = words("Meddelande", help_text="Står sist i brevet. Skriv inget om enskilda personer.")
    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def __init__(self, *args, contacts, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["contact"].queryset = contacts
        self.fields["contact"].label_from_instance = written_contact

    def facts(self) -> dict:
        return {**self.cleaned_data, "administration": self.cleaned_data["contact"].administration}


def written_contact(contact) -> str:
    return f"{contact.name}, {contact.role}, {contact.email} ({contact.administration})"


class WaiveForm(forms.Form):
    reason = forms.CharField(label="Varför behövs den inte?", max_length=300, validators=NO_NUMBERS)
