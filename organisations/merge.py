"""Merge two organisations that are one: everything moves to the one that stays, nothing is lost.

The one that goes is kept as a tombstone: its page leads to the other, its name and number are
still found. The log of both tells what moved, by ids, so that a mistake can be understood.
"""

from django.apps import apps
from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.utils.module_loading import import_string

from accounts.models import Administration
from accounts.permissions import Permission, administrations_where
from audit import clock
from audit.record import record
from casework.moves import NotAllowed, Stale
from casework.rules import Reason
from notifications.outbox import queue
from notifications.texts import compose
from organisations.duplicates import note_duplicates
from organisations.edit import changes
from organisations.models import Name, Organisation, PossibleDuplicate
from organisations.numbers import written
from organisations.relations import (
    Moved,
    key_of,
    label_of,
    move,
    moving_relations,
    rows_of,
)

SHARED = ("name", "legal_form", "org_number")


def knowing(*organisations: Organisation) -> list[Administration]:
    """The administrations that know any of them."""
    profiles = Organisation.objects.filter(pk__in=[one.pk for one in organisations])
    return list(Administration.objects.filter(pk__in=profiles.values("profiles__administration")))


def others_knowing(person, *organisations: Organisation) -> list[Administration]:
    """Those that know any of them and where the person may not merge: they are told."""
    own = {one.pk for one in administrations_where(person, Permission.ORGANISATION_MERGE)}
    return [one for one in knowing(*organisations) if one.pk not in own]


def closed_to(person, stays: Organisation, goes: Organisation) -> list[Reason]:
    """Why the person may not merge the two; empty when they may."""
    own = {one.pk for one in administrations_where(person, Permission.ORGANISATION_MERGE)}
    if not own:
        return [Reason(f"Du har inte rätt att {Permission.ORGANISATION_MERGE.label}.")]
    known = {one.pk for one in knowing(stays, goes)}
    if known and not own & known:
        sentence = "Bara en förvaltning som känner någon av organisationerna får slå ihop dem."
        return [Reason(sentence)]
    return []


def refuse_to_merge(stays: Organisation, goes: Organisation, *, apart: bool, by) -> None:
    reasons = closed_to(by, stays, goes)
    for one in (stays, goes):
        if one.merged_into:
            reasons.append(Reason(f"{one} är redan hopslagen med {one.merged_into}."))
    if stays.pk == goes.pk:
        reasons.append(Reason("Det är samma organisation."))
    if two_numbers(stays, goes) and not apart:
        reasons.append(Reason("Bekräfta att de två numren hör till samma organisation."))
    for wait in refusals():
        reasons += wait(stays, goes)
    if reasons:
        raise NotAllowed(reasons)


def refusals():
    """What the apps above ask to wait for: `refuses_merge` of their configurations."""
    configs = apps.get_app_configs()
    return [
        import_string(config.refuses_merge)
        for config in configs
        if hasattr(config, "refuses_merge")
    ]


def two_numbers(stays: Organisation, goes: Organisation) -> bool:
    """Two numbers are two legal persons, unless one of them was written wrong or has merged."""
    return bool(stays.org_number and goes.org_number)


def merge(
    stays: Organisation,
    goes: Organisation,
    *,
    versions: tuple[int, int],
    keep_name: bool = True,
    apart: bool = False,
    by,
) -> Organisation:
    """Let `goes` go into `stays`. Returns the one that stays; sent twice, it is done once.

    versions: of stays and goes, as the form saw them. keep_name: else it takes the name of the
    one that goes. apart: somebody has confirmed that the two numbers are one organisation's.
    A network takes the number and the legal form of the one that goes. Raises NotAllowed, Stale.
    """
    with transaction.atomic():
        rows = Organisation.objects.filter(pk__in=[stays.pk, goes.pk]).order_by("pk")
        locked = {one.pk: one for one in rows.select_for_update(of=("self",))}
        stays, goes = locked[stays.pk], locked[goes.pk]
        if goes.merged_into_id == stays.pk and not closed_to(by, stays, goes):
            return stays  # a second click
        refuse_to_merge(stays, goes, apart=apart, by=by)
        for one, version in zip((stays, goes), versions, strict=True):
            if one.version != version:
                raise Stale(one)
        told = others_knowing(by, stays, goes)
        bury(goes, stays)
        moved = {key_of(one): carried_out(one, goes, stays) for one in moving_relations()}
        carry_names(goes, stays)
        changed, earlier = take_over(stays, goes, keep_name=keep_name)
        note_duplicates(stays)
        tell(stays, goes, moved, changed, earlier, by)
        for administration in told:
            tell_administration(administration, stays, goes, by)
    return stays


