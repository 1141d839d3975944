"""The smaller forms of a case."""

from django import forms
from django.utils import timezone

from accounts.models import User
from accounts.permissions import Permission, holders
from collaborations.forms.fields import VersionedForm, codes, day, words
from collaborations.models import (
    Collaboration,
    Form,
    Ruling,
    Step,
)


class MoveForm(VersionedForm):
    """A move that takes nothing but the press of a button."""


class NewerForm(VersionedForm):
    """to: the version of the set whose difference was shown."""

    to = forms.IntegerField(widget=forms.HiddenInput)


class SendBackForm(VersionedForm):
    to = codes("Vart ska ärendet?", ())
    comment = words("Vad behöver göras?", rows=4)

    def __init__(self, *args, case: Collaboration, **kwargs):
        super().__init__(*args, **kwargs)
        places = [(Step.REGISTERED, "Till motiveringen")]
        if case.step == Step.CHECKED:
            places.append((Step.MOTIVATED, "Till kontrollen"))
        self.fields["to"].choices = places


class ChangeFormForm(VersionedForm):
    form = codes("Vilken form ska ärendet ha?", Form.choices)

    def __init__(self, *args, case: Collaboration, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.is_bound:
            self.initial.update(version=case.version, form=case.form)
        self.now = case.form

    def clean_form(self):
        if self.cleaned_data["form"] == self.now:
            raise forms.ValidationError("Ärendet har redan den formen.")
        return self.cleaned_data["form"]


class WithdrawForm(VersionedForm):
    reason = words("Varför återtas ärendet?", rows=3)


class HandOverForm(VersionedForm):
    manager = forms.ModelChoiceField(
        label="Ny ansvarig chef",
        queryset=User.objects.none(),
        empty_label="Samma som nu",
        required=False,
    )
    officer = forms.ModelChoiceField(
        label="Ny handläggare",
        queryset=User.objects.none(),
        empty_label="Samma som nu",
        required=False,
    )
    reason = words("Varför lämnas ärendet över?", rows=3)

    def __init__(self, *args, case: Collaboration, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["manager"].queryset = holders(
            Permission.COLLABORATION_DECIDE, case.unit
        ).exclude(pk=case.responsible_manager_id)
        self.fields["officer"].queryset = holders(
            Permission.COLLABORATION_PREPARE, case.unit
        ).exclude(pk=case.officer_id)

    def clean(self):
        given = super().clean()
        if not self.errors and not (given.get("manager") or given.get("officer")):
            self.add_error("manager", "Välj vem som tar över.")
        return given


class SecrecyForm(VersionedForm):
    provision = forms.CharField(
        label="Bestämmelse",
        max_length=80,
        required=False,
        help_text="Till exempel OSL 31 kap. 16 §. Lämna tomt för att ta bort markeringen.",
    )


class RegistryNumberForm(VersionedForm):
    registry_number = forms.CharField(label="Diarienummer", max_length=40, required=False)


class RulingForm(forms.Form):
    outcome = codes("Utfall", Ruling.choices)
    reasons = words("Skäl", rows=4)


class ToldOtherwiseForm(forms.Form):
    how = words("Hur lämnades meddelandet?", rows=2, most=300)
    on = day("När?")

    def clean_on(self):
        on = self.cleaned_data["on"]
        if on > timezone.localdate():
            raise forms.ValidationError("Dagen kan inte ligga efter dagens datum.")
        return on
