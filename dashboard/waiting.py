"""What waits for one person, and why: every row says what to do, in which case, since when.

The queries are few and the same however many cases there are; what a row says is worked out here.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from accounts.permissions import Permission, may_anywhere, rulers_at
from audit import clock
from audit.models import Event
from casework.swedish import long_date
from collaborations import decision_right, obligations, standing
from collaborations.models import (
    OPEN_TO_CORRECTION,
    Collaboration,
    ConflictDeclaration,
    Consultation,
    Form,
    Opinion,
    Reexamination,
    Remark,
    Ruling,
    Step,
)
from collaborations.obligations import ADVICE, CLOSING, FOLLOW_UP, MEASURE, OPINION, REEXAMINATION
from collaborations.running_obligations import BOARD, HEAD, REMEDY, STAND, remedies_of
from collaborations.shortcoming_obligations import ASSESS, CONCLUDE, RECEIVE
from notifications.models import Obligation
from organisations.requests import OBLIGATION as DOCUMENTS

MOST = 50  # rows of one kind; the rest is in the list of cases
SOON = timedelta(days=30)  # what is due later than that does not wait for anybody yet
# The events that say when a case came to where it is.
ARRIVALS = ("registered", "motivated", "checked", "sent_back")


@dataclass(frozen=True)
class Waiting:
    """One thing to do. `day` is when it began to wait or, with `due`, the last day for it."""

    what: str
    why: str
    url: str
    day: date
    due: bool = False
    case: Collaboration | None = None

    @property
    def is_late(self) -> bool:
        return self.due and self.day < clock.today()

    @property
    def is_this_weeks(self) -> bool:
        """Due on or before Sunday, and not late."""
        today = clock.today()
        return self.due and today <= self.day <= today + timedelta(days=6 - today.weekday())

    @property
    def can_wait(self) -> bool:
        return self.due and self.day > clock.today() + SOON

    def as_task(self) -> dict:
        """As templates/components/tasks.html shows it."""
        return {
            "label": f"{self.what}: {self.case.title}" if self.case else self.what,
            "url": self.url,
            "hint": f"{self.case.number} · {self.why}" if self.case else self.why,
            "state": "late" if self.is_late else "other" if self.due else "waiting",
            "state_label": self.time_said(),
        }

    def time_said(self) -> str:
        if self.is_late:
            days = (clock.today() - self.day).days
            return f"Försenad {days} dag{'ar' if days > 1 else ''}"
        return f"{'Senast' if self.due else 'Sedan'} {long_date(self.day)}"


def waiting_for(person) -> list[Waiting]:
    """Everything that waits for the person now or is due later, the oldest first."""
    rows = [
        *preparation(person),
        *boards_to_record(person),
        *conflicts_to_rule_on(person),
        *consultations_asked(person),
        *consultations_given(person),
        *opinions_asked(person),
        *obligations_due(person),
        *reexaminations_to_know_of(person),
    ]
    return sorted(rows, key=lambda row: row.day)


def day_of(moment) -> date:
    return timezone.localtime(moment).date()


def one_of(cases) -> Exists:
    """The condition 'in one of these cases'. Asked row by row: the cases may be very many."""
    return Exists(cases.filter(pk=OuterRef("collaboration")))


def page(name: str, *args) -> str:
    return reverse(f"collaborations:{name}", args=args)


# --- motivate, check, decide -------------------------------------------------------------------


def preparation(person) -> list[Waiting]:
    """Cases before the decision whose next move is the person's, as officer or manager."""
    cases = list(
        Collaboration.objects.visible_to(person)
        .filter(
            Q(officer=person, step__in=[Step.REGISTERED, Step.MOTIVATED])
            | Q(responsible_manager=person, step=Step.CHECKED)
        )
        .order_by("registered_at", "pk")[:MOST]
    )
    checked = [case for case in cases if case.step == Step.CHECKED]
    decision_right.remember([case for case in checked if case.form != Form.INFORMAL])
    arrivals, comments = arrival_of(cases), comments_to(cases)
    standing.remember_declarations(cases)
    rows = [
        to_prepare(case, arrivals.get(case.pk), comments.get(case.pk, ""))
        for case in cases
        if standing.is_free(case, person)
    ]
    return [*rows, *to_hand_over(person)]


def to_prepare(case: Collaboration, arrival: Event | None, comment: str) -> Waiting:
    """The row of one case; `comment` is what was written when it was last sent back."""
    day = day_of(arrival.at if arrival else case.registered_at)
    what, why, name = {
        Step.REGISTERED: ("Motivera", "Motiveringen är inte klar.", "motivation"),
        Step.MOTIVATED: ("Kontrollera", "Kontrollen är inte klar.", "check"),
        Step.CHECKED: ("Besluta", "Kontrollen är klar, och du är ansvarig chef.", "decide"),
    }[Step(case.step)]
    if case.step == Step.CHECKED and decision_right.board_must_decide(case):
        what, why, name = "Ta ärendet till nämnden", BOARD_FIRST, "board_decision"
    if arrival and arrival.code == "sent_back":
        what, why = "Rätta", f"Skickades tillbaka: {comment}"
    return Waiting(what, why, page(name, case.pk), day, case=case)


