"""The process, typed by hand from product.md §3 and domain tables 1.7.2 and 1.7.3."""

import pytest

from collaborations.gates import COLUMNS, GATES
from collaborations.models import Form, Step
from collaborations.workflow import ALL_MOVES

R, M, C, D, DOC, T, ON, E, CL, W, REF = [
    "registered",
    "motivated",
    "checked",
    "decided",
    "documented",
    "told",
    "ongoing",
    "ended",
    "closed",
    "withdrawn",
    "referred",
]
STAYS = None
ALIVE = {R, M, C, D, DOC, T, ON, E}
AFTER = {D, DOC, T, ON, E, CL}

# move: (from, to, permission, needs a declaration, only the responsible manager)
MOVES = {
    "correct_registration": ({R, M, C}, R, "collaboration_prepare", False, False),
    "write_motivation": ({R, M, C}, R, "collaboration_prepare", False, False),
    "change_form": ({R, M, C}, R, "collaboration_prepare", False, False),
    "motivate": ({R}, M, "collaboration_prepare", False, False),
    "answer": ({M, C}, M, "collaboration_prepare", True, False),
    "use_document": ({M, C}, M, "collaboration_prepare", True, False),
    "resolve": ({M, C}, STAYS, "collaboration_prepare", True, False),
    "reuse": ({M, C}, M, "collaboration_prepare", True, False),
    "move_questions": ({M, C}, M, "collaboration_prepare", True, False),
    "check": ({M}, C, "collaboration_prepare", True, False),
    "send_back_to_motivation": ({M, C}, R, "collaboration_prepare", False, False),
    "send_back_to_check": ({C}, M, "collaboration_prepare", False, False),
    "withdraw": ({R, M, C}, W, "collaboration_prepare", False, False),
    "consult": ({M, C}, STAYS, "collaboration_prepare", False, False),
    "advise": ({R, M, C}, STAYS, "collaboration_advise", True, False),
    "assign_advice": ({R, M, C}, STAYS, "collaboration_advise", False, False),
    "stand_aside": ({R, M, C}, STAYS, "collaboration_advise", False, False),
    "take_back_aside": ({R, M, C}, STAYS, "collaboration_advise", False, False),
    "go_on_without_advice": ({R, M, C}, STAYS, "collaboration_decide", False, True),
    "go_on_without_opinion": ({R, M, C}, STAYS, "collaboration_decide", False, True),
    "describe_funding": ({R, M, C}, STAYS, "collaboration_prepare", False, False),
    "submit_application": ({M, C}, STAYS, "collaboration_prepare", False, False),
    "answer_funding": ({M, C}, STAYS, "collaboration_prepare", False, False),
    "refuse_funding": ({M, C}, W, "collaboration_prepare", False, False),
    "decide_scope": ({R, M, C}, STAYS, "collaboration_decide", True, True),
    "decide_risk": ({M, C}, STAYS, "collaboration_decide", True, True),
    "confirm_employment": ({R, M, C}, STAYS, "collaboration_prepare", False, False),
    "write_partnership": ({R, M, C}, R, "collaboration_prepare", False, False),
    "inform_head": ({R, M, C}, STAYS, "collaboration_decide", False, True),
    "read_information": (ALIVE | {CL}, STAYS, "collaboration_see", False, False),
    "appoint": (ALIVE, STAYS, "collaboration_decide", False, True),
    "dismiss": (ALIVE, STAYS, "collaboration_decide", False, True),
    "note_meeting": (ALIVE, STAYS, "collaboration_follow_up", False, False),
    "refer": ({R, M, C}, REF, "collaboration_prepare", False, False),
    "ask_opinion": ({R, M, C}, STAYS, "collaboration_prepare", False, False),
    "record_aid": ({M, C}, STAYS, "collaboration_prepare", True, False),
    "give_opinion": ({R, M, C}, STAYS, "opinion_give", False, False),
    "record_board_decision": ({C}, STAYS, "collaboration_board", False, False),
    "begin_agreement": ({M, C, D, DOC, T, ON}, STAYS, "collaboration_prepare", False, False),
    "write_agreement": ({M, C, D, DOC, T, ON}, STAYS, "collaboration_prepare", False, False),
    "drop_agreement": ({M, C, D, DOC, T, ON}, STAYS, "collaboration_prepare", False, False),
    "sign_agreement": ({M, C, D, DOC, T, ON}, STAYS, "collaboration_prepare", False, False),
    "amend_agreement": ({T, ON}, STAYS, "collaboration_prepare", False, False),
    "decide": ({C}, D, "collaboration_decide", True, True),
    "document": ({D}, DOC, "system", False, False),
    "tell": ({DOC}, T, "system", False, False),
    "start": ({T}, ON, "system", False, False),
    "start_formal": ({T}, ON, "collaboration_decide", True, True),
    "follow_up": ({ON}, STAYS, "collaboration_follow_up", False, False),
    "save_follow_up": ({ON, E}, STAYS, "collaboration_follow_up", False, False),
    "correct_follow_up": ({ON, E, CL}, STAYS, "collaboration_follow_up", False, False),
    "take_stand": ({ON, E, CL}, STAYS, "collaboration_decide", False, True),
    "note_reported": ({ON, E, CL}, STAYS, "collaboration_follow_up", False, False),
    "note_reported_to_board": ({ON, E, CL}, STAYS, "collaboration_board", False, False),
    "decide_remedy": ({ON, E, CL}, STAYS, "collaboration_follow_up", False, False),
    "finish_remedy": ({ON, E, CL}, STAYS, "collaboration_take_part", False, False),
    "end": ({T, ON}, E, "collaboration_decide", True, True),
    "report_shortcoming": ({ON}, STAYS, "collaboration_take_part", False, False),
    "pass_on_shortcoming": ({ON}, STAYS, "shortcoming_receive", False, False),
    "assess_shortcoming": ({ON}, STAYS, "collaboration_decide", False, False),
    "conclude_shortcoming": ({ON}, STAYS, "collaboration_decide", False, False),
    "note_dialogue": ({ON}, STAYS, "collaboration_follow_up", False, False),
    "break_off": ({ON}, E, "collaboration_decide", True, False),  # or one above
    "close": ({E}, CL, "collaboration_follow_up", False, False),
    "report_finding": ({D, DOC, T, ON}, STAYS, "collaboration_follow_up", False, False),
    "reexamine": (AFTER, STAYS, "collaboration_follow_up", True, False),
    "close_reexamination": (AFTER, STAYS, "collaboration_decide", True, True),
    "demand_measure": (AFTER | {M, C}, STAYS, "collaboration_decide", True, True),
    "move_measure": (AFTER | {M, C}, STAYS, "collaboration_decide", True, True),
    "report_measure": (AFTER | {M, C}, STAYS, "collaboration_prepare", True, False),
    "assess_measure": (AFTER | {M, C}, STAYS, "collaboration_decide", True, True),
    "declare": (ALIVE, STAYS, "conflict_declare", False, False),
    "rule": (ALIVE | {CL, W, REF}, STAYS, "conflict_rule", False, False),
    "hand_over": (ALIVE, STAYS, "collaboration_hand_over", False, False),
    "mark_secret": (ALIVE | {CL, W, REF}, STAYS, "collaboration_secrecy", False, False),
    "set_registry_number": (ALIVE | {CL, W, REF}, STAYS, "collaboration_number", False, False),
}


