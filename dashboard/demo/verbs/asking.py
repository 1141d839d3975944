"""What others are asked or declare before the decision: advice, opinions, other aid."""

from datetime import timedelta

from audit import clock
from collaborations.steps import consult
from collaborations.steps.aid import declare_aid, record_aid
from collaborations.steps.opinion import ask_for_opinion, give_opinion
from dashboard.demo.days import working
from dashboard.demo.documents import all_eight
from dashboard.demo.telling import Telling


def ask(telling: Telling, *, question: str, due: int, by: str | None = None) -> None:
    due_on = working(clock.today() + timedelta(days=due))
    person = telling.person(by)
    consult.ask_for_advice(
        telling.case, question=question, due_on=due_on, by=person, version=telling.case.version
    )


def advise(telling: Telling, *, by: str, **facts) -> None:
    consultation = telling.case.consultations.get()
    consult.advise(consultation, **facts, by=telling.declared(telling.person(by)))


def ask_opinion(
    telling: Telling, *, of: str, question: str, due: int, test: str = "", by: str | None = None
) -> None:
    """of: the function; test: the question set that it is about."""
    ask_for_opinion(
        telling.case,
        function=of,
        test=test,
        question=question,
        due_on=working(clock.today() + timedelta(days=due)),
        by=telling.person(by),
        version=telling.case.version,
    )


def answer_opinion(telling: Telling, *, by: str, conclusion: str, reasons: str) -> None:
    """The one that waits."""
    give_opinion(
        telling.case.opinions.get(answered_at=None),
        conclusion=conclusion,
        reasons=reasons,
        free_of_conflict=True,
        by=telling.person(by),
    )
    telling.case.refresh_from_db()


def aid(telling: Telling, *, ours, others=(), attested_by: str) -> None:
    """Small aid: lines of ours and of others, and what the recipient declares of them.

    ours: [form, what, value, how it is valued]; others: the same with giver and days ago.
    """
    case, person = telling.case, telling.declared(telling.person(None))
    (recipient,) = case.organisations.all()
    for form, what, value, *more in ours:
        facts = {"form": form, "what": what, "value": value, "valuation": "".join(more)}
        record_aid(
            case,
            organisation=recipient,
            origin="ours",
            **facts,
            by=person,
            version=case.version,
        )
    for form, what, value, giver, ago in others:
        record_aid(
            case,
            organisation=recipient,
            origin="others",
            form=form,
            what=what,
            value=value,
            giver=giver,
            given_on=telling.world.days.day(ago),
            by=person,
            version=case.version,
        )
    declare_aid(
        case,
        organisation=recipient,
        declared_on=clock.today(),
        attested_by=attested_by,
        by=person,
        version=case.version,
    )


def hand_in(telling: Telling) -> None:
    """The organisations of the case hand in all that a partnership asks for."""
    for organisation in telling.case.organisations.all():
        all_eight(organisation, telling.case.administration, by=telling.person(None))


VERBS = {
    "papers": hand_in,
    "ask": ask,
    "advise": advise,
    "ask_opinion": ask_opinion,
    "opinion": answer_opinion,
    "aid": aid,
}
