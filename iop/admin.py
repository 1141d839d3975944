"""The register of programmes and plans, among the other reference data (I-02)."""

from django.contrib import admin

from audit.admin.base import ReferenceAdmin
from audit.admin.site import reference
from iop.models import Programme


@admin.register(Programme, site=reference)
class ProgrammeAdmin(ReferenceAdmin):
    list_display = ("title", "decided_by", "decided_on", "ends_on", "administration")
    list_filter = (("administration", admin.RelatedOnlyFieldListFilter),)
    list_select_related = ("administration",)
    search_fields = ("title",)
