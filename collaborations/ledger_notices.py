"""What is told of obligations that become another person's."""

from uuid import uuid4

from django.conf import settings
from django.urls import reverse
from django.utils.http import urlencode

from casework.swedish import long_date
from notifications.models import Notice, Obligation
from notifications.outbox import queue
from notifications.reminders import here_today
from notifications.secrecy import secret_numbers
from notifications.texts import compose

KIND = "obligations_handed_over"
LISTED = 30


def handed_over(obligations: list[Obligation], *, giver, taker) -> list[Notice]:
    """To both, but never to one who has left. What is said of each holds nothing secret."""
    here = here_today({giver.pk, taker.pk})
    act = uuid4().hex
    return [
        _tell(person, obligations, giver, taker, f"{KIND}:{act}:{person.pk}")
        for person in (giver, taker)
        if person.pk in here
    ]


def line(obligation: Obligation, secret: str) -> str:
    """What one owes and when; secret: the number that is told alone, if what it is about is."""
    due = long_date(obligation.due_on)
    return f"Ärende {secret}" if secret else f"{obligation.what}, senast {due}"


def _tell(person, obligations: list[Obligation], giver, taker, key: str) -> Notice:
    administration = obligations[0].administration
    secret = secret_numbers({one.about for one in obligations})
    lines = [line(one, secret.get(one.about, "")) for one in obligations[:LISTED]]
    if len(obligations) > LISTED:
        lines.append(f"och {len(obligations) - LISTED} till")
    asked = urlencode({"ansvarig": taker.pk})
    words = compose(
        KIND,
        administration,
        {
            "mottagare": str(person),
            "från": str(giver),
            "till": str(taker),
            "antal": str(len(obligations)),
            "lista": "\n".join(lines),
            "länk": f"{settings.BASE_URL}{reverse('ledger:obligations')}?{asked}",
        },
    )
    return queue(
        key,
        kind=KIND,
        about=obligations[0].about,
        administration=administration,
        to=person.email,
        person=person,
        responsible=taker,
        subject=words.subject,
        body=words.body,
    )
