"""The form of a follow-up (domain 4.9), made from what the parties have promised each other."""

from dataclasses import dataclass

from django import forms

from agreements import reading
from collaborations.forms.agreement import OnceForm
from collaborations.forms.fields import VersionedForm, codes, day, words, yes_no
from collaborations.models import (
    Collaboration,
    CommitmentOutcome,
    Conclusion,
    Effect,
    FollowUp,
    FollowUpReported,
    Form,
    Principle,
    Remedy,
)
from collaborations.people import may_answer_for_a_remedy
from collaborations.steps.follow_up import CommitmentInput, GoalInput, asked_about

EFFECTS = ("better_process", "better_result", "higher_quality", "better_use")
# Only where there is an agreement to hold the collaboration to.
OF_THE_AGREEMENT = ("means_of_ours", "means_of_theirs", "principles", "principles_why")
PLACES = 2  # decimals of a result
MOST = 20_000  # signs of a draft's field


class ResultField(forms.DecimalField):
    """A result as people write it: 62,5 or 62.5. What is no number is asked for in words."""

    widget = forms.TextInput
    default_error_messages = {
        "invalid": "Skriv bara ett tal, till exempel 62,5. Annat skriver du i ord.",
        "max_digits": "Resultatet är orimligt stort.",
        "max_whole_digits": "Resultatet är orimligt stort.",
        "max_decimal_places": "Skriv högst två decimaler.",
        "min_value": "Resultatet kan inte vara mindre än noll.",
    }

    def __init__(self, **kwargs):
        super().__init__(
            required=False, min_value=0, max_digits=14, decimal_places=PLACES, **kwargs
        )

    def to_python(self, value):
        text = str(value or "").strip().replace(" ", "").replace("\u202f", "").replace(",", ".")
        return super().to_python(text)

    def widget_attrs(self, widget):
        return {"inputmode": "decimal"}


@dataclass(frozen=True)
class Asked:
    """A commitment or a goal, and the names of its fields."""

    about: object
    names: tuple[str, ...]


