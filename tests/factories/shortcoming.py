"""Shortcomings at each of their states."""

from uuid import uuid4

from django.utils import timezone

from audit import clock
from collaborations.models import Collaboration, Shortcoming
from collaborations.steps.shortcoming import assess, report_shortcoming


def reported(case: Collaboration, at, **facts) -> Shortcoming:
    return report_shortcoming(
        case,
        **{
            "form_key": uuid4(),
            "what": "Det kommer inga volontärer längre.",
            "seen_on": timezone.localdate(clock.now()),
            "urgent": False,
            "by": at.officer,
            **facts,
        },
    )


def assessed(case: Collaboration, at, **facts) -> Shortcoming:
    one = reported(case, at, **facts)
    assess(case, one, assessment="Åtagandet hålls inte, och det går inte att rätta.", by=at.manager)
    return one
