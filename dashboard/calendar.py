"""A person's open obligations as iCalendar, and the page where the feed's address is made.

The feed needs no login, so it says no more than a mail would: what is to be done, by when and
where, and of a secret case only the number. It holds what the person may still see.
"""

import hashlib
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db.models import Max
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import quote_etag
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from icalendar import Calendar, Event

from accounts.permissions import Permission, may_anywhere
from casework.swedish import long_date
from collaborations.models import Collaboration, Reexamination
from collaborations.obligations import OPINION
from dashboard.waiting import by_chain, is_of_a_case
from notifications import calendar_link
from notifications.models import CalendarLink, Obligation

MOST = 1000
FRESH_SECONDS = 900
HOST = "samverkan"


@never_cache
@require_http_methods(["GET", "POST"])
def calendar(request):
    """Make, renew or revoke the address. A new one is shown in the answer and never again."""
    if request.method == "POST" and "ta_bort" in request.POST:
        if calendar_link.revoke(request.user):
            messages.success(request, "Kalenderlänken är borttagen och leder ingenstans längre.")
        return redirect("dashboard:calendar")
    address = ""
    if request.method == "POST":
        path = reverse("dashboard:calendar_feed", args=[calendar_link.make(request.user)])
        address = f"{settings.BASE_URL}{path}"
    link = CalendarLink.objects.filter(person=request.user).first()
    return render(request, "dashboard/calendar.html", {"link": link, "address": address})


@login_not_required
@require_safe
def feed(request, token):
    """The calendar, or 404 for an address that is nobody's."""
    person = calendar_link.person_of(token)
    if person is None:
        return HttpResponse(status=404)
    rows = owed(person)
    changed = latest_change(person)
    body = calendar_of(rows, changed).to_ical()
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["ETag"] = quote_etag(hashlib.sha256(body).hexdigest())
    response["Content-Disposition"] = 'inline; filename="ataganden.ics"'
    patch_cache_control(response, private=True, max_age=FRESH_SECONDS)
    # Only by the tag: a secrecy mark changes what is said, and no date that is asked for here.
    return get_conditional_response(request, response["ETag"], None, response)


def owed(person) -> list[tuple[Obligation, str]]:
    """The open obligations that the person may still see, with what the feed says of each."""
    rows = list(Obligation.objects.for_person(person)[:MOST])
    chains = {row.about for row in rows}
    cases = by_chain(chains, Collaboration.objects.visible_to(person))
    matters = of_matters(chains, person)
    gives = may_anywhere(person, Permission.OPINION_GIVE)
    found = []
    for row in rows:
        case = cases.get(row.about) or matters.get(row.about)
        if case is None and names_a_case(row.about) and not (gives and row.kind == OPINION):
            continue
        secret = case is not None and case.is_secret
        found.append((row, f"Ärende {case.number}" if secret else row.what))
    return found


def names_a_case(chain: str) -> bool:
    return is_of_a_case(chain) or chain.startswith(f"{Reexamination._meta.label_lower}:")


def of_matters(chains, person) -> dict[str, Collaboration]:
    """The cases of the new examinations that the chains name, those that the person may see."""
    label = f"{Reexamination._meta.label_lower}:"
    numbers = [int(chain.removeprefix(label)) for chain in chains if chain.startswith(label)]
    found = Reexamination.objects.visible_to(person).filter(pk__in=numbers).select_related("case")
    return {matter.chain: matter.case for matter in found}


def latest_change(person) -> datetime:
    """When something last became the person's, or was done: or else when the address was made."""
    own = Obligation.objects.filter(owner=person).aggregate(
        made=Max("created_at"), met=Max("met_at"), waived=Max("waived_at")
    )
    given = Obligation.objects.filter(hand_overs__giver=person).aggregate(at=Max("hand_overs__at"))
    taken = Obligation.objects.filter(hand_overs__taker=person).aggregate(at=Max("hand_overs__at"))
    days = [*own.values(), given["at"], taken["at"], person.calendar_link.made_at]
    return max(day for day in days if day)


def calendar_of(rows: list[tuple[Obligation, str]], changed: datetime) -> Calendar:
    made = Calendar()
    made.add("prodid", "-//Samverkan//ataganden//SV")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", "Samverkan: åtaganden")
    for row, said in rows:
        made.add_component(event_of(row, said, changed))
    return made


def event_of(row: Obligation, said: str, changed: datetime) -> Event:
    """An all-day event, which takes no time from the person's day."""
    link = f"{settings.BASE_URL}{row.get_absolute_url()}"
    event = Event()
    event.add("uid", f"atagande-{row.pk}@{HOST}")
    event.add("dtstamp", changed)
    event.add("dtstart", row.day)
    event.add("dtend", row.day + timedelta(days=1))
    event.add("summary", said)
    event.add("description", f"Senast {long_date(row.due_on)}.\n{link}")
    event.add("url", link)
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    return event
