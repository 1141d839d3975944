"""Members of the group: added for a unit and a period, ended, never deleted (G-09)."""

from datetime import date

from django.db import transaction

from accounts.models import Unit, User
from accounts.permissions import Permission, may
from advice.models import Member
from advice.rules import (
    member_has_the_role,
    member_is_no_member_already,
    member_period_is_in_order,
    member_represents_a_unit_of_ours,
    membership_goes_on,
)
from audit import clock
from audit.record import record_in_register
from casework.moves import NotAllowed, refuse_if
from casework.rules import Reason
from collaborations.models import Consultation
from collaborations.steps.consult import hand_to

REGISTER = "beredningsgruppen"


def without_right(permission: Permission, thing, by) -> list[Reason]:
    """The permission's own words, for who lacks it; empty for who has it."""
    if may(by, permission, thing):
        return []
    sentence = f"Du har inte rätt att {permission.label} i den här förvaltningen."
    return [Reason(sentence, rule="permission")]


def refuse_unless(permission: Permission, thing, by) -> None:
    """Raises NotAllowed."""
    refuse_if(without_right(permission, thing, by))


@transaction.atomic
def add_member(
    administration, *, person: User, represents: Unit, starts_on: date, ends_on=None, by
) -> Member:
    """Who is in the group, for which unit, from which day. Raises NotAllowed."""
    refuse_unless(Permission.GROUP_EDIT, administration, by)
    # One at a time: two who add the same person at once would both see none.
    type(administration).objects.select_for_update().get(pk=administration.pk)
    member = Member(
        administration=administration,
        person=person,
        represents=represents,
        starts_on=starts_on,
        ends_on=ends_on,
        added_by=by,
    )
    rules = (
        member_has_the_role,
        member_is_no_member_already,
        member_represents_a_unit_of_ours,
        member_period_is_in_order,
    )
    refuse_if([reason for rule in rules for reason in rule.reasons(member)])
    member.save(force_insert=True)
    details = {"member": member.pk, "person": person.pk, "unit": represents.pk}
    record_in_register(REGISTER, "member_added", by=by, details=details)
    return member


@transaction.atomic
def end_membership(member: Member, *, ends_on: date, by) -> None:
    """The last day is the one before `ends_on`. What the member was to answer is nobody's again.

    Where they were present stands; an agenda that they chair needs another. Raises NotAllowed.
    """
    refuse_unless(Permission.GROUP_EDIT, member.administration, by)
    locked = Member.objects.select_for_update().get(pk=member.pk)
    refuse_if(membership_goes_on.reasons(locked))
    if ends_on < max(locked.starts_on, clock.today()):
        raise NotAllowed([Reason("Välj i dag eller en senare dag.", at="ends_on")])
    locked.ends_on = ends_on
    locked.save(update_fields=["ends_on"])
    freed = free_questions(locked, by=by) if ends_on <= clock.today() else []
    details = {"member": locked.pk, "ends_on": ends_on.isoformat(), "freed": freed}
    record_in_register(REGISTER, "member_ended", by=by, details=details)
    member.ends_on = ends_on


def free_questions(member: Member, *, by) -> list[int]:
    """Take the waiting questions of that group from the member; their ids."""
    waiting = Consultation.objects.unanswered().filter(assignee=member.person_id)
    found = waiting.select_related("collaboration__unit", "unit", "asked_by")
    own = [one for one in found if one.asked_in.administration_id == member.administration_id]
    for one in own:
        hand_to(one, None, by=by)
    return [one.pk for one in own]
