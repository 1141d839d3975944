"""Projects with others' money, supported employment, and the group's advice before (G-56–G-70)."""

from django.utils import timezone

from audit import clock
from casework.rules import rule
from collaborations.models import Form, Funding, Routine

ADVICE_FIRST = frozenset({Form.IOP, Form.EXTERNAL_FUNDING})
RISKY = frozenset({Form.EXTERNAL_FUNDING, Form.PARTNER_IN_PROJECT})


@rule(
    "G-56",
    "G-64",
    unmet="Beredningsgruppen har inte gett råd om den här formen. Rådet ska finnas före.",
    at="consultation",
)
def group_has_advised(case):
    """On this very form: advice on another is no advice on whether this one suits."""
    if case.form not in ADVICE_FIRST:
        return True
    return case.consultations.filter(form=case.form, answered_at__isnull=False).exists()


def funding_of(case) -> Funding | None:
    return Funding.objects.filter(collaboration=case).first()


def confirmed(case, kind: str) -> bool:
    return case.routines.filter(kind=kind).exists()


@rule(
    "G-52",
    unmet="Bara projekt som vi själva söker pengar till har en ansökan.",
    at="form",
)
def is_externally_funded(case):
    return case.form == Form.EXTERNAL_FUNDING


@rule("G-62", unmet="Finansiären är inte angiven.", at="funding")
def funder_is_named(case):
    return case.form != Form.EXTERNAL_FUNDING or funding_of(case) is not None


@rule(
    "G-63",
    unmet="Ingen har bekräftat att förvaltningens rutin för extern finansiering följs.",
    at="funding",
)
def funding_routine_is_confirmed(case):
    kind = Routine.Kind.EXTERNAL_FUNDING
    return case.form != Form.EXTERNAL_FUNDING or confirmed(case, kind)


@rule(
    "G-62",
    unmet="Finansiären har inte beviljat ansökan.",
    at="funding",
)
def funding_is_granted(case):
    funding = funding_of(case)
    granted = funding is not None and funding.answer == Funding.Answer.GRANTED
    return case.form != Form.EXTERNAL_FUNDING or granted


@rule("G-64", unmet="Ansökan är redan inlämnad.", at="funding")
def application_waits(funding):
    return funding.submitted_on is None


@rule(
    "G-64",
    unmet="Dagen ligger före beredningsgruppens råd. Rådet ska finnas innan ansökan lämnas in.",
    at="on",
)
def advice_is_older_than_the_application(funding):
    advised = funding.collaboration.consultations.filter(
        form=Form.EXTERNAL_FUNDING, answered_at__isnull=False
    ).order_by("answered_at")
    first = advised.first()
    return first is None or timezone.localdate(first.answered_at) <= funding.submitted_on


@rule("G-64", unmet="Ansökan är inte inlämnad, eller så finns redan ett besked.", at="funding")
def answer_waits(funding):
    return funding.submitted_on is not None and not funding.answer


@rule("G-64", unmet="Dagen kan inte ligga efter dagens datum, eller före ansökan.", at="on")
def funding_days_are_in_order(funding):
    days = [day for day in (funding.submitted_on, funding.answered_on) if day]
    return days == sorted(days) and all(day <= clock.today() for day in days)


@rule(
    "G-67",
    unmet="Ansvarig chef har inte bestämt vilka kontroller som ska göras.",
    at="scope",
)
def check_scope_is_decided(case):
    return case.form != Form.PARTNER_IN_PROJECT or case.check_scopes.exists()


@rule("G-67", unmet="Bara för partner i organisationens projekt bestäms kontrollerna så.")
def is_partner_in_a_project(case):
    return case.form == Form.PARTNER_IN_PROJECT


@rule("G-67", unmet="Skriv skälen för vilka kontroller som görs.", at="reasons")
def scope_has_reasons(scope):
    return bool(scope.reasons.strip())


@rule("G-69", unmet="Bara projekt med andras pengar riskbedöms så.")
def is_a_project(case):
    return case.form in RISKY


def latest_risk(case):
    return case.risk_decisions.order_by("-pk").first()


@rule(
    "G-69",
    unmet="Ansvarig chef har inte bedömt om det finns osäkerhet.",
    at="risk",
)
def uncertainty_is_judged(case):
    return case.form not in RISKY or latest_risk(case) is not None


@rule("G-69", unmet="Ansvarig chef har beslutat att inte ta risken.", at="risk")
def risk_is_accepted(case):
    risk = latest_risk(case)
    return case.form not in RISKY or risk is None or risk.accepted


@rule("G-69", unmet="Beskriv riskerna när det finns osäkerhet.", at="risks")
def risks_are_described(risk):
    return not risk.uncertain or bool(risk.risks.strip())


@rule(
    "G-70",
    unmet="Ingen har bekräftat att de vanliga rutinerna för anställningen följs.",
    at="employment",
)
def employment_routine_is_confirmed(case):
    return case.form != Form.EMPLOYER or confirmed(case, Routine.Kind.EMPLOYMENT)


@rule("G-70", unmet="Bara för civilsamhället som arbetsgivare anges en anställning.")
def is_an_employer(case):
    return case.form == Form.EMPLOYER
