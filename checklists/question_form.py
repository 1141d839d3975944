"""One question as a form: its answer, what stands beside it, and how it stands in this case."""

import hashlib
import json
from dataclasses import asdict
from datetime import timedelta

from django import forms

from checklists.answer_checks import COMPANION, LONGEST_LINE, AnswerInput, canonical, faults
from checklists.answering import as_input
from checklists.facts import Facts
from checklists.models import Answer, AnswerType, Question
from checklists.models.words import NO, NOT_APPLICABLE, YES
from checklists.outcomes import Standing
from checklists.wording import (
    ANSWERS,
    answer_in_words,
    effect_in_words,
    fetched_in_words,
)

SOON = timedelta(days=60)
BAD_DATE = {"invalid": "Skriv datumet som ÅÅÅÅ-MM-DD."}
STANDING_ICONS = {
    Standing.NOT_ASKED: "minus",
    Standing.REMAINING: "pen",
    Standing.OPTIONAL: "minus",
    Standing.FINE: "check",
    Standing.BLOCKING: "stop",
    Standing.TO_MOTIVATE: "warning",
    Standing.MOTIVATED: "check",
    Standing.TO_INQUIRE: "search",
    Standing.INQUIRED: "check",
}


class QuestionForm(forms.Form):
    """Fields are named as those of `answer_checks.faults`, with the question's code before them.

    Two hidden ones: version, that of the answer on the page, and was, a fingerprint of what the
    page showed, so that a question which nobody touched is not sent as an answer.
    """

    use_required_attribute = False

    def __init__(self, question: Question, answer: Answer | None, facts: Facts, data=None, **case):
        self.question, self.answer, self.facts = question, answer, facts
        self.standing: Standing | None = case.get("standing")
        self.fetch_url: str = case.get("fetch_url", "")
        self.held = case.get("held")
        self.before: Answer | None = case.get("before")
        self.offer, self.cases = case.get("offer"), case.get("cases") or {}
        self.clash = None
        sent = data is not None and f"{question.code}-version" in data
        super().__init__(data if sent else None, prefix=question.code)
        if question.is_answered_by_people:
            self.make_fields()
        self.set_initial()

    # --- The fields ------------------------------------------------------------------------------

    def make_fields(self) -> None:
        question = self.question
        self.fields["value"] = value_field(question)
        for companion in question.companions:
            if companion["name"] != "text":
                self.fields[COMPANION + companion["name"]] = companion_field(companion)
        if label := text_label(question):
            self.fields["text"] = long_text(label)
        if question.text_allowed:
            self.fields["note"] = long_text("Anteckning")
        if question.evidence_allowed:
            self.fields["reference"] = forms.CharField(
                label="Hänvisning till underlag",
                help_text=wanted(question),
                max_length=LONGEST_LINE,
                required=False,
            )
        self.fields["checked_on"] = day(checked_label(question))
        self.describe()
        self.fields["version"] = forms.IntegerField(widget=forms.HiddenInput, required=False)
        self.fields["was"] = forms.CharField(widget=forms.HiddenInput, required=False)

    def describe(self) -> None:
        """Point each input at its help and its error, and say with which answer it is wanted."""
        for name, made in self.fields.items():
            own = f"id_{self.add_prefix(name)}"
            places = [f"{own}_error"]
            if made.help_text:
                places.insert(0, f"{own}_helptext")
            if name == "value" and self.question.help:
                places.insert(0, f"hjalp-{self.question.code}")
            made.widget.attrs["aria-describedby"] = " ".join(places)
            made.when = self.wanted_with(name)

    def wanted_with(self, name: str) -> str:
        """ "ja" or "ej" for a field that only that answer needs, so that the page can fold it."""
        needed = {
            "text" if one["name"] == "text" else COMPANION + one["name"]: one["required_when"]
            for one in self.question.companions
        }
        if name == "text" and self.question.answer_type == AnswerType.YES_NO_NA:
            return "" if name in needed else NOT_APPLICABLE
        return YES if needed.get(name) == [YES] else ""

    def set_initial(self) -> None:
        stands = as_input(self.answer)
        self.initial = {
            "value": stands.value,
            "text": stands.text,
            "note": stands.note,
            "reference": stands.reference,
            "checked_on": stands.checked_on,
            "version": self.answer.version if self.answer else 0,
            "was": fingerprint(stands),
            **{COMPANION + name: value for name, value in stands.companions.items()},
        }

    # --- What was sent ---------------------------------------------------------------------------

    def clean(self) -> dict:
        """Check a changed answer as `save_answers` will, so that each sentence has its field."""
        found = super().clean()
        if self.is_changed:
            for name, sentence in faults(self.question, self.given, self.facts.today).items():
                if name not in self.errors:
                    self.add_error(name if name in self.fields else None, sentence)
        return found

    @property
    def given(self) -> AnswerInput:
        found = self.cleaned_data
        names = ("text", "note", "reference")
        return canonical(
            self.question,
            AnswerInput(
                value=found.get("value"),
                companions={
                    name.removeprefix(COMPANION): value
                    for name, value in found.items()
                    if name.startswith(COMPANION)
                },
                checked_on=found.get("checked_on"),
                **{name: found.get(name) or "" for name in names},
            ),
        )

    @property
    def is_changed(self) -> bool:
        """Has somebody changed the question since the page was made? Only then is it saved."""
        was = self.cleaned_data.get("was") or self.initial["was"]
        return bool(self.errors) or fingerprint(self.given) != was

    def show_clash(self, clash) -> None:
        """Show what somebody else saved beside what was typed; saving again is then deliberate."""
        self.clash = {
            "saved": answer_in_words(clash.theirs),
            "who": clash.theirs.answered_by,
            "at": clash.theirs.answered_at,
        }
        self.data = self.data.copy()
        self.data[self.add_prefix("version")] = clash.theirs.version
        self.data[self.add_prefix("was")] = fingerprint(as_input(clash.theirs))

    # --- For the page ----------------------------------------------------------------------------

    @property
    def is_answerable(self) -> bool:
        return bool(self.fields)

    @property
    def is_heading(self) -> bool:
        return self.question.answer_type == AnswerType.HEADING

    @property
    def is_hidden(self) -> bool:
        return self.standing == Standing.NOT_ASKED

    @property
    def beside(self) -> list[forms.BoundField]:
        """What is asked for beside the answer itself."""
        return [self[name] for name in self.fields if name.startswith(COMPANION) or name == "text"]

    @property
    def evidence(self) -> list[forms.BoundField]:
        return [self[name] for name in ("note", "reference", "checked_on") if name in self.fields]

    @property
    def has_evidence(self) -> bool:
        """Is there something in the part that is otherwise folded?"""
        silent = not self.question.text_allowed
        return silent or any(bound.value() or bound.errors for bound in self.evidence)

    @property
    def icon(self) -> str:
        return STANDING_ICONS[self.standing] if self.standing else "info"

    @property
    def effect(self) -> str:
        return effect_in_words(self.question, self.facts)

    @property
    def said(self) -> str:
        """The answer in words, for pages where it cannot be changed."""
        if self.question.answer_type == AnswerType.FETCHED:
            return fetched_in_words(self.question, self.facts)
        return answer_in_words(self.answer) if self.answer else ""

    @property
    def origin_case(self):
        """The case that the answer was taken over from, where the person may see it."""
        return self.cases.get(self.answer.origin_case) if self.answer else None

    @property
    def has_expired(self) -> bool:
        return bool(self.answer) and self.answer.valid_until < self.facts.today

    @property
    def expires_soon(self) -> bool:
        """It may no longer count when the decision is made."""
        return (
            bool(self.answer)
            and not self.has_expired
            and (self.answer.valid_until < self.facts.today + SOON)
        )

    @property
    def said_before(self) -> str:
        return answer_in_words(self.before) if self.before else ""

    @property
    def resolution(self):
        return self.answer.current_resolution if self.answer else None