def bury(goes: Organisation, stays: Organisation) -> None:
    """From now on it is a tombstone, and the database lets nothing new point to it."""
    goes.merged_into, goes.merged_at = stays, clock.now()
    goes.version += 1
    goes.save(update_fields=["merged_into", "merged_at", "version"])


def carried_out(relation: models.ForeignKey, goes: Organisation, stays: Organisation) -> Moved:
    """Raises NotAllowed when the database refuses to move a row, and nothing is merged then."""
    try:
        with transaction.atomic():
            moved = move(relation, goes, stays)
    except (IntegrityError, models.ProtectedError) as refusal:
        sentence = f"Det går inte att flytta {label_of(relation)}: båda har sådana som krockar."
        raise NotAllowed([Reason(sentence)]) from refusal
    if rows_of(relation, goes).exists():
        raise RuntimeError(f"{key_of(relation)} still points to {goes.pk}")
    return moved


def carry_names(goes: Organisation, stays: Organisation) -> None:
    """Every name of the one that goes becomes a former name of the one that stays."""
    have = set(stays.names.values_list("text", flat=True))
    texts = [text for text in goes.names.values_list("text", flat=True) if text not in have]
    goes.names.all().delete()
    Name.objects.bulk_create([Name.of(stays, text, is_current=False) for text in texts])
    carry_verdicts(goes, stays)


def carry_verdicts(goes: Organisation, stays: Organisation) -> None:
    """That the one that goes was not the same as a third holds for the one that stays."""
    for pair in PossibleDuplicate.objects.about(goes).with_both():
        third = pair.beside(goes)
        settled = pair.not_same_at and third.pk != stays.pk
        known = PossibleDuplicate.objects.about(stays).about(third).exists()
        pk, pair.pk = pair.pk, None
        if settled and not known:
            pair.one, pair.other = sorted((stays, third), key=lambda one: one.pk)
            pair.save(force_insert=True)
        PossibleDuplicate.objects.filter(pk=pk).delete()


def take_over(stays: Organisation, goes: Organisation, *, keep_name: bool) -> tuple[dict, dict]:
    """The shared facts of the one that stays. Returns (changed, earlier) as in `edit.changes`."""
    before = {name: getattr(stays, name) for name in SHARED}
    stays.also_known_as(goes.name, goes.org_number, goes.number_written, *goes.known_as.split("\n"))
    if not keep_name:
        stays.also_known_as(stays.name)
        stays.name = goes.name
    if goes.org_number and not stays.org_number:
        stays.org_number, stays.legal_form = goes.org_number, goes.legal_form
    stays.version += 1
    stays.full_clean(exclude=["known_as"])
    stays.save(update_fields=[*SHARED, "known_as", "version"])
    return changes(before, stays)


def tell(stays, goes, moved: dict[str, Moved], changed: dict, earlier: dict, by) -> None:
    """An event on each of the two, with the ids of all that moved."""
    ids = {key: one.ids for key, one in moved.items() if one.ids}
    joined = {key: one.joined for key, one in moved.items() if one.joined}
    texts = {field: text for one in moved.values() for field, text in one.earlier.items() if text}
    details = {"moved": ids, "joined": joined}
    came = {"from": goes.pk, "org_number": goes.org_number, "changed": changed, **details}
    record("organisation_merged", stays, by=by, details=came, earlier=earlier | texts)
    record("organisation_merged_away", goes, by=by, details={"into": stays.pk, **details})


def tell_administration(administration, stays: Organisation, goes: Organisation, by) -> None:
    """Another administration knows one of them: its mailbox hears what was done, and by whom."""
    number = written(stays.org_number)
    fields = {
        "borttagen": goes.name,
        "kvar": stays.name,
        "kvar_med_nummer": f"{stays.name} ({number})" if number else stays.name,
        "gjort_av": by.name,
        "gjort_av_adress": by.email,
        "länk": settings.BASE_URL + stays.get_absolute_url(),
    }
    words = compose("organisation_merged", administration, fields)
    queue(
        f"organisation-merged:{goes.pk}:{administration.pk}",
        kind="organisation_merged",
        about=stays.chain,
        administration=administration,
        to=administration.mailbox,
        subject=words.subject,
        body=words.body,
    )
