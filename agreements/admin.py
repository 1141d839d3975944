"""The texts to use again, in the reference data: each change with its event."""

from django.contrib import admin
from django.utils import timezone

from agreements.models import Clause
from audit.admin.base import ReferenceAdmin, Refused
from audit.admin.lists import OF_ADMINISTRATION
from audit.admin.site import reference


@admin.register(Clause, site=reference)
class ClauseAdmin(ReferenceAdmin):
    """A text that has begun is not changed: a new one with a later day takes its place."""

    list_display = ("title", "section", "starts_on", "administration")
    list_filter = ("section", OF_ADMINISTRATION)
    list_select_related = ("administration",)
    search_fields = ("title", "text")

    def save_model(self, request, obj, form, change):
        self.refuse_others(request, obj)
        if change and Clause.objects.get(pk=obj.pk).starts_on <= timezone.localdate():
            raise Refused(
                "Texten används redan. Lägg till en ny med samma namn och ett senare datum."
            )
        super().save_model(request, obj, form, change)

    def has_delete_permission(self, request, obj=None):
        begun = obj is not None and obj.starts_on <= timezone.localdate()
        return not begun and super().has_delete_permission(request, obj)
