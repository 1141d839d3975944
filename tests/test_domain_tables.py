"""Domain §1.7.3 and §1.7.4, typed by hand as they stand there, against the program.

§1.7.2 in the same way: test_domain_gates.py.
"""

import csv
from types import SimpleNamespace

import pytest
from django.conf import settings

from accounts.roles import ROLES, Permission, Role
from casework.moves import asked
from collaborations import workflow
from collaborations.gates import COLUMNS
from collaborations.models import Form
from collaborations.rules.signing import SIGNING_RULES
from collaborations.steps import (
    after_follow_up,
    break_off,
    declare,
    document,
    end,
    follow_up,
    register,
    shortcoming,
    sign,
    tell,
)
from collaborations.workflow import DECIDE_REMEDY

# --- §1.7.3: consultation and information duties -------------------------------------------------

LATER = "later"
EVERY = tuple(COLUMNS)


def stops(move: str, rule: str, *forms: str):
    """The move is closed until the rule is met, for these forms and none other of the table."""
    return (move, "rules", rule, frozenset(forms or EVERY))


def reminds(move: str, rule: str, *forms: str):
    return (move, "warnings", rule, frozenset(forms))


def tells(step, notice: str):
    """The step writes the notice in its own transaction."""
    return ("notice", step, notice)


MUST, IF_NEEDED = "must", "if needed"
MAY_ASK = ("informal", "other_agreement", "partner_in_project", "employer")
REMINDED = reminds("DECIDE", "consultations_are_answered", *MAY_ASK)
DUTIES = {
    ("Any initiative", "raise with or inform beredningsgruppen", "G-10"): (
        MUST,
        tells(register.register, "initiative_registered"),
        stops("CLOSE", "initiative_is_reported"),
        stops("REFER", "initiative_is_reported"),
    ),
    ("Informal: preparing", "consult", "G-45"): (IF_NEEDED, REMINDED),
    ("Formal: preparing / choice of form", "consult", "G-71 G-73"): (
        IF_NEEDED,
        REMINDED,
        stops("DECIDE", "consultations_are_answered", "iop", "external_funding"),
    ),
    ("IOP agreement", "consult, before", "G-56"): (
        MUST,
        stops("DECIDE", "group_has_advised", "iop", "external_funding"),
    ),
    ("Application for external funds", "consult, before", "G-64"): (
        MUST,
        stops("SUBMIT_APPLICATION", "group_has_advised"),
    ),
    ("Project started", "inform", "G-65"): (
        MUST,
        tells(tell.start_formal, "collaboration_started"),
    ),
    ("Decision", "notify via mailbox", "G-49 G-77"): (
        MUST,
        tells(document.document, "decision_made"),
        stops("TELL", "decision_is_told"),
    ),
    ("Ended", "notify via mailbox", "G-50 G-78"): (
        MUST,
        tells(end.end, "collaboration_ended"),
        tells(break_off.break_off, "collaboration_ended"),
        stops("CLOSE", "end_is_told"),
    ),
    ("Buying a service", "involve inköp och upphandling, always", "G-60"): (
        MUST,
        stops("DECIDE", "is_no_purchase"),
        stops("DECIDE", "procurement_takes_part", "other_agreement"),
        stops("REFER", "procurement_has_somebody"),
    ),
    ("Breaking off with agreement", "involve inköp och upphandling, always", "G-84"): (
        MUST,
        stops("BREAK_OFF", "procurement_is_contacted"),
    ),
    ("Interest in IOP + assessment", "inform stadsdelsdirektör", "I-13"): (
        MUST,
        stops("MOTIVATE", "head_is_informed"),
        stops("DECIDE", "head_is_informed", "iop"),
    ),
    ("Termination, dispute", "inform stadsdelsdirektör", "I-25"): (
        MUST,
        stops("BREAK_OFF", "director_is_informed"),
    ),
    ("Follow-up, reformulation", "inform stadsdelsdirektör", "I-23"): (
        MUST,
        tells(after_follow_up.take_stand, "head_told_of_follow_up"),
    ),
    ("Follow-up carried out", "case to nämnd", "I-24"): (
        MUST,
        tells(follow_up.owe_what_follows, "board_case_is_due"),
    ),
    ("Shortcoming", "employee → enhetschef → avdelningschef", "I-35 I-36"): (
        MUST,
        tells(shortcoming.report_shortcoming, "reported"),
        tells(shortcoming.pass_on, "passed_on"),
    ),
}
KEPT = [
    pytest.param(duty, kept, id=f"{duty[2]}-{number}")
    for duty, (_, *keepers) in DUTIES.items()
    for number, kept in enumerate(keepers)
]


@pytest.mark.parametrize(("duty", "kept"), KEPT)
def test_each_duty_is_kept_where_the_table_says(duty, kept):
    if kept == LATER:
        assert {kept_by(one) for one in duty[2].split()} == {"later"}
    elif kept[0] == "notice":
        assert kept[2] in names_in(kept[1])
    else:
        move, way, rule, forms = kept
        assert {form for form in EVERY if rule in asks(move, way, form)} == forms


