"""By what right it is decided: the delegation order, or the board (domain §1.7.4)."""

from django.utils import timezone

from audit import clock
from casework.rules import rule
from casework.swedish import and_list, kronor
from collaborations import decision_right
from collaborations.models import Form

DECIDED = {"start": "att inleda", "refrain": "att avstå"}


def whose_right_it_is(case, person):
    reaching = decision_right.items(case)
    if case.form == Form.IOP:
        return [
            "Nämnden beslutar alltid om idéburet offentligt partnerskap. Hämta tjänsteutlåtandet, "
            "och anteckna nämndens beslut när det är fattat. Sedan kan du fatta beslutet här."
        ]
    if not reaching:
        return None
    held = and_list(
        f"{item.holder_person or item.get_holder_role_display()} (punkt {item.code})"
        for item in reaching
    )
    return [
        f"Beslutet är delegerat till {held}. "
        "Lämna över ärendet dit, eller anteckna nämndens beslut."
    ]


@rule(
    "G-74",
    "KL 6:37",
    unmet=(
        "Ingen punkt i delegationsordningen ger dig rätt att besluta om den här formen och det "
        "här beloppet. Nämnden beslutar."
    ),
    at="board_decision",
    explain=whose_right_it_is,
)
def person_has_the_right(case, person):
    return bool(decision_right.right_of(case, person))


def who_must_decide(case):
    if case.form == Form.IOP:
        return ["Nämnden beslutar alltid om idéburet offentligt partnerskap. Anteckna beslutet."]
    return [
        "Ingen punkt i delegationsordningen når hit: "
        f"{case.get_form_display()}, {kronor(decision_right.amount(case))}. Nämnden beslutar."
    ]


@rule(
    "I-07",
    "I-19",
    "G-74",
    unmet="Nämndens beslut är inte antecknat.",
    at="board_decision",
    explain=who_must_decide,
)
def board_has_decided_where_it_must(case):
    return not decision_right.board_must_decide(case)


@rule(
    "G-74",
    unmet="Allt vi lämnar från oss är inte värderat i kronor. Då går det inte att se vem som "
    "får besluta.",
    at="motivation",
)
def what_we_hand_over_is_valued(case):
    return all(line.value is not None for line in case.terms.handed_over())


@rule("G-74", "I-19", unmet="Nämnden har beslutat något annat.", at="outcome")
def decision_follows_the_board(decision):
    board = decision.board_decision
    return board is None or decision.kind in (board.outcome, "end", "break_off")


@rule(
    "I-19",
    unmet="Ange nämnd, paragraf och var protokollet finns.",
    at="board",
)
def board_decision_says_which(board):
    return bool(board.board.strip() and board.paragraph.strip() and board.reference.strip())


@rule(
    "I-19",
    unmet="Nämndens beslut kan inte vara äldre än ärendet eller fattat efter dagens datum.",
    at="decided_on",
)
def board_decided_on_this_case(board):
    case = board.collaboration
    begun = min(case.initiative_on, timezone.localdate(case.registered_at))
    return begun <= board.decided_on <= clock.today()
