"""Cases, made by calling the steps: what a test begins from is what the program makes."""

from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from accounts.models import Unit, User
from audit import clock
from checklists.answer_checks import AnswerInput
from checklists.load import CONTENT, load_all
from checklists.reading import read_set
from checklists.sample import acceptable_answers
from collaborations import standing
from collaborations.models import Collaboration, Form, Step
from collaborations.steps.check import answer, check
from collaborations.steps.decide import decide
from collaborations.steps.declare import declare
from collaborations.steps.document import document
from collaborations.steps.end import close, end
from collaborations.steps.follow_up import follow_up
from collaborations.steps.motivate import motivate, write_motivation
from collaborations.steps.register import correct_registration, register
from collaborations.steps.send_back import withdraw
from collaborations.tasks import carry_out
from documents.pdf import render_pdf
from notifications.models import Notice, State
from notifications.tasks import deliver_leftovers
from tests.factories.accounts import (
    AdministrationFactory,
    AreaFactory,
    TargetGroupFactory,
    UnitFactory,
    UserFactory,
    YearlyAssignmentFactory,
)
from tests.factories.organisations import OrganisationFactory


@dataclass
class Place:
    """A unit with the people who make a case go round."""

    unit: Unit
    manager: User
    officer: User
    head: User
    adviser: User
    registrar: User

    @property
    def administration(self):
        return self.unit.administration


@cache
def contents() -> list:
    """The question sets of the repository, read once for all tests."""
    return [read_set(path) for path in sorted(CONTENT.glob("*.yaml"))]


def place(**facts) -> Place:
    """An administration with a unit, its people, and the question sets loaded."""
    with transaction.atomic():
        list(load_all(contents(), timezone.localdate()))
    administration = AdministrationFactory(**facts)
    unit = UnitFactory(administration=administration)
    root = administration.root_unit
    AreaFactory(administration=administration)
    TargetGroupFactory(administration=administration)
    YearlyAssignmentFactory(administration=administration, year=timezone.localdate().year)
    return Place(
        unit=unit,
        manager=UserFactory(manager_at=unit),
        officer=UserFactory(officer_at=unit),
        head=UserFactory(head_at=root),
        adviser=UserFactory(adviser_at=root),
        registrar=UserFactory(registrar_at=root),
    )


def registered(at: Place, *, organisations=None, **facts) -> Collaboration:
    return register(
        **{
            "form_key": uuid4(),
            "title": "Läxhjälp i biblioteket",
            "unit": at.unit,
            "organisations": organisations or [OrganisationFactory()],
            "responsible_manager": at.manager,
            "initiated_by": "organisation",
            "initiative_on": timezone.localdate() - timedelta(days=3),
            "task": "Ungdomar får hjälp med läxor två kvällar i veckan.",
            "by": at.officer,
            **facts,
        }
    )


def corrected(case: Collaboration, at: Place, *organisations) -> None:
    """The same registration, with these organisations."""
    correct_registration(
        case,
        organisations=organisations,
        title=case.title,
        initiated_by=case.initiated_by,
        initiative_on=case.initiative_on,
        task=case.task,
        by=at.officer,
        version=case.version,
    )


def motivation(at: Place, **facts) -> dict:
    """Everything a finished motivation says."""
    administration = at.administration
    return {
        "within_competence": True,
        "within_competence_why": "Kommunen får stödja ungas lärande.",
        "within_area": True,
        "within_area_why": "Vi ansvarar för unga som står utanför skola och arbete.",
        "for_target_group": True,
        "for_target_group_why": "Deltagarna är unga mellan 16 och 20 år.",
        "area": administration.areas.first(),
        "target_groups": [administration.target_groups.first()],
        "assignments": [administration.assignments.first()],
        "need_type": "new_way",
        "need": "Unga kommer till biblioteket som inte kommer till oss.",
        "target_group_heard": "Deltagarna svarar på tre frågor varje månad.",
        "equal_chance": True,
        "equal_chance_why": "Vi bjöd in alla föreningar i stadsdelen.",
        "involves_minors": False,
        "shares_personal_data": False,
        "written_agreement": False,
        "form": Form.INFORMAL,
        "informal_kind": "local",
        "contributions": [],
        **facts,
    }


def write(case: Collaboration, at: Place, **facts) -> None:
    write_motivation(case, **motivation(at, **facts), by=at.officer, version=case.version)


def free_answers() -> dict[str, AnswerInput]:
    """The jäv questions, all answered with no."""
    return {f"JV-{number}": AnswerInput("nej") for number in range(1, 5)}


def kin_answers() -> dict[str, AnswerInput]:
    """The jäv questions of one who has kin in the board."""
    kin = AnswerInput("ja", companions={"text": "Min syster sitter i styrelsen."})
    return free_answers() | {"JV-1": kin}


