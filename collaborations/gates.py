"""Which rule blocks, warns or is silent for which form, before a decision to start.

The catalogue's table 1.7.2, row by row, to be proofread against it as a whole.
"""

from dataclasses import dataclass
from enum import StrEnum

from casework.rules import Rule
from collaborations import rules
from collaborations.models import Form, Outcome


class Strength(StrEnum):
    BLOCKS = "blocks"
    WARNS = "warns"
    SILENT = "silent"


# The columns, in the catalogue's order. köp av tjänst and föreningsbidrag are no collaboration.
COLUMNS = (
    Form.INFORMAL,
    Form.OTHER_AGREEMENT,
    Form.IOP,
    Form.EXTERNAL_FUNDING,
    Form.PARTNER_IN_PROJECT,
    Form.EMPLOYER,
)
CELLS = {"B": Strength.BLOCKS, "W": Strength.WARNS, "-": Strength.SILENT}


@dataclass(frozen=True)
class Gate:
    label: str
    sources: tuple[str, ...]
    cells: tuple[Strength, ...]
    rules: tuple[Rule, ...]
    note: str = ""

    def strength(self, form: str) -> Strength:
        return dict(zip(COLUMNS, self.cells, strict=True)).get(form, Strength.SILENT)


def gate(label: str, sources: str, cells: str, *gate_rules: Rule, note: str = "") -> Gate:
    return Gate(
        label,
        tuple(sources.split()),
        tuple(CELLS[cell] for cell in cells.split()),
        gate_rules,
        note,
    )


