"""The history of an organisation: every case, decision, finding and support the reader may see."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from casework.listing import listed
from collaborations import history
from collaborations.models import Reexamination
from collaborations.views.lists import ORDERS
from organisations.dossier import known_elsewhere
from organisations.views.saving import visible_organisation


@require_safe
def organisation_history(request, pk):
    organisation, person = visible_organisation(request, pk), request.user
    cases = history.cases_with(organisation, person).with_follow_up_day().for_list()
    listing = listed(cases, request.GET, ORDERS)
    decisions = list(history.decisions_about(organisation, person))
    page = {
        "organisation": organisation,
        "standings": history.standings(organisation, person),
        "listing": listing,
        "decisions": decisions,
        "findings": list(history.findings_about(organisation, person)),
        "matters": Reexamination.objects.visible_to(person).filter(organisation=organisation),
        "to_register_in": history.to_register_in(organisation, person),
        "support": history.support_to(organisation, person),
        "entries": history.timeline(
            listing.rows, decisions, history.follow_ups_with(organisation, person)
        ),
        "elsewhere": known_elsewhere(organisation, person),
    }
    return render(request, "collaborations/history.html", page)
