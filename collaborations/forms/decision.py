"""The decision and the ordinary end."""

from datetime import timedelta

from django import forms
from django.utils import timezone

from accounts.models import User
from accounts.permissions import Permission, holders
from collaborations.forms.fields import VersionedForm, codes, day, words
from collaborations.models import Appealable, Collaboration, Outcome
from collaborations.rules import advice_to_answer
from collaborations.rules.consultation import what_to_say


class DecisionForm(VersionedForm):
    outcome = codes("Beslut", Outcome.choices)
    reasons = words(
        "Skäl",
        rows=6,
        help_text="Varför, med egna ord. Den som inte kan ärendet ska förstå.",
    )
    against_advice = words(
        "Varför följs inte rådet, eller hur möts villkoren?",
        required=False,
        rows=3,
        help_text="Krävs när ni inleder. Det står i beslutet, bredvid rådet.",
    )
    follow_up_method = words(
        "Hur följs samverkan upp?",
        required=False,
        rows=3,
        help_text="Krävs när ni inleder. Till exempel avstämning med dem som deltagit.",
    )
    follow_up_by = forms.ModelChoiceField(
        label="Vem följer upp?", queryset=User.objects.none(), required=False, empty_label="Välj"
    )
    follow_up_on = day(
        "När följs den upp?", required=False, help_text="Senast tolv månader från i dag."
    )
    appealable = codes(
        "Kan beslutet överklagas?",
        Appealable.choices,
        help_text="Beslut som bara förbereder eller verkställer kan inte överklagas (KL 13:2).",
    )

    def __init__(self, *args, case: Collaboration, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["follow_up_by"].queryset = holders(
            Permission.COLLABORATION_FOLLOW_UP, case.unit
        )
        self.advice = advice_to_answer(case)
        if not self.advice:
            del self.fields["against_advice"]
        if not self.is_bound:
            self.initial.setdefault("version", case.version)
            self.initial.setdefault("follow_up_by", case.officer_id)
            self.initial.setdefault("follow_up_on", timezone.localdate() + timedelta(days=182))

    def clean(self):
        given = super().clean()
        if given.get("outcome") == Outcome.START:
            for name, sentence in (
                ("follow_up_method", "Beskriv hur samverkan följs upp."),
                ("follow_up_by", "Ange vem som följer upp."),
                ("follow_up_on", "Ange när samverkan följs upp."),
            ):
                if not given.get(name) and name not in self.errors:
                    self.add_error(name, sentence)
            if self.advice and not given.get("against_advice"):
                self.add_error("against_advice", what_to_say(self.advice))
        return given


class EndForm(VersionedForm):
    ended_on = day("Sista dag")
    reasons = words("Varför avslutas samverkan?", rows=4)

    def clean_ended_on(self):
        on = self.cleaned_data["ended_on"]
        if on > timezone.localdate():
            raise forms.ValidationError("Avsluta den dag då samverkan är slut, inte i förväg.")
        return on
