"""What the organisations must have handed in before a partnership (I-54)."""

from casework.rules import rule
from casework.swedish import and_list, long_date
from collaborations import standing
from collaborations.holdings import of_case
from organisations.choices import EIGHT_DOCUMENTS
from organisations.validity import State

EXPLAINED_IN = ("partnerskap", "IOP-13")  # "Förklara vad som saknas."


def lacking_sentences(case) -> list[str]:
    """Of each organisation: which of the eight are not here, too old, or cannot be read."""
    return [sentence for one in of_case(case, wanted=EIGHT_DOCUMENTS) for sentence in lacks(one)]


def lacks(one) -> list[str]:
    name, rows = one.organisation.name, [row for row in one.rows if row.wanted]
    missing = [row.kind.label for row in rows if row.state == State.MISSING]
    old = [too_old(row) for row in rows if row.state == State.TOO_OLD]
    unserved = [row.kind.label for row in rows if row.state == State.UNSERVED]
    said = (
        (missing, f"{name} har inte lämnat {and_list(missing)}."),
        (old, f"Underlag från {name} är för gamla: {and_list(old)}."),
        (unserved, f"Underlag från {name} går inte att läsa än: {and_list(unserved)}."),
    )
    return [sentence for found, sentence in said if found]


def too_old(row) -> str:
    return f"{row.kind.label} (gällde till och med {long_date(row.valid_until)})"


def is_explained(case) -> bool:
    """The manager has said in writing why something need not be there: a foundation, for one, has
    no annual meeting (docs/decisions/0019)."""
    code, question = EXPLAINED_IN
    check = standing.assessments(case).get(code)
    answers = check.answers.all() if check else ()
    return any(one.code == question and one.current_resolution for one in answers)


@rule(
    "I-54",
    unmet="Alla åtta underlag är inte inkomna och aktuella.",
    at="documents",
    explain=lacking_sentences,
)
def eight_documents_are_received(case):
    return is_explained(case) or not lacking_sentences(case)
