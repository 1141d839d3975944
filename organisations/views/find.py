"""Find an organisation, and see everything we do with it."""

from uuid import uuid4

from django.db.models import Prefetch
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.permissions import Permission, may_anywhere
from casework.listing import Order, listed
from organisations.dossier import former_names, known_elsewhere, own_sides, recent_events
from organisations.duplicates import may_merge, open_pairs
from organisations.edit import may_change_facts
from organisations.filters import OrganisationFilter
from organisations.models import Organisation, Profile
from organisations.register import may_register
from organisations.rules import thoughts
from organisations.views.saving import visible_organisation

ORDERS = (
    Order("namn", "Namn", ("sort_key",)),
    Order("senast", "Senast registrerad", ("-created_at",)),
)
SHOWN = 50


@require_safe
def organisations(request):
    visible = Organisation.objects.visible_to(request.user)
    chosen = OrganisationFilter(request.GET, visible, request=request)
    own = Profile.objects.visible_to(request.user).select_related("administration")
    rows = chosen.qs.prefetch_related(Prefetch("profiles", own, to_attr="own_profiles"))
    page = {
        "filter": chosen,
        "listing": listed(rows, request.GET, ORDERS),
        "may_register": may_register(request.user),
        "may_merge": may_merge(request.user),
        "may_import": may_anywhere(request.user, Permission.ORGANISATION_IMPORT),
        "form_key": uuid4(),
    }
    return render(request, "organisations/list.html", page)


@require_safe
def organisation(request, pk):
    person = request.user
    found = visible_organisation(request, pk)
    sides = own_sides(found, person)
    cases = list(found.collaborations.visible_to(person).for_list()[: SHOWN + 1])
    page = {
        "organisation": found,
        "thoughts": thoughts(found, [side.profile for side in sides if side.profile]),
        "sides": sides,
        "elsewhere": known_elsewhere(found, person),
        "collaborations": cases,
        "more_cases": len(cases) > SHOWN,
        "shown": SHOWN,
        "enquiries": list(found.enquiries.visible_to(person)[:SHOWN]),
        "duplicates": open_pairs(found),
        "former_names": former_names(found),
        "may_merge": may_merge(person),
        "recent": recent_events(found, person),
        "may_change": may_change_facts(person, found),
        "may_start": may_anywhere(person, Permission.COLLABORATION_REGISTER),
    }
    return render(request, "organisations/organisation.html", page)
