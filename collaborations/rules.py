"""The rules of a case. Each is a claim with its catalogue id and the sentence the user reads.

Which rule applies to which form stands in gates.py; which move asks it, in workflow.py.
"""

from datetime import date, timedelta

from accounts.permissions import Permission, may
from audit import clock
from casework.rules import rule
from collaborations import standing
from collaborations.models import Form

# G-47 leaves the interval to the decider; product.md §3 and I-21 set twelve months as the latest.
LONGEST_WAIT = timedelta(days=366)


# --- the motivation --------------------------------------------------------------------------


@rule(
    "G-16",
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
    "G-43",
    unmet="Ingen organisation får väljas ut så att andra missgynnas. Fler måste få möjligheten.",
    at="motivation",
)
def nobody_is_singled_out(case):
    return case.equal_chance is True


@rule(
    "G-21",
    unmet="Det är inte besvarat om barn berörs och om personuppgifter delas.",
    at="motivation",
)
def minors_and_personal_data_are_answered(case):
    return case.involves_minors is not None and case.shares_personal_data is not None


@rule("G-42", unmet="Välj vilket slag av informell samverkan det är.", at="motivation")
def kind_of_informal_is_chosen(case):
    return case.form != Form.INFORMAL or bool(case.informal_kind)


# --- the form gate ---------------------------------------------------------------------------


@rule(
    "G-44",
    unmet=(
        "Informell samverkan är inte möjlig när vi lämnar pengar, personal, lokal eller varor. "
        "Ta bort insatsen eller välj en formell form."
    ),
    at="motivation",
)
def informal_hands_nothing_over(case):
    return case.form != Form.INFORMAL or not case.terms.handed_over()


@rule(
    "G-51",
    unmet="En skriftlig överenskommelse gör samverkan formell. Välj en formell form.",
    at="motivation",
)
def informal_has_no_written_agreement(case):
    return case.form != Form.INFORMAL or not case.terms.written_agreement


@rule(
    "G-40",
    unmet="Det är inte besvarat om det ska finnas en skriftlig överenskommelse.",
    at="motivation",
)
def agreement_question_is_answered(case):
    return case.terms.written_agreement is not None


@rule(
    "G-52",
    unmet=(
        "Formell samverkan kommer i en senare version av Samverkan. Ärendet kan sparas, "
        "men inte gå vidare i den här formen ännu."
    ),
    at="motivation",
)
def form_is_open(case):
    return case.form == Form.INFORMAL


@rule("G-53", unmet="Föreningsbidrag ges inte här.", at="motivation")
def is_no_association_grant(case):
    return case.form != Form.ASSOCIATION_GRANT


# --- the check -------------------------------------------------------------------------------


def remaining_sentences(case):
    return [
        f"{state.name}: {len(state.remaining)} frågor återstår."
        for state in standing.of(case).values()
        if state.remaining
    ]


@rule(
    "G-25",
    "G-46",
    unmet="Alla frågor är inte besvarade.",
    at="check",
    explain=remaining_sentences,
)
def every_question_is_answered(case):
    return not any(state.remaining for state in standing.of(case).values())


def blocking_sentences(case):
    state = standing.of(case)["grundkrav"]
    return [f"Grundkraven är inte uppfyllda: {item.code} {item.text}" for item in state.blocking]


@rule(
    "G-25",
    "G-46",
    "G-34",
    unmet="Grundkraven är inte uppfyllda.",
    at="grundkrav",
    explain=blocking_sentences,
)
def basic_requirements_are_met(case):
    return not standing.of(case)["grundkrav"].blocking


def unmotivated_sentences(case):
    return [
        f"{item.code} behöver en skriftlig motivering av ansvarig chef."
        for state in standing.of(case).values()
        for item in state.to_motivate
    ]


@rule(
    "G-25",
    "G-48",
    unmet="Svar som avviker behöver en skriftlig motivering av ansvarig chef.",
    at="check",
    explain=unmotivated_sentences,
)
def deviations_are_motivated(case):
    return not any(state.to_motivate for state in standing.of(case).values())


def uninquired_sentences(case):
    return [
        f"{item.code} behöver utredas innan beslut."
        for state in standing.of(case).values()
        for item in state.to_inquire
    ]


@rule(
    "G-25",
    "G-29",
    unmet="Något behöver utredas innan beslut.",
    at="check",
    explain=uninquired_sentences,
)
def inquiries_are_done(case):
    return not any(state.to_inquire for state in standing.of(case).values())


@rule(
    "G-27",
    "G-28",
    "G-29",
    "G-30",
    "G-31",
    unmet="Demokrativillkoren är inte prövade med godtagbart utfall.",
    at="demokrati",
)
def democracy_conditions_are_met(case):
    return standing.of(case)["demokrati"].outcome in ("antas_uppfyllt", "uppfyllt")


