"""What was said when something does not work, and breaking off."""

from django import forms

from agreements.models import Side
from audit import clock
from collaborations.forms.agreement import OnceForm
from collaborations.forms.fields import VersionedForm, codes, day, words
from collaborations.models import Appealable, DialogueNote


class DialogueForm(OnceForm):
    kind = codes(
        "Vad gäller anteckningen?",
        [one for one in DialogueNote.Kind.choices if one[0] != DialogueNote.Kind.ASSESSMENT],
    )
    held_on = day("När?")
    who = forms.CharField(
        label="Med vem?",
        max_length=200,
        help_text="Ange roller eller enheter, inte privatpersoner.",
    )
    ours = forms.CharField(
        label="Vem av oss?", max_length=200, required=False, help_text="Tomt: du själv."
    )
    how = codes("Hur?", DialogueNote.How.choices)
    text = words("Vad sades?", rows=5)
    not_reached = forms.BooleanField(
        label="Den vi sökte gick inte att nå",
        required=False,
        help_text="Räknas när det framgår vem som försökte, när och hur.",
    )

    def clean_held_on(self):
        on = self.cleaned_data["held_on"]
        if on > clock.today():
            raise forms.ValidationError("Dagen kan inte ligga efter dagens datum.")
        return on

    def facts(self) -> dict:
        given = dict(self.cleaned_data)
        reached = not given.pop("not_reached")
        return {**given, "reached": reached}


class BreakOffForm(VersionedForm):
    by_side = codes("Vem säger upp?", [(Side.US, "vi"), (Side.ORGANISATION, "organisationen")])
    given_on = day("När sades överenskommelsen upp?")
    ended_on = day("Sista dag")
    reasons = words("Skäl", rows=5)
    appealable = codes("Kan beslutet överklagas?", Appealable.choices)

    def clean(self):
        given = super().clean()
        told, last = given.get("given_on"), given.get("ended_on")
        for name in ("given_on", "ended_on"):
            if given.get(name) and given[name] > clock.today():
                self.add_error(name, "Dagen kan inte ligga efter dagens datum.")
        if told and last and last < told:
            self.add_error("ended_on", "Sista dagen kan inte komma före uppsägningen.")
        return given
