"""A question of a draft as a plain form, and what was sent as an entry of a file.

The form knows no rules: `question_schema` says what hangs together, and its faults come back to
the fields by the keys of the file (`refuse`).
"""

import re

from django import forms

from checklists.models import AnswerType, Effect, Form, Question, QuestionSet
from checklists.models.words import (
    NO,
    NOT_ACCEPTABLE,
    NOT_APPLICABLE,
    UNANSWERED_TYPES,
    YES,
    YOUNGER_THAN_A_YEAR,
)
from checklists.outcomes import Outcome
from checklists.question_schema import BOOLEANS
from checklists.wording import ANSWERS, CONDITIONS
from checklists.writing import entry_of

UNDESIRED = [
    (YES, ANSWERS[YES]),
    (NO, ANSWERS[NO]),
    (NOT_APPLICABLE, ANSWERS[NOT_APPLICABLE]),
    (YOUNGER_THAN_A_YEAR, "Ett datum som är yngre än ett år"),
    (NOT_ACCEPTABLE, "Ett hämtat utfall som inte är godtagbart"),
]
COMPANION_TYPES = [
    ("", "–"),
    ("rad", "en rad text"),
    ("text", "flera rader text"),
    ("datum", "datum"),
    ("tal", "tal"),
    ("orgnr", "organisationsnummer"),
]
KINDS = [
    ("", "Alltid"),
    ("answer", "ett visst svar på en annan fråga"),
    ("younger_than_a_year", "ett datum i en annan fråga är yngre än ett år"),
    *((code, words) for code, words in CONDITIONS.items()),
    ("outcome", "ett visst utfall av en annan uppsättning"),
]
EFFECTS = [(code, label.capitalize()) for code, label in Effect.choices]
FORMS = [form for form in Form if form not in (Form.PURCHASE, Form.ASSOCIATION_GRANT)]
SPARE_COMPANIONS = 2
# Key of the file → field that its fault stands at, where they have different names.
FIELDS = {
    "effect": "effect_informal",
    "effect_by_form": f"form_{FORMS[0]}",
    "condition": "condition_kind",
    "stronger": "stronger_kind",
    "companions": "companion_0_name",
}


def line(label: str, *, required=False, most=200, **how) -> forms.CharField:
    return forms.CharField(label=label, required=required, max_length=most, **how)


def lines(label: str, *, rows=3, required=False, **how) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, required=required, widget=widget, max_length=4000, **how)


def one_of(label: str, choices, **how) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, required=False, **how)


def some_of(label: str, choices, **how) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, choices=choices, required=False, widget=forms.CheckboxSelectMultiple, **how
    )


def box(label: str, **how) -> forms.BooleanField:
    return forms.BooleanField(label=label, required=False, **how)