def asks(move, name: str) -> bool:
    return name in {rule.name for rule in move.person}


def test_every_move_is_as_the_table_says():
    made = {
        move.name: (
            set(move.leaves),
            move.enters,
            str(move.needs),
            asks(move, "person_has_declared"),
            asks(move, "person_is_the_responsible_manager"),
        )
        for move in ALL_MOVES
    }
    assert made == MOVES


@pytest.mark.parametrize("move", ALL_MOVES, ids=lambda move: move.name)
def test_a_conflict_closes_every_move_but_those_of_the_program_and_of_keeping_order(move):
    """Handing over, secrecy and diary number are no handling of the matter itself."""
    free = {"document", "tell", "start", "hand_over", "mark_secret", "set_registry_number"}

    assert asks(move, "person_is_free_of_conflict") == (move.name not in free)


def test_every_step_can_be_reached_and_only_the_ends_have_no_way_on():
    reached = {R} | {move.enters for move in ALL_MOVES if move.enters}
    onwards = {step for move in ALL_MOVES if move.enters for step in move.leaves - {move.enters}}

    assert reached == set(Step.values)
    assert set(Step.values) - onwards == {CL, W, REF}


# Domain §1.7.2: B stops, W warns, - says nothing. Columns: informal, other agreement, IOP,
# external funding, partner in the organisation's project, employer. A cell that says "if resources"
# or "if agreement" stops, and its rule asks only then (tests/collaborations/test_legal_gates.py).
TABLE = {
    "Motivering ur uppdrag, behov och målgrupp": "BBBBBB",
    "Uppdrag i årets budget": "WWWWWW",
    "Checklistan för grundläggande krav": "BBBBB-",
    "Demokrativillkor och övriga grunder för att avstå": "BBBBBB",
    "Ingen pekas ut eller gynnas": "BBBBB-",
    "Ingen ersättning": "B-----",
    "Upphandlingsbedömning": "-BBBB-",
    "Statligt stöd och kommunallagen": "-BBBB-",
    "Initiativet är organisationens": "--B---",
    "Stöd av mindre betydelse": "-BBBB-",
    "Lån, borgen och garanti": "-WWWW-",
    "Kontroll av idéburen aktör": "--B---",
    "Nio villkor för partnerskap": "--B---",
    "Svar som stoppar ett beslut att inleda": "BBBBBB",
    "Åtta underlag": "-WBW--",
    "Risk för välfärdsbrott": "BBBBB-",
    "Varningstecken på välfärdsbrott": "WWWWW-",
    "Jävsförklaringar": "BBBBBB",
    "Samråd med beredningsgruppen": "WWBBWW",
    "Inköpsfunktionen deltar": "-BW---",
    "Högsta chefen informerad": "--B---",
    "Beslutanderätt": "BBBBBB",
    "Sammansatt utmaning och beslutat program": "--B---",
    "Styrgrupp": "--B---",
    "Beredningsgruppens råd om formen": "--BB--",
    "Finansiär, rutin och beviljad ansökan": "---B--",
    "Omfattning av kontrollen": "----B-",
    "Riskbedömning vid osäkerhet": "---BB-",
    "Rutiner för anställningen": "-----B",
    "Nämndens beslut": "-BBBB-",
    "Skriftlig överenskommelse": "-BBBB-",
    "Mätbara mål och lång period": "-WWWW-",
    "Plan för uppföljning": "BBBBBB",
    "Meddelande till brevlådan vid start och slut": "BBBBBB",
    "Annan samverkan med samma organisation": "WWWWWW",
}
LETTERS = {"blocks": "B", "warns": "W", "silent": "-"}


def test_the_gates_are_those_of_the_catalogues_table():
    assert {gate.label: "".join(LETTERS[cell] for cell in gate.cells) for gate in GATES} == TABLE


def test_the_columns_are_the_forms_of_the_catalogue():
    assert [str(form) for form in COLUMNS] == [
        "informal",
        "other_agreement",
        "iop",
        "external_funding",
        "partner_in_project",
        "employer",
    ]
    assert set(Form) - set(COLUMNS) == {Form.PURCHASE, Form.ASSOCIATION_GRANT}
