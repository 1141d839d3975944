"""What an administration's cases refer to: areas, target groups, assignments, guidelines."""

from django.contrib import admin
from django.utils import timezone
from django.utils.formats import date_format

from accounts.models import (
    Area,
    Funder,
    GoverningDocument,
    LegalAmount,
    TargetGroup,
    YearlyAssignment,
)
from audit.admin.base import ReferenceAdmin, administered
from audit.admin.site import reference

OF_ADMINISTRATION = ("administration", admin.RelatedOnlyFieldListFilter)


@admin.register(TargetGroup, Area, Funder, site=reference)
class ChoiceAdmin(ReferenceAdmin):
    list_display = ("name", "administration", "active")
    list_filter = ("active", OF_ADMINISTRATION)
    list_select_related = ("administration",)
    search_fields = ("name",)


@admin.register(YearlyAssignment, site=reference)
class YearlyAssignmentAdmin(ReferenceAdmin):
    list_display = ("code", "year", "text", "administration")
    list_filter = ("year", OF_ADMINISTRATION)
    list_select_related = ("administration",)
    search_fields = ("code", "text")


class ReviewFilter(admin.SimpleListFilter):
    title = "översyn"
    parameter_name = "oversyn"

    def lookups(self, request, model_admin):
        return [("forsenad", "ska ha setts över"), ("i-tid", "ses över senare")]

    def queryset(self, request, queryset):
        today = timezone.localdate()
        return {
            "forsenad": queryset.filter(next_review_on__lte=today),
            "i-tid": queryset.filter(next_review_on__gt=today),
        }.get(self.value(), queryset)


@admin.register(GoverningDocument, site=reference)
class GoverningDocumentAdmin(ReferenceAdmin):
    """Guidelines and routines, with who owns them and when they are reviewed (G-04, I-59)."""

    list_display = ("title", "version", "owner_unit", "review", "administration")
    list_filter = (ReviewFilter, OF_ADMINISTRATION)
    list_select_related = ("administration", "owner_unit")
    search_fields = ("title",)

    @admin.display(description="nästa översyn", ordering="next_review_on")
    def review(self, document):
        day = date_format(document.next_review_on, "j F Y")
        return f"⚠ Skulle ha setts över {day}" if document.review_is_due else day


@admin.register(LegalAmount, site=reference)
class LegalAmountAdmin(ReferenceAdmin):
    """The law is the same for all administrations, so whoever keeps reference data keeps these."""

    list_display = ("what", "starts_on", "value", "source")
    list_filter = ("what",)

    def get_queryset(self, request):
        return super(ReferenceAdmin, self).get_queryset(request)

    def may_edit(self, request, thing=None) -> bool:
        return bool(administered(request.user))

    @admin.display(description="värde", ordering="amount")
    def value(self, amount):
        return f"{amount.amount.normalize():f}".replace(".", ",")
