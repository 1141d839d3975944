"""The list of cases: found, filtered, sorted and read page by page."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.permissions import Permission, may_anywhere
from casework.listing import Order, listed
from collaborations.filters import CollaborationFilter
from collaborations.models import Collaboration, Reexamination

ORDERS = (
    Order("senast", "Senast registrerad", ("-registered_at",)),
    Order("aldst", "Äldst först", ("registered_at",)),
    Order("rubrik", "Rubrik", ("sort_key",)),
    Order("uppfoljning", "Nästa uppföljning", ("follow_up_day",)),
)


@require_safe
def collaborations(request):
    visible = Collaboration.objects.visible_to(request.user)
    chosen = CollaborationFilter(
        request.GET, visible.with_follow_up_day().for_list(), request=request
    )
    listing = listed(chosen.qs, request.GET, ORDERS)
    page = {
        "filter": chosen,
        "listing": listing,
        "reexamined": Reexamination.objects.visible_to(request.user).cases_of(listing.rows),
        "may_register": may_anywhere(request.user, Permission.COLLABORATION_REGISTER),
    }
    return render(request, "collaborations/list.html", page)
