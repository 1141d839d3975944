"""What a partnership needs beside the rest: challenge, programme, an informed head (I-02–I-25)."""

from audit import clock
from casework.rules import rule
from collaborations.models import Form


def is_iop(case) -> bool:
    return case.form == Form.IOP


def partnership_lacks(case) -> list[str]:
    one = case.partnership
    if one is None:
        return []
    said = (
        (one.challenge, "Samhällsutmaningen är inte beskriven."),
        (one.why_complex, "Det framgår inte varför utmaningen är sammansatt, utan given lösning."),
        (one.solution, "Det framgår inte hur parterna vill lösa den."),
    )
    return [sentence for text, sentence in said if not text.strip()]


@rule(
    "I-02",
    "I-04",
    "I-12",
    unmet="Samhällsutmaningen är inte beskriven.",
    at="partnership",
    explain=partnership_lacks,
)
def challenge_is_described(case):
    return not is_iop(case) or (case.partnership is not None and not partnership_lacks(case))


@rule(
    "I-02",
    "I-12",
    "I-43",
    unmet=(
        "Det framgår inte vilket beslutat program eller vilken plan partnerskapet förverkligar, "
        "och var idéburna aktörer nämns i det."
    ),
    at="partnership",
)
def programme_passage_is_quoted(case):
    one = case.partnership
    said = one and one.programme_id and one.passage.strip() and one.passage_at.strip()
    return not is_iop(case) or bool(said)


@rule(
    "I-02",
    unmet="Programmet eller planen gäller inte längre. Välj en som gäller.",
    at="partnership",
)
def programme_is_in_force(case):
    programme = case.partnership.programme if is_iop(case) and case.partnership else None
    return programme is None or programme.ends_on is None or programme.ends_on >= clock.today()


def how_far_the_head_has_come(case) -> list[str]:
    told = latest_information(case)
    return [f"{told.head} har inte läst informationen än."] if told else []


def latest_information(case):
    one = case.partnership
    return one and one.informations.filter(kind="interest").select_related("head").last()


@rule(
    "I-06",
    "I-13",
    unmet="Högsta chefen är inte informerad om intresset och bedömningen.",
    at="inform_head",
    explain=how_far_the_head_has_come,
)
def head_is_informed(case):
    told = latest_information(case)
    return not is_iop(case) or bool(told and told.read_at)


@rule("I-13", unmet="Bara vid partnerskap behövs det här.")
def is_a_partnership(case):
    return is_iop(case)


@rule("I-06", unmet="Bara den som informationen är riktad till kan läsa den som högsta chef.")
def information_is_to_the_person(information, person):
    return information.head_id == person.pk


@rule(
    "I-20",
    unmet="Styrgruppen saknar deltagare från någon av sidorna.",
    at="steering",
)
def steering_group_is_appointed(case):
    one = case.partnership
    sides = set(one.members.filter(left_on=None).values_list("side", flat=True)) if one else set()
    return not is_iop(case) or sides == {"us", "organisation"}
