"""Tjänsteutlåtande on a follow-up: what the board reads of how a partnership has gone (I-24)."""

from collaborations import follow_up_report
from collaborations.models import Collaboration, Conclusion, FollowUp
from documents.report import ReportData

THEN = {
    Conclusion.CONTINUE: "Partnerskapet fortsätter enligt överenskommelsen.",
    Conclusion.CHANGE: "Förvaltningen får i uppdrag att föreslå hur överenskommelsen ändras.",
    Conclusion.END: "Förvaltningen får i uppdrag att avsluta partnerskapet.",
}


def report_of(case: Collaboration, made: FollowUp) -> ReportData:
    """Everything the report says, read now; the same blocks as the follow-up's own document."""
    manager = case.responsible_manager
    return ReportData(
        heading="Tjänsteutlåtande",
        number=case.number,
        title=f"Uppföljning av idéburet offentligt partnerskap: {case.title}",
        administration=case.administration.name,
        unit=case.unit.name,
        made_on=made.held_on,
        prepared_by=made.made_by.name,
        responsible=", ".join(word for word in (manager.name, manager.title) if word),
        proposal=(
            "Nämnden godkänner uppföljningen.",
            *([THEN[made.conclusion]] if made.kind == FollowUp.Kind.REGULAR else []),
        ),
        blocks=tuple(follow_up_report.blocks(case, made)),
        diary_number=case.registry_number,
        secrecy=case.secrecy_provision,
    )
