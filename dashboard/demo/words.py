"""Mail texts of the labour administration's own, and who has chosen one mail a day."""

from datetime import timedelta

from accounts.models import Administration, User
from dashboard.demo.days import Days
from notifications.digests import choose
from notifications.texts import publish

IN_FORCE = (
    "Att besluta: {rubrik} ({nummer})",
    "Hej,\n\nKontrollen av {rubrik} är klar och ärendet väntar på ditt beslut.\n\n"
    "Organisation: {organisation}\nHandläggare: {handläggare}\n\nBesluta här: {länk}",
)
COMING = (
    "Ditt beslut behövs: {rubrik} ({nummer})",
    f"{IN_FORCE[1]}\n\nHör av dig till {{handläggare}} om något är oklart.",
)


def write_texts(administration: Administration, days: Days, people: dict[str, User]) -> None:
    """One version in force from the first day, and one that comes in a month."""
    of_kind, by = ("ready_for_decision", administration), people["oskar"]
    begun = {"starts_on": days.today, "note": "Vänligare, med handläggarens namn.", "after": 0}
    coming = {
        "starts_on": days.today + timedelta(days=30),
        "note": "Säger vem man frågar.",
        "after": 1,
    }
    for (subject, body), facts in ((IN_FORCE, begun), (COMING, coming)):
        publish(*of_kind, subject=subject, body=body, by=by, **facts)


def choose_digests(people: dict[str, User]) -> None:
    choose(people["selam"], daily=True)
