"""Forms of the group's work."""

from django import forms
from django.db.models import Q

from accounts.models import Administration, Unit, User
from accounts.permissions import Permission, grants_today, holders
from advice.models import Meeting, Member
from audit import clock
from casework.personal_numbers import refuse_personal_numbers
from collaborations.forms.consultation import (
    GivenAdvice,
    answer_day,
    documents,
    offer_documents,
)
from collaborations.forms.fields import VersionedForm, day, words
from collaborations.models import Consultation, Form
from organisations.models import HeldDocument, Organisation


def choice(label: str, *, empty: str, help_text: str = "", wrong: str = "", field=None):
    """One of the records that the form's own code offers; none from the start."""
    errors = {"invalid_choice": wrong} if wrong else {}
    return (field or forms.ModelChoiceField)(
        label=label, queryset=None, empty_label=empty, help_text=help_text, error_messages=errors
    )


class MemberForm(forms.Form):
    person = choice("Person", empty="Välj person", help_text="De som har rollen beredningsgruppen.")
    represents = choice("Enhet som personen företräder", empty="Välj enhet")
    starts_on = day("Från och med")
    ends_on = day(
        "Till", required=False, help_text="Den dagen gäller uppdraget inte längre. Kan lämnas tomt."
    )

    def __init__(self, *args, administration: Administration, **kwargs):
        super().__init__(*args, **kwargs)
        root = administration.root_unit
        self.fields["person"].queryset = holders(Permission.COLLABORATION_ADVISE, root)
        self.fields["represents"].queryset = Unit.objects.filter(administration=administration)
        self.initial.setdefault("starts_on", clock.today())


class EndForm(forms.Form):
    ends_on = day(
        "Uppdraget slutar", help_text="Den dagen är personen inte längre ledamot. Tidigast i dag."
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("ends_on", clock.today())


class MeetingForm(forms.Form):
    held_on = day("Dag")
    place = forms.CharField(label="Plats eller länk", max_length=200)
    chair = choice("Ordförande", empty="Välj ledamot")

    def __init__(self, *args, administration: Administration, **kwargs):
        super().__init__(*args, **kwargs)
        people = Member.objects.on(clock.today()).filter(administration=administration)
        self.fields["chair"].queryset = people.select_related("person", "represents")


class ChangeMeetingForm(MeetingForm, VersionedForm):
    """Filled from the meeting, whose version it carries."""

    def __init__(self, *args, meeting: Meeting, **kwargs):
        facts = {name: getattr(meeting, name) for name in ("held_on", "place", "chair", "version")}
        super().__init__(*args, administration=meeting.administration, initial=facts, **kwargs)
        own = Member.objects.filter(pk=meeting.chair_id)
        both = self.fields["chair"].queryset | own.select_related("person", "represents")
        self.fields["chair"].queryset = both.distinct()


class QuestionField(forms.ModelChoiceField):
    def label_from_instance(self, asked: Consultation) -> str:
        about = asked.collaboration or "Utan ärende"
        return f"{about}: {asked.question[:80]}"


def waiting_for_the_group(administration):
    """Questions (query set) that the group of that administration has not answered, by day."""
    found = Consultation.objects.wanted().filter(
        Q(collaboration__administration=administration) | Q(unit__administration=administration)
    )
    related = ("collaboration__unit", "unit", "asked_by", "assignee")
    return found.select_related(*related).order_by("due_on", "pk")


class ItemForm(VersionedForm):
    consultation = choice(
        "Fråga",
        empty="Välj fråga",
        wrong="Frågan väntar inte på den här gruppen.",
        field=QuestionField,
    )

    def __init__(self, *args, meeting: Meeting, **kwargs):
        super().__init__(*args, initial={"version": meeting.version}, **kwargs)
        waiting = waiting_for_the_group(meeting.administration)
        if not self.is_bound:  # what stands there already is refused by the step, in its words
            waiting = waiting.exclude(agenda_items__meeting__step="planned")
        self.fields["consultation"].queryset = waiting


class AttendanceForm(VersionedForm):
    members = forms.ModelMultipleChoiceField(
        label="Vilka deltog?", queryset=None, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, meeting: Meeting, **kwargs):
        there = list(meeting.attendances.values_list("member", flat=True))
        super().__init__(*args, initial={"version": meeting.version, "members": there}, **kwargs)
        people = Member.objects.select_related("person", "represents")
        members = people.on(meeting.held_on).filter(administration=meeting.administration)
        # Who was noted as present stays so, though the membership ended the same day.
        self.fields["members"].queryset = members | people.filter(pk__in=there)


class MeetingAdviceForm(GivenAdvice, VersionedForm):
    def __init__(self, *args, item, **kwargs):
        super().__init__(*args, initial={"version": item.meeting.version}, **kwargs)
        if item.consultation.collaboration_id is None:
            del self.fields["advice"]
            self.fields["reasons"].label = "Svar"
            self.fields["reasons"].help_text = ""


class AskForm(forms.Form):
    unit = choice("Din enhet", empty="Välj enhet")
    question = words("Vad vill du fråga beredningsgruppen?", rows=4)
    due_on = answer_day("beredningsgruppen")
    form = forms.ChoiceField(
        label="Vilken form av samverkan gäller frågan?",
        choices=[("", "Ingen särskild"), *Form.choices],
        required=False,
    )
    documents = documents("Vilka av organisationens underlag ska gruppen läsa?")

    def __init__(self, *args, person: User, organisation: Organisation | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        held = HeldDocument.objects.visible_to(person).filter(organisation=organisation)
        offer_documents(self, held if organisation else held.none())
        units = Unit.objects.filter(pk__in={grant.unit_id for grant in grants_today(person)})
        self.fields["unit"].queryset = units
        if len(units) == 1:
            self.initial.setdefault("unit", units[0])


class PersonField(forms.ModelChoiceField):
    """A member, chosen as the person."""

    def label_from_instance(self, person: User) -> str:
        return person.name


def members_of(asked: Consultation):
    """The people (query set) who are members today of the group that is asked."""
    members = Member.objects.on(clock.today()).filter(
        administration=asked.asked_in.administration_id
    )
    return User.objects.filter(pk__in=members.values("person")).order_by("name")


def why_aside(label: str, help_text: str) -> forms.CharField:
    """In short, and with no number that tells who somebody is."""
    field = words(label, rows=3, most=300, help_text=help_text)
    field.validators.append(refuse_personal_numbers)
    return field


class AssignForm(forms.Form):
    member = PersonField(
        label="Ledamot som svarar", queryset=None, required=False, empty_label="Ingen"
    )

    def __init__(self, *args, asked: Consultation, **kwargs):
        super().__init__(*args, initial={"member": asked.assignee_id}, **kwargs)
        self.fields["member"].queryset = members_of(asked)


class AsideForm(forms.Form):
    person = PersonField(label="Ledamot som är jävig", queryset=None, empty_label="Välj ledamot")
    why = why_aside(
        "Vad består jävet i?",
        "Skriv kort, till exempel: sitter i föreningens styrelse. Skriv inget känsligt, "
        "som något om hälsa. Gruppen ser vad du skriver, protokollet nämner bara namnet.",
    )

    def __init__(self, *args, asked: Consultation, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = members_of(asked)


class TakeBackForm(forms.Form):
    reason = why_aside(
        "Varför är anteckningen fel?",
        "Till exempel att fel person valdes. Skriv inget känsligt.",
    )


class PostForm(forms.Form):
    text = words("Ditt inlägg", rows=4, help_text="Inlägg kan inte ändras eller tas bort.")


class AnswerForm(forms.Form):
    text = words("Svar", rows=5)
