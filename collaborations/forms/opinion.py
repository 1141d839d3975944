"""Be om yttrande, and answer it."""

from django import forms

from accounts.models import User
from accounts.permissions import Permission, holders
from collaborations.forms.consultation import answer_day, choose_documents, documents
from collaborations.forms.fields import VersionedForm, codes, words
from collaborations.models import Collaboration, Function, Opinion
from collaborations.models.opinion import CONCLUSIONS, TESTS
from collaborations.scope import SETS, required_sets


class AskOpinionForm(VersionedForm):
    function = codes("Vem ska yttra sig?", Function.choices)
    person = forms.ModelChoiceField(
        label="En viss person",
        queryset=User.objects.none(),
        required=False,
        empty_label="Alla som har rollen",
        help_text=(
            "Lämna tomt om vem som helst i funktionen kan svara. Annars ser bara den du väljer "
            "frågan."
        ),
    )
    test = codes("Vad gäller frågan?", (), required=False)
    question = words("Vad vill du ha svar på?", rows=4)
    due_on = answer_day("den som tillfrågas")
    documents = documents(
        "Vilka underlag behöver den som svarar?",
        "Den som tillfrågas ser frågan, ärendet i korthet och det du väljer här. Inget annat.",
    )

    def __init__(self, *args, case: Collaboration, **kwargs):
        super().__init__(*args, **kwargs)
        choose_documents(self, case)
        self.fields["person"].queryset = holders(Permission.OPINION_GIVE, case.unit)
        tests = [(code, SETS[code]) for code in TESTS if code in required_sets(case)]
        self.fields["test"].choices = [*tests, ("", "Något annat")]


class GiveOpinionForm(forms.Form):
    """revision: of the test's answers as the page shows them."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    conclusion = codes("Slutsats", ())
    reasons = words("Skäl", rows=6)
    free_of_conflict = forms.BooleanField(
        label="Jag är inte jävig i ärendet",
        required=False,
        help_text=(
            "Du har ingen koppling till organisationen eller till utgången som kan rubba "
            "förtroendet för din opartiskhet (KL 6 kap. 28 §, 7 kap. 4 §)."
        ),
    )

    def __init__(self, *args, opinion: Opinion, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["conclusion"].choices = [
            (str(code), label.capitalize()) for code, label in CONCLUSIONS[opinion.test].items()
        ]