class EditForm(forms.Form):
    """question: the one that is changed, None for a new one. rows: all of the draft, in order.

    fixed_code: the code stands in a published version and stays.
    """

    marks_optional = False
    use_required_attribute = False

    code = line(
        "Kod", most=20, required=True, help_text="Till exempel GK-26. Svar hittas efter koden."
    )
    text = lines("Fråga", required=True)
    help = lines("Hjälptext", help_text="Vad handläggaren ska tänka på.")
    group = line("Avsnitt", most=120, help_text="Rubriken som frågan står under.")
    parent = one_of("Delfråga till", [])
    answer = one_of("Svar", AnswerType.choices)
    choices = lines(
        "Svarsval",
        rows=4,
        help_text="Bara för ett eller flera av flera. Ett per rad: lag: Låg risk.",
    )
    fetches = one_of("Hämtas från", [], help_text="Bara när svaret hämtas från en annan prövning.")
    optional = box("Frågan är frivillig")
    undesired = some_of("Oönskat svar", UNDESIRED)
    undesired_choices = line(
        "Oönskade svarsval", help_text="Koderna för egna svarsval, med komma mellan."
    )
    effect_informal = one_of("Informell samverkan: ett oönskat svar", EFFECTS, initial="-")
    effect_formal = one_of("Formell samverkan: ett oönskat svar", EFFECTS, initial="-")
    evidence = line("Önskat underlag", help_text="Till exempel stadgar eller årsmötesprotokoll.")
    text_allowed = box("Anteckningar får sparas", initial=True)
    evidence_allowed = box("Hänvisning till underlag får sparas", initial=True)
    reusable = box("Svaret får erbjudas i organisationens nästa ärende")
    sources = line(
        "Grund",
        most=1000,
        help_text="Med komma mellan: G-44, KL 6:28, lag 2013:852 5 §, praxis i staden.",
    )
    same_question = box("Det är samma fråga som koden stod för tidigare, i andra ord")
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data=None, *, question: Question | None, rows: list, fixed_code=False):
        super().__init__(data)
        self.question, self.rows = question, rows
        place = next((n for n, row in enumerate(rows) if question and row.pk == question.pk), None)
        self.above = rows if place is None else rows[:place]
        self.make_companions()
        for prefix in ("condition", "stronger"):
            self.make_condition(prefix)
        self.fields["stronger_informal"] = one_of("Informell samverkan: då i stället", self.as_is())
        self.fields["stronger_formal"] = one_of("Formell samverkan: då i stället", self.as_is())
        for form in FORMS:
            self.fields[f"form_{form}"] = one_of(str(form.label), self.as_is())
        self.offer_choices()
        if fixed_code:
            self.fields["code"].disabled = True
            help_text = "Koden står i publicerade versioner och kan inte ändras."
            self.fields["code"].help_text = help_text
        self.initial = initial(question, self.companions_there) if question else {}

    @staticmethod
    def as_is() -> list:
        return [("", "Som ovan"), *EFFECTS]

    def make_condition(self, prefix: str) -> None:
        what = "Ställs bara om" if prefix == "condition" else "Skärps om"
        kinds = KINDS if prefix == "condition" else [("", "Aldrig"), *KINDS[1:]]
        codes = [(row.code, f"{row.code} {row.text[:70]}") for row in self.above if asked(row)]
        sets = QuestionSet.objects.filter(rule_set="").order_by("name")
        self.fields |= {
            f"{prefix}_kind": one_of(what, kinds),
            f"{prefix}_code": one_of("Vilken fråga", [("", "–"), *codes]),
            f"{prefix}_is": line("Vilket svar", help_text="Ja, nej eller svarsval; komma mellan."),
            f"{prefix}_set": one_of(
                "Vilken uppsättning", [("", "–"), *sets.values_list("code", "name")]
            ),
            f"{prefix}_outcomes": some_of("Vilka utfall", Outcome.choices),
        }

    def make_companions(self) -> None:
        self.companions_there = self.question.companions if self.question else []
        for n in range(len(self.companions_there) + SPARE_COMPANIONS):
            self.fields |= {
                f"companion_{n}_label": line(f"Följduppgift {n + 1}: etikett"),
                f"companion_{n}_name": line("Kod", most=40, help_text="Till exempel roll."),
                f"companion_{n}_type": one_of("Typ", COMPANION_TYPES),
                f"companion_{n}_when": line("Krävs vid svaret", help_text="Till exempel ja."),
            }

    def offer_choices(self) -> None:
        headings = [row for row in self.above if row.answer_type == AnswerType.HEADING]
        self.fields["parent"].choices = [
            ("", "–"),
            *((row.code, f"{row.code} {row.text[:70]}") for row in headings),
        ]
        self.fields["fetches"].choices = self.fields["condition_set"].choices

    # --- The parts of the page -------------------------------------------------------------------

    @property
    def parts(self) -> list[dict]:
        """{title, fields, folded}: what is seldom used is folded until something stands in it."""
        companions = [name for name in self.fields if name.startswith("companion_")]
        return [
            self.part("Frågan", ["code", "text", "help", "group", "parent"]),
            self.part("Svaret", ["answer", "choices", "fetches", "optional"]),
            self.part(
                "Vad svaret betyder",
                ["undesired", "undesired_choices", "effect_informal", "effect_formal"],
            ),
            self.part("Effekt i vissa former", [f"form_{form}" for form in FORMS], fold=True),
            self.part(
                "Skärpt effekt",
                [*condition_fields("stronger"), "stronger_informal", "stronger_formal"],
                fold=True,
            ),
            self.part("När frågan ställs", condition_fields("condition"), fold=True),
            self.part("Följduppgifter", companions, fold=True),
            self.part(
                "Underlag och grund",
                ["evidence", "text_allowed", "evidence_allowed", "reusable", "sources"],
            ),
        ]

    def part(self, title: str, names: list[str], *, fold=False) -> dict:
        fields = [self[name] for name in names]
        used = any(field.value() or field.errors for field in fields)
        return {"title": title, "fields": fields, "folds": fold, "folded": fold and not used}

    # --- What was sent ---------------------------------------------------------------------------

    def entry(self) -> dict:
        """What was sent, as in a file. Only of a valid form."""
        given = self.cleaned_data
        found = {name: given[name] for name in ("code", "text", "help", "group", "parent")}
        found |= {"answer": given["answer"], "fetches": given["fetches"]}
        found |= {"evidence": given["evidence"], "sources": split(given["sources"])}
        found |= {name: given[name] for name in BOOLEANS}
        found["choices"] = choices_in(given["choices"])
        found["companions"] = self.companions()
        if row := next((row for row in self.above if row.code == given["parent"]), None):
            found["group"] = row.group
        found["undesired"] = self.undesired_answers()
        found["effect"] = self.by_level("effect")
        found["effect_by_form"] = {
            str(form): given[f"form_{form}"] for form in FORMS if given[f"form_{form}"]
        }
        if condition := self.condition("condition"):
            found["condition"] = condition
        if condition := self.condition("stronger"):
            found["stronger"] = {"condition": condition, "effect": self.by_level("stronger")}
        return {key: one for key, one in found.items() if one not in ("", [], {}, None)}

    def by_level(self, prefix: str) -> dict:
        found = {level: self.cleaned_data[f"{prefix}_{level}"] for level in ("informal", "formal")}
        return {level: effect for level, effect in found.items() if effect}

    def undesired_answers(self) -> list[str] | str:
        ticked = self.cleaned_data["undesired"]
        words = [one for one in ticked if one in (YOUNGER_THAN_A_YEAR, NOT_ACCEPTABLE)]
        if words and len(ticked) == 1:
            return words[0]
        labels = choices_in(self.cleaned_data["choices"])
        known = {one["label"]: one["code"] for one in labels}
        return [*ticked, *coded(self.cleaned_data["undesired_choices"], known)]

    def condition(self, prefix: str) -> dict | None:
        """The condition with the keys that its kind has."""
        given = {name: self.cleaned_data[f"{prefix}_{name}"] for name in CONDITION}
        kind = given["kind"]
        if kind == "answer":
            return {
                "kind": kind,
                "code": given["code"],
                "is": coded(given["is"], self.labels_of(given["code"])),
            }
        if kind == "outcome":
            return {"kind": kind, "set": given["set"], "is": given["outcomes"]}
        if kind == "younger_than_a_year":
            return {"kind": kind, "code": given["code"]}
        return {"kind": kind} if kind else None

    def labels_of(self, code: str) -> dict[str, str]:
        """Label → code of the answers to a question above."""
        row = next((row for row in self.above if row.code == code), None)
        own = row.choice_labels if row else {}
        return {label: code for code, label in {**ANSWERS, **own}.items()}

    def companions(self) -> list[dict]:
        given, found = self.cleaned_data, []
        for n in range(len(self.companions_there) + SPARE_COMPANIONS):
            of = {key: given[f"companion_{n}_{key}"] for key in ("name", "label", "type", "when")}
            if any(of.values()):
                labels = {label: code for code, label in ANSWERS.items()}
                when = coded(of.pop("when"), labels)
                found.append({**of, **({"required_when": when} if when else {})})
        return found

    def refuse(self, errors: dict[str, str]) -> None:
        """Put each sentence at its field. errors: key of the file → sentence."""
        for key, sentence in errors.items():
            name = FIELDS.get(key, key)
            self.add_error(name if name in self.fields else None, sentence)