GATES = (
    # informal, other agreement, IOP, external funding, partner in project, employer
    gate(
        "Motivering ur uppdrag, behov och målgrupp",
        "G-16 G-19 G-45 G-71",
        "B B B B B B",
        rules.three_questions_are_answered,
        rules.lies_within_our_task,
        rules.area_and_target_group_are_chosen,
        rules.need_is_described,
    ),
    gate(
        "Uppdrag i årets budget",
        "G-20",
        "W W W W W W",
        rules.follows_an_assignment_of_the_year,
    ),
    gate(
        "Checklistan för grundläggande krav",
        "G-25 G-46 G-72",
        "B B B B B -",
        rules.every_question_is_answered,
        rules.basic_requirements_are_met,
        rules.deviations_are_motivated,
        rules.inquiries_are_done,
        note="Partner i organisationens projekt: omfattningen bestäms i varje fall (G-67).",
    ),
    gate(
        "Demokrativillkor och övriga grunder för att avstå",
        "G-27 G-28 G-29 G-30 G-31 I-48",
        "B B B B B B",
        rules.democracy_conditions_are_met,
        rules.organisation_is_not_being_reexamined,
    ),
    gate(
        "Ingen pekas ut eller gynnas",
        "G-17 G-43 G-68",
        "B B B B B -",
        rules.openness_is_described,
        rules.nobody_is_singled_out,
        note=(
            "Annan överenskommelse: när vi lämnar resurser (G-17). Partner i organisationens "
            "projekt: när det finns en skriftlig överenskommelse (G-68)."
        ),
    ),
    gate(
        "Ingen ersättning",
        "G-44",
        "B - - - - -",
        rules.informal_hands_nothing_over,
        rules.informal_has_no_written_agreement,
    ),
    gate(
        "Upphandlingsbedömning",
        "G-18 G-59 I-16 I-44",
        "- B B B B -",
        rules.public_contract_is_assessed,
        rules.no_public_contract,
        note="Partner i organisationens projekt: när det finns en skriftlig överenskommelse.",
    ),
    gate(
        "Statligt stöd och kommunallagen",
        "I-15 I-45 I-47",
        "- B B B B -",
        rules.state_aid_is_assessed,
        rules.aid_may_be_given,
        rules.municipal_act_is_followed,
        note=(
            "IOP: alltid. Annars när vi lämnar resurser; för partner i organisationens projekt "
            "när det ingår i den bestämda omfattningen."
        ),
    ),
    gate(
        "Stöd av mindre betydelse",
        "I-45 I-46",
        "- B B B B -",
        rules.small_aid_is_valued,
        rules.recipient_has_declared_other_aid,
        rules.small_aid_is_under_the_ceiling,
        note="När prövningen av statligt stöd har kommit fram till den vägen.",
    ),
    gate(
        "Lån, borgen och garanti",
        "S-23",
        "- W W W W -",
        rules.lawyer_has_seen_loans_and_guarantees,
    ),
    gate(
        "Kontroll av idéburen aktör",
        "I-14 I-40",
        "- - B - - -",
        rules.organisation_is_a_civil_actor,
    ),
    gate(
        "Nio villkor för partnerskap",
        "I-43",
        "- - B - - -",
        rules.partnership_conditions_are_met,
    ),
    gate(
        "Svar som stoppar ett beslut att inleda",
        "I-42 G-48",
        "B B B B B B",
        rules.no_answer_stops,
        note="Gäller varje prövning som ärendet behöver; checklistan har en egen rad.",
    ),
    gate(
        "Initiativet är organisationens",
        "I-37",
        "- - B - - -",
        rules.initiative_is_the_organisations,
    ),
    gate(
        "Åtta underlag",
        "I-54",
        "- W B W - -",
        rules.eight_documents_are_received,
        note="Vad som saknas kan förklaras i förutsättningarna för partnerskap (IOP-13).",
    ),
    gate(
        "Risk för välfärdsbrott",
        "G-33 G-35",
        "B B B B B -",
        rules.welfare_crime_risk_is_weighed,
    ),
    gate(
        "Varningstecken på välfärdsbrott",
        "G-35",
        "W W W W W -",
        rules.no_warning_signs,
    ),
    gate(
        "Jävsförklaringar",
        "G-36 G-37 G-38",
        "B B B B B B",
        rules.person_has_declared,
        rules.person_is_free_of_conflict,
        note="Frågas av den som kontrollerar, ger råd eller beslutar.",
    ),
    gate(
        "Samråd med beredningsgruppen",
        "G-45 G-56 G-64 G-73",
        "W W B B W W",
        rules.consultations_are_answered,
        note="Informell: frivilligt. Den som har frågat påminns om att svaret dröjer.",
    ),
    gate(
        "Inköpsfunktionen deltar",
        "G-60 I-26",
        "- B W - - -",
        rules.procurement_takes_part,
        note="Annan överenskommelse: när vi lämnar pengar. Ett köp lämnas över till inköp.",
    ),
    gate(
        "Högsta chefen informerad",
        "I-06 I-13",
        "- - B - - -",
        rules.head_is_informed,
        note="Före beredningen: informationen ska vara läst innan motiveringen är klar.",
    ),
    gate(
        "Sammansatt utmaning och beslutat program",
        "I-02 I-04 I-12 I-43",
        "- - B - - -",
        rules.challenge_is_described,
        rules.programme_passage_is_quoted,
        rules.programme_is_in_force,
    ),
    gate("Styrgrupp", "I-20", "- - B - - -", rules.steering_group_is_appointed),
    gate(
        "Beredningsgruppens råd om formen",
        "G-56 G-64",
        "- - B B - -",
        rules.group_has_advised,
        note="Extern finansiering: före ansökan.",
    ),
    gate(
        "Finansiär, rutin och beviljad ansökan",
        "G-62 G-63 G-64",
        "- - - B - -",
        rules.funder_is_named,
        rules.funding_routine_is_confirmed,
        rules.funding_is_granted,
    ),
    gate(
        "Omfattning av kontrollen",
        "G-66 G-67",
        "- - - - B -",
        rules.check_scope_is_decided,
    ),
    gate(
        "Riskbedömning vid osäkerhet",
        "G-69",
        "- - - B B -",
        rules.uncertainty_is_judged,
        rules.risk_is_accepted,
    ),
    gate(
        "Rutiner för anställningen",
        "G-70",
        "- - - - - B",
        rules.employment_routine_is_confirmed,
    ),
    gate(
        "Beslutanderätt",
        "G-47 G-74 I-07",
        "B B B B B B",
        rules.person_is_the_responsible_manager,
        rules.person_has_the_right,
        rules.decision_follows_the_board,
        rules.what_we_hand_over_is_valued,
        note="Frågas av den som beslutar. Det vi lämnar räknas i kronor för hela perioden.",
    ),
    gate(
        "Nämndens beslut",
        "I-07 I-19 G-74",
        "- B B B B -",
        rules.board_has_decided_where_it_must,
        note="IOP: alltid nämnden. Annars när ingen punkt i delegationsordningen når hit.",
    ),
    gate(
        "Skriftlig överenskommelse",
        "G-51 G-54 G-75 I-55 M-58",
        "- B B B B -",
        rules.agreement_proposal_is_complete,
        rules.both_sides_contribute,
        rules.agreement_is_signed,
        note=(
            "Utkastet är klart före beslutet. Undertecknad är den när samverkan börjar. Partner i "
            "organisationens projekt: när det ska finnas en skriftlig överenskommelse."
        ),
    ),
    gate(
        "Mätbara mål och lång period",
        "G-80 M-63",
        "- W W W W -",
        rules.goals_are_measurable,
        rules.partnership_is_for_more_than_a_year,
    ),
    gate(
        "Plan för uppföljning",
        "G-47 G-75",
        "B B B B B B",
        rules.follow_up_is_planned,
        rules.follow_up_comes_within_a_year,
        note=(
            "Frågas av själva beslutet. Arbetsgivare: källan kräver ingen plan, men all samverkan "
            "som pågår har en dag för uppföljning."
        ),
    ),
    gate(
        "Meddelande till brevlådan vid start och slut",
        "G-10 G-49 G-50 G-77 G-78",
        "B B B B B B",
        rules.decision_is_told,
        rules.end_is_told,
        note="Samverkan börjar när beslutet är meddelat och slutföljs när avslutet är det.",
    ),
    gate(
        "Annan samverkan med samma organisation",
        "G-14",
        "W W W W W W",
        rules.organisation_has_no_other_collaboration,
    ),
)

