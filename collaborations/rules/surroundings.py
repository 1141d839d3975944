"""What is asked around the decision: advice, overlaps, what has been told."""

from casework.rules import rule
from collaborations import standing


@rule(
    "G-45",
    "G-71",
    "G-73",
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
