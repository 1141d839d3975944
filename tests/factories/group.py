"""The group: its members and a meeting, made by calling the steps."""

from datetime import date, timedelta

from django.utils import timezone

from accounts.models import User
from advice.models import Meeting, Member
from advice.steps.meetings import add_item, call_meeting, note_attendance
from advice.steps.members import add_member
from advice.steps.questions import stand_aside, take_back_aside
from collaborations.models import Collaboration, Consultation, Recusal
from collaborations.steps.consult import ask_for_advice
from collaborations.steps.send_back import withdraw
from tests.factories.accounts import UserFactory
from tests.factories.collaborations import Place, deliver_everything

WHY = "Sitter i föreningens styrelse."


def asked_in(case: Collaboration, at: Place, **facts) -> Consultation:
    """A question to the group from the case, due in nine days; the next one in other words."""
    asked = case.consultations.count()
    facts = {
        "question": f"Passar formen {asked}?" if asked else "Passar formen?",
        "due_on": timezone.localdate() + timedelta(days=9),
        "by": at.officer,
        **facts,
    }
    return ask_for_advice(case, **facts, version=case.version)


def an_admin(at: Place) -> User:
    return UserFactory(admin_at=at.administration.root_unit)


def member_of(at: Place, person: User | None = None, *, since=timedelta(days=400)) -> Member:
    """The person, or somebody new with the role, is in the group since a year and more."""
    person = person or UserFactory(adviser_at=at.administration.root_unit)
    starts_on = timezone.localdate() - since
    facts = {"person": person, "represents": at.unit, "starts_on": starts_on}
    return add_member(at.administration, **facts, by=an_admin(at))


def meeting_of(at: Place, chair: Member, held_on: date | None = None) -> Meeting:
    return call_meeting(
        at.administration,
        held_on=held_on or timezone.localdate(),
        place="Stora rummet",
        chair=chair,
        by=chair.person,
    )


def on_the_agenda(meeting: Meeting, asked: Consultation):
    by = meeting.chair.person
    return add_item(meeting, asked, by=by, version=meeting.version)


def attended(meeting: Meeting, *members: Member) -> None:
    by = meeting.chair.person
    note_attendance(meeting, members, by=by, version=meeting.version)


def noted(asked: Consultation, member: Member, *, why: str = WHY, by: Member) -> Recusal:
    """The member has jäv in the question, as another noted."""
    stand_aside(asked, member.person, why=why, by=by.person)
    return asked.recusals.standing().get(person=member.person)


def taken_back(note: Recusal, *, reason: str = "Fel person valdes.", by: User) -> None:
    take_back_aside(Recusal.objects.get(pk=note.pk), reason=reason, by=by)


def withdrawn(case: Collaboration, at: Place) -> None:
    """The group has been told of the initiative, and nothing came of it."""
    deliver_everything(case)
    withdraw(case, reason="Föreningen ångrade sig.", by=at.officer, version=case.version)
