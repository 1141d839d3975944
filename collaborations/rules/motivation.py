"""What the motivation must say (G-16–G-26, G-43)."""

from agreements.models.terms import LARGEST, LARGEST_HOURS
from audit import clock
from casework.rules import rule
from collaborations.models import Form


@rule(
    "G-16",
    "G-71",
    unmet="De tre frågorna om uppdrag, ansvar och målgrupp är inte besvarade med motivering.",
    at="motivation",
)
def three_questions_are_answered(case):
    return all(
        (
            case.within_competence is not None and case.within_competence_why,
            case.within_area is not None and case.within_area_why,
            case.for_target_group is not None and case.for_target_group_why,
        )
    )


@rule(
    "G-16",
    unmet=(
        "Samverkan kan inte inledas: den ligger inte inom kommunens befogenheter, "
        "förvaltningens ansvar och någon av våra målgrupper."
    ),
    at="motivation",
)
def lies_within_our_task(case):
    return bool(case.within_competence and case.within_area and case.for_target_group)


@rule("G-16", unmet="Område och minst en målgrupp är inte valda.", at="motivation")
def area_and_target_group_are_chosen(case):
    return case.area_id is not None and case.target_groups.exists()


@rule(
    "G-19", unmet="Behovet är inte beskrivet: välj slag av behov och beskriv det.", at="motivation"
)
def need_is_described(case):
    return bool(case.need_type and case.need)


@rule(
    "G-20",
    unmet="Inget uppdrag i årets budget är valt, eller så har året gått.",
    at="motivation",
)
def follows_an_assignment_of_the_year(case):
    return case.assignments.filter(year__gte=clock.today().year).exists()


@rule("G-26", unmet="Det framgår inte hur målgruppen får komma till tals.", at="motivation")
def target_group_is_heard(case):
    return bool(case.target_group_heard)


@rule(
    "G-17",
    "G-43",
    unmet="Det är inte besvarat om fler har fått samma möjlighet, och hur öppet det har varit.",
    at="motivation",
)
def openness_is_described(case):
    return case.equal_chance is not None and bool(case.equal_chance_why)


@rule(
    "G-17",
    "G-43",
    "G-68",
    unmet="Ingen organisation får väljas ut så att andra missgynnas. Fler måste få möjligheten.",
    at="motivation",
)
def nobody_is_singled_out(case):
    return case.equal_chance is True or not may_favour(case)


def may_favour(case) -> bool:
    """G-17 and G-68: another agreement where we hand something over, a partner where one signs."""
    if case.form == Form.OTHER_AGREEMENT:
        return bool(case.terms.handed_over())
    if case.form == Form.PARTNER_IN_PROJECT:
        return bool(case.terms.written_agreement)
    return True


@rule(
    "G-21",
    unmet="Det är inte besvarat om barn berörs och om personuppgifter delas.",
    at="motivation",
)
def minors_and_personal_data_are_answered(case):
    return case.involves_minors is not None and case.shares_personal_data is not None


@rule(
    "I-39",
    "G-74",
    unmet="En insats har ett värde eller timmar som är negativa eller orimligt stora.",
    at="contributions",
)
def amounts_are_sane(line):
    """Of a contribution, before it is saved."""
    value, hours = line.value or 0, line.hours or 0
    return 0 <= value <= LARGEST and 0 <= hours <= LARGEST_HOURS


@rule("G-42", unmet="Välj vilket slag av informell samverkan det är.", at="motivation")
def kind_of_informal_is_chosen(case):
    return case.form != Form.INFORMAL or bool(case.informal_kind)
