"""The group's advice and the opinions: who stands aside, what may lapse, and what a decider says.

Advice stands beside the decision and binds nobody (G-15). But who starts against it says why.
"""

from audit import clock
from casework.rules import rule
from collaborations import standing
from collaborations.models import (
    Advice,
    Collaboration,
    Consultation,
    DecisionKind,
    Form,
)
from collaborations.models.consultation import MUST_HAVE_ADVICE
from collaborations.rules.referral import procurement_takes_part

TO_ANSWER = (Advice.UNSUITABLE, Advice.CONDITIONAL)


@rule(
    "G-37", "KL 6:30", unmet="Du är jävig i frågan. Du deltar inte i samtalet eller i rådet om den."
)
def person_takes_part(consultation, person):
    """Neither noted as standing aside, nor with a conflict of their own in the case."""
    if consultation.recusals.standing().filter(person=person.pk).exists():
        return False
    case = consultation.collaboration
    return case is None or standing.is_free(case, person)


@rule(
    "G-37",
    "KL 6:30",
    unmet=(
        "Den som är antecknad som jävig tar inte själv tillbaka anteckningen. "
        "Be någon annan i gruppen."
    ),
)
def another_takes_it_back(recusal, person):
    """Who has jäv does not decide that they have none."""
    return recusal.person_id != person.pk


@rule("G-37", unmet="Anteckningen om jäv är redan tillbakatagen.")
def note_stands(recusal):
    return not recusal.is_withdrawn


def what_became_of_it(consultation):
    if consultation.answered_at:
        if consultation.case_is_past or not advice_can_be_superseded(consultation):
            return ["Frågan är redan besvarad."]
        return ["Frågan är redan besvarad. Ett nytt råd ges för sig och ersätter det förra."]
    return ["Frågan är avslutad utan yttrande. Den som behöver ett råd ställer en ny fråga."]


@rule("G-09", unmet="Frågan väntar inte längre på svar.", explain=what_became_of_it)
def question_waits(consultation):
    return consultation.waits


def where_the_case_is(consultation):
    step = consultation.collaboration.get_step_display()
    return [f"Ärendet är i läget {step} och behöver inte längre något råd."]


@rule(
    "G-45",
    unmet="Ärendet behöver inte längre något råd.",
    at="consultation",
    explain=where_the_case_is,
)
def case_needs_advice(consultation):
    return not consultation.case_is_past


@rule("G-09", unmet="Det finns inget råd att ersätta, eller så är det redan ersatt.")
def advice_can_be_superseded(consultation):
    taken = Consultation.objects.filter(supersedes=consultation.pk).exists()
    return consultation.answered_at is not None and not taken


@rule(
    "G-56",
    "G-64",
    unmet=(
        "Beredningsgruppens råd ska finnas före partnerskap och innan vi söker extern "
        "finansiering. Ärendet kan inte gå vidare utan det."
    ),
)
def advice_is_no_must(consultation):
    forms = {consultation.form, consultation.collaboration.form}
    return not forms & set(MUST_HAVE_ADVICE)


@rule("G-45", "G-73", unmet="Sista dagen för svaret har inte passerat än.")
def last_day_has_passed(asked):
    """asked: a consultation or an opinion."""
    return asked.due_on < clock.today()


@rule(
    "G-60",
    unmet="Inköp och upphandling ska alltid delta när vi betalar. Yttrandet behövs före beslutet.",
)
def opinion_is_no_must(opinion):
    case = opinion.collaboration
    must = opinion.function == "procurement" and case.form == Form.OTHER_AGREEMENT
    return not must or procurement_takes_part(case)


def advice_to_answer(case: Collaboration) -> list[Consultation]:
    """Advice on this very form that says no, or yes on conditions, and that stands."""
    given = case.consultations.standing().filter(advice__in=TO_ANSWER, form__in=(case.form, ""))
    return list(given)


def what_to_say(given: list[Consultation]) -> str:
    """What the decider is asked to write about such advice."""
    if any(one.advice == Advice.UNSUITABLE for one in given):
        return "Beredningsgruppen har svarat olämplig. Skriv varför du inleder ändå."
    return "Beredningsgruppen har satt villkor. Skriv hur de möts, eller varför du inleder ändå."


def what_the_decision_lacks(decision):
    return [what_to_say(advice_to_answer(decision.collaboration))]


@rule(
    "G-15",
    "G-45",
    unmet="Skriv varför rådet inte följs, eller hur villkoren möts.",
    at="against_advice",
    explain=what_the_decision_lacks,
)
def decision_answers_the_advice(decision):
    """To refrain needs no such reason, whatever was advised: nobody has a right to samverkan."""
    starts = decision.kind == DecisionKind.START
    answered = bool(decision.against_advice.strip())
    return not starts or answered or not advice_to_answer(decision.collaboration)
