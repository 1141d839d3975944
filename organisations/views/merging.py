"""Possible duplicates, and merging two organisations that are one."""

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from casework.list_filter import readable
from casework.listing import Order, listed
from casework.moves import NotAllowed, Stale
from organisations.duplicates import mark_not_same, pair_with, refuse_unless_merger
from organisations.forms import NO_NUMBERS, NO_PEOPLE
from organisations.merge import closed_to, merge, two_numbers
from organisations.merge_preview import preview
from organisations.models import Organisation, PossibleDuplicate, Why
from organisations.views.change import posted
from organisations.views.saving import shown, visible_organisation

ORDERS = (Order("senast", "Senast hittad", ("-found_at",)),)
MOST_FOUND = 20


class MergeForm(forms.Form):
    """`apart` is asked only when both have a number."""

    name = forms.ChoiceField(label="Namn", widget=forms.RadioSelect)
    apart = forms.BooleanField(
        label="Jag har kontrollerat att de två numren hör till samma organisation"
    )
    stays_version = forms.IntegerField(widget=forms.HiddenInput)
    goes_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, stays: Organisation, goes: Organisation, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].choices = [("stays", stays.name), ("goes", goes.name)]
        self.initial.setdefault("name", "stays")
        self.initial |= {"stays_version": stays.version, "goes_version": goes.version}
        if not two_numbers(stays, goes):
            del self.fields["apart"]

    def facts(self) -> dict:
        given = self.cleaned_data
        return {
            "versions": (given["stays_version"], given["goes_version"]),
            "keep_name": given["name"] == "stays",
            "apart": given.get("apart", False),
        }


class NotSameForm(forms.Form):
    reason = forms.CharField(
        label="Hur vet du att det är två organisationer?",
        max_length=300,
        validators=NO_NUMBERS,
        help_text=f"Nästa som ser paret får läsa det. {NO_PEOPLE}",
    )


@require_safe
def duplicates(request):
    refuse_unless_merger(request.user)
    settled = request.GET.get("visa") == "avgjorda"
    pairs = PossibleDuplicate.objects.with_both()
    if (why := request.GET.get("slag")) in Why.values:
        pairs = pairs.filter(why=why)
    rows = pairs.exclude(not_same_at=None) if settled else pairs.open()
    page = {"listing": listed(rows, request.GET, ORDERS), "settled": settled, "whys": Why.choices}
    return render(request, "organisations/duplicates.html", page | {"why": why})


@require_safe
def choose(request, pk):
    """Search for the one to merge with, when the program has not thought of it."""
    refuse_unless_merger(request.user)
    organisation = visible_organisation(request, pk)
    asked = readable(request.GET).get("q", "").strip()
    visible = Organisation.objects.visible_to(request.user).exclude(pk=pk)
    found = list(visible.searched(asked)[:MOST_FOUND]) if asked else []
    page = {"organisation": organisation, "asked": asked, "found": found}
    return render(request, "organisations/merge_choose.html", page)


@require_http_methods(["GET", "POST"])
def merging(request, pk, other_pk):
    refuse_unless_merger(request.user)
    stays = visible_organisation(request, pk)
    goes = Organisation.objects.filter(pk=other_pk).select_related("merged_into").first()
    if goes and goes.merged_into_id == stays.pk:  # a second click, or an old page
        messages.info(request, f"{goes} är hopslagen med {stays}.")
        return redirect(stays)
    goes = visible_organisation(request, other_pk)
    form = MergeForm(posted(request), stays=stays, goes=goes)
    if form.is_valid():
        try:
            merge(stays, goes, **form.facts(), by=request.user)
        except NotAllowed as refusal:
            form.refused = True
            for reason in refusal.reasons:
                form.add_error(None, reason.sentence)
        except Stale as stale:
            form.refused = True
            form.add_error(None, f"{stale.current} har ändrats. Läs igenom sidan och försök igen.")
            form.data = form.data.copy() | fresh_versions(stays, goes)
        else:
            messages.success(request, f"{goes} är hopslagen med {stays}.")
            return redirect(stays)
    page = {"stays": stays, "goes": goes, "pair": pair_with(stays, goes)}
    page |= preview(stays, goes, request.user)
    page["closed"] = closed_to(request.user, stays, goes)
    return shown(request, "merge", form, **page)


def fresh_versions(stays: Organisation, goes: Organisation) -> dict:
    now = dict(
        Organisation.objects.filter(Q(pk=stays.pk) | Q(pk=goes.pk)).values_list("pk", "version")
    )
    return {"stays_version": now[stays.pk], "goes_version": now[goes.pk]}


@require_http_methods(["GET", "POST"])
def not_same(request, pk, other_pk):
    refuse_unless_merger(request.user)
    one, other = visible_organisation(request, pk), visible_organisation(request, other_pk)
    form = NotSameForm(posted(request))
    if form.is_valid():
        mark_not_same(one, other, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, f"{one} och {other} är två organisationer.")
        return redirect("organisations:duplicates")
    return shown(request, "not_same", form, one=one, other=other, pair=pair_with(one, other))
