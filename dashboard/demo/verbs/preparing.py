"""Registrera, motivera, jäv, and what sends a case back or takes it away."""

from datetime import timedelta

from audit import clock
from collaborations import standing
from collaborations.steps import send_back
from collaborations.steps.declare import declare, rule_on
from collaborations.steps.motivate import motivate, write_motivation
from collaborations.steps.register import register
from dashboard.demo.answers import no_conflict
from dashboard.demo.organisations import key_of
from dashboard.demo.places import PLACES
from dashboard.demo.telling import Telling, later
from notifications.models import Notice


def begin(telling: Telling, *, by: str | None = None, unclear: bool = False) -> None:
    """unclear: the mail server did not answer the first time the mailbox was told."""
    story, world = telling.story, telling.world
    telling.case = register(
        form_key=key_of(story.key),
        title=story.title,
        unit=world.units[story.unit],
        organisations=[world.organisations[key] for key in story.organisations],
        responsible_manager=telling.person(None, "manager"),
        initiated_by=story.initiated_by,
        initiative_on=clock.today() - timedelta(days=5),
        task=story.task,
        by=telling.person(by),
    )
    if unclear:
        world.worker.lose_answer(Notice.objects.about(telling.case.chain).get())


def write(telling: Telling, *, by: str | None = None) -> None:
    """The motivation as far as the story has it."""
    story, case = telling.story, telling.case
    administration = case.administration
    competence, area = PLACES[administration.slug].areas.get(story.area, ("", ""))
    write_motivation(
        case,
        form=story.form,
        informal_kind=story.kind,
        area=administration.areas.get(name=story.area) if story.area else None,
        target_groups=list(administration.target_groups.filter(name__in=story.groups)),
        assignments=list(
            administration.assignments.filter(code=story.assignment, year=clock.today().year)
        ),
        within_competence=True if competence else None,
        within_competence_why=competence,
        within_area=True if area else None,
        within_area_why=area,
        for_target_group=story.for_group if story.group_why else None,
        for_target_group_why=story.group_why,
        need_type=story.need_type,
        need=story.need,
        target_group_heard=story.heard,
        equal_chance=story.equal if story.open else None,
        equal_chance_why=story.open,
        involves_minors=story.minors if story.open else None,
        shares_personal_data=story.personal_data if story.open else None,
        written_agreement=story.agreement if story.open else None,
        contributions=[contribution(*line) for line in story.bring],
        by=telling.person(by),
        version=case.version,
    )


def contribution(party: str, kind: str, what: str, hours=None, value=None, valuation="") -> dict:
    line = {"party": party, "kind": kind, "what": what, "hours": hours, "value": value}
    return line | {"valuation": valuation}


def finish_motivation(telling: Telling, *, by: str | None = None) -> None:
    write(telling, by=by)
    with later(12):
        motivate(telling.case, by=telling.person(by), version=telling.case.version)


def declare_conflict(telling: Telling, *, by: str, reports: dict[str, str]) -> None:
    declare(telling.case, inputs=no_conflict(reports), by=telling.person(by))


def rule(
    telling: Telling, *, about: str, outcome: str, reasons: str, by: str | None = None
) -> None:
    reported = standing.declaration_of(telling.case, telling.person(about))
    ruler = telling.person(by) if by else telling.manager
    rule_on(reported, outcome=outcome, reasons=reasons, by=ruler)


def return_it(telling: Telling, *, to: str, comment: str) -> None:
    case = telling.case
    facts = {"to": to, "comment": comment, "version": case.version}
    send_back.send_back(case, **facts, by=telling.manager)


def withdraw(telling: Telling, *, reason: str) -> None:
    case = telling.case
    send_back.withdraw(case, reason=reason, by=telling.person(None), version=case.version)


VERBS = {
    "register": begin,
    "write": write,
    "motivate": finish_motivation,
    "declare": declare_conflict,
    "rule": rule,
    "send_back": return_it,
    "withdraw": withdraw,
}
