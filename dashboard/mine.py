"""*Min sida*: what waits for me, my cases, what is overdue, what the mail server refused."""

from dataclasses import dataclass

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone

from accounts.permissions import Permission, may_anywhere, within
from casework.swedish import long_date, one_or_many
from collaborations.models import Collaboration, Referral, Step
from dashboard.waiting import by_chain, is_of_a_case, waiting_for
from notifications.models import Notice, State
from organisations.models import Organisation

MOST_CASES = 12
MOST_NOTICES = 20
MOST_COMING = 5
MOST_REFERRALS = 10


@dataclass(frozen=True)
class Undelivered:
    """A mail that did not come through and that the person is to mend."""

    notice: Notice
    case: Collaboration | None

    @property
    def is_unclear(self) -> bool:
        return self.notice.state == State.UNCLEAR

    @property
    def is_delayed(self) -> bool:
        """The program goes on trying; the person needs only know."""
        return self.notice.state == State.WAITING

    @property
    def url(self) -> str:
        """Where it is mended: in the case, or with the organisation that it was written to."""
        if self.case:
            return reverse("collaborations:notices", args=[self.case.pk])
        chain, _, number = self.notice.about.rpartition(":")
        if chain == Organisation._meta.label_lower:
            return reverse("organisations:documents", args=[number])
        return reverse("notices:notice", args=[self.notice.pk])


def page(person) -> dict:
    """Everything that templates/dashboard/mine.html shows."""
    rows = waiting_for(person)
    late = [row.as_task() for row in rows if row.is_late]
    week = [row.as_task() for row in rows if row.is_this_weeks]
    waiting = [
        row.as_task() for row in rows if not (row.is_late or row.can_wait or row.is_this_weeks)
    ]
    undelivered, steps = mails_not_delivered(person), own_steps(person)
    return {
        "late": late,
        "week": week,
        "waiting": waiting,
        "undelivered": undelivered,
        "cases": own_cases(person),
        "open_count": sum(steps.values()),
        "referrals": referrals_to(person),
        "coming": [row for row in rows if row.can_wait][:MOST_COMING],
        "may_register": may_anywhere(person, Permission.COLLABORATION_REGISTER),
        "has_role": may_anywhere(person, Permission.ORGANISATION_SEE),
        "numbers": numbers([*week, *waiting], late, steps, undelivered),
    }


def numbers(waiting, late, steps, undelivered) -> list[dict]:
    """What sums up the page, each a link to its part of it."""
    open_cases, lost = sum(steps.values()), len(undelivered)
    lost_said = one_or_many(lost, "meddelande som inte kom fram", "meddelanden som inte kom fram")
    return [
        {"number": len(waiting), "label": "väntar på dig", "url": "#vantar"},
        {"number": len(late), "label": "försenat", "url": "#forsenat", "late": bool(late)},
        {
            "number": open_cases,
            "label": one_or_many(open_cases, "öppet ärende", "öppna ärenden"),
            "url": "#mina",
        },
        {"number": lost, "label": lost_said, "url": "#meddelanden", "late": bool(lost)},
    ]


def own_open(person):
    return Collaboration.objects.visible_to(person).of(person).open()


def own_steps(person) -> dict[str, int]:
    """How many open cases the person answers for, by step."""
    return dict(own_open(person).order_by().values_list("step").annotate(Count("pk")))


def own_cases(person) -> list[dict]:
    """The latest of them: {case, turn}, where `turn` says what comes next and whose it is."""
    cases = own_open(person).for_list().select_related("officer")[:MOST_CASES]
    return [{"case": case, "turn": turn(case, person)} for case in cases]


def turn(case: Collaboration, person) -> str:
    """What comes next in the case, and by whom."""

    def by(other) -> str:
        return "dig" if other == person else str(other)

    due = long_date(case.next_follow_up_on)
    late = case.next_follow_up_is_late
    return {
        Step.REGISTERED: f"Motiveras av {by(case.officer)}",
        Step.MOTIVATED: f"Kontrolleras av {by(case.officer)}",
        Step.CHECKED: f"Beslutas av {by(case.responsible_manager)}",
        Step.DECIDED: "Programmet gör beslutsdokumentet",
        Step.DOCUMENTED: "Programmet meddelar beredningsgruppen",
        Step.TOLD: "Samverkan börjar",
        Step.ONGOING: f"Skulle ha följts upp {due}" if late else f"Följs upp senast {due}",
        Step.ENDED: f"Skulle ha slutföljts {due}" if late else f"Slutföljs senast {due}",
    }[Step(case.step)]


def referrals_to(person) -> list[Referral]:
    """The latest purchases handed over to the person's function (G-60): to be found again."""
    if not may_anywhere(person, Permission.REFERRAL_RECEIVE):
        return []
    reached = within(person, Permission.REFERRAL_RECEIVE, "collaboration__unit")
    rows = Referral.objects.filter(reached).select_related("collaboration", "made_by")
    return list(rows.order_by("-made_at", "-pk")[:MOST_REFERRALS])


def mails_not_delivered(person) -> list[Undelivered]:
    """Mails refused, unclear for good or held up for an hour, in cases that the person sees."""
    notices = list(Notice.objects.not_through_for(person, timezone.now())[:MOST_NOTICES])
    cases = by_chain((notice.about for notice in notices), Collaboration.objects.visible_to(person))
    return [
        Undelivered(notice, cases.get(notice.about))
        for notice in notices
        if notice.about in cases or not is_of_a_case(notice.about)
    ]
