"""The ledger: all that is due and whose it is, one obligation, and a year of them."""

from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_safe

from accounts.permissions import may_anywhere
from casework.listing import Order, listed
from collaborations import ledger
from collaborations.forms.ledger import WaiveObligationForm
from collaborations.ledger_filter import ObligationFilter, YearFilter
from collaborations.steps.ledger import GIVES, waive_by_hand
from collaborations.views.answering_forms import carried_out, shown
from notifications.models import Obligation

ORDERS = (
    Order("narmast", "Närmast först", ("due_on",)),
    Order("sist", "Längst fram först", ("-due_on",)),
    Order("ansvarig", "Ansvarig", ("owner__name",)),
    Order("slag", "Slag", ("kind",)),
)


@require_safe
def obligations(request):
    rows = Obligation.objects.visible_to(request.user).select_related("owner", "unit")
    chosen = ObligationFilter(request.GET, rows, request=request)
    page = {
        "filter": chosen,
        "listing": listed(chosen.qs, request.GET, ORDERS),
        "may_hand_over": any(may_anywhere(request.user, one) for one in GIVES),
    }
    return shown(request, "obligations", page)


@require_safe
def year(request):
    chosen = YearFilter(request.GET, Obligation.objects.visible_to(request.user), request=request)
    rows = chosen.qs
    kept = {
        name: value
        for name, value in request.GET.items()
        if name in ("slag", "enhet", "ansvarig", "mina") and value
    }
    page = {
        "filter": chosen,
        "year": chosen.year,
        "months": ledger.months(rows, chosen.year, kept),
        "series": [one.capitalize() for one in ledger.STATES],
    }
    return shown(request, "obligations_year", page)


@require_safe
def obligation(request, pk):
    one = visible_obligation(request, pk)
    page = {
        "obligation": one,
        "facts": ledger.facts(one),
        "reminders": ledger.reminders(one),
        "coming": ledger.coming_reminders(one),
        "history": ledger.history(one),
        "may_waive": not ledger.against_waiving(one, request.user),
    }
    return shown(request, "obligation", page)


@require_http_methods(["GET", "POST"])
def waive_view(request, pk):
    one = visible_obligation(request, pk)
    form = WaiveObligationForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and carried_out(
        request,
        form,
        lambda: waive_by_hand(one, **form.cleaned_data, by=request.user),
        "Åtagandet är avskrivet.",
    ):
        return redirect(one)
    reasons = [] if form.is_bound else ledger.against_waiving(one, request.user)
    page = {"obligation": one, "form": form, "closed": reasons}
    return shown(request, "waive_obligation", page, form)


def visible_obligation(request, pk) -> Obligation:
    """The obligation, or 404 when the person may not see it."""
    rows = Obligation.objects.visible_to(request.user)
    related = ("owner", "unit__administration", "met_by_person", "waived_by")
    return get_object_or_404(rows.select_related(*related), pk=pk)
