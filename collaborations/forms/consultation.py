"""Forms about what the group is asked: ask, advise, go on without an answer."""

from django import forms

from audit import clock
from collaborations.forms.fields import VersionedForm, codes, day, words
from collaborations.holdings import documents_of
from collaborations.models import Advice, Collaboration


class DocumentsField(forms.ModelMultipleChoiceField):
    """Which of the case's documents the asked should read; none is chosen from the start."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, document) -> str:
        return f"{document}, {document.organisation}"


def documents(label: str, help_text: str = "") -> DocumentsField:
    return DocumentsField(queryset=None, label=label, required=False, help_text=help_text)


def choose_documents(form, case: Collaboration) -> None:
    """Offer what counts among the case's documents; no field where there is nothing to choose."""
    offer_documents(form, documents_of(case))


def offer_documents(form, held) -> None:
    """Offer those of the query set `held` that count; no field where there are none."""
    found = held.counting().select_related("organisation")
    form.fields["documents"].queryset = found
    if not found:
        del form.fields["documents"]


def answer_day(asked: str) -> forms.DateField:
    """The last day to answer, from tomorrow and within a year: a later one is a slip of the pen.

    asked: who, as in "den som tillfrågas".
    """

    def refuse(on):
        if on <= clock.today():
            raise forms.ValidationError(f"Ge {asked} minst en dag att svara.")
        if on > clock.years_after(clock.today(), 1):
            raise forms.ValidationError("Välj en dag inom ett år.")

    field = day("Svar senast")
    field.validators.append(refuse)
    return field


class AskForm(VersionedForm):
    question = words("Vad vill du fråga beredningsgruppen?", rows=4)
    due_on = answer_day("beredningsgruppen")
    documents = documents("Vilka underlag ska gruppen läsa?")

    def __init__(self, *args, case: Collaboration, **kwargs):
        super().__init__(*args, **kwargs)
        choose_documents(self, case)


class GivenAdvice(forms.Form):
    advice = codes("Råd", Advice.choices)
    reasons = words(
        "Skäl", rows=5, help_text="Skriv också villkoren, när rådet är lämplig på villkor."
    )


class AdviceForm(GivenAdvice):
    present = forms.CharField(
        label="Vilka deltog?",
        max_length=300,
        required=False,
        help_text="Ange roller eller enheter.",
    )


class GoOnForm(VersionedForm):
    why = words("Varför går ärendet vidare utan svaret?", rows=3)
