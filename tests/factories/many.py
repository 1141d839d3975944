"""Many running collaborations in little time: one is made by its people, the rest are like it."""

from copy import copy
from uuid import uuid4

from agreements.models import Terms
from collaborations.models import Collaboration, Step
from collaborations.obligations import follow_up_is_due
from collaborations.standing import notice_key
from notifications.models import Notice


def like(case: Collaboration, count: int, *, units, officers) -> list[Collaboration]:
    """So many running cases like an informal one: each with terms, organisations and the mail
    about its initiative of its own, and with a log that begins anew. Nothing is due in them yet.
    They take turns with the units and the officers.
    """
    terms = Terms.objects.bulk_create(Terms(locked_at=case.terms.locked_at) for _ in range(count))
    cases = []
    for number, own in enumerate(terms, 1):
        one = copy(case)
        one.pk, one._state = None, copy(case._state)
        one._state.adding, one._state.fields_cache = True, {}
        one.number, one.form_key, one.terms_id = f"SOM-{case.pk}-{number}", uuid4(), own.pk
        one.unit, one.officer = units[number % len(units)], officers[number % len(officers)]
        one.chain_head, one.chain_count = "", 0
        one.step, one.outcome, one.decided_on, one.started_on = Step.REGISTERED, "", None, None
        cases.append(one)
    Collaboration.objects.bulk_create(cases)
    through = Collaboration.organisations.through
    organisations = list(case.organisations.values_list("pk", flat=True))
    through.objects.bulk_create(
        through(collaboration_id=one.pk, organisation_id=organisation)
        for one in cases
        for organisation in organisations
    )
    there = {name: getattr(case, name) for name in ("step", "outcome", "decided_on", "started_on")}
    Collaboration.objects.filter(pk__in=[one.pk for one in cases]).update(**there)
    told = Notice.objects.get(key=notice_key(case, "initiative"))
    Notice.objects.bulk_create(mail_like(told, one) for one in cases)
    return list(Collaboration.objects.filter(pk__in=[one.pk for one in cases]).order_by("pk"))


def mail_like(told: Notice, case: Collaboration) -> Notice:
    facts = {field.attname: getattr(told, field.attname) for field in told._meta.concrete_fields}
    own = {
        "id": None,
        "key": notice_key(case, "initiative"),
        "about": case.chain,
        "message_id": f"<{uuid4().hex}@samverkan.example>",
    }
    return Notice(**facts | own)


def followed_up_by(case: Collaboration, owner, on) -> None:
    """The next follow-up is due that day."""
    case.next_follow_up_on = on
    Collaboration.objects.filter(pk=case.pk).update(next_follow_up_on=on)
    follow_up_is_due(case, owner=owner)
