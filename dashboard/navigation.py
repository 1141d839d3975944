"""What every page shows around its content: the menu, who is logged in, the footer."""

from django.conf import settings
from django.urls import reverse

from accounts.permissions import Permission, administrations_of, grants_today, may_anywhere
from accounts.roles import Role, label_for
from dashboard.demo.logins import demo_logins
from dashboard.landing import landing

P = Permission
MINE, ASK = "dashboard:mine", "advice:ask"

# label, route, the permissions of which one is enough (none: everyone who is logged in)
MENU = (
    ("Min sida", MINE, ()),
    ("Ärenden", "collaborations:list", (P.COLLABORATION_SEE, P.COLLABORATION_SEE_RUNNING)),
    ("Åtaganden", "ledger:obligations", (P.COLLABORATION_SEE, P.REFERENCE_DATA_EDIT)),
    ("Organisationer", "organisations:list", (P.ORGANISATION_SEE,)),
    ("Beredningsgruppen", "dashboard:group", (P.GROUP_SEE,)),
    ("Beredningsgruppen", ASK, ()),
    ("Frågor", "checklists:sets", ()),
    ("Regelverket", "dashboard:rulebook", ()),
    ("Mejltexter", "mail_texts:kinds", (P.REFERENCE_DATA_EDIT,)),
    ("Grunduppgifter", "admin:index", (P.REFERENCE_DATA_EDIT,)),
)


def navigation(request) -> dict:
    """The context of base.html. Costs one query per request: the person's grants of today."""
    person = getattr(request, "user", None)
    known = bool(person and person.is_authenticated)
    return {
        "navigation": menu(person, request.path) if known else [],
        "own_administrations": administrations_of(person) if known else [],
        "own_roles": roles(person) if known else [],
        "demo": settings.DEMO,
        # Called by the login page alone, and by no other.
        "demo_logins": demo_logins if settings.DEMO else [],
        "program_version": settings.VERSION,
        "rulebook_url": reverse("dashboard:rulebook"),
        "mail_folder_url": mail_folder(person) if known else "",
    }


def menu(person, path: str) -> list[dict]:
    """The main menu: {"label", "url", "current"} for each page the person may open.

    Who begins on another page than *Min sida* has none: that page is the other one. Nor does the
    group ask itself.
    """
    entries = []
    for label, route, permissions in MENU:
        if route == MINE and landing(person):
            continue
        if route == ASK and may_anywhere(person, P.GROUP_SEE):
            continue
        if not permissions or any(may_anywhere(person, one) for one in permissions):
            url = reverse(route)
            current = path == url or (url != "/" and path.startswith(url))
            entries.append({"label": label, "url": url, "current": current})
    return entries


def roles(person) -> list[str]:
    """The person's roles of today in the administration's own words, each with its unit."""
    grants = grants_today(person)
    return [f"{label_for(Role(g.role), g.unit.administration)}, {g.unit.name}" for g in grants]


def mail_folder(person) -> str:
    """The address of the embedded mailbox, for those who may read it while mails go to a folder."""
    if settings.MAIL != "folder" or not may_anywhere(person, P.MAIL_FOLDER_SEE):
        return ""
    return reverse("notifications:mailbox")
