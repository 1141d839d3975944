"""Pairs that may be one and the same organisation: found when a name is saved, settled by people.

Each saving looks for its own like by keys, so that no page ever compares all with all.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.db import transaction

from accounts.permissions import Permission, administrations_where
from audit import clock
from audit.record import fingerprint, record
from casework.moves import NotAllowed
from casework.rules import Reason
from organisations.doubts import like
from organisations.locking import lock_living
from organisations.models import LegalForm, Name, Organisation, PossibleDuplicate, Why
from organisations.names import alike, same

BATCH = 500
SHOWN = 10


def may_merge(person) -> bool:
    return bool(administrations_where(person, Permission.ORGANISATION_MERGE))


def refuse_unless_merger(person) -> None:
    """Raise NotAllowed unless the person may merge organisations somewhere today."""
    if not may_merge(person):
        raise NotAllowed([Reason(f"Du har inte rätt att {Permission.ORGANISATION_MERGE.label}.")])


def why_alike(one: Name, other: Name) -> Why | None:
    """Why the two names may stand for the same organisation; None when they are not alike."""
    words, others = one.words, other.words
    if not alike(words, others):
        return None
    forms = [name.organisation.legal_form == LegalForm.NETWORK for name in (one, other)]
    if not (one.is_current and other.is_current):
        return Why.OLD_NAME
    if not same(words, others):
        return Why.SIMILAR
    return Why.NETWORK if forms[0] != forms[1] else Why.SAME_NAME


def note_duplicates(organisation: Organisation) -> None:
    """Write the pairs it is in now; forget those that no longer hold and nobody has settled.

    In the caller's transaction. Three queries, and one for each new pair.
    """
    own = list(organisation.names.all())
    for name in own:
        name.organisation = organisation
    found: dict[int, Why] = {}
    for other in like(organisation, *(name.text for name in own)):
        whys = [why for name in own if (why := why_alike(name, other))]
        if whys:
            strongest = min([*whys, *filter(None, [found.get(other.organisation_id)])], key=rank)
            found[other.organisation_id] = strongest
    about = {pair.beside(organisation).pk: pair for pair in known_pairs(organisation)}
    gone = [pair.pk for pk, pair in about.items() if pk not in found and not pair.not_same_at]
    PossibleDuplicate.objects.filter(pk__in=gone).delete()
    keep(pair_of(organisation.pk, pk, why) for pk, why in found.items() if pk not in about)
    for pk, why in found.items():
        if pk in about and about[pk].why != why:
            PossibleDuplicate.objects.filter(pk=about[pk].pk).update(why=why)


def open_pairs(organisation: Organisation) -> list[dict]:
    """{organisation, why} of those it may be the same as, as long as nobody has settled it."""
    pairs = PossibleDuplicate.objects.about(organisation).open().with_both()
    return [
        {"organisation": pair.beside(organisation), "why": pair.get_why_display()}
        for pair in pairs.order_by("pk")[:SHOWN]
    ]


def rank(why: Why) -> int:
    return list(Why).index(why)


def known_pairs(organisation: Organisation):
    return PossibleDuplicate.objects.about(organisation).select_related("one", "other")


def pair_of(one: int, other: int, why: Why) -> PossibleDuplicate:
    """Not saved yet."""
    lower, higher = sorted((one, other))
    return PossibleDuplicate(one_id=lower, other_id=higher, why=why, found_at=clock.now())


def keep(pairs: Iterable[PossibleDuplicate]) -> None:
    """Those that are written already stay as they are, settled ones too."""
    PossibleDuplicate.objects.bulk_create(pairs, ignore_conflicts=True, batch_size=BATCH)


def all_pairs(only: set[int] | None = None) -> Iterator[PossibleDuplicate]:
    """Every pair in the register; only: those with one of these organisations. One query.

    For many at once, such as an import. Names are compared within each key alone.
    """
    names = Name.objects.filter(organisation__merged_into=None).select_related("organisation")
    by_key: dict[tuple, list[Name]] = defaultdict(list)
    for name in names.order_by("pk"):
        for kind in ("joined", "heads", "tails"):
            by_key[kind, getattr(name, kind)].append(name)
    found: dict[tuple[int, int], Why] = {}
    for group in by_key.values():
        for at, one in enumerate(group):
            for other in group[at + 1 :]:
                pks = tuple(sorted((one.organisation_id, other.organisation_id)))
                if pks[0] == pks[1] or (only is not None and only.isdisjoint(pks)):
                    continue
                if why := why_alike(one, other):
                    found[pks] = min(why, found.get(pks, why), key=rank)
    for (one, other), why in found.items():
        yield pair_of(one, other, why)


def pair_with(one: Organisation, other: Organisation) -> PossibleDuplicate | None:
    return PossibleDuplicate.objects.about(one).about(other).with_both().first()


def mark_not_same(one: Organisation, other: Organisation, *, reason: str, by) -> None:
    """Remember that they are two, so that nobody is asked again. Twice is once.

    Raises NotAllowed when `by` may not merge or one of them is merged away, ValidationError.
    """
    refuse_unless_merger(by)
    with transaction.atomic():
        both = lock_living(one, other)
        pair = pair_with(*both) or pair_of(one.pk, other.pk, Why.SIMILAR)
        if pair.not_same_at:
            return
        pair.reason = reason.strip()
        pair.not_same_at, pair.not_same_by = clock.now(), by
        pair.full_clean()
        pair.save()
        for organisation, beside in (both, both[::-1]):
            details = {"other": beside.pk, "reason": f"text:{fingerprint(pair.reason)}"}
            record("organisation_not_same", organisation, by=by, details=details)