def asks(move: str, way: str, form: str) -> set[str]:
    case = SimpleNamespace(form=form, outcome="start")
    return {rule.name for rule in asked(getattr(getattr(workflow, move), way), case)}


def names_in(step) -> tuple[str, ...]:
    return step.__code__.co_names


def kept_by(entry: str) -> str:
    with (settings.BASE_DIR / "docs/source/catalogue.csv").open(encoding="utf-8") as file:
        return next(row["kept_by"] for row in csv.DictReader(file) if row["id"] == entry)


def test_only_what_is_said_to_come_later_does():
    now = {
        one for duty, (_, *kept) in DUTIES.items() if LATER not in kept for one in duty[2].split()
    }

    assert "later" not in {kept_by(one) for one in now}


# --- §1.7.4: decision rights ---------------------------------------------------------------------

MANAGERS = {"responsible_manager", "head"}  # a head may answer for a case as well
OWN = "person_is_the_responsible_manager"
OR_ABOVE = "person_is_the_manager_or_above"
# decision: (source, move, the roles that hold its permission, what is asked of the person)
RIGHTS = {
    "Start/refrain, informal: chef för verksamheten": ("G-47", "DECIDE", MANAGERS, {OWN}),
    "Start/refrain, formal: per delegationsordning": (
        "G-74",
        "DECIDE",
        MANAGERS,
        {OWN, "person_has_the_right"},
    ),
    "IOP: nämnd, whose decision is recorded": (
        "I-19",
        "RECORD_BOARD_DECISION",
        MANAGERS | {"board_secretary"},
        set(),
    ),
    "Risk assessment when uncertain: responsible manager": ("G-69", "DECIDE_RISK", MANAGERS, {OWN}),
    "Extent of checks in external project: responsible manager": (
        "G-67",
        "DECIDE_SCOPE",
        MANAGERS,
        {OWN},
    ),
    # The administration names a role (I-53); ours is whoever answers for the case.
    "Exceptional measures: the administration": ("I-53", "DEMAND_MEASURE", MANAGERS, {OWN}),
    "Exceptional measures, their deadline": ("I-53", "MOVE_MEASURE", MANAGERS, {OWN}),
    "Break off: responsible manager": ("G-83", "BREAK_OFF", MANAGERS, {OR_ABOVE}),
    "Steering-group participants: avdelningschef": ("I-20", "APPOINT", MANAGERS, {OWN}),
    "Jäv question: someone other than the person": (
        "KL 6:30",
        "RULE",
        MANAGERS,
        {"person_is_free_of_conflict"},
    ),
}


@pytest.mark.parametrize("decision", RIGHTS)
def test_each_decision_is_made_by_whom_the_table_says(decision):
    _, name, roles, of_the_person = RIGHTS[decision]
    move = getattr(workflow, name)

    assert holders_of(move.needs) == roles
    assert of_the_person <= {rule.name for rule in move.person}
    assert OWN in of_the_person or OWN not in {rule.name for rule in move.person}


def holders_of(permission: Permission) -> set[str]:
    return {str(role) for role, what in ROLES.items() if permission in what.permissions}


def test_a_partnership_is_decided_by_the_board_and_signed_by_the_head():
    """I-07, I-19. Who signs another agreement may decide on it."""
    assert "board_has_decided_where_it_must" in asks("DECIDE", "rules", Form.IOP)
    assert holders_of(Permission.AGREEMENT_SIGN_PARTNERSHIP) == {"head"}
    assert {"board_has_decided_on_the_partnership", "our_signatory_may_sign"} <= {
        rule.name for rule in SIGNING_RULES
    }
    assert "SIGNING_RULES" in names_in(sign.proposed)


def test_breaking_off_waits_for_assessment_dialogue_and_procurement():
    """G-82 to G-84; of a partnership for the head as well (I-25)."""
    assert asks("BREAK_OFF", "rules", Form.IOP) == {
        "shortcoming_is_assessed",
        "dialogue_is_held",
        "procurement_is_contacted",
        "director_is_informed",
    }


def test_nobody_rules_on_their_own_conflict():
    """Elected members, on whom the board rules, do not use the program."""
    assert "person_may_rule" in names_in(declare.rule_on)


def test_measures_after_a_follow_up_are_the_managers_and_when_needed_the_heads():
    """I-22, I-09: whoever may follow up decides them, and manager and head may."""
    deciding = {role for role in Role if DECIDE_REMEDY.needs in ROLES[role].permissions}

    assert {Role.RESPONSIBLE_MANAGER, Role.HEAD} < deciding
    assert {kept_by(entry) for entry in ("I-22", "I-09")} == {"rule", "field"}
