"""What all pages of the admin share: whose data it is, and an event for each change."""

from django.contrib import admin, messages
from django.contrib.admin.utils import NestedObjects
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from accounts.models import Administration, Unit
from accounts.permissions import Permission, administrations_where
from audit.admin.told import record_change, values
from audit.models import Event

ACTIONS = {
    "reference_data_added": "Lades till",
    "reference_data_changed": "Ändrades",
    "reference_data_deleted": "Togs bort",
}


class Refused(Exception):
    """Nothing was saved. Says why, in Swedish."""


def administered(person) -> list[Administration]:
    return administrations_where(person, Permission.REFERENCE_DATA_EDIT)


class ReferenceAdmin(admin.ModelAdmin):
    """Of one's own administrations only, without bulk actions, with an event for each change."""

    actions = None
    list_per_page = 50
    administration_path = "administration"  # how a row leads to its administration, in a query

    # --- whose it is

    def get_queryset(self, request):
        path = f"{self.administration_path}__in"
        return super().get_queryset(request).filter(**{path: administered(request.user)})

    def get_object(self, request, object_id, from_field=None):
        found = super().get_object(request, object_id, from_field)
        if found is None:
            raise Http404
        return found

    def administrations(self, thing) -> set[int]:
        """The ids of all administrations that the thing belongs to."""
        for part in self.administration_path.split("__"):
            thing = getattr(thing, part)
        return {thing.pk}

    def may_edit(self, request, thing=None) -> bool:
        own = {administration.pk for administration in administered(request.user)}
        return bool(own) if thing is None else self.administrations(thing) <= own

    def has_view_permission(self, request, obj=None):
        return self.may_edit(request)

    def has_add_permission(self, request):
        return self.may_edit(request)

    def has_change_permission(self, request, obj=None):
        return self.may_edit(request, obj)

    def has_delete_permission(self, request, obj=None):
        return self.may_edit(request, obj)

    def get_form(self, request, obj=None, change=False, **kwargs):
        """What belongs to one administration is never moved to another.

        Shown but locked, not left out: a field left out is not checked for duplicates either.
        """
        form = super().get_form(request, obj, change, **kwargs)
        if obj and "administration" in form.base_fields:
            form.base_fields["administration"].disabled = True
        return form

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        own = administered(request.user)
        if db_field.related_model is Administration:
            chosen = Administration.objects.filter(pk__in=[one.pk for one in own])
            kwargs.setdefault("queryset", chosen)
            kwargs.setdefault("initial", own[0] if len(own) == 1 else None)
        if db_field.related_model is Unit:
            units = Unit.objects.filter(administration__in=own)
            kwargs.setdefault("queryset", units.select_related("administration"))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """No pencil, plus or eye beside a list: each thing has its own page."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        for shortcut in ("add", "change", "delete", "view"):
            if hasattr(field, "widget") and hasattr(field.widget, f"can_{shortcut}_related"):
                setattr(field.widget, f"can_{shortcut}_related", False)
        return field

    # --- what is saved, and its event

    def changeform_view(self, request, *args, **kwargs):
        return self.said(request, super().changeform_view, *args, **kwargs)

    def delete_view(self, request, *args, **kwargs):
        return self.said(request, super().delete_view, *args, **kwargs)

    @staticmethod
    def said(request, view, *args, **kwargs):
        """The view; what it refuses is said on the same page, and nothing has been saved."""
        try:
            return view(request, *args, **kwargs)
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect(request.get_full_path())

    def save_model(self, request, obj, form, change):
        with transaction.atomic():
            before = values(type(obj)._base_manager.get(pk=obj.pk)) if change else {}
            super().save_model(request, obj, form, change)
            self.refuse_others(request, obj)
            record_change("changed" if change else "added", obj, before, by=request.user)

    def delete_model(self, request, obj):
        with transaction.atomic():
            self.refuse_others(request, obj)
            before, pk = values(obj), obj.pk
            super().delete_model(request, obj)
            obj.pk = pk
            record_change("deleted", obj, before, by=request.user)

    def refuse_others(self, request, thing) -> None:
        """Also when the form was sent by hand. Raises PermissionDenied; then nothing is saved."""
        if not self.may_edit(request, thing):
            raise PermissionDenied

    def get_deleted_objects(self, objs, request):
        """Whatever is used stays. How much uses it is told, never what: it may be cases."""
        collector = NestedObjects(using=objs[0]._state.db)
        collector.collect(objs)
        users = [(type(one)._meta, 1) for one in collector.protected]
        users += [
            (model._meta, len(rows))
            for model, rows in collector.model_objs.items()
            if not isinstance(objs[0], model)
        ]
        used = {}
        for meta, count in users:
            by = meta.auto_created._meta if meta.auto_created else meta
            used[by.verbose_name_plural] = used.get(by.verbose_name_plural, 0) + count
        protected = [f"Används av {name}: {count}" for name, count in used.items()]
        count = {self.opts.verbose_name_plural: len(objs)}
        return [str(one) for one in objs], count, set(), protected

    # --- the log is the only history

    def log_addition(self, request, obj, message):
        """The event of save_model says it; Django's own table would hold free text."""

    log_change = log_addition

    def log_deletions(self, request, queryset):
        """The event of delete_model says it."""

    def history_view(self, request, object_id, extra_context=None):
        thing = self.get_object(request, object_id)
        events = Event.objects.filter(
            chain__startswith="audit.register:",
            code__in=ACTIONS,
            details__model=self.opts.label_lower,
            details__id=thing.pk,
        )
        page = {
            **self.admin_site.each_context(request),
            "title": f"Historik: {thing}",
            "opts": self.opts,
            "object": thing,
            "entries": [self.entry(event) for event in events.order_by("-number")[:200]],
        }
        return TemplateResponse(request, "admin/reference_history.html", page)

    def entry(self, event: Event) -> dict:
        fields = [self.opts.get_field(name).verbose_name for name in event.details["changed"]]
        what = ", ".join(fields) if event.code == "reference_data_changed" else ""
        return {"at": event.at, "who": event.actor_name, "did": ACTIONS[event.code], "what": what}
