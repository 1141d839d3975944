"""The forms of mails' texts: find one, write it, then publish what was looked at."""

from django import forms

from audit import clock
from casework.list_filter import SAID
from casework.personal_numbers import refuse_personal_numbers
from notifications.mail_kinds import Kind
from notifications.wording import problems

MOST_WORDS = 8
ALL, CHANGED, COMING = "", "andrade", "kommande"


class FindForm(forms.Form):
    """Which of the texts to list. What is not understood narrows nothing."""

    q = forms.CharField(
        label="Sök",
        required=False,
        max_length=100,
        error_messages=SAID,
        help_text="Mejlets namn, eller ord i ämnet eller texten.",
    )
    visa = forms.ChoiceField(
        label="Visa",
        required=False,
        error_messages=SAID,
        choices=[
            (ALL, "Alla"),
            (CHANGED, "Ändrade från programmets text"),
            (COMING, "Med en version som kommer"),
        ],
    )
    galler = forms.Field(required=False, widget=forms.HiddenInput)


class WriteForm(forms.Form):
    subject = forms.CharField(label="Ämne", error_messages={"required": "Skriv ett ämne."})
    body = forms.CharField(
        label="Text",
        error_messages={"required": "Skriv en text."},
        strip=False,
        widget=forms.Textarea(attrs={"rows": 18, "spellcheck": "true"}),
        help_text="Ren text. Ett fält skrivs inom klamrar. En rad med bara tomma fält utelämnas.",
    )
    after = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, kind: Kind, **kwargs):
        super().__init__(*args, **kwargs)
        self.kind = kind

    def clean(self):
        facts = super().clean()
        found = problems(self.kind, facts.get("subject", ""), facts.get("body", ""))
        for name, sentences in found.items():
            if name not in self.errors:
                self.add_error(name, sentences)
        return facts


class PublishForm(WriteForm):
    """The text goes along, hidden; it is checked again."""

    starts_on = forms.DateField(
        label="Gäller från",
        initial=clock.today,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    note = forms.CharField(
        label="Vad som ändrats",
        max_length=400,
        validators=[refuse_personal_numbers],
        help_text="Läses av den som skriver nästa version.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("subject", "body"):
            self.fields[name].widget = forms.HiddenInput()

    @property
    def text_is_wrong(self) -> bool:
        return any(name in self.errors for name in ("subject", "body", "after"))
