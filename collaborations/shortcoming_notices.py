"""Whom a shortcoming is told to. Never who reported it: the page says that to those who handle it.

The reporter gets no mail: the list of mails is read by more people than may know who reported.
"""

from casework.swedish import long_date
from collaborations.models import Shortcoming
from collaborations.notices import tell_person
from notifications.models import Notice


def reported(one: Shortcoming, receivers: list) -> list[Notice]:
    """To the unit's managers (I-36)."""
    return [
        tell_person(
            one.collaboration,
            f"shortcoming:{one.pk}",
            person,
            "shortcoming_reported",
            fields_of(one),
            path=one.get_absolute_url(),
        )
        for person in receivers
    ]


def passed_on(one: Shortcoming) -> Notice:
    """To the responsible manager, once: at the report when it is urgent, else when it comes."""
    case = one.collaboration
    return tell_person(
        case,
        f"shortcoming_on:{one.pk}",
        case.responsible_manager,
        "shortcoming_passed_on",
        fields_of(one),
        path=one.get_absolute_url(),
    )


def fields_of(one: Shortcoming) -> dict[str, str]:
    return {
        "sågs": long_date(one.seen_on),
        "brådska": "Anmälaren anger att det är brådskande eller gäller säkerhet."
        if one.urgent
        else "",
    }
