"""The verbs of a story: each calls the step that the program itself would have called.

Every verb takes the `Telling` and what the story says; it happens at the told time (`audit.clock`).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from accounts.models import Administration, Unit, User
from accounts.roles import Role
from audit import clock
from checklists.findings import FindingInput
from checklists.measures import Demand
from checklists.sample import acceptable_answers
from collaborations import standing
from collaborations.models import Collaboration
from collaborations.steps import check as checking
from collaborations.steps import consult, hand_over, measures, notices, send_back
from collaborations.steps.decide import decide
from collaborations.steps.declare import declare, rule_on
from collaborations.steps.end import close, end
from collaborations.steps.follow_up import follow_up
from collaborations.steps.motivate import motivate, write_motivation
from collaborations.steps.reexamine import report_finding
from collaborations.steps.register import register
from collaborations.steps.tell import tell
from dashboard.demo.answers import no_conflict, own_answers
from dashboard.demo.days import Days, working
from dashboard.demo.organisations import Party, key_of
from dashboard.demo.people import PEOPLE
from dashboard.demo.places import PLACES
from dashboard.demo.stories import Story
from dashboard.demo.worker import Worker
from notifications.models import Notice
from organisations.models import Organisation

EFFECTS = {"ja": "yes", "delvis": "partly", "nej": "no", "vet inte": "unknown"}
EFFECT_FIELDS = ("better_process", "better_result", "higher_quality", "better_use")


@dataclass
class World:
    """All that stories speak of, by their keys; units by name."""

    days: Days
    worker: Worker
    administrations: dict[str, Administration]
    units: dict[str, Unit]
    people: dict[str, User]
    parties: dict[str, Party]
    organisations: dict[str, Organisation]


@dataclass
class Telling:
    """One story on its way. `stopped`: its document cannot be made here, so it waits there."""

    story: Story
    world: World
    case: Collaboration | None = None
    stopped: bool = False

    def person(self, key: str | None, otherwise: str = "officer") -> User:
        return self.world.people[key or getattr(self.story, otherwise)]

    @property
    def manager(self) -> User:
        return self.case.responsible_manager

    def declared(self, person: User) -> User:
        """The person, after declaring for the case if that is not done."""
        if standing.declaration_of(self.case, person) is None:
            declare(self.case, inputs=no_conflict({}), by=person)
        return person

    def registrar(self) -> User:
        slug = self.case.administration.slug
        key = next(p.key for p in PEOPLE if (p.place.slug, p.role) == (slug, Role.REGISTRAR))
        return self.world.people[key]


@contextmanager
def later(minutes: int) -> Iterator[None]:
    with clock.telling(clock.now() + timedelta(minutes=minutes)):
        yield


# --- before the decision -----------------------------------------------------------------------


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


def contribution(party: str, kind: str, what: str, hours=None, value=None) -> dict:
    return {"party": party, "kind": kind, "what": what, "hours": hours, "value": value}


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


def answer(telling: Telling, *, sets, most: int | None = None, by: str | None = None) -> None:
    """Answer those sets; most: only so many questions of each."""
    case, person = telling.case, telling.declared(telling.person(by))
    for number, code in enumerate(sets):
        assessment = standing.assessments(case)[code]
        inputs = acceptable_answers(
            assessment, standing.facts_with_outcomes(case), **own(telling, assessment)
        )
        with later(20 * number):
            first = dict(list(inputs.items())[:most])
            checking.answer(case, code, inputs=first, versions={}, by=person)


def own(telling: Telling, assessment) -> dict:
    """The story's own answers to questions of that version."""
    story, world = telling.story, telling.world
    party = world.parties[story.organisations[0]]
    asked = set(assessment.version.questions.values_list("code", flat=True))
    given = own_answers(
        story,
        party,
        world.organisations[party.key].number_written,
        party.founded_on(world.days),
        clock.today(),
    )
    return {name: one for name, one in given.items() if name.replace("_", "-") in asked}


def find(telling: Telling, **said) -> None:
    given = finding(telling, **said)
    checking.add_finding(telling.case, "demokrati", given=given, by=telling.person(None))


def find_later(telling: Telling, **said) -> None:
    """In a collaboration that runs: a new examination (G-31)."""
    report_finding(telling.case, given=finding(telling, **said), by=telling.person(None))


def finding(telling: Telling, *, happened: int, asked: int = 0, commented: int = 0, **facts):
    """asked, commented: how many days ago we asked the organisation, and it answered."""
    day = telling.world.days.day
    return FindingInput(
        **facts,
        happened_on=day(happened),
        comment_asked_on=day(asked) if asked else None,
        comment_on=day(commented) if commented else None,
    )


def demand_measure(telling: Telling, *, required: str, reasons: str, days: int) -> None:
    """Of the story's only finding, to be reported within so many days (I-53)."""
    check = checking.assessment_of(telling.case, "demokrati")
    due_on = working(clock.today() + timedelta(days=days))
    given = Demand(list(check.findings.all()), required, reasons, due_on)
    measures.demand(telling.case, check, given=given, by=telling.declared(telling.manager))


def judge(telling: Telling, *, verdict: str, reasons: str) -> None:
    finding = checking.assessment_of(telling.case, "demokrati").findings.get()
    facts = {"verdict": verdict, "reasons": reasons, "version": finding.version}
    checking.judge_finding(telling.case, finding, **facts, by=telling.person(None))


