"""Which notices a person may see, and which of them may be sent again by whom."""

from django.db.models import CharField, F, Q, Value
from django.db.models.functions import Cast, Concat

from accounts.permissions import Permission, administrations_where, may
from collaborations.models import Collaboration
from notifications.models import Notice
from organisations.models import Organisation

OF_CASE = f"{Collaboration._meta.label_lower}:"
OF_ORGANISATION = f"{Organisation._meta.label_lower}:"


def chains_of(cases):
    """The chains of the cases (query set), for `about__in`."""
    return cases.annotate(chain_text=Concat(Value(OF_CASE), Cast("pk", CharField()))).values(
        "chain_text"
    )


def seen_by(person):
    """Notices of the cases that the person sees whole, of organisations that the person keeps the
    register of, what the person is to mind that is about neither, and what was sent to the person.
    """
    cases = Collaboration.objects.wholly_visible_to(person)
    keeps = administrations_where(person, Permission.ORGANISATION_EDIT)
    minds = Q(responsible=person.pk) & ~Q(about__startswith=OF_CASE)
    return Notice.objects.filter(
        Q(about__in=chains_of(cases))
        | Q(about__startswith=OF_ORGANISATION, administration__in=keeps)
        | minds
        | Q(person=person.pk)
    )


def case_of(notice: Notice) -> Collaboration | None:
    if not notice.about.startswith(OF_CASE):
        return None
    return (
        Collaboration.objects.filter(pk=notice.about.removeprefix(OF_CASE))
        .select_related("administration", "unit", "responsible_manager")
        .first()
    )


def may_mend(person, notice: Notice, case: Collaboration | None) -> bool:
    """May the person send it again, or note that it was told otherwise?"""
    if case is not None:
        return may(person, Permission.NOTICE_RESEND, case)
    if notice.about.startswith(OF_ORGANISATION):
        return notice.administration in administrations_where(person, Permission.ORGANISATION_EDIT)
    return person.pk in (notice.responsible_id, notice.person_id)


def to_mailbox() -> Q:
    return Q(person=None) & Q(to_address=F("administration__mailbox"))
