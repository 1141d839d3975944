"""The jäv questions of the version in force, as a form for one person in one case."""

from django import forms
from django.utils import timezone

from checklists.answer_checks import AnswerInput
from checklists.versions import in_force
from collaborations.forms.fields import words
from collaborations.models import Collaboration

YES, NO = "ja", "nej"


class DeclarationForm(forms.Form):
    """Yes or no to each question; a yes asks for a word about it (domain 4.8)."""

    marks_optional = False

    def __init__(self, *args, case: Collaboration, **kwargs):
        super().__init__(*args, **kwargs)
        version = in_force("jav", case.administration.rule_set, timezone.localdate())
        self.questions = list(version.questions.order_by("position"))
        for question in self.questions:
            self.fields[question.code] = forms.ChoiceField(
                label=question.text,
                help_text=question.help,
                choices=[(YES, "Ja"), (NO, "Nej")],
                widget=forms.RadioSelect,
            )
            for companion in question.companions:
                self.fields[f"{question.code}.{companion['name']}"] = words(
                    companion["label"], required=False, rows=2, most=1000
                )

    def clean(self):
        given = super().clean()
        for question in self.questions:
            for companion in question.companions:
                name = f"{question.code}.{companion['name']}"
                needed = given.get(question.code) in companion["required_when"]
                if needed and not given.get(name) and name not in self.errors:
                    self.add_error(name, "Beskriv kort, så att frågan kan avgöras.")
        return given

    def inputs(self) -> dict[str, AnswerInput]:
        """Question code → answer. What is said beside a no is not kept."""
        return {
            question.code: AnswerInput(
                value=self.cleaned_data[question.code], companions=self.companions(question)
            )
            for question in self.questions
        }

    def companions(self, question) -> dict[str, str]:
        return {
            companion["name"]: self.cleaned_data[f"{question.code}.{companion['name']}"]
            for companion in question.companions
            if self.cleaned_data[question.code] in companion["required_when"]
        }