def check(telling: Telling, *, by: str | None = None) -> None:
    """Answer what remains, and say that the check is finished."""
    case = telling.case
    begun = standing.assessments(case)
    answer(telling, sets=[code for code in begun if not begun[code].answers.all()], by=by)
    with later(75):
        checking.check(case, by=telling.person(by), version=case.version)


def resolve(
    telling: Telling, *, code: str, text: str, kind: str = "motivation", by: str | None = None
) -> None:
    person = telling.declared(telling.person(by) if by else telling.manager)
    given = next(
        found
        for assessment in standing.assessments(telling.case).values()
        for found in assessment.answers.all()
        if found.code == code
    )
    facts = {"kind": kind, "text": text, "version": given.version}
    checking.resolve(telling.case, given, **facts, by=person)


def ask(telling: Telling, *, question: str, due: int, by: str | None = None) -> None:
    due_on = working(clock.today() + timedelta(days=due))
    person = telling.person(by)
    consult.ask_for_advice(
        telling.case, question=question, due_on=due_on, by=person, version=telling.case.version
    )


def advise(telling: Telling, *, by: str, **facts) -> None:
    consultation = telling.case.consultations.get()
    consult.advise(consultation, **facts, by=telling.declared(telling.person(by)))


def return_it(telling: Telling, *, to: str, comment: str) -> None:
    case = telling.case
    facts = {"to": to, "comment": comment, "version": case.version}
    send_back.send_back(case, **facts, by=telling.manager)


def withdraw(telling: Telling, *, reason: str) -> None:
    case = telling.case
    send_back.withdraw(case, reason=reason, by=telling.person(None), version=case.version)


# --- the decision and after --------------------------------------------------------------------


def start(telling: Telling, *, follow_up: str, reasons: str, **said) -> None:
    """said: `in` how many days it is followed up, and whether it is appealable."""
    decide(
        telling.case,
        outcome="start",
        reasons=reasons,
        appealable=said.get("appealable", "no"),
        follow_up_method=follow_up,
        follow_up_by=telling.case.officer,
        follow_up_on=working(clock.today() + timedelta(days=said["in"])),
        by=telling.declared(telling.manager),
        version=telling.case.version,
    )


def refrain(telling: Telling, *, reasons: str, appealable: str = "no") -> None:
    decide(
        telling.case,
        outcome="refrain",
        reasons=reasons,
        appealable=appealable,
        by=telling.declared(telling.manager),
        version=telling.case.version,
    )


def tell_otherwise(telling: Telling, *, how: str) -> None:
    case = telling.case
    notice = Notice.objects.about(case.chain).get(kind="decision")
    notices.tell_otherwise(case, notice, how=how, on=clock.today(), by=telling.manager)
    tell(case)


def pass_on(telling: Telling, *, to: str, reason: str) -> None:
    case, facts = telling.case, {"manager": telling.person(to), "reason": reason}
    hand_over.hand_over(case, **facts, by=telling.manager, version=case.version)


def mark_secret(telling: Telling, *, by: str, provision: str) -> None:
    case = telling.case
    hand_over.mark_secret(case, provision=provision, by=telling.person(by), version=case.version)


def number(telling: Telling, *, serial: int) -> None:
    case = telling.case
    written = f"{case.administration.slug.upper()} {clock.today().year}/{serial}"
    hand_over.set_registry_number(
        case, registry_number=written, by=telling.registrar(), version=case.version
    )


def held(effects, voice: str, done: str, still: bool = True, **facts) -> dict:
    """What a follow-up says, as its step wants it."""
    return {
        "done": done,
        "target_group_voice": voice,
        "still_meets_requirements": still,
        **{name: EFFECTS[said] for name, said in zip(EFFECT_FIELDS, effects, strict=True)},
        **facts,
    }


def hold_follow_up(telling: Telling, *, next: int, **said) -> None:
    held_on = clock.today()
    follow_up(
        telling.case,
        held_on=held_on,
        next_on=working(held_on + timedelta(days=next)),
        **held(**said),
        by=telling.case.officer,
        version=telling.case.version,
    )


def finish(telling: Telling, *, reasons: str) -> None:
    case = telling.case
    end(case, reasons=reasons, ended_on=clock.today(), by=telling.manager, version=case.version)


def hold_closing(telling: Telling, **said) -> None:
    close(
        telling.case,
        held_on=clock.today(),
        conclusion="end",
        **held(**said),
        by=telling.case.officer,
        version=telling.case.version,
    )


VERBS = {
    "register": begin,
    "write": write,
    "motivate": finish_motivation,
    "declare": declare_conflict,
    "rule": rule,
    "answer": answer,
    "finding": find,
    "judge": judge,
    "new_finding": find_later,
    "measure": demand_measure,
    "check": check,
    "resolve": resolve,
    "ask": ask,
    "advise": advise,
    "send_back": return_it,
    "withdraw": withdraw,
    "start": start,
    "refrain": refrain,
    "tell_otherwise": tell_otherwise,
    "hand_over": pass_on,
    "secret": mark_secret,
    "diary": number,
    "follow_up": hold_follow_up,
    "end": finish,
    "close": hold_closing,
}
DECISIONS = frozenset({"start", "refrain"})