BOARD_FIRST = "Nämnden beslutar först. Hämta tjänsteutlåtandet, och anteckna beslutet sedan."


def boards_to_record(person) -> list[Waiting]:
    """Cases that wait for the board, to those who keep its record and prepare no case."""
    may = partial(may_anywhere, person)
    if not may(Permission.COLLABORATION_BOARD) or may(Permission.COLLABORATION_PREPARE):
        return []
    cases = list(
        Collaboration.objects.visible_to(person)
        .at(Step.CHECKED)
        .exclude(form=Form.INFORMAL)
        .order_by("registered_at", "pk")[:MOST]
    )
    decision_right.remember(cases)
    arrivals = arrival_of(cases)
    return [
        Waiting(
            "Anteckna nämndens beslut",
            "Ärendet är berett och väntar på nämnden.",
            page("board_decision", case.pk),
            day_of(arrivals[case.pk].at if case.pk in arrivals else case.registered_at),
            case=case,
        )
        for case in cases
        if decision_right.board_must_decide(case)
    ]


def arrival_of(cases) -> dict[int, Event]:
    """The event that last carried each case forwards or back, by the case's id."""
    numbers = {case.chain: case.pk for case in cases}
    events = Event.objects.filter(chain__in=numbers, code__in=ARRIVALS).order_by("number")
    return {numbers[event.chain]: event for event in events}


def comments_to(cases) -> dict[int, str]:
    """What was written when each case was last sent back."""
    remarks = Remark.objects.filter(collaboration__in=cases, kind=Remark.Kind.SENT_BACK)
    return {remark.collaboration_id: remark.text for remark in remarks.order_by("pk")}


def to_hand_over(person) -> list[Waiting]:
    """Cases that the person manages and is out of: another must decide (G-37)."""
    managed = Collaboration.objects.visible_to(person).filter(responsible_manager=person).open()
    declarations = ConflictDeclaration.objects.filter(
        one_of(managed), person=person, ruling__outcome=Ruling.CONFLICT
    ).select_related("collaboration", "ruling")[:MOST]
    return [
        Waiting(
            "Lämna över",
            "Du är jävig, och en annan chef behöver ta över.",
            page("hand_over", declaration.collaboration_id),
            day_of(declaration.ruling.ruled_at),
            case=declaration.collaboration,
        )
        for declaration in declarations
    ]


# --- what others have reported or answered -----------------------------------------------------


def conflicts_to_rule_on(person) -> list[Waiting]:
    """Reported conflicts that it falls to this person to rule on (G-38)."""
    if not may_anywhere(person, Permission.CONFLICT_RULE):
        return []
    reported = list(
        ConflictDeclaration.objects.open()
        .filter(one_of(Collaboration.objects.visible_to(person)))
        .select_related("person", "collaboration__unit", "collaboration__responsible_manager")[
            :MOST
        ]
    )
    cases = [declaration.collaboration for declaration in reported]
    standing.remember_declarations(cases)
    rulers = rulers_at({case.unit for case in cases})
    return [
        Waiting(
            "Avgör jävsfråga",
            f"{declaration.person} har anmält jäv.",
            page("ruling", declaration.collaboration_id, declaration.pk),
            day_of(declaration.made_at),
            case=declaration.collaboration,
        )
        for declaration in reported
        if standing.falls_to(declaration, person, rulers)
    ]


def consultations_asked(person) -> list[Waiting]:
    """Answers that have come to what the person asked the group, and those that are late."""
    today = clock.today()
    own_turn = Q(collaboration__step__in=[Step.REGISTERED, Step.MOTIVATED]) | Q(
        collaboration__step=Step.CHECKED, collaboration__responsible_manager=person
    )
    asked = (
        Consultation.objects.filter(
            own_turn & Q(answered_at__isnull=False)
            | Q(answered_at=None, lapsed_at=None, due_on__lt=today),
            one_of(Collaboration.objects.visible_to(person).being_prepared()),
            asked_by=person,
        )
        .select_related("collaboration")
        .order_by("due_on", "pk")[:MOST]
    )
    return [asked_row(consultation) for consultation in asked]


def asked_row(consultation: Consultation) -> Waiting:
    case = consultation.collaboration
    url = page("consultation", case.pk)
    if consultation.answered_at:
        said = consultation.get_advice_display()
        why = f"Beredningsgruppen har svarat: {said}."
        return Waiting("Läs svaret", why, url, day_of(consultation.answered_at), case=case)
    why = "Beredningsgruppen har inte svarat. Påminn den, eller gå vidare utan svar."
    return Waiting("Samråd", why, url, consultation.due_on, due=True, case=case)


