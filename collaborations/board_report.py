"""Tjänsteutlåtande: what the board reads before it decides on a partnership (I-19)."""

from django.utils.text import capfirst

from agreements import reading
from audit import clock
from casework.swedish import and_list, kronor, long_date
from collaborations import agreement_tables
from collaborations.examined import advice_in_words, outcomes, titled
from collaborations.form_facts import in_words
from collaborations.models import Collaboration
from documents.parts import Block, facts_of
from documents.report import ReportData


def report_of(case: Collaboration) -> ReportData:
    """Everything the report says, read now."""
    return ReportData(
        heading="Tjänsteutlåtande",
        number=case.number,
        title=f"Idéburet offentligt partnerskap: {case.title}",
        administration=case.administration.name,
        unit=case.unit.name,
        made_on=clock.today(),
        prepared_by=case.officer.name,
        responsible=str(titled(case.responsible_manager)),
        proposal=proposal(case),
        blocks=tuple(blocks(case)),
        diary_number=case.registry_number,
        secrecy=case.secrecy_provision,
    )


def proposal(case: Collaboration) -> tuple[str, ...]:
    parties = and_list(one.name for one in case.organisations.all())
    return (
        f"Nämnden ingår ett idéburet offentligt partnerskap med {parties}.",
        "Högsta chefen får i uppdrag att underteckna överenskommelsen för nämndens räkning.",
    )


def blocks(case: Collaboration):
    yield Block("Sammanfattning", case.task)
    yield Block(
        "Parter",
        f"Initiativet kom från {case.get_initiated_by_display()} "
        f"den {long_date(case.initiative_on)}.",
        lines=tuple(
            f"{party.name}, {party.number_written}".rstrip(", ")
            for party in case.organisations.all()
        ),
    )
    if one := case.partnership:
        yield Block("Samhällsutmaningen", f"{one.challenge}\n\n{one.why_complex}".strip())
        yield Block("Hur parterna vill lösa den", one.solution)
        yield Block("Beslutat program", quoted(one))
    yield Block("Behovet och målgruppen", f"{case.need}\n\n{case.target_group_heard}".strip())
    yield agreement_tables.contributions(case, sums(case))
    agreement = reading.proposal(case.terms)
    if agreement:
        content = reading.content_of(agreement)
        yield agreement_tables.goals(content)
        yield agreement_tables.commitments(content)
        yield Block("Period", " ".join(content.lines("period")))
    yield Block("Prövningar", table=outcomes(case))
    yield Block("Beredningsgruppens råd", lines=tuple(advice(case)))
    yield Block("Yttranden", lines=tuple(opinions(case)))
    yield Block("Samma möjlighet för andra", case.equal_chance_why)
    yield Block("Styrgrupp", lines=tuple(steering(case)))
    yield follow_up(case)


def quoted(one) -> str:
    if one.programme is None:
        return ""
    return f"{one.programme}: ”{one.passage}” ({one.passage_at})"


def sums(case: Collaboration) -> str:
    found = reading.sums(case.terms)
    ours, theirs = found["us"]["value"], found["organisation"]["value"]
    return f"Vi bidrar med {kronor(ours)} och organisationen med {kronor(theirs)}."


def advice(case: Collaboration):
    given = case.consultations.standing().filter(form=case.form)
    for one in given.select_related("answered_by"):
        yield advice_in_words("", capfirst(one.get_advice_display()), one)


def opinions(case: Collaboration):
    for one in case.opinions.answered().select_related("answered_by"):
        who = capfirst(one.get_function_display())
        yield advice_in_words(f"{who}: ", one.conclusion_in_words, one)


def steering(case: Collaboration):
    members = case.partnership.members.filter(left_on=None) if case.partnership else ()
    for member in members:
        yield in_words(member)


def follow_up(case: Collaboration) -> Block:
    """What the agreement says of how it is followed up, and of the way out of it (I-21, I-25)."""
    agreement = reading.proposal(case.terms)
    content = reading.content_of(agreement) if agreement else None
    return Block(
        "Uppföljning och upphörande",
        facts=facts_of(
            ("Uppföljning", content.text("uppfoljning") if content else ""),
            ("Ändring, uppsägning och tvist", content.text("andring") if content else ""),
        ),
    )
