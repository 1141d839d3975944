"""What is asked of a follow-up before it is saved, and of what is decided after it (domain 4.9)."""

from datetime import date

from accounts.permissions import Permission, may
from audit import clock
from casework.rules import rule
from collaborations.models import Collaboration, FollowUp, Form

LONGEST_REMEDY = 5  # years; a later day is a slip of the pen


def begun_on(case) -> date:
    """The day from which there is something to follow up: the start, else the decision."""
    return case.started_on or case.decided_on


@rule("G-81", unmet="Uppföljningen kan inte ha gjorts efter dagens datum.", at="held_on")
def follow_up_has_been_held(made):
    return made.held_on <= clock.today()


@rule("G-81", unmet="Uppföljningen kan inte ha gjorts innan samverkan började.", at="held_on")
def follow_up_comes_after_the_start(made):
    return made.held_on >= begun_on(made.collaboration)


@rule(
    "I-21",
    "G-81",
    unmet="Välj en dag efter uppföljningen, senast tolv månader efter.",
    at="next_on",
)
def next_follow_up_comes_within_a_year(made):
    if made.kind == FollowUp.Kind.CLOSING or made.supersedes_id:
        return True  # a correction moves its own day alone: see the next rule
    return made.held_on < made.next_on <= clock.years_after(made.held_on, 1)


@rule("G-81", unmet="Uppföljningen måste ha gjorts före nästa planerade.", at="held_on")
def correction_comes_before_the_next(made):
    return not made.supersedes_id or made.next_on is None or made.held_on < made.next_on


@rule("G-82", unmet="Beskriv vad som brister och vad ni gör åt det.", at="shortcomings")
def unmet_requirements_are_described(made):
    return made.requirements_hold or bool(made.shortcomings.strip())


@rule(
    "I-34",
    unmet="Bedöm hur överenskommelsen följs. Ansvarig chef får bedömningen.",
    at="compliance",
)
def compliance_is_assessed(made):
    return made.collaboration.form != Form.IOP or bool(made.compliance.strip())


@rule("G-81", unmet="Uppföljningen är redan rättad. Rätta den senaste i stället.")
def follow_up_is_the_latest_version(made):
    return not FollowUp.objects.filter(supersedes=made).exists()


@rule("I-22", unmet="Skriv vad ni kommer fram till.", at="text")
def stand_says_something(stand):
    return bool(stand.text.strip())


@rule("I-22", unmet="Uppföljningen är rättad. Ta ställning till den senaste i stället.")
def stand_is_of_the_latest_version(stand):
    return follow_up_is_the_latest_version(stand.follow_up)


@rule("I-23", unmet="Välj vem som är högsta chef och ska få veta.", at="head")
def head_is_chosen(stand):
    made = stand.follow_up
    return made.collaboration.form != Form.IOP or stand.information_id is not None


@rule("I-24", unmet="Ange nämndens paragraf, till exempel § 14.", at="reference")
def board_is_told_by_paragraph(reported):
    return reported.to != "board" or bool(reported.reference.strip())


@rule("G-81", unmet="Dagen kan inte ligga före uppföljningen eller efter dagens datum.", at="on")
def reported_after_the_follow_up(reported):
    return reported.follow_up.held_on <= reported.on <= clock.today()


@rule("I-22", unmet="Den ansvariga kan inte se ärendet. Välj en annan.", at="owner")
def owner_has_access(remedy):
    seen = Collaboration.objects.visible_to(remedy.owner)
    return remedy.owner.is_active and seen.filter(pk=remedy.collaboration_id).exists()


@rule("I-22", unmet="Välj en dag från och med i dag, inom fem år.", at="due_on")
def remedy_is_due_in_time(remedy):
    today = clock.today()
    return today <= remedy.due_on <= clock.years_after(today, LONGEST_REMEDY)


@rule("I-22", unmet="Bara den som är ansvarig, eller den som följer upp, kan avsluta åtgärden.")
def person_answers_for_the_remedy(remedy, person):
    return remedy.owner_id == person.pk or may(
        person, Permission.COLLABORATION_FOLLOW_UP, remedy.collaboration
    )


@rule("I-22", unmet="Åtgärden är redan avslutad.")
def remedy_is_open(remedy):
    return remedy.is_open


@rule("I-22", unmet="Skriv vad som har gjorts, eller varför det inte blev av.", at="note")
def remedy_is_explained(remedy):
    return bool(remedy.note.strip())