def consultations_given(person) -> list[Waiting]:
    """Questions to the group that the person, as a member of it, is to answer."""
    if not may_anywhere(person, Permission.COLLABORATION_ADVISE):
        return []
    given = (
        Consultation.objects.wanted()
        .filter(assignee=person)
        .select_related("collaboration", "asked_by")
        .order_by("due_on", "pk")[:MOST]
    )
    return [
        Waiting(
            "Svara för beredningsgruppen",
            f"{asked.asked_by} har frågat, och frågan är din.",
            reverse("advice:request", args=[asked.pk]),
            asked.due_on,
            due=True,
            case=asked.collaboration,
        )
        for asked in given
    ]


def opinions_asked(person) -> list[Waiting]:
    """Opinions that the person may give, in cases that can still use them."""
    if not may_anywhere(person, Permission.OPINION_GIVE):
        return []
    asked = (
        Opinion.objects.asked_of(person)
        .unanswered()
        .filter(collaboration__step__in=OPEN_TO_CORRECTION)
        .select_related("collaboration", "asked_by")
        .order_by("due_on", "pk")[:MOST]
    )
    return [
        Waiting(
            "Lämna yttrande",
            f"{opinion.asked_by} har frågat.",
            opinion.get_absolute_url(),
            opinion.due_on,
            due=True,
            case=opinion.collaboration,
        )
        for opinion in asked
    ]


# --- what is due on a day ----------------------------------------------------------------------

DUE = {
    FOLLOW_UP: ("Följ upp", "Uppföljningen är din enligt beslutet."),
    ADVICE: ("Få svar av beredningsgruppen", "Du har tagit över frågan från den som ställde den."),
    OPINION: ("Få yttrandet", "Yttrandet har inte kommit än."),
    CLOSING: ("Slutfölj", "Samverkan är avslutad, slutuppföljningen återstår."),
    MEASURE: ("Bevaka en åtgärd", "Organisationen ska redovisa, och du ska bedöma."),
    STAND: ("Ta ställning till uppföljningen", "Den är gjord, och du är ansvarig chef."),
    BOARD: ("Ta uppföljningen till nämnden", "Uppföljningen av ett partnerskap går till nämnden."),
    HEAD: ("Läs om uppföljningen", "Ansvarig chef informerar dig. Bekräfta att du har läst."),
    REMEDY: ("Gör klart en åtgärd", "Du ansvarar för den."),
    RECEIVE: ("Ta emot en anmäld brist", "Läs den, och lämna den till ansvarig chef."),
    ASSESS: ("Bedöm en brist", "Den är anmäld, och du är ansvarig chef."),
    CONCLUDE: ("Avsluta en brist", "Den är bedömd. Vad leder den till?"),
    REEXAMINATION: ("Pröva på nytt", "Något nytt talar emot en organisation i din samverkan."),
}
ASKED_FOR = "Allt som begärdes har inte kommit in."


def obligations_due(person) -> list[Waiting]:
    """What the person must have done by a day, the most urgent first.

    `consultations_asked` and `consultations_given` tell of the group's answers, but not of one that
    has been taken over.
    """
    own = Consultation.objects.filter(Q(asked_by=person) | Q(assignee=person))
    told = obligations.answer_keys(own)
    due = Obligation.objects.for_person(person).exclude(kind=ADVICE, key__in=told)
    found = list(due.order_by("due_on", "pk")[:MOST])
    cases = by_chain(
        (obligation.about for obligation in found), Collaboration.objects.visible_to(person)
    )
    said = {key: f"Du ansvarar för den: {one.what}" for key, one in remedies_of(found).items()}
    return [
        due_row(obligation, cases.get(obligation.about), said.get(obligation.key))
        for obligation in found
        if obligation.about in cases or not is_of_a_case(obligation.about)
    ]


def due_row(obligation: Obligation, case: Collaboration | None, said=None) -> Waiting:
    other = ASKED_FOR if obligation.kind == DOCUMENTS else "Det här ska vara klart en viss dag."
    what, why = DUE.get(obligation.kind, (obligation.what, other))
    return Waiting(what, said or why, obligation.path, obligation.due_on, due=True, case=case)


def reexaminations_to_know_of(person) -> list[Waiting]:
    """New examinations of organisations in the person's own cases, which another manager makes."""
    matters = (
        Reexamination.objects.open()
        .of_managed_by(person)
        .exclude(case__responsible_manager=person)
        .select_related("case__responsible_manager", "organisation")[:MOST]
    )
    return [
        Waiting(
            f"Ny uppgift om {matter.organisation}",
            f"Du har samverkan med organisationen. {matter.case.responsible_manager} prövar.",
            matter.get_absolute_url(),
            day_of(matter.opened_at),
        )
        for matter in matters
    ]


def is_of_a_case(chain: str) -> bool:
    return chain.startswith(f"{Collaboration._meta.label_lower}:")


def by_chain(chains, cases) -> dict[str, Collaboration]:
    """Those of the cases (query set) that the chains name, by "collaborations.collaboration:12"."""
    numbers = {int(chain.rpartition(":")[2]) for chain in chains if is_of_a_case(chain)}
    return {case.chain: case for case in cases.filter(pk__in=numbers)}