CONDITION = ("kind", "code", "is", "set", "outcomes")


def condition_fields(prefix: str) -> list[str]:
    return [f"{prefix}_{name}" for name in CONDITION]


def asked(row: Question) -> bool:
    return row.answer_type not in UNANSWERED_TYPES


def split(text: str) -> list[str]:
    return [one.strip() for one in re.split(r"[,\n]", text) if one.strip()]


def coded(text: str, codes: dict[str, str]) -> list[str]:
    """ "Ja, nej" → ["ja", "nej"]: labels become their codes, whatever their capitals."""
    by_label = {label.casefold(): code for label, code in codes.items()}
    return [by_label.get(one.casefold(), one) for one in split(text)]


def choices_in(text: str) -> list[dict]:
    """A line each: "lag: Låg risk". A line without a colon lacks its label."""
    found = []
    for one in filter(None, map(str.strip, text.splitlines())):
        code, _, label = one.partition(":")
        found.append({"code": code.strip(), "label": label.strip()})
    return found


def initial(question: Question, companions: list[dict]) -> dict:
    """The question as the form shows it."""
    said = entry_of(question)
    undesired = said.get("undesired", [])
    undesired = [undesired] if isinstance(undesired, str) else undesired
    own = set(question.choice_labels)
    found = {
        **{name: said.get(name, "") for name in ("code", "text", "help", "group", "parent")},
        **{name: said.get(name, otherwise) for name, otherwise in BOOLEANS.items()},
        **{name: said.get(name, "") for name in ("answer", "fetches", "evidence")},
        "choices": "\n".join(f"{one['code']}: {one['label']}" for one in question.choices),
        "sources": ", ".join(question.sources),
        "undesired": [one for one in undesired if one not in own],
        "undesired_choices": ", ".join(one for one in undesired if one in own),
        "effect_informal": question.effect_informal,
        "effect_formal": question.effect_formal,
        **{f"form_{form}": effect for form, effect in question.effect_by_form.items()},
        "same_question": question.same_question,
        "revision": question.revision,
        **condition_initial("condition", question.condition),
    }
    if question.stronger:
        found |= condition_initial("stronger", question.stronger["condition"])
        found |= {f"stronger_{level}": e for level, e in question.stronger["effect"].items()}
    for n, one in enumerate(companions):
        found |= {f"companion_{n}_{key}": one[key] for key in ("name", "label", "type")}
        found[f"companion_{n}_when"] = ", ".join(one["required_when"])
    return found


def condition_initial(prefix: str, condition: dict | None) -> dict:
    if not condition:
        return {}
    found = {
        f"{prefix}_{key}": condition[key] for key in ("kind", "code", "set") if key in condition
    }
    if condition["kind"] == "outcome":
        found[f"{prefix}_outcomes"] = condition["is"]
    elif "is" in condition:
        found[f"{prefix}_is"] = ", ".join(condition["is"])
    return found
