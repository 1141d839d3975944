"""A version as the officer will meet it: the same form, answers that are kept nowhere."""

from collections.abc import Mapping

from django import forms

from audit import clock
from checklists.answer_checks import AnswerInput
from checklists.edit_form import FORMS
from checklists.facts import Facts, a_year_after
from checklists.forms import AnswersForm
from checklists.models import Answer, Assessment, Form, Version
from checklists.outcomes import Outcome

NOWHERE = 0  # the key of an assessment that is in no database


class CaseForm(forms.Form):
    """What a case says that the questions look at."""

    marks_optional = False

    form = forms.ChoiceField(
        label="Form", choices=[(one.value, one.label) for one in FORMS], initial=Form.INFORMAL
    )
    payout = forms.BooleanField(label="Pengar ska betalas ut", required=False)
    resources = forms.BooleanField(label="Vi lämnar resurser", required=False)
    minors = forms.BooleanField(label="Barn berörs", required=False)
    personal_data_shared = forms.BooleanField(label="Personuppgifter delas", required=False)

    def __init__(self, data=None, *, fetched: Mapping[str, str]):
        """fetched: code → name of the sets whose outcome the version asks for."""
        super().__init__(data)
        for code, name in fetched.items():
            self.fields[f"outcome_{code}"] = forms.ChoiceField(
                label=f"Utfall av {name}",
                choices=[("", "Inte påbörjad"), *Outcome.choices],
                required=False,
            )

    def facts(self) -> Facts:
        """The facts of a case that says so; those of an informal one when it is not understood."""
        given = self.cleaned_data if self.is_valid() else {}
        form = Form(given.get("form") or Form.INFORMAL)
        outcomes = {
            name.removeprefix("outcome_"): Outcome(value)
            for name, value in given.items()
            if name.startswith("outcome_") and value
        }
        return Facts(
            form=form.value,
            level=form.level,
            today=clock.today(),
            minors=given.get("minors", False),
            personal_data_shared=given.get("personal_data_shared", False),
            payout=given.get("payout", False),
            resources=int(given.get("resources", False)),
            outcomes=outcomes,
        )


def asked_sets(version: Version) -> set[str]:
    """Codes of the sets whose outcome some question of the version looks at."""
    found = set()
    for question in version.questions.all():
        conditions = [question.condition, (question.stronger or {}).get("condition")]
        found |= {one["set"] for one in conditions if one and one["kind"] == "outcome"}
        found |= {question.fetches} - {""}
    return found


def preview(version: Version, facts: Facts, data=None) -> AnswersForm:
    """The form of the case page. data: answers that were tried; they are saved nowhere."""
    form = AnswersForm(unsaved(version, {}), facts, data)
    if data is None or not form.is_valid():
        return form
    return AnswersForm(unsaved(version, form.inputs()), facts)


def unsaved(version: Version, inputs: Mapping[str, AnswerInput]) -> Assessment:
    """An assessment as if those answers had been saved today."""
    made = Assessment(pk=NOWHERE, version=version, set_code=version.question_set.code)
    questions = {question.code: question for question in version.questions.all()}
    answers = [
        answer_of(made, questions[code], number, given)
        for number, (code, given) in enumerate(inputs.items(), start=1)
    ]
    made._prefetched_objects_cache = {"answers": answers, "findings": []}
    return made


def answer_of(assessment: Assessment, question, number: int, given: AnswerInput) -> Answer:
    made = Answer(
        pk=-number,
        assessment=assessment,
        question=question,
        code=question.code,
        question_text=question.text,
        value=given.value,
        companions=given.companions,
        text=given.text,
        note=given.note,
        reference=given.reference,
        checked_on=given.checked_on,
        valid_until=a_year_after(given.checked_on or clock.today()),
        answered_at=clock.now(),
    )
    made._prefetched_objects_cache = {"resolutions": []}
    return made
