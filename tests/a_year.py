"""What the simulated years share: the weeks, what the worker does, and what is true at the end.

At the end every obligation has an end: it is met, waived, or still to come; what was never done
has been said to the director; and what the records say remains to be done is what is owed.
"""

import re
from collections import Counter
from datetime import date, timedelta

from django.utils import timezone

from advice import sweeps
from audit import clock
from checklists.models import Measure
from checklists.outcomes import MeasureState
from checklists.summary import measure_state
from collaborations import annual_documents, renewals, standing
from collaborations.models import (
    OPEN_TO_CORRECTION,
    Collaboration,
    Consultation,
    FollowUp,
    Form,
    Opinion,
    Reexamination,
    Remedy,
    Shortcoming,
    Step,
)
from iop.models import HeadInformation
from notifications import guidelines, outbox, reminders, yearly
from notifications.kinds import KINDS, Stage
from notifications.models import Notice, Obligation, Outcome
from organisations.models import DocumentRequest

BEGIN = timezone.localdate()
WEEK, WEEKS = timedelta(days=7), 53
LAST = BEGIN + WEEKS * WEEK
STANDS_STILL = range(30, 35)  # the worker, in these weeks


def weeks():
    """Each week of the year, while it is that week; the worker has done its part first."""
    for week in range(WEEKS):
        with clock.telling(timezone.now() + week * WEEK):
            if week not in STANDS_STILL:
                sweep(clock.today())
            yield week
    sweep(LAST)


def sweep(today: date) -> None:
    """What beat asks for; every other time twice, as when there are two of them."""
    guidelines.sweep(today)
    yearly.sweep(today)
    renewals.sweep(today)
    annual_documents.sweep(today)
    sweeps.free_what_others_had()
    sweeps.tell_of_what_is_late()
    for _ in range(1 + today.toordinal() % 2):
        reminders.sweep(today)


def told_that_it_ended() -> None:
    """The postman, on the day of the tale."""
    now = clock.now()
    for number in Notice.objects.filter(kind="end").due(now).values_list("pk", flat=True):
        outbox.settle(outbox.claim(number, now=now), outbox.Answer(Outcome.ACCEPTED), now=now)


def is_time(obligation: Obligation, habit: str) -> bool:
    """Whether one of that habit does it now: in time, when reminded after the day, or never."""
    return habit == "prompt" or (habit == "late" and obligation.reminded >= Stage.AFTER.number)


# --- what is true at the end ---------------------------------------------------------------------


def fate(obligation: Obligation) -> str:
    if obligation.met_at:
        return "met"
    if obligation.waived_at:
        return "waived"
    return "to come" if obligation.due_on >= LAST else "overdue"


def fates() -> set[str]:
    return {fate(one) for one in Obligation.objects.all()}


def kinds_written() -> set[str]:
    return set(Obligation.objects.values_list("kind", flat=True))


def forgotten() -> list[Obligation]:
    """Open, the day has come, and not reminded of as far as it should be."""
    return [
        one
        for one in Obligation.objects.open()
        if (stage := KINDS[one.kind].schedule.stage_on(LAST, one.day))
        and one.reminded != stage.number
    ]


def not_escalated() -> list[Obligation]:
    """Open for long after its day, and no director has been written to."""
    told = set(Notice.objects.filter(kind="reminder_last").values_list("key", flat=True))
    late = [one for one in Obligation.objects.open() if (LAST - one.day).days > 60]
    return [one for one in late if f"obligation:{one.pk}:last" not in told]


def lost_from_sight() -> list[Collaboration]:
    """Running without a follow-up to come, or ended without a closing one."""
    owed = Counter(Obligation.objects.open().values_list("about", "kind"))
    running = Collaboration.objects.at(Step.ONGOING)
    ended = Collaboration.objects.at(Step.ENDED)
    return [case for case in running if owed[case.chain, "follow_up"] != 1] + [
        case for case in ended if owed[case.chain, "closing_follow_up"] != 1
    ]


def twice_reminded() -> list:
    """One obligation, one stage, one person: one mail."""
    written = Counter(
        (notice.key.split(":")[1], notice.kind, notice.to_address)
        for notice in Notice.objects.filter(kind__startswith="reminder_")
    )
    return [one for one, times in written.items() if times > 1]


def reminders_to(people, week: int) -> list[Notice]:
    """Written to those who had left by that week."""
    day = timezone.now() + week * WEEK + timedelta(days=1)
    return list(
        Notice.objects.filter(kind__startswith="reminder_", person__in=people, created_at__gt=day)
    )


def number_of(obligation: Obligation) -> int:
    """Of the record that is to be dealt with."""
    return int(re.findall(r"\d+", obligation.key)[-1])


def owed() -> set[tuple[str, int]]:
    """(kind, number of the record) of what is open in the ledger."""
    rows = Obligation.objects.open().filter(kind__in=UNDONE)
    return {(one.kind, number_of(one)) for one in rows}


def still_to_do() -> set[tuple[str, int]]:
    """The same, asked of the records and not of the ledger."""
    with clock.telling(timezone.now() + WEEKS * WEEK):
        return {(kind, one.pk) for kind, found in UNDONE.items() for one in found()}


def needs_a_stand(made: FollowUp) -> bool:
    case = made.collaboration
    asks = case.form == Form.IOP or made.conclusion != "continue" or not made.requirements_hold
    return asks and case.step == Step.ONGOING and not hasattr(made, "stand")


def measures_awaited() -> list[Measure]:
    rows = Measure.objects.whole().filter(assessment__reexamination__closed_at=None)
    return [
        one
        for one in rows
        if one.is_current
        and standing.is_needed(one)
        and measure_state(one, clock.today()) != MeasureState.SUFFICIENT
    ]


# What the key of whose obligation ends with the number of the record.
UNDONE = {
    "advice": Consultation.objects.wanted,
    "opinion": lambda: Opinion.objects.unanswered().filter(
        collaboration__step__in=OPEN_TO_CORRECTION
    ),
    "follow_up_stand": lambda: [one for one in FollowUp.objects.all() if needs_a_stand(one)],
    "follow_up_to_board": lambda: FollowUp.objects.filter(
        collaboration__form=Form.IOP, collaboration__step=Step.ONGOING, reports=None
    ),
    "head_reads": lambda: HeadInformation.objects.filter(kind="follow_up", read_at=None),
    "remedy": Remedy.objects.open,
    "shortcoming_received": lambda: Shortcoming.objects.open().filter(received_at=None),
    "shortcoming_assessed": lambda: Shortcoming.objects.open().filter(
        received_at__isnull=False, assessed_at=None
    ),
    "shortcoming_concluded": Shortcoming.objects.assessed,
    "measure": measures_awaited,
    "reexamination": Reexamination.objects.open,
    "document_request": lambda: [
        one for one in DocumentRequest.objects.all() if not one.is_settled
    ],
}