class FollowUpForm(VersionedForm):
    """revision: of the draft that the page showed; 0 for none."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    held_on = day("När gjordes uppföljningen?")
    done = words("Vad har gjorts av det ni kom överens om?")
    better_process = codes("Har det lett till bättre arbetssätt?", Effect.choices)
    better_result = codes("Har det lett till bättre resultat?", Effect.choices)
    higher_quality = codes("Har det lett till högre kvalitet?", Effect.choices)
    better_use = codes("Har det lett till bättre användning av resurser?", Effect.choices)
    target_group_voice = words("Vad säger målgruppen?", rows=3)
    organisation_voice = words("Vad säger organisationen?", rows=3)
    means_of_ours = words("Vilka medel och insatser har vi använt?", rows=3)
    means_of_theirs = words("Vilka medel och insatser har organisationen använt?", rows=3)
    still_meets_requirements = yes_no("Gäller grundkraven fortfarande?", required=True)
    democracy_holds = yes_no("Gäller demokrativillkoren fortfarande?", required=True)
    principles = forms.MultipleChoiceField(
        label="Vilka av de sex principerna har ni levt upp till?",
        choices=Principle.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    principles_why = words(
        "Kort om principerna", required=False, rows=2, help_text="Särskilt om det som inte hållit."
    )
    shortcomings = words(
        "Brister",
        required=False,
        rows=3,
        help_text="Åtgärder med ansvarig och datum lägger du till när uppföljningen är sparad.",
    )
    compliance = words(
        "Hur följs överenskommelsen?",
        rows=4,
        help_text="Din bedömning går till ansvarig chef, som tar ställning till den.",
    )
    conclusion = codes("Slutsats", Conclusion.choices)
    next_on = day(
        "Nästa uppföljning",
        required=False,
        help_text="Senast tolv månader efter den här. Lämna tomt för ett år framåt.",
    )

    def __init__(self, *args, case: Collaboration, wrong: FollowUp | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        promised, wanted = asked_about(case, wrong)
        if not (had_an_agreement(wrong) if wrong else reading.latest_signed(case.terms)):
            for name in OF_THE_AGREEMENT:
                del self.fields[name]
        if case.form != Form.IOP:
            del self.fields["compliance"]
        self.commitments = [self.commitment(one) for one in promised]
        self.goals = [self.goal(one) for one in wanted]

    def commitment(self, one) -> Asked:
        names = tuple(f"commitment_{one.pk}_{part}" for part in ("state", "evidence", "comment"))
        who = f"{one.party.name}: {one.what}"
        self.fields[names[0]] = codes(
            f"Är åtagandet genomfört? {who}", CommitmentOutcome.State.choices
        )
        self.fields[names[1]] = forms.CharField(
            label="Underlag",
            max_length=300,
            required=False,
            help_text=one.evidence and f"Enligt överenskommelsen: {one.evidence}",
        )
        self.fields[names[2]] = words("Kommentar", required=False, rows=2)
        return Asked(one, names)

    def goal(self, one) -> Asked:
        names = tuple(f"goal_{one.pk}_{part}" for part in ("number", "text"))
        self.fields[names[0]] = ResultField(
            label="Resultat, som tal", help_text=one.indicator and f"Mäts genom: {one.indicator}"
        )
        self.fields[names[1]] = forms.CharField(
            label="Resultat, i ord", max_length=500, required=False
        )
        return Asked(one, names)

    def rows_of(self, asked: list[Asked]) -> list[dict]:
        """For the page: what each is about, and its fields."""
        return [{"about": one.about, "fields": [self[name] for name in one.names]} for one in asked]

    def commitment_rows(self) -> list[dict]:
        return self.rows_of(self.commitments)

    def goal_rows(self) -> list[dict]:
        return self.rows_of(self.goals)

    def clean(self):
        given = super().clean()
        for one in self.goals:
            number, text = (given.get(name) for name in one.names)
            if number is None and not text and not self.errors.get(one.names[0]):
                self.add_error(one.names[0], "Skriv ett resultat, som tal eller i ord.")
        return given

    def typed(self) -> dict:
        """What was sent, for the draft: the fields of this form, also what is too long yet."""
        names = [name for name in self.fields if name not in ("version", "revision")]
        return {
            name: [text[:MOST] for text in self.data.getlist(name)[:MOST]]
            if name == "principles"
            else self.data.get(name, "")[:MOST]
            for name in names
            if name in self.data
        }

    def facts(self) -> dict:
        given = dict(self.cleaned_data)
        given["revision"] = given["revision"] or 0
        commitments = {
            one.about.pk: CommitmentInput(*(given.pop(name) for name in one.names))
            for one in self.commitments
        }
        goals = {
            one.about.pk: GoalInput(*(given.pop(name) for name in one.names)) for one in self.goals
        }
        return {**given, "commitments": commitments, "goals": goals}


def had_an_agreement(made: FollowUp) -> bool:
    """It was made in the long form, whatever has been signed since."""
    said = (made.means_of_ours, made.means_of_theirs, made.principles, made.principles_why)
    return any(said) or made.commitments.exists() or made.goals.exists()


class ClosingForm(FollowUpForm):
    next_on = None
    lessons = words("Vad tar ni med er till ordinarie arbete?")
    conclusion = codes("Slutsats", [(Conclusion.END, "avslutad som planerat")])

    def facts(self) -> dict:
        return {**super().facts(), "next_on": None}


class CorrectionForm(FollowUpForm):
    """wrong: the follow-up it corrects, whose commitments and goals it asks about again."""

    next_on = None

    def facts(self) -> dict:
        given = super().facts()
        given.pop("next_on", None)
        del given["revision"]
        return given


class ClosingCorrectionForm(CorrectionForm):
    lessons = ClosingForm.base_fields["lessons"]
    conclusion = ClosingForm.base_fields["conclusion"]


def said_in(made: FollowUp) -> dict:
    """The initial values of a form that corrects it."""
    said = {name: getattr(made, name) for name in FollowUpForm.base_fields if hasattr(made, name)}
    for name in ("still_meets_requirements", "democracy_holds"):
        said[name] = {True: "true", False: "false", None: ""}[said[name]]
    said["lessons"] = made.lessons
    for one in made.commitments.all():
        for part in ("state", "evidence", "comment"):
            said[f"commitment_{one.commitment_id}_{part}"] = getattr(one, part)
    for one in made.goals.all():
        said[f"goal_{one.goal_id}_number"] = one.number
        said[f"goal_{one.goal_id}_text"] = one.text
    return said


class StandForm(forms.Form):
    text = words("Vad kommer du fram till?", rows=5)
    measures = words("Planerade och genomförda åtgärder", required=False, rows=3)
    head = forms.ModelChoiceField(
        label="Högsta chefen som får veta",
        queryset=None,
        empty_label="Välj",
        help_text="Får veta slutsatsen, ditt ställningstagande och åtgärderna, och bekräftar.",
    )

    def __init__(self, *args, case: Collaboration, heads, **kwargs):
        super().__init__(*args, **kwargs)
        if case.form != Form.IOP:
            del self.fields["head"]
            return
        self.fields["head"].queryset = heads
        if not self.is_bound and len(heads) == 1:
            self.initial["head"] = heads[0]


class ReportedForm(forms.Form):
    to = codes("Till vem?", FollowUpReported.To.choices)
    on = day("När?")
    reference = forms.CharField(
        label="Paragraf eller sätt",
        max_length=200,
        required=False,
        help_text="Av nämnden: paragrafen, till exempel § 14. Annars till exempel möte eller mejl.",
    )


class RemedyForm(OnceForm):
    what = forms.CharField(label="Vad ska göras?", max_length=500)
    owner = forms.ModelChoiceField(label="Vem ansvarar?", queryset=None, empty_label="Välj")
    due_on = day("Klar senast")

    def __init__(self, *args, case: Collaboration, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = may_answer_for_a_remedy(case)


class FinishRemedyForm(forms.Form):
    outcome = codes(
        "Hur gick det?",
        [choice for choice in Remedy.Outcome.choices if choice[0] != Remedy.Outcome.LAPSED],
    )
    note = words("Vad har gjorts, eller varför blev det inte av?", rows=3)
