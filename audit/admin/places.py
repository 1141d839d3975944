"""Administrations and their units."""

from django import forms
from django.contrib import admin
from django.db import transaction

from accounts.models import Administration, RoleGrant, Unit
from accounts.roles import Role
from audit.admin.base import ReferenceAdmin, administered
from audit.admin.site import reference
from audit.admin.told import record_change


class RoleLabelsField(forms.CharField):
    """What the roles are called: one a line, 'handläggare = utredare'. Cleans to {role: label}."""

    widget = forms.Textarea

    def prepare_value(self, value):
        if not isinstance(value, dict):
            return value
        known = {role.value: role.label for role in Role}
        return "\n".join(f"{known.get(role, role)} = {label}" for role, label in value.items())

    def to_python(self, value) -> dict:
        if isinstance(value, dict):
            return value
        roles = {role.label: role.value for role in Role}
        labels = {}
        for line in super().to_python(value).splitlines():
            name, is_called, label = (part.strip() for part in line.partition("="))
            if not line.strip():
                continue
            if name.lower() not in roles or not is_called or not label:
                raise forms.ValidationError(
                    f"”{line.strip()}” går inte att förstå. Skriv till exempel ”handläggare = "
                    f"utredare”. Rollerna är {', '.join(roles)}."
                )
            labels[roles[name.lower()]] = label
        return labels

    def has_changed(self, initial, data):
        return self.prepare_value(initial) != data


class AdministrationForm(forms.ModelForm):
    labels = RoleLabelsField(
        label="Rollnamn",
        required=False,
        help_text="Vad rollerna heter hos er, en på varje rad: handläggare = utredare.",
    )


@admin.register(Administration, site=reference)
class AdministrationAdmin(ReferenceAdmin):
    form = AdministrationForm
    administration_path = "administration"
    list_display = ("name", "short_name", "slug", "mailbox", "rule_set")

    def get_queryset(self, request):
        own = [administration.pk for administration in administered(request.user)]
        return super(ReferenceAdmin, self).get_queryset(request).filter(pk__in=own)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        if obj:
            form.base_fields["slug"].disabled = True  # it begins the numbers of all cases
        return form

    def has_delete_permission(self, request, obj=None):
        return False

    def refuse_others(self, request, thing):
        """A new one is nobody's until it is saved; then it is given to its maker."""
        if thing.units.exists():
            super().refuse_others(request, thing)

    def save_model(self, request, obj, form, change):
        with transaction.atomic():
            super().save_model(request, obj, form, change)
            if not change:
                self.begin(obj, request.user)

    @staticmethod
    def begin(administration: Administration, person) -> None:
        """A new administration has a unit at the top, and somebody who can go on."""
        top = Unit.objects.create(administration=administration, name=administration.name)
        record_change("added", top, {}, by=person)
        grant = RoleGrant.objects.create(person_id=person.pk, role=Role.ADMIN, unit=top)
        record_change("added", grant, {}, by=person)


class UnitForm(forms.ModelForm):
    def clean(self):
        given = super().clean()
        is_top = self.instance.pk and self.instance.parent_id is None
        if "parent" in self.fields and not given.get("parent") and not is_top:
            self.add_error("parent", "Välj den enhet som ligger närmast ovanför.")
        if is_top and given.get("parent"):
            self.add_error("parent", "Den översta enheten står för hela förvaltningen.")
        return given


@admin.register(Unit, site=reference)
class UnitAdmin(ReferenceAdmin):
    form = UnitForm
    fields = ("administration", "parent", "name")
    list_display = ("in_tree", "administration")
    list_filter = (("administration", admin.RelatedOnlyFieldListFilter),)
    list_select_related = ("administration",)
    search_fields = ("name",)
    ordering = ("administration__name", "path")

    @admin.display(description="enhet")
    def in_tree(self, unit):
        return "– " * (unit.path.count("/") - 2) + unit.name
