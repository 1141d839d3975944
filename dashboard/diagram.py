"""The way of a case as a picture: the geometry of an SVG, worked out from the moves themselves.

A line with a stop for each step, read from above; to the right of it where cases leave the way,
to the left how they are sent back. The template draws, nothing here knows of colours.
"""

from functools import cache

from collaborations.models import Step
from collaborations.workflow import ALL_MOVES, MAIN_WAY, WITHDRAW

LINE, TOP, GAP = 88, 24, 74  # x of the line, y of the first stop, between two stops
OUT = 276  # x of the stop outside the way
BEND = 34  # how far an arc for sending back swings out, per step it passes


@cache
def way() -> dict:
    """What templates/dashboard/_way.html draws; lengths in the units of its viewBox."""
    steps = [Step.REGISTERED, *(move.enters for move in MAIN_WAY if move.enters)]
    at = {step: TOP + place * GAP for place, step in enumerate(steps)}
    out = {"x": OUT, "y": at[Step.CHECKED], "labels": [Step.WITHDRAWN.label, Step.REFERRED.label]}
    return {
        "width": 380,
        "height": TOP + (len(steps) - 1) * GAP + TOP,
        "line": LINE,
        "top": at[steps[0]],
        "bottom": at[steps[-1]],
        "stops": [{"y": y, "label": Step(step).label} for step, y in at.items()],
        "moves": [
            {"y": (at[usual(move)] + at[move.enters]) // 2, "label": move.label}
            for move in MAIN_WAY
            if move.enters
        ],
        "stays": [
            {"y": at[usual(move)], "label": move.label} for move in MAIN_WAY if not move.enters
        ],
        "backs": [arc(at[leaves], at[move.enters]) for move, leaves in sent_back()],
        "outs": [branch(at[step], out) for step in steps if step in WITHDRAW.leaves],
        "out": out,
        "end": {
            "x": OUT,
            "y": at[Step.TOLD],
            "label": "Avstådd",
            "near": LINE + 148,
            "edge": OUT - 14,
        },
        "back_y": at[Step.MOTIVATED],
    }


def usual(move):
    """The step that a move of the way usually leaves: the last, where it may leave several."""
    return [step for step in Step if step in move.leaves][-1]


def sent_back() -> list[tuple]:
    """(move, the step it leaves) of every move whose event is that the case was sent back."""
    backs = [move for move in ALL_MOVES if move.event == "sent_back"]
    return [(move, step) for move in backs for step in Step if step in move.leaves]


def arc(start: int, end: int) -> str:
    """A bow to the left of the line, from a stop up to an earlier one."""
    swing = LINE - 14 - BEND * (start - end) // GAP
    return f"M{LINE - 14} {start - 4}C{swing} {start - 4} {swing} {end + 4} {LINE - 16} {end + 4}"


def branch(start: int, out: dict) -> str:
    """A line from a stop to the one outside the way."""
    near, end = LINE + 148, OUT - 14
    return f"M{near} {start}C{end - 6} {start} {near + 6} {out['y']} {end} {out['y']}"
