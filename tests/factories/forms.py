"""What single forms need beside the rest: partnership, funding, scope, risk, routine."""

from datetime import date, timedelta

from django.utils import timezone

from collaborations import standing
from collaborations.models import Collaboration, Form, Step
from collaborations.steps.consult import advise, ask_for_advice
from collaborations.steps.declare import declare
from collaborations.steps.fund import (
    answer_application,
    confirm_employment,
    describe_funding,
    submit_application,
)
from collaborations.steps.partnership import (
    appoint,
    inform_head,
    read_information,
    write_partnership,
)
from collaborations.steps.scope import decide_risk, decide_scope
from iop.models import HeadInformation, Programme
from tests.factories.collaborations import Place, free_answers
from tests.factories.held import handed_in

WRITTEN = {
    "challenge": "Unga i stadsdelen lämnar skolan utan betyg.",
    "why_complex": "Skola, fritid och hem hänger ihop, och ingen har en färdig lösning.",
    "solution": "Vi öppnar lokalen och föreningen möter de unga på kvällarna.",
    "passage": "Idéburna aktörer ska vara med i arbetet.",
    "passage_at": "s. 12",
}


def a_programme(at: Place, **facts) -> Programme:
    return Programme.objects.create(
        administration=at.administration,
        **{
            "title": "Program för ungas framtid",
            "decided_by": "Kommunfullmäktige",
            "decided_on": date(2024, 3, 4),
            **facts,
        },
    )


def tell_head(case: Collaboration, at: Place) -> HeadInformation:
    return inform_head(
        case,
        head=at.head,
        assessment="Föreningen vill ingå partnerskap. Det hjälper programmet.",
        by=at.manager,
        version=case.version,
    )


def declared(case: Collaboration, person) -> None:
    if standing.declaration_of(case, person) is None:
        declare(case, inputs=free_answers(), by=person)


def before_motivated(case: Collaboration, at: Place) -> None:
    """What the form asks for before the motivation is finished."""
    if case.form == Form.IOP:
        write_partnership(
            case, **WRITTEN, programme=a_programme(at), by=at.officer, version=case.version
        )
        read_information(case, tell_head(case, at), by=at.head)
    if case.form == Form.PARTNER_IN_PROJECT:
        declared(case, at.manager)
        decide_scope(
            case, sets=["grundkrav"], reasons="Som ESF.", by=at.manager, version=case.version
        )


def advised(case: Collaboration, at: Place) -> None:
    asked = ask_for_advice(
        case,
        question="Passar formen?",
        due_on=timezone.localdate() + timedelta(days=9),
        by=at.officer,
        version=case.version,
    )
    declared(case, at.adviser)
    advise(asked, advice="suitable", reasons="Formen passar.", by=at.adviser)
    case.refresh_from_db()


def funded(case: Collaboration, at: Place) -> None:
    today = timezone.localdate()
    by = {"by": at.officer}
    describe_funding(
        case,
        funder="ESF-rådet",
        programme="ESF+",
        call="Unga",
        routine="Intranätet",
        version=case.version,
        **by,
    )
    submit_application(case, on=today, version=case.version, **by)
    answer_application(case, answer="granted", on=today, version=case.version, **by)


def steered(case: Collaboration, at: Place) -> None:
    ours = {"side": "us", "person": at.manager, "role": "ordförande"}
    for who in (ours, {"side": "organisation", "role": "ordförande i föreningen"}):
        appoint(case, **who, by=at.manager, version=case.version)


def no_risk(case: Collaboration, at: Place) -> None:
    declared(case, at.manager)
    decide_risk(case, uncertain=False, risks="", accepted=True, by=at.manager, version=case.version)


def after_motivated(case: Collaboration, at: Place) -> None:
    """What the form asks for before the decision, beside questions and agreement."""
    assert case.step == Step.MOTIVATED
    if case.form in (Form.IOP, Form.EXTERNAL_FUNDING):
        advised(case, at)
    if case.form == Form.IOP:
        steered(case, at)
        handed_in(case, at)
    if case.form == Form.EXTERNAL_FUNDING:
        funded(case, at)
    if case.form in (Form.EXTERNAL_FUNDING, Form.PARTNER_IN_PROJECT):
        no_risk(case, at)
    if case.form == Form.EMPLOYER:
        confirm_employment(
            case,
            employment="protected",
            reference="Rutin för OSA",
            by=at.officer,
            version=case.version,
        )