def fingerprint(given: AnswerInput) -> str:
    said = {**asdict(given), "checked_on": given.checked_on and given.checked_on.isoformat()}
    text = json.dumps(said, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


# --- One field each ------------------------------------------------------------------------------


def value_field(question: Question) -> forms.Field:
    label, choices = question.text, list(question.choice_labels.items())
    match question.answer_type:
        case AnswerType.YES_NO:
            return one_of(label, [(code, ANSWERS[code]) for code in (YES, NO)])
        case AnswerType.YES_NO_NA:
            return one_of(label, [(code, ANSWERS[code]) for code in (YES, NO, NOT_APPLICABLE)])
        case AnswerType.CHOICE:
            return one_of(label, choices)
        case AnswerType.CHOICES:
            return forms.MultipleChoiceField(
                label=label,
                choices=choices,
                widget=forms.CheckboxSelectMultiple,
                required=False,
                error_messages={"invalid_choice": "Välj bland svaren i listan."},
            )
        case AnswerType.DATE:
            return day(label)
        case AnswerType.NOTE:
            return forms.BooleanField(label="Utdrag har visats upp", required=False)
        case AnswerType.TEXT:
            return long_text(label)
    return line(label)


def one_of(label: str, choices) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=choices,
        widget=forms.RadioSelect,
        required=False,
        error_messages={"invalid_choice": "Välj ett av svaren."},
    )


def companion_field(companion: dict) -> forms.Field:
    label = companion["label"]
    return day(label) if companion["type"] == "datum" else line(label)


def day(label: str) -> forms.DateField:
    return forms.DateField(label=label, required=False, error_messages=BAD_DATE)


def line(label: str) -> forms.CharField:
    return forms.CharField(label=label, required=False)


def long_text(label: str) -> forms.CharField:
    return forms.CharField(label=label, widget=forms.Textarea({"rows": 2}), required=False)


def text_label(question: Question) -> str:
    """What the text beside the answer is called; empty when there is none."""
    labels = [one["label"] for one in question.companions if one["name"] == "text"]
    if question.answer_type == AnswerType.YES_NO_NA:
        labels.append("Skäl, om frågan inte är tillämplig")
    return " – ".join(labels)


def checked_label(question: Question) -> str:
    if question.answer_type == AnswerType.NOTE:
        return "Vilken dag utdraget visades upp"
    return "Kontrollerat den"


def wanted(question: Question) -> str:
    where = "Skriv var underlaget finns, till exempel diarienummer."
    return (
        f"Önskat underlag: {question.evidence_wanted}. {where}"
        if question.evidence_wanted
        else where
    )
