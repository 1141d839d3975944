"""A refused move answers with its reasons, a stale page with both texts; never a bare error."""

from django.contrib import messages
from django.shortcuts import redirect, render

from casework.moves import NotAllowed, Stale
from casework.rules import Reason
from documents.store import Infected, NotScanned, Tampered
from organisations.models import MergedInto

UNSERVED = {
    Tampered: (
        "Filen är inte längre den som sparades och lämnas därför inte ut. "
        "Kontakta den som sköter systemet."
    ),
    Infected: (
        "Virussökningen hittade något i filen. Den lämnas aldrig ut. Be organisationen om en ny."
    ),
    NotScanned: "Filen är inte kontrollerad mot virus än och lämnas därför inte ut.",
}


def lead_on(request, merged: MergedInto):
    """The page of an organisation that was merged away leads to the other; a form is refused."""
    if request.method in ("GET", "HEAD"):
        messages.info(request, str(merged))
        return redirect(merged.living)
    page = {
        "reasons": [Reason(str(merged))],
        "back_url": merged.living.get_absolute_url(),
        "back_label": f"Till {merged.living}",
    }
    return render(request, "refused.html", page, status=409)


class RefusalMiddleware:
    """For refusals that a view did not show itself: nothing was changed, and here is why."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, refusal):
        if isinstance(refusal, NotAllowed):
            return render(request, "refused.html", {"reasons": refusal.reasons}, status=409)
        if isinstance(refusal, MergedInto):
            return lead_on(request, refusal)
        if isinstance(refusal, Tampered | NotScanned):
            reason = Reason(UNSERVED[type(refusal)])
            return render(request, "refused.html", {"reasons": [reason]}, status=409)
        if isinstance(refusal, Stale):
            return render(request, "stale.html", {"current": refusal.current}, status=409)
        return None