def answer_all(case: Collaboration, at: Place, **own: AnswerInput) -> None:
    """Answer every set so that nothing stands against it; own: GK_08=AnswerInput(…)."""
    for code, assessment in standing.assessments(case).items():
        facts = standing.facts_with_outcomes(case)
        questions = set(assessment.version.questions.values_list("code", flat=True))
        mine = {name: one for name, one in own.items() if name.replace("_", "-") in questions}
        inputs = acceptable_answers(assessment, facts, **mine)
        answer(case, code, inputs=inputs, versions={}, by=at.officer)


START = {
    "outcome": "start",
    "reasons": "Verksamheten når unga som vi annars inte når.",
    "appealable": "no",
    "follow_up_method": "Möte med föreningen och samtal med deltagare.",
}


def decision_to_start(at: Place, **facts) -> dict:
    in_half_a_year = timezone.localdate() + timedelta(days=182)
    return {**START, "follow_up_by": at.officer, "follow_up_on": in_half_a_year, **facts}


REFRAIN = {
    "outcome": "refrain",
    "reasons": "Behovet finns redan tillgodosett hos oss.",
    "appealable": "no",
}


ONE_PAGE = '<html lang="sv"><title>Beslut</title><p>Ett beslut.</p></html>'


@cache
def one_page() -> bytes:
    """A true PDF, printed once: a whole decision takes a second, and has tests of its own."""
    return render_pdf(ONE_PAGE)


def deliver_everything(case: Collaboration, *, printed: bool = False) -> None:
    """What the worker would do now: the document, the mails, the start.

    printed: for who reads the decision's PDF; others get one page in its place.
    """
    deliver_leftovers()
    case.refresh_from_db()
    if case.step == Step.DECIDED and not printed:
        document(case, render=lambda data: one_page())
    carry_out(case.pk)
    case.refresh_from_db()
    standing.forget(case)


FOLLOWED_UP = {
    "done": "Läxhjälpen har hållits varje vecka.",
    "better_process": "yes",
    "better_result": "partly",
    "higher_quality": "unknown",
    "better_use": "yes",
    "target_group_voice": "Deltagarna vill fortsätta.",
    "organisation_voice": "Volontärerna räcker till.",
    "democracy_holds": True,
    "still_meets_requirements": True,
    "shortcomings": "",
}


def followed_up(case: Collaboration, at: Place, **facts):
    """A follow-up of today by the officer; the collaboration goes on."""
    return follow_up(
        case,
        **{**FOLLOWED_UP, "conclusion": "continue", "held_on": clock.today(), **facts},
        next_on=None,
        by=at.officer,
        version=case.version,
    )


def refuse(case: Collaboration, **facts) -> None:
    """The mail about its initiative was refused by the mail server, or as the facts say."""
    Notice.objects.filter(about=case.chain, kind="initiative").update(
        **{"state": State.REFUSED, "next_try_at": None, "server_words": "550 no such box", **facts}
    )


def case_at(step: Step, at: Place | None = None, *, outcome: str = "start", **facts):
    """A case that has been carried to the step by its people, and the place they work at."""
    at = at or place()
    case = registered(at, **facts)
    for go in JOURNEY:
        if case.step == step or step == Step.WITHDRAWN or case.step == Step.TOLD:
            break
        go(case, at, outcome)
    if step == Step.WITHDRAWN:
        deliver_everything(case)  # the group hears of it also when nothing comes of it (G-10)
        withdraw(case, reason="Föreningen ångrade sig.", by=at.officer, version=case.version)
    return case, at


def go_motivate(case, at, outcome):
    write(case, at)
    motivate(case, by=at.officer, version=case.version)


def go_check(case, at, outcome):
    declare(case, inputs=free_answers(), by=at.officer)
    answer_all(case, at)
    check(case, by=at.officer, version=case.version)


def go_decide(case, at, outcome):
    declare(case, inputs=free_answers(), by=at.manager)
    facts = decision_to_start(at) if outcome == "start" else REFRAIN
    decide(case, **facts, by=at.manager, version=case.version)


def go_on(case, at, outcome):
    deliver_everything(case)


def go_end(case, at, outcome):
    end(
        case,
        reasons="Terminen är slut.",
        ended_on=timezone.localdate(),
        by=at.manager,
        version=case.version,
    )


def go_close(case, at, outcome):
    deliver_everything(case)
    close(
        case,
        **FOLLOWED_UP,
        conclusion="end",
        lessons="Bokningen ska skötas av biblioteket.",
        held_on=clock.today(),
        by=at.officer,
        version=case.version,
    )


JOURNEY = (go_motivate, go_check, go_decide, go_on, go_end, go_close)
