"""People, their roles, and what may be decided by whom."""

from django import forms
from django.apps import apps
from django.contrib import admin
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from accounts.models import Administration, DelegationItem, RoleGrant, User
from accounts.permissions import Permission, holders
from audit.admin.base import ReferenceAdmin, Refused, administered
from audit.admin.site import reference


def refuse_to_leave_nobody(administration: Administration) -> None:
    """Raise Refused, and so undo, when nobody could give anybody a right any more."""
    if not holders(Permission.REFERENCE_DATA_EDIT, administration.root_unit).exists():
        raise Refused(
            f"{administration} måste ha minst en administratör som kan logga in i dag. "
            "Ge någon annan rollen först."
        )


class UserForm(forms.ModelForm):
    new_password = forms.CharField(
        label="Lösenord",
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "new_password" in self.fields:
            self.fields["new_password"].required = self.instance.pk is None
            self.fields["new_password"].help_text = (
                "Lämna tomt för att behålla det som gäller. Ett nytt loggar ut personen."
                if self.instance.pk
                else "Lämna det till personen, som sedan byter det själv."
            )

    def clean_email(self):
        return self.cleaned_data["email"].lower()

    def clean_new_password(self):
        password = self.cleaned_data["new_password"]
        if password:
            validate_password(password, self.instance)
        return password


@admin.register(User, site=reference)
class UserAdmin(ReferenceAdmin):
    """Never deleted: what they did refers to them. Who has left is made inactive."""

    form = UserForm
    fields = ("name", "title", "email", "is_active", "new_password")
    list_display = ("name", "title", "email", "is_active")
    list_filter = ("is_active",)
    search_fields = ("name", "email")

    def get_queryset(self, request):
        """Those with a role in one's own administrations, and those who have none at all yet."""
        of_person = RoleGrant.objects.filter(person=OuterRef("pk"))
        own = of_person.filter(unit__administration__in=administered(request.user))
        people = super(ReferenceAdmin, self).get_queryset(request)
        return people.filter(Exists(own) | ~Exists(of_person))

    def administrations(self, thing) -> set[int]:
        """All where the person has or had a role: a password opens every one of them."""
        return set(thing.grants.values_list("unit__administration", flat=True))

    def has_delete_permission(self, request, obj=None):
        return False

    def get_fields(self, request, obj=None):
        """Who may only look sees no field for a password."""
        may_edit = self.has_change_permission(request, obj)
        return self.fields if may_edit else [f for f in self.fields if f != "new_password"]

    def save_model(self, request, obj, form, change):
        password = form.cleaned_data.get("new_password")
        if password:
            obj.set_password(password)
        with transaction.atomic():
            super().save_model(request, obj, form, change)
            if "is_active" in form.changed_data:
                for administration in administered(request.user):
                    refuse_to_leave_nobody(administration)
        if password and obj.pk == request.user.pk:
            update_session_auth_hash(request, obj)


@admin.register(RoleGrant, site=reference)
class RoleGrantAdmin(ReferenceAdmin):
    administration_path = "unit__administration"
    list_display = ("person", "role", "unit", "starts_on", "ends_on")
    list_filter = ("role", ("unit", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("person", "unit")
    search_fields = ("person__name", "person__email")

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "person":
            kwargs["queryset"] = User.objects.filter(
                Q(is_active=True) | Q(pk__in=RoleGrant.objects.values("person"))
            )
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(self, request, obj, form, change):
        with transaction.atomic():
            if change:  # the grant as it was must be one's own as well
                self.refuse_others(request, RoleGrant.objects.get(pk=obj.pk))
            super().save_model(request, obj, form, change)
            refuse_to_leave_nobody(obj.unit.administration)

    def delete_model(self, request, obj):
        with transaction.atomic():
            super().delete_model(request, obj)
            refuse_to_leave_nobody(obj.unit.administration)


def forms_of_collaboration():
    """From the case's own model, which stands above this app."""
    return apps.get_model("collaborations", "Collaboration")._meta.get_field("form").choices


class DelegationItemForm(forms.ModelForm):
    forms = forms.MultipleChoiceField(
        label="Samverkansformer",
        choices=forms_of_collaboration,
        widget=forms.CheckboxSelectMultiple,
    )

    def clean(self):
        given = super().clean()
        if bool(given.get("holder_role")) == bool(given.get("holder_person")):
            raise ValidationError({"holder_role": "Ange antingen en roll eller en person."})
        return given


@admin.register(DelegationItem, site=reference)
class DelegationItemAdmin(ReferenceAdmin):
    form = DelegationItemForm
    list_display = ("code", "title", "max_amount", "holder", "starts_on", "ends_on")
    list_filter = (("administration", admin.RelatedOnlyFieldListFilter),)
    list_select_related = ("administration", "holder_person")
    search_fields = ("code", "title")

    @admin.display(description="hålls av")
    def holder(self, item):
        return item.holder_person or item.get_holder_role_display()
