"""Kontroll och bedömning av idéburen aktör: what we know of the organisation (I-14, I-54, I-58)."""

from django.utils.text import capfirst

from audit import clock
from casework.swedish import and_list, long_date
from collaborations.agreement_tables import iso
from collaborations.examined import advice_in_words, examined, question_sets, titled
from collaborations.examined import outcomes as table_of_outcomes
from collaborations.holdings import OfOrganisation, of_case
from collaborations.models import Collaboration, Step
from documents.parts import Block, Table, facts_of
from documents.report import ReportData
from organisations.choices import EIGHT_DOCUMENTS
from organisations.holdings import Holding

HEADING = "Kontroll och bedömning av idéburen aktör"
# Those whose every question is about the organisation: printed in full.
IN_FULL = ("ideburen_aktor", "demokrati", "grundkrav", "valfardsbrott")
UNFINISHED = "Kontrollen pågår. Svar och utfall kan ändras."
DOCUMENTS_HEAD = ("Underlag", "Avser", "Kom in", "Gäller till", "Läge")


def report_of(case: Collaboration) -> ReportData:
    """Everything the document says, read now. Before the check is made it is a draft."""
    return ReportData(
        heading=HEADING,
        number=case.number,
        title=and_list(one.name for one in case.organisations.all()),
        administration=case.administration.name,
        unit=case.unit.name,
        made_on=clock.today(),
        prepared_by=str(case.officer),
        responsible=f"Ansvarig chef: {titled(case.responsible_manager)}",
        blocks=tuple(blocks(case)),
        question_sets=tuple(question_sets(case, only=IN_FULL)),
        diary_number=case.registry_number,
        secrecy=case.secrecy_provision,
        draft_words=UNFINISHED if case.step in (Step.REGISTERED, Step.MOTIVATED) else "",
    )


def blocks(case: Collaboration):
    yield Block(
        "Ärendet",
        facts=facts_of(
            ("Samverkan", case.title),
            ("Form", case.get_form_display()),
            (
                "Initiativ",
                f"{capfirst(case.get_initiated_by_display())}, {long_date(case.initiative_on)}",
            ),
            ("Gemensam uppgift och mål", case.task),
        ),
    )
    yield organisations(case)
    yield outcomes(case)
    yield from (documents(one) for one in of_case(case, wanted=EIGHT_DOCUMENTS))
    tests = tuple(examined(case))
    intro = "Varje prövning: utfall, skäl, vem som bedömde och när." if tests else ""
    yield Block("Bedömningar", intro=intro, none="Ingen prövning är påbörjad.")
    yield from tests
    yield advice(case)


def organisations(case: Collaboration) -> Block:
    rows = tuple(
        (
            one.name,
            one.number_written or "Saknas, är ingen juridisk person",
            capfirst(one.get_legal_form_display()),
        )
        for one in case.organisations.all()
    )
    head = ("Organisation", "Organisationsnummer", "Form")
    return Block("Vem kontrollen gäller", table=Table(head, rows))


def outcomes(case: Collaboration) -> Block:
    """All tests with what they came to, on one page."""
    return Block(
        "Sammanfattning",
        intro="Utfallen är förslag ur svaren. Ansvarig chef bedömer och nämnden beslutar.",
        table=table_of_outcomes(case),
    )


def documents(one: OfOrganisation) -> Block:
    return Block(
        f"Åtta underlag från {one.organisation.name}",
        table=Table(
            DOCUMENTS_HEAD,
            tuple(row_of(row) for row in one.rows if row.wanted),
            short=(1, 2, 3, 4),
        ),
    )


def row_of(row: Holding) -> tuple[str, ...]:
    held = row.document
    if held is None:
        return (row.label, "", "", "", row.state.label)
    until = iso(row.valid_until) or "Tills vidare"
    return (row.label, held.period, iso(held.received_on), until, row.state.label)


def advice(case: Collaboration) -> Block:
    """Of the group and of those who were asked without it being about a test."""
    given = case.consultations.standing().select_related("answered_by")
    asked = case.opinions.answered().filter(test="").select_related("answered_by")
    said = [("Beredningsgruppen", one.get_advice_display(), one) for one in given] + [
        (capfirst(one.get_function_display()), one.conclusion_in_words, one) for one in asked
    ]
    lines = tuple(advice_in_words(f"{who}: ", what, one) for who, what, one in said)
    return Block("Råd och yttranden", lines=lines, none="Inget råd har lämnats.")
