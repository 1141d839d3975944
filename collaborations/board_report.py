"""From records to the board's report on a partnership (I-19)."""

from agreements import reading
from audit import clock
from casework.swedish import and_list, kronor, long_date
from collaborations import standing
from collaborations.models import Collaboration
from documents.board_report import BoardReportData, Passage


def report_of(case: Collaboration) -> BoardReportData:
    """Everything the report says, read now."""
    return BoardReportData(
        number=case.number,
        title=f"Idéburet offentligt partnerskap: {case.title}",
        administration=case.administration.name,
        unit=case.unit.name,
        made_on=clock.today(),
        prepared_by=case.officer.name,
        responsible=f"{case.responsible_manager.name}, {case.responsible_manager.title}".rstrip(
            ", "
        ),
        proposal=proposal(case),
        passages=tuple(one for one in passages(case) if one.text or one.lines),
        diary_number=case.registry_number,
        secrecy=case.secrecy_provision,
    )


def proposal(case: Collaboration) -> tuple[str, ...]:
    parties = and_list(one.name for one in case.organisations.all())
    return (
        f"Nämnden ingår ett idéburet offentligt partnerskap med {parties}.",
        "Högsta chefen får i uppdrag att underteckna överenskommelsen för nämndens räkning.",
    )


def passages(case: Collaboration):
    one = case.partnership
    yield Passage("Sammanfattning", case.task)
    yield Passage(
        "Parter",
        f"Initiativet kom från {case.get_initiated_by_display()} "
        f"den {long_date(case.initiative_on)}.",
        tuple(
            f"{party.name}, {party.number_written}".rstrip(", ")
            for party in case.organisations.all()
        ),
    )
    if one is not None:
        yield Passage("Samhällsutmaningen", f"{one.challenge}\n{one.why_complex}".strip())
        yield Passage("Hur parterna vill lösa den", one.solution)
        yield Passage("Beslutat program", quoted(one))
    yield Passage("Behovet och målgruppen", f"{case.need}\n{case.target_group_heard}".strip())
    yield Passage("Vad parterna bidrar med", sums(case), tuple(contributions(case)))
    yield Passage("Mål och åtaganden", "", tuple(promises(case)))
    yield Passage("Prövningar", "", tuple(tests(case)))
    yield Passage("Beredningsgruppens råd", "", tuple(advice(case)))
    yield Passage("Samma möjlighet för andra", case.equal_chance_why)
    yield Passage("Styrgrupp", "", tuple(steering(case)))


def quoted(one) -> str:
    if one.programme is None:
        return ""
    return f"{one.programme}: ”{one.passage}” ({one.passage_at})"


def sums(case: Collaboration) -> str:
    found = reading.sums(case.terms)
    ours, theirs = found["us"]["value"], found["organisation"]["value"]
    return f"Vi bidrar med {kronor(ours)} och organisationen med {kronor(theirs)}."


def contributions(case: Collaboration):
    for line in case.terms.contributions.all():
        value = kronor(line.value) or (f"{line.hours} timmar" if line.hours else "inte värderat")
        yield f"{line.get_party_display().capitalize()}: {line.what}, {value}."


def promises(case: Collaboration):
    agreement = reading.proposal(case.terms)
    if agreement is None:
        return
    content = reading.content_of(agreement)
    for goal in content.goals:
        yield f"Mål: {goal.text}"
    for line in content.commitments:
        yield f"{line.party}: {line.what}"


def tests(case: Collaboration):
    for state in standing.of(case).values():
        yield f"{state.name}: {state.outcome.label}."


def advice(case: Collaboration):
    for one in case.consultations.filter(form=case.form, answered_at__isnull=False):
        yield f"{one.get_advice_display().capitalize()}. {one.reasons}"


def steering(case: Collaboration):
    members = case.partnership.members.filter(left_on=None) if case.partnership else ()
    for member in members:
        yield f"{member} ({member.get_side_display()})"
