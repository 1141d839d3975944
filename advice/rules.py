"""What holds of the group's members and meetings. Jäv and advice: collaborations/rules."""

from accounts.permissions import Permission, holders
from advice.models import AgendaItem, Member, Stage
from audit import clock
from casework.rules import rule


@rule(
    "G-09",
    unmet="Personen har inte rollen beredningsgruppen i förvaltningen. Ge rollen först.",
    at="person",
)
def member_has_the_role(member):
    people = holders(Permission.COLLABORATION_ADVISE, member.administration.root_unit)
    return people.filter(pk=member.person_id).exists()


@rule("G-09", unmet="Personen är redan ledamot den dagen.", at="person")
def member_is_no_member_already(member):
    others = Member.objects.filter(administration=member.administration, person=member.person)
    return not any(
        (one.ends_on is None or member.starts_on < one.ends_on)
        and (member.ends_on is None or one.starts_on < member.ends_on)
        for one in others.exclude(pk=member.pk)
    )


@rule("G-09", unmet="Enheten hör till en annan förvaltning.", at="represents")
def member_represents_a_unit_of_ours(member):
    return member.represents.administration_id == member.administration_id


@rule("G-09", unmet="Slutdagen ska komma efter första dagen.", at="ends_on")
def member_period_is_in_order(member):
    return member.ends_on is None or member.ends_on > member.starts_on


@rule("G-09", unmet="Uppdraget är redan avslutat.", at="ends_on")
def membership_goes_on(member):
    return member.ends_on is None or member.ends_on > clock.today()


@rule("G-09", unmet="Ett möte kan inte läggas bakåt i tiden.", at="held_on")
def meeting_lies_ahead(meeting):
    return meeting.held_on >= clock.today()


@rule("G-09", unmet="Välj en dag inom ett år.", at="held_on")
def meeting_is_soon(meeting):
    """A later year is a slip of the pen."""
    return meeting.held_on <= clock.years_after(clock.today(), 1)


@rule("G-09", unmet="Ordföranden är inte ledamot i gruppen den dagen.", at="chair")
def chair_is_a_member(meeting):
    chair = meeting.chair
    return chair.administration_id == meeting.administration_id and chair.is_one_on(meeting.held_on)


@rule("G-09", unmet="Mötesdagen har inte kommit än.")
def meeting_day_has_come(meeting):
    return meeting.held_on <= clock.today()


@rule("G-09", unmet="Dagordningen ändras före mötet eller under mötesdagen, inte efteråt.")
def agenda_can_change(meeting):
    """A question that was not taken up is taken off also afterwards: it waits for the next."""
    return meeting.held_on >= clock.today()


@rule("G-09", unmet="Anteckna först vilka som deltog.", at="attendance")
def attendance_is_noted(meeting):
    return meeting.attendances.exists()


@rule("G-09", unmet="Bara mötets ordförande justerar protokollet.")
def person_chairs_the_meeting(meeting, person):
    return meeting.chair.person_id == person.pk


@rule("G-09", unmet="Frågan är ställd till en annan förvaltnings grupp.", at="consultation")
def item_is_ours(item):
    return item.consultation.asked_in.administration_id == item.meeting.administration_id


@rule("G-09", unmet="Frågan står redan på dagordningen.", at="consultation")
def item_is_on_no_agenda(item):
    """Neither on this one nor on another meeting's that is not closed."""
    there = AgendaItem.objects.filter(consultation=item.consultation).exclude(pk=item.pk)
    return not there.filter(meeting__step=Stage.PLANNED).exists()


@rule("G-09", unmet="Råd är redan antecknade vid mötet. Justera protokollet i stället.")
def no_advice_is_noted(meeting):
    return not meeting.items.filter(consultation__met_on=meeting.held_on).exists()


@rule("G-09", unmet="Rådet är redan antecknat. Punkten kan inte tas bort.")
def item_is_not_advised(item):
    return not item.is_advised


@rule("G-13", unmet="Välj någon som är ledamot i beredningsgruppen i dag.", at="member")
def assignee_is_a_member(consultation, person):
    members = Member.objects.on(clock.today()).filter(person=person)
    return members.filter(administration=consultation.asked_in.administration_id).exists()