@rule(
    "G-33",
    unmet="Risken för välfärdsbrott är inte bedömd.",
    at="valfardsbrott",
)
def welfare_crime_risk_is_weighed(case):
    return not standing.of(case)["valfardsbrott"].remaining


@rule(
    "G-35",
    unmet="Varningstecken på välfärdsbrott har kryssats för. Läs kommentarerna innan du beslutar.",
    at="valfardsbrott",
)
def no_warning_signs(case):
    return standing.of(case)["valfardsbrott"].outcome not in ("forhojd", "hog")


# --- around the decision ---------------------------------------------------------------------


@rule(
    "G-45",
    unmet="Beredningsgruppen har fått en fråga som den inte har svarat på än.",
    at="consultation",
)
def consultations_are_answered(case):
    return not case.consultations.unanswered().exists()


@rule(
    "G-14",
    unmet="Organisationen har redan annan pågående samverkan med förvaltningen.",
    at="overlap",
)
def organisation_has_no_other_collaboration(case):
    return (
        not type(case)
        .objects.running()
        .filter(organisations__in=case.organisations.all(), administration=case.administration_id)
        .exclude(pk=case.pk)
        .exists()
    )


@rule("G-10", unmet="Initiativet är inte meddelat till beredningsgruppen.", at="notices")
def initiative_is_reported(case):
    return standing.initiative_is_told(case)


@rule("G-50", "G-78", unmet="Avslutet är inte meddelat till beredningsgruppen.", at="notices")
def end_is_told(case):
    return standing.end_is_told(case)


@rule("G-49", "G-77", unmet="Beslutet är inte meddelat till beredningsgruppen.", at="notices")
def decision_is_told(case):
    return standing.decision_is_told(case)


@rule("G-76", "G-48", unmet="Beslutsdokumentet är inte gjort.", at="decision")
def document_is_made(case):
    return standing.document_is_made(case)


@rule("G-47", unmet="Beslutet är att avstå. Då finns inget att starta.", at="decision")
def decided_to_start(case):
    return case.outcome == "start"


@rule("G-47", "G-81", unmet="Slutuppföljningen är inte gjord.", at="follow_up")
def closing_follow_up_is_made(case):
    return case.follow_ups.filter(kind="closing").exists()


# --- the decision itself (asked of the Decision before it is saved) --------------------------


@rule("G-48", unmet="Skriv skälen för beslutet.", at="reasons")
def reasons_are_given(decision):
    return bool(decision.reasons.strip())


@rule(
    "G-47",
    unmet="Ange hur samverkan följs upp, av vem och när.",
    at="follow_up_method",
)
def follow_up_is_planned(decision):
    return decision.kind != "start" or bool(
        decision.follow_up_method.strip() and decision.follow_up_by_id and decision.follow_up_on
    )


@rule(
    "G-47",
    "G-81",
    unmet="Uppföljningen ska ske efter dagens datum och senast om tolv månader.",
    at="follow_up_on",
)
def follow_up_comes_within_a_year(decision):
    return decision.follow_up_on is None or is_within_a_year(decision.follow_up_on)


def is_within_a_year(day: date, start: date | None = None) -> bool:
    start = start or clock.today()
    return start < day <= start + LONGEST_WAIT


# --- the person ------------------------------------------------------------------------------


@rule(
    "G-37",
    unmet="Du har anmält jäv i ärendet. Du kan inte handlägga det förrän frågan är avgjord.",
    at="conflict",
)
def person_is_free_of_conflict(case, person):
    declaration = standing.declaration_of(case, person)
    return declaration is None or declaration.is_free


@rule(
    "G-36",
    unmet="Lämna först din jävsförklaring för det här ärendet.",
    at="conflict",
)
def person_has_declared(case, person):
    return standing.declaration_of(case, person) is not None


@rule(
    "G-15",
    "G-47",
    unmet="Bara ansvarig chef för ärendet kan göra det här.",
    at="hand_over",
)
def person_is_the_responsible_manager(case, person):
    return case.responsible_manager_id == person.pk


@rule(
    "G-38",
    unmet=(
        "Jävsfrågan avgörs av ansvarig chef, eller av den chefens chef när den gäller "
        "ansvarig chef själv."
    ),
    at="conflict",
)
def person_may_rule(declaration, person):
    return standing.falls_to(declaration, person)


@rule(
    "G-15",
    unmet="Den nya chefen har ingen rätt att besluta i den här enheten.",
    at="manager",
)
def new_manager_may_decide(case, person):
    return person.is_active and may(person, Permission.COLLABORATION_DECIDE, case)


@rule("G-37", unmet="Den nya chefen har anmält jäv i ärendet.", at="manager")
def new_manager_is_free_of_conflict(case, person):
    return standing.is_free(case, person)
