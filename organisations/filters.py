import django_filters
from django import forms

from casework.list_filter import ListFilter
from organisations.choices import ActivityRole, LegalForm
from organisations.forms import begun_large
from organisations.models import Profile


class OrganisationFilter(ListFilter):
    """The filters of the list. Their names stand in the address, so they are Swedish.

    Nothing filters people: an organisation's kind and a name together can be sensitive
    (domain 2.11).
    """

    q = django_filters.CharFilter(label="Namn eller nummer", max_length=100, method="searched")
    form = django_filters.ChoiceFilter(
        field_name="legal_form",
        label="Organisationsform",
        choices=begun_large(LegalForm.choices),
        empty_label="Alla",
    )
    roll = django_filters.ChoiceFilter(
        label="Roll hos oss",
        choices=begun_large(ActivityRole.choices),
        empty_label="Alla",
        method="in_role",
    )
    kand = django_filters.BooleanFilter(
        label="Bara dem vi känner", widget=forms.CheckboxInput, method="known"
    )

    def own(self):
        return Profile.objects.visible_to(self.request.user)

    def searched(self, rows, name, text):
        return rows.searched(text)

    def in_role(self, rows, name, role):
        return rows.filter(pk__in=self.own().with_role(role).values("organisation"))

    def known(self, rows, name, only):
        return rows.filter(pk__in=self.own().values("organisation")) if only else rows
