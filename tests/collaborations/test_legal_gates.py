"""What each legal test stops, per form. A row fails when its gate is taken away (domain §1.7.2)."""

from types import SimpleNamespace

import pytest
from django.db import transaction

from agreements.models import Contribution
from casework.moves import missing, warned
from collaborations import gates, standing
from collaborations.scope import SETS, required_sets
from collaborations.workflow import DECIDE
from tests.factories.collaborations import place, registered

pytestmark = pytest.mark.django_db

FORMS = ("informal", "other_agreement", "iop", "external_funding", "partner_in_project", "employer")
FINE = {
    "demokrati": "antas_uppfyllt",
    "grundkrav": "uppfyllt",
    "valfardsbrott": "lag",
    "offentligt_kontrakt": "inte_kontrakt",
    "statligt_stod": "inte_stod",
    "kommunallagen": "uppfyllt",
    "ideburen_aktor": "uppfyllt",
    "partnerskap": "uppfyllt",
}
# What a set came to: the rule that says so, in the forms where it stops. "r": where we hand
# something over; "a": where there is an agreement. The columns are those of §1.7.2.
STOPS = {
    ("offentligt_kontrakt", "ofullstandig"): ("public_contract_is_assessed", "-BBBa-"),
    ("offentligt_kontrakt", "oklart"): ("public_contract_is_assessed", "-BBBa-"),
    ("offentligt_kontrakt", "offentligt_kontrakt"): ("no_public_contract", "-BBBa-"),
    ("statligt_stod", "ofullstandig"): ("state_aid_is_assessed", "-rBr--"),
    ("statligt_stod", "oklart"): ("state_aid_is_assessed", "-rBr--"),
    ("statligt_stod", "otillatet_stod"): ("aid_may_be_given", "-rBr--"),
    ("kommunallagen", "ofullstandig"): ("municipal_act_is_followed", "-rBr--"),
    ("kommunallagen", "kraver_utredning"): ("municipal_act_is_followed", "-rBr--"),
    ("kommunallagen", "ej_uppfyllt"): ("municipal_act_is_followed", "-rBr--"),
    ("ideburen_aktor", "ofullstandig"): ("organisation_is_a_civil_actor", "--B---"),
    ("ideburen_aktor", "ej_uppfyllt"): ("organisation_is_a_civil_actor", "--B---"),
    ("partnerskap", "ofullstandig"): ("partnership_conditions_are_met", "--B---"),
    ("partnerskap", "ej_uppfyllt"): ("partnership_conditions_are_met", "--B---"),
}
NOT_STOPPED_BY = [
    ("offentligt_kontrakt", "inte_kontrakt"),
    ("statligt_stod", "mindre_betydelse"),
    ("statligt_stod", "undantaget_stod"),
    ("kommunallagen", "uppfyllt_med_motivering"),
    ("ideburen_aktor", "uppfyllt_med_motivering"),
    ("partnerskap", "uppfyllt_med_motivering"),
]


