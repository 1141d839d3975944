"""A year of fewer collaborations that live what the five hundred of test_year.py do not.

The group is asked and answers in time, late, never, or is gone on without; opinions too, and some
cases are taken back meanwhile. Managers take their stand, measures are decided and done or not,
shortcomings are assessed and mended, break a collaboration off, or are never looked at. Documents
and examinations are waited for. Who was asked leaves. A case here costs many steps, so they are
few; but every kind of obligation is written, and `a_year.py` says what is true at the end.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import cycle
from uuid import uuid4

import pytest

from accounts.models import User
from advice.models import Member
from advice.steps import questions
from advice.steps.members import end_membership
from audit import clock
from checklists.models import Measure
from collaborations import annual_documents
from collaborations.ledger import case_of
from collaborations.models import (
    Collaboration,
    Consultation,
    Form,
    Opinion,
    Reexamination,
    Remedy,
    Shortcoming,
    Step,
)
from collaborations.steps.after_follow_up import finish_remedy, note_reported, take_stand
from collaborations.steps.break_off import break_off
from collaborations.steps.consult import advise, go_on_without_advice
from collaborations.steps.dialogue import note_dialogue
from collaborations.steps.end import close
from collaborations.steps.ledger import hand_over_all, movable
from collaborations.steps.opinion import ask_for_opinion, give_opinion, go_on_without_opinion
from collaborations.steps.partnership import read_information
from collaborations.steps.reexamine import what_remains
from collaborations.steps.send_back import withdraw
from collaborations.steps.shortcoming import assess, conclude, pass_on
from iop.models import HeadInformation
from notifications.kinds import KINDS
from notifications.models import Obligation
from organisations.hold import hold
from organisations.models import DocumentKind, DocumentRequest
from organisations.requests import ask, waive
from tests.a_year import (
    BEGIN,
    fates,
    forgotten,
    is_time,
    kinds_written,
    lost_from_sight,
    not_escalated,
    number_of,
    owed,
    reminders_to,
    still_to_do,
    told_that_it_ended,
    twice_reminded,
    weeks,
)
from tests.factories.accounts import (
    GoverningDocumentFactory,
    UserFactory,
    YearlyAssignmentFactory,
)
from tests.factories.collaborations import (
    FOLLOWED_UP,
    Place,
    case_at,
    deliver_everything,
    followed_up,
    place,
)
from tests.factories.democracy import (
    allow_measures,
    assessed,
    demanded,
    ended,
    judged,
    opened,
    the_finding,
)
from tests.factories.democracy import reported as report_of
from tests.factories.follow_up import a_remedy, wholly_followed_up
from tests.factories.formal import ongoing
from tests.factories.formal import told as formal_told
from tests.factories.forms import declared
from tests.factories.group import an_admin, asked_in, member_of
from tests.factories.held import HeldDocumentFactory
from tests.factories.many import followed_up_by, like
from tests.factories.organisations import (
    AttestationFactory,
    ContactFactory,
    OrganisationFactory,
)
from tests.factories.shortcoming import reported

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(300)]
ASKING, RUNNING = 20, 24
LEAVE_IN, HANDED_OVER_IN = 20, 24  # weeks


@dataclass
class Year:
    """What the people of the tale do, by what an obligation is about."""

    at: Place
    employee: User
    buyer: User
    lawyer: User
    next_buyer: User
    member: Member
    habits: dict[str, str] = field(default_factory=dict)
    ways: dict[str, str] = field(default_factory=dict)  # what a shortcoming leads to
    asked_in: dict[int, int] = field(default_factory=dict)  # case → week
    by_name: set[int] = field(default_factory=set)  # of these, those who ask one alone
    seen_in: dict[int, int] = field(default_factory=dict)  # case → week of its shortcoming


def test_nor_in_a_year_of_questions_stands_measures_and_shortcomings():
    year = begin()
    for week in weeks():
        live(year, week)

    assert kinds_written() == set(KINDS)
    assert fates() == {"met", "waived", "to come", "overdue"}
    assert owed() == still_to_do()
    assert forgotten() == []
    assert not_escalated() == []
    assert lost_from_sight() == []
    assert twice_reminded() == []
    assert reminders_to([year.buyer], week=LEAVE_IN) == []


# --- as the year begins --------------------------------------------------------------------------


def begin() -> Year:
    at = place()
    root = at.administration.root_unit
    an_admin(at)
    UserFactory(unit_manager_at=at.unit)
    year = Year(
        at,
        employee=UserFactory(employee_at=at.unit),
        buyer=UserFactory(procurement_at=root),
        lawyer=UserFactory(legal_at=root),
        next_buyer=UserFactory(procurement_at=root),
        member=member_of(at),
    )
    member_of(at, at.adviser)
    allow_measures(at)
    review_on = BEGIN + timedelta(days=90)
    GoverningDocumentFactory(administration=at.administration, next_review_on=review_on)
    those_who_ask(year)
    those_who_run(year)
    those_with_agreements(year)
    requests(year)
    return year


def those_who_ask(year: Year) -> None:
    """Before their decision: each asks the group, and for an opinion. Some ask without a case."""
    at = year.at
    first, _ = case_at(Step.MOTIVATED, at)
    deliver_everything(first)
    habits = cycle(("prompt", "late", "never", "lapses", "withdrawn"))
    for number, case in enumerate(like(first, ASKING, units=[at.unit], officers=[at.officer])):
        year.habits[case.chain] = next(habits)
        year.asked_in[case.pk] = 1 + number * 7 % 24
        if number % 2 == 0 and year.asked_in[case.pk] < LEAVE_IN:
            year.by_name.add(case.pk)
    for habit in ("prompt", "late", "never"):
        asked = questions.ask_without_case(
            unit=at.unit,
            question=f"Får vi bjuda på kaffe? {habit}",
            due_on=BEGIN + timedelta(days=60),
            by=year.employee,
        )
        year.habits[f"collaborations:advice:{asked.pk}"] = habit


def those_who_run(year: Year) -> None:
    at = year.at
    attested = OrganisationFactory(known_at=at.administration)
    AttestationFactory(
        organisation=attested,
        administration=at.administration,
        attested_on=BEGIN - timedelta(days=250),
    )
    first, _ = case_at(Step.ONGOING, at)
    known, _ = case_at(Step.ONGOING, at, organisations=[attested])
    habits = cycle(("prompt", "prompt", "late", "never"))
    ways = cycle(("remedy", "nothing", "ending"))
    for number, case in enumerate(like(first, RUNNING, units=[at.unit], officers=[at.officer])):
        followed_up_by(case, at.officer, BEGIN + timedelta(days=20 + number * 31 % 300))
        year.habits[case.chain], year.ways[case.chain] = next(habits), next(ways)
        year.seen_in[case.pk] = 4 + number * 11 % 36
    for case, habit, verdict in ((first, "prompt", "not_against"), (known, "late", "against")):
        examined_anew(year, case, habit, verdict)


def examined_anew(year: Year, case, habit: str, verdict: str) -> None:
    """What speaks against the organisation is judged; where it does, a measure is demanded."""
    matter = opened(case, year.at)
    finding = judged(case, year.at, the_finding(matter), verdict)
    if verdict == "against":
        demanded(case, year.at, finding, days=100)
    year.habits[matter.chain] = habit


def those_with_agreements(year: Year) -> None:
    """One is never looked at, one is broken off late; a partnership; and one is never signed."""
    at = year.at
    covered = {"covers_from": BEGIN - timedelta(days=710), "covers_to": BEGIN - timedelta(days=345)}
    for habit in ("never", "late"):
        organisation = OrganisationFactory(known_at=at.administration)
        case = ongoing(at, organisations=[organisation])
        HeldDocumentFactory(
            organisation=organisation,
            administration=at.administration,
            kind=DocumentKind.ACCOUNTS,
            **covered,
        )
        year.habits[case.chain], year.ways[case.chain] = habit, "ending"
        year.seen_in[case.pk] = 45
        examined_anew(year, case, "never", "against")
    partnership = ongoing(at, Form.IOP)
    year.habits[partnership.chain] = "prompt"
    formal_told(at)


def requests(year: Year) -> None:
    """An organisation is asked for its statutes."""
    at = year.at
    for habit in ("prompt", "late", "never"):
        organisation = OrganisationFactory(known_at=at.administration)
        ask(
            organisation,
            at.administration,
            kinds=["statutes"],
            due_on=BEGIN + timedelta(days=50),
            contact=ContactFactory(organisation=organisation, administration=at.administration),
            by=at.officer,
            form_key=uuid4(),
        )
        year.habits[organisation.chain] = habit


# --- week by week --------------------------------------------------------------------------------


def live(year: Year, week: int) -> None:
    """What people do that week."""
    at, today = year.at, clock.today()
    for case in Collaboration.objects.filter(pk__in=when(year.asked_in, week)):
        it_is_asked(year, case, today)
    for case in Collaboration.objects.filter(pk__in=when(year.asked_in, week - 2)):
        if year.habits[case.chain] == "withdrawn":
            withdraw(case, reason="Föreningen ångrade sig.", by=at.officer, version=case.version)
    for case in Collaboration.objects.running().filter(pk__in=when(year.seen_in, week)):
        reported(case, at, by=year.employee)
    if week == LEAVE_IN:
        User.objects.filter(pk=year.buyer.pk).update(is_active=False)
        end_membership(year.member, ends_on=today, by=an_admin(at))
    if week == HANDED_OVER_IN:
        seen = set(movable(at.manager).filter(owner=year.buyer).values_list("pk", flat=True))
        facts = {"taker": year.next_buyer, "note": "Har slutat.", "seen": seen}
        assert hand_over_all(year.buyer, **facts, by=at.manager)
    near = Obligation.objects.open().filter(due_on__lte=today + timedelta(days=20))
    for one in near.select_related("owner").order_by("pk"):
        do(year, one, today)


def when(weeks_of: dict[int, int], week: int) -> list[int]:
    return [pk for pk, its_week in weeks_of.items() if its_week == week]


def it_is_asked(year: Year, case: Collaboration, today: date) -> None:
    """The group, or a member of it by name; and a buyer by name, or the lawyers."""
    at, due_on = year.at, today + timedelta(days=14)
    asked = asked_in(case, at, due_on=due_on)
    by_name = case.pk in year.by_name
    if by_name:
        questions.assign(asked, year.member.person, by=at.adviser)
    ask_for_opinion(
        case,
        function="procurement" if by_name else "legal",
        person=year.buyer if by_name else None,
        question="Går det att göra så här?",
        due_on=due_on,
        by=at.officer,
        version=case.version,
    )


def do(year: Year, one: Obligation, today: date) -> None:
    """What whoever owes it does about it this week, by habit."""
    habit = year.habits.get(one.about, "never")
    if habit == "lapses" and one.due_on < today and one.kind in LAPSES:
        LAPSES[one.kind](year, one)
    elif is_time(one, habit) and one.owner.is_active and one.kind in ACTS:
        ACTS[one.kind](year, one, case_of(one))


def advice_lapses(year: Year, one: Obligation) -> None:
    asked = Consultation.objects.get(pk=number_of(one))
    facts = {"by": year.at.manager, "version": asked.collaboration.version}
    go_on_without_advice(asked, why="Vi vet nog.", **facts)


def opinion_lapses(year: Year, one: Obligation) -> None:
    asked = Opinion.objects.get(pk=number_of(one))
    facts = {"by": year.at.manager, "version": asked.collaboration.version}
    go_on_without_opinion(asked, why="Vi vet nog.", **facts)


def group_answers(year: Year, one: Obligation, case) -> None:
    asked = Consultation.objects.get(pk=number_of(one))
    by = asked.assignee or year.at.adviser
    if case is None:
        questions.answer(asked, text="Ja, men inget mer.", by=by)
    else:
        declared(case, by)
        advise(asked, advice="suitable", reasons="Formen passar.", by=by)


def opinion_is_given(year: Year, one: Obligation, case) -> None:
    asked = Opinion.objects.get(pk=number_of(one))
    by = one.owner if asked.function == "procurement" else year.lawyer
    give_opinion(asked, conclusion="clear", reasons="Det går bra.", free_of_conflict=True, by=by)


def it_is_followed_up(year: Year, one: Obligation, case) -> None:
    """Every other asks for a change."""
    if case.form == Form.IOP:
        wholly_followed_up(case, year.at, held_on=clock.today())
    else:
        conclusion = "change" if case.pk % 2 else "continue"
        followed_up(case, year.at, held_on=clock.today(), conclusion=conclusion)


def manager_takes_a_stand(year: Year, one: Obligation, case) -> None:
    at, made = year.at, case.follow_ups.get(pk=number_of(one))
    head = at.head if case.form == Form.IOP else None
    take_stand(case, made, text="Vi gör om det.", head=head, by=at.manager)
    a_remedy(case, at, follow_up=made, due_on=clock.today() + timedelta(days=30))


def head_reads(year: Year, one: Obligation, case) -> None:
    read_information(case, HeadInformation.objects.get(pk=number_of(one)), by=one.owner)


def board_has_it(year: Year, one: Obligation, case) -> None:
    facts = {"to": "board", "on": clock.today(), "reference": "§ 7", "by": year.at.manager}
    note_reported(case, case.follow_ups.get(pk=number_of(one)), **facts)


def remedy_is_finished(year: Year, one: Obligation, case) -> None:
    remedy = Remedy.objects.get(pk=number_of(one))
    outcome = "done" if remedy.pk % 2 else "not_done"
    finish_remedy(case, remedy, outcome=outcome, note="Så blev det.", by=one.owner)


def unit_passes_it_on(year: Year, one: Obligation, case) -> None:
    pass_on(case, Shortcoming.objects.get(pk=number_of(one)), by=one.owner)


def manager_assesses(year: Year, one: Obligation, case) -> None:
    brist = Shortcoming.objects.get(pk=number_of(one))
    assess(case, brist, assessment="Åtagandet hålls inte.", by=one.owner)


def manager_concludes(year: Year, one: Obligation, case) -> None:
    """With a measure, with nothing, or with the end of the collaboration."""
    brist, way = Shortcoming.objects.get(pk=number_of(one)), year.ways[case.chain]
    if way == "ending":
        it_is_broken_off(year, case)
        return
    if way == "remedy":
        a_remedy(case, year.at, shortcoming=brist, due_on=clock.today() + timedelta(days=30))
    conclude(case, brist, outcome=way, reasons="Så gör vi.", by=one.owner)


def it_is_broken_off(year: Year, case: Collaboration) -> None:
    at, today = year.at, clock.today()
    declared(case, at.manager)
    for kind in ("dialogue", "procurement"):
        who = {"who": "dem det gäller", "text": "Vi gick igenom bristerna.", "how": "meeting"}
        note_dialogue(case, form_key=uuid4(), kind=kind, held_on=today, **who, by=at.officer)
    break_off(
        case,
        reasons="Det finns inga volontärer längre.",
        ended_on=today,
        given_on=today,
        by_side="us",
        appealable="no",
        by=at.manager,
        version=case.version,
    )
    told_that_it_ended()


def it_is_closed(year: Year, one: Obligation, case) -> None:
    facts = {"conclusion": "end", "lessons": "Fler volontärer.", "held_on": clock.today()}
    close(case, **FOLLOWED_UP, **facts, by=year.at.officer, version=case.version)


def measure_is_reported(year: Year, one: Obligation, case) -> None:
    measure = Measure.objects.whole().get(pk=number_of(one))
    report_of(case, year.at, measure, reported_on=measure.due_on)
    assessed(case, year.at, measure)


def examination_ends(year: Year, one: Obligation, case) -> None:
    if not what_remains(Reexamination.objects.whole().get(pk=number_of(one))):
        ended(Reexamination.objects.get(pk=number_of(one)), year.at)


def document_comes(year: Year, one: Obligation, case) -> None:
    """In time it comes; what is late is not needed any longer."""
    asked, at = DocumentRequest.objects.get(pk=number_of(one)), year.at
    if one.due_on >= clock.today():
        shown(asked.organisation, at, "statutes", dated_on=clock.today())
    else:
        waive(asked.lines.get(), reason="Vi har läst dem på webben.", by=at.officer)


def annual_documents_come(year: Year, one: Obligation, case) -> None:
    days = {"covers_from": clock.today() - timedelta(days=400), "covers_to": clock.today()}
    for kind in annual_documents.KINDS:
        shown(case.organisations.get(), year.at, kind, **days)


def shown(organisation, at: Place, kind: str, **facts) -> None:
    today = clock.today()
    days = {"received_on": today, "shown_on": today, **facts}
    hold(organisation, at.administration, kind=kind, form_key=uuid4(), by=at.officer, **days)


def year_is_put_in(year: Year, one: Obligation, case) -> None:
    YearlyAssignmentFactory(administration=year.at.administration, year=clock.today().year)


LAPSES = {"advice": advice_lapses, "opinion": opinion_lapses}
ACTS = {
    "advice": group_answers,
    "opinion": opinion_is_given,
    "follow_up": it_is_followed_up,
    "follow_up_stand": manager_takes_a_stand,
    "head_reads": head_reads,
    "follow_up_to_board": board_has_it,
    "remedy": remedy_is_finished,
    "shortcoming_received": unit_passes_it_on,
    "shortcoming_assessed": manager_assesses,
    "shortcoming_concluded": manager_concludes,
    "closing_follow_up": it_is_closed,
    "measure": measure_is_reported,
    "reexamination": examination_ends,
    "document_request": document_comes,
    "annual_documents": annual_documents_come,
    "yearly_assignments": year_is_put_in,
}
