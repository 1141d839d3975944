"""Kontrollera: answers to the question sets, findings and measures."""

from datetime import timedelta

from audit import clock
from checklists.findings import FindingInput
from checklists.measures import Demand
from checklists.sample import acceptable_answers
from collaborations import standing
from collaborations.steps import check as checking
from collaborations.steps import measures
from collaborations.steps.reexamine import report_finding
from dashboard.demo.answers import own_answers
from dashboard.demo.days import working
from dashboard.demo.telling import Telling, later

A_SET, ALL_SETS = 9, 75  # minutes


def answer(telling: Telling, *, sets, most: int | None = None, by: str | None = None) -> None:
    """Answer those sets; most: only so many questions of each. What to say is asked for once."""
    case, person = telling.case, telling.declared(telling.person(by))
    begun, facts = standing.assessments(case), standing.plain_facts(case)
    for number, code in enumerate(sets):
        inputs = acceptable_answers(begun[code], facts, **own(telling, begun[code]))
        with later(A_SET * number):
            first = dict(list(inputs.items())[:most])
            checking.answer(case, code, inputs=first, versions={}, by=person)


def own(telling: Telling, assessment) -> dict:
    """The story's own answers to questions of that version."""
    story, world = telling.story, telling.world
    party = world.parties[story.organisations[0]]
    asked = {question.code for question in assessment.version.questions.all()}
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
    with later(ALL_SETS):
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


VERBS = {
    "answer": answer,
    "finding": find,
    "judge": judge,
    "new_finding": find_later,
    "measure": demand_measure,
    "check": check,
    "resolve": resolve,
}