# Asked elsewhere than of the case before the decision: of the person, of the decision, afterwards.
ASKED_ELSEWHERE = frozenset(
    {
        rules.person_has_declared,
        rules.person_is_free_of_conflict,
        rules.person_is_the_responsible_manager,
        rules.person_has_the_right,
        rules.decision_follows_the_board,
        rules.follow_up_is_planned,
        rules.follow_up_comes_within_a_year,
        rules.agreement_is_signed,
        rules.decision_is_told,
        rules.end_is_told,
    }
)


def of_strength(form: str, strength: Strength) -> tuple[Rule, ...]:
    return tuple(
        rule
        for gate in GATES
        if gate.strength(form) == strength
        for rule in gate.rules
        if rule not in ASKED_ELSEWHERE
    )


def before_decision(case) -> tuple[Rule, ...]:
    """To start is gated. To refrain only takes reasons, which the decision itself is asked for."""
    if case.outcome == Outcome.REFRAIN:
        return ()
    return (rules.is_no_purchase, *of_strength(case.form, Strength.BLOCKS))


def warnings_before_decision(case) -> tuple[Rule, ...]:
    return () if case.outcome == Outcome.REFRAIN else of_strength(case.form, Strength.WARNS)


BEFORE_MOTIVATED = (
    rules.is_no_association_grant,
    rules.is_no_purchase,
    rules.three_questions_are_answered,
    rules.area_and_target_group_are_chosen,
    rules.need_is_described,
    rules.target_group_is_heard,
    rules.openness_is_described,
    rules.minors_and_personal_data_are_answered,
    rules.agreement_question_is_answered,
    rules.kind_of_informal_is_chosen,
    rules.informal_hands_nothing_over,
    rules.informal_has_no_written_agreement,
    rules.initiative_is_the_organisations,
    rules.head_is_informed,
    rules.check_scope_is_decided,
)
# A formal collaboration begins when its manager says so, the agreement being signed (G-75).
BEFORE_START = (
    rules.is_formal,
    rules.decided_to_start,
    rules.agreement_is_signed,
    rules.nothing_new_speaks_against,
)
BEFORE_CHECKED = (rules.every_question_is_answered,)
ON_THE_DECISION = (
    rules.reasons_are_given,
    rules.decision_follows_the_board,
    rules.decision_answers_the_advice,
    rules.follow_up_is_planned,
    rules.follow_up_comes_within_a_year,
)
