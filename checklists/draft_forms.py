"""The small forms about versions: begin, publish, withdraw, sections, files."""

from django import forms

from accounts.models import Administration
from audit import clock
from casework.swedish import long_date
from checklists.models import Measures, QuestionSet, RuleSet, Version

EMPTY = "empty"


def day(label: str, **how) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, **how)


def long_text(label: str, **how) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, widget=widget, max_length=4000, **how)


class BeginForm(forms.Form):
    """What the new draft begins from: one of the set's versions, or nothing."""

    begin = forms.ChoiceField(label="Utgå från", widget=forms.RadioSelect)

    def __init__(self, *args, question_set: QuestionSet, **kwargs):
        super().__init__(*args, **kwargs)
        self.versions = {
            str(version.pk): version
            for version in question_set.versions.exclude(published_at=None).order_by("-number")
        }
        choices = [(pk, described(version)) for pk, version in self.versions.items()]
        self.fields["begin"].choices = [*choices, (EMPTY, "En tom sida")]
        first = next((v for v in self.versions.values() if not v.is_withdrawn), None)
        self.fields["begin"].initial = str(first.pk) if first else EMPTY

    def like(self) -> Version | None:
        return self.versions.get(self.cleaned_data["begin"])


def described(version: Version) -> str:
    if version.is_withdrawn:
        return f"Version {version.number}, tillbakadragen"
    return f"Version {version.number}, gäller från {long_date(version.starts_on)}"


class OwnSetForm(forms.Form):
    rule_set = forms.ChoiceField(label="Regeluppsättning")
    begin = forms.ChoiceField(
        label="Utgå från",
        choices=[("copy", "De gemensamma frågorna"), (EMPTY, "En tom sida")],
        initial="copy",
        widget=forms.RadioSelect,
    )

    def __init__(self, *args, rule_sets: set[str], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["rule_set"].choices = named(rule_sets)


def named(rule_sets: set[str]) -> list[tuple[str, str]]:
    """(code, what it is called) for each, with the administrations that follow it."""
    names = dict(RuleSet.objects.filter(code__in=rule_sets).values_list("code", "name"))
    followers = {}
    for administration in Administration.objects.filter(rule_set__in=rule_sets).order_by("name"):
        followers.setdefault(administration.rule_set, []).append(administration.short_name)
    return [
        (code, f"{names.get(code, code)} ({', '.join(followers.get(code, []))})")
        for code in sorted(rule_sets)
    ]


class SectionForm(forms.Form):
    name = forms.CharField(label="Namn", max_length=120)
    before = forms.ChoiceField(label="Plats", required=False)

    def __init__(self, *args, groups: list[str], chosen: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].initial = chosen
        others = [(f"-{name}", f"Före {name}") for name in groups if name and name != chosen]
        self.fields["before"].choices = [("", "Där det står"), *others, ("sist", "Sist")]

    def change(self) -> dict:
        """The arguments of `change_section`."""
        chosen = self.cleaned_data["before"]
        before = {"": None, "sist": ""}.get(chosen, chosen.removeprefix("-"))
        return {"name": self.cleaned_data["name"], "before": before}

    def refuse(self, errors: dict[str, str]) -> None:
        for key, sentence in errors.items():
            self.add_error(key if key in self.fields else None, sentence)


class PublishForm(forms.Form):
    """`is_first`: there is no published version to compare with."""

    starts_on = day("Gäller från", initial=clock.today)
    change_note = long_text(
        "Vad som ändrats", help_text="Läses av handläggare när deras ärende kan flyttas."
    )
    proposal = forms.BooleanField(
        label="Frågorna är fortfarande ett förslag som förvaltningen inte har antagit",
        required=False,
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, is_first: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["change_note"].required = not is_first


class WithdrawForm(forms.Form):
    reason = long_text("Varför dras publiceringen tillbaka?")


class ImportForm(forms.Form):
    rule_set = forms.ChoiceField(label="Läses in som utkast för")
    file = forms.FileField(
        label="Fil", help_text="En YAML-fil i UTF-8, högst 1 MB.", allow_empty_file=True
    )

    def __init__(self, *args, rule_sets: set[str], **kwargs):
        super().__init__(*args, **kwargs)
        common = [("", "Alla förvaltningar (gemensamma frågor)")] if "" in rule_sets else []
        self.fields["rule_set"].choices = [*common, *named(rule_sets - {""})]
        self.fields["rule_set"].required = not common


class RuleSetForm(forms.ModelForm):
    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = RuleSet
        fields = ["name", "measures"]
        widgets = {"measures": forms.RadioSelect}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        choices = [(code, label[:1].upper() + label[1:]) for code, label in Measures.choices]
        self.fields["measures"].choices = choices