@pytest.fixture(scope="module")
def at(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield place()
        transaction.set_rollback(True)


def a_case(at, form, *, resources=False, agreement=False, blocking=(), **outcomes):
    """A case whose sets have come to what FINE says, but `outcomes`."""
    case = registered(at)
    case.form, case.terms.written_agreement, case.equal_chance = form, agreement, True
    if resources:
        Contribution.objects.create(
            terms=case.terms, party="us", kind="money", what="Bidrag", value=50_000
        )
    case._standing = {
        code: SimpleNamespace(
            name=SETS[code],
            outcome=(FINE | outcomes)[code],
            remaining=(),
            blocking=blocking,
            to_motivate=(),
            to_inquire=(),
        )
        for code in required_sets(case)
    }
    return case


def stopping(case) -> set[str]:
    return {reason.rule for reason in missing(case, DECIDE)}


def stops(cell: str, *, resources: bool, agreement: bool) -> bool:
    return {"B": True, "r": resources, "a": agreement, "-": False}[cell]


@pytest.mark.parametrize("agreement", [True, False])
@pytest.mark.parametrize("resources", [True, False])
@pytest.mark.parametrize("form", FORMS)
def test_each_test_stops_the_forms_of_the_table(at, form, resources, agreement):
    facts = {"resources": resources, "agreement": agreement}
    for (code, outcome), (rule, cells) in STOPS.items():
        case = a_case(at, form, **facts, **{code: outcome})
        expected = stops(cells[FORMS.index(form)], **facts)
        assert (rule in stopping(case)) == expected, (code, outcome)


@pytest.mark.parametrize("form", FORMS)
def test_what_came_out_well_stops_nothing(at, form):
    rules = {rule for rule, _ in STOPS.values()}
    for code, outcome in NOT_STOPPED_BY:
        case = a_case(at, form, resources=True, agreement=True, **{code: outcome})
        assert stopping(case) & rules == set(), (code, outcome)


@pytest.mark.parametrize("form", FORMS)
def test_an_answer_that_stops_does_so_in_every_set_that_the_form_needs(at, form):
    line = SimpleNamespace(code="PR-1", text="Är det så?")

    assert "no_answer_stops" in stopping(a_case(at, form, blocking=(line,)))
    assert "no_answer_stops" not in stopping(a_case(at, form))


def test_it_is_said_which_answer_stops(at):
    line = SimpleNamespace(code="KL-1", text="Är det av allmänt intresse?")
    case = a_case(at, "employer", blocking=(line,))

    assert [str(r) for r in missing(case, DECIDE) if r.rule == "no_answer_stops"] == [
        "Demokrativillkor: KL-1 Är det av allmänt intresse?"
    ]


def test_a_public_contract_is_refused_with_its_source_and_the_way_on(at):
    case = a_case(at, "iop", offentligt_kontrakt="offentligt_kontrakt")

    reason = next(r for r in missing(case, DECIDE) if r.rule == "no_public_contract")
    assert reason.sources == ("G-59", "I-44", "S-16")
    assert reason.at == "offentligt_kontrakt"
    assert str(reason) == (
        "Det är ett offentligt kontrakt. Då gäller reglerna om upphandling, och samverkan kan inte "
        "inledas. Lämna över ärendet till inköp och upphandling."
    )


def test_an_unclear_test_says_that_an_opinion_is_needed(at):
    case = a_case(at, "iop", offentligt_kontrakt="oklart", statligt_stod="oklart")

    assert [
        str(r)
        for r in missing(case, DECIDE)
        if r.rule in ("public_contract_is_assessed", "state_aid_is_assessed")
    ] == [
        "Om det är ett offentligt kontrakt är oklart. Be om ett yttrande: utan det kan samverkan "
        "inte inledas.",
        "Om stödet får lämnas är oklart. Be om ett yttrande: utan det kan samverkan inte inledas.",
    ]


# G-17, G-43, G-68: where nobody may be favoured.
FAVOURING = {
    "informal": "B",
    "other_agreement": "r",
    "iop": "B",
    "external_funding": "B",
    "partner_in_project": "a",
    "employer": "-",
}


@pytest.mark.parametrize("agreement", [True, False])
@pytest.mark.parametrize("resources", [True, False])
@pytest.mark.parametrize("form", FAVOURING)
@pytest.mark.parametrize("answer", [True, False, None])
def test_nobody_may_be_favoured_where_the_table_says_so(at, form, resources, agreement, answer):
    case = a_case(at, form, resources=resources, agreement=agreement)
    case.equal_chance = answer
    asked = stops(FAVOURING[form], resources=resources, agreement=agreement)

    assert ("nobody_is_singled_out" in stopping(case)) == (asked and answer is not True)


def test_to_refrain_is_stopped_by_no_test(at):
    case = a_case(at, "iop", offentligt_kontrakt="offentligt_kontrakt", demokrati="ej_uppfyllt")
    case.outcome = "refrain"

    assert gates.before_decision(case) == ()
    assert warned(case, DECIDE) == []


def test_a_case_that_is_not_begun_is_not_assessed(at):
    case = registered(at)
    case.form = "iop"

    assert {state.outcome for state in standing.of(case).values()} == {"ofullstandig"}
    assert {rule for (_, outcome), (rule, _) in STOPS.items() if outcome == "ofullstandig"} <= (
        stopping(case)
    )
