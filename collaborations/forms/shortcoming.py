"""A shortcoming: three fields to report it, and one form for each later part."""

from django import forms

from collaborations.forms.agreement import OnceForm
from collaborations.forms.fields import codes, day, words, yes_no
from collaborations.models import Shortcoming


class ReportForm(OnceForm):
    what = words(
        "Vad brister?", rows=4, help_text="Beskriv det du har sett. Nämn inga privatpersoner."
    )
    seen_on = day("När såg du det?")
    urgent = yes_no("Är det brådskande, eller gäller det säkerhet?", required=True)


class PassOnForm(forms.Form):
    comment = words("Kommentar", required=False, rows=3)


class AssessForm(forms.Form):
    assessment = words("Hur bedömer du bristen?", rows=5)


class ConcludeForm(forms.Form):
    outcome = codes(
        "Vad leder den till?",
        [
            (Shortcoming.Outcome.REMEDY, "En åtgärd, som är beslutad"),
            (Shortcoming.Outcome.NOTHING, "Ingen åtgärd"),
        ],
    )
    reasons = words("Skäl", rows=4)
    answer = words(
        "Svar till den som anmälde",
        required=False,
        rows=3,
        help_text="Läses av den som anmälde, som kanske inte får se resten av ärendet.",
    )
