"""A whole case of each form: checked, with everything settled that stops or warns."""

from datetime import timedelta
from types import SimpleNamespace

from django.utils import timezone

from collaborations import standing
from collaborations.models import Collaboration, Form, Step
from collaborations.steps.check import check
from collaborations.steps.opinion import ask_for_opinion, give_opinion
from collaborations.steps.scope import decide_scope
from tests.factories.accounts import UserFactory
from tests.factories.aid import amounts
from tests.factories.collaborations import Place, answer_all, case_at, place
from tests.factories.formal import board_decides, delegated, motivated
from tests.factories.forms import declared
from tests.factories.held import handed_in

FORMS = (
    Form.INFORMAL,
    Form.OTHER_AGREEMENT,
    Form.IOP,
    Form.EXTERNAL_FUNDING,
    Form.PARTNER_IN_PROJECT,
    Form.EMPLOYER,
)
ALL_CHECKS = ["grundkrav", "valfardsbrott", "statligt_stod", "kommunallagen"]


def city() -> SimpleNamespace:
    """A place with a whole, checked case of each form: `cases` holds their keys by form."""
    at = place()
    amounts()
    delegated(at, *[form for form in FORMS if form != Form.INFORMAL])
    buyer = UserFactory(procurement_at=at.administration.root_unit)
    return SimpleNamespace(at=at, cases={form: whole(at, form, buyer).pk for form in FORMS})


def whole(at: Place, form: str, buyer) -> Collaboration:
    """Checked, with everything that stops or warns settled: what is left is to decide."""
    if form == Form.INFORMAL:
        case, _ = case_at(Step.CHECKED, at)
        declared(case, at.manager)
        return case
    bare = {"written_agreement": False, "contributions": []} if form == Form.EMPLOYER else {}
    case = motivated(at, form, **bare)
    if form == Form.PARTNER_IN_PROJECT:
        facts = {"sets": ALL_CHECKS, "reasons": "Allt.", "by": at.manager, "version": case.version}
        decide_scope(case, **facts)
    if form in (Form.OTHER_AGREEMENT, Form.EXTERNAL_FUNDING):
        handed_in(case, at)
    declared(case, at.officer)
    standing.forget(case)
    answer_all(case, at)
    if form == Form.IOP:
        procurement_answers(case, at, buyer)
    check(case, by=at.officer, version=case.version)
    declared(case, at.manager)
    if form == Form.IOP:
        board_decides(case, at)
    return case


def procurement_asked(case, at):
    return ask_for_opinion(
        case,
        function="procurement",
        question="Är det ett köp?",
        due_on=timezone.localdate() + timedelta(days=9),
        by=at.officer,
        version=case.version,
    )


def procurement_answers(case, at, buyer) -> None:
    asked = procurement_asked(case, at)
    said = {"conclusion": "clear", "reasons": "Inget köp.", "free_of_conflict": True}
    give_opinion(asked, **said, by=buyer)
    case.refresh_from_db()
