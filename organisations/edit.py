"""Change what is known of an organisation: what all share, and what one administration knows."""

from datetime import date

from django.db import IntegrityError, transaction

from accounts.models import Administration
from accounts.permissions import Permission, administrations_where
from audit.record import fingerprint, record
from casework.moves import NotAllowed, Stale
from casework.rules import Reason
from organisations.doubts import refuse_doubtful
from organisations.duplicates import note_duplicates
from organisations.locking import lock_living
from organisations.models import Organisation, Profile, Size
from organisations.numbers import written
from organisations.register import number_for, refuse_taken, refuse_unless_editor

FACTS = ["name", "legal_form", "org_number", "known_as", "version"]
TEXTS = {"name", "relation_note", "description"}


def may_change_facts(person, organisation: Organisation) -> bool:
    """Those who edit organisations in an administration that knows it; anyone while none does."""
    own = {one.pk for one in administrations_where(person, Permission.ORGANISATION_EDIT)}
    knowing = set(organisation.profiles.values_list("administration", flat=True))
    return bool(own & knowing) or (bool(own) and not knowing)


def refuse_to_change_facts(person, organisation: Organisation) -> None:
    if not may_change_facts(person, organisation):
        sentence = "Bara en förvaltning som känner organisationen får ändra det som alla delar."
        raise NotAllowed([Reason(sentence)])


def change_facts(
    organisation: Organisation,
    *,
    name: str,
    legal_form: str,
    org_number: str,
    version: int,
    confirmed=(),
    by,
) -> None:
    """Change name, legal form or number, which all administrations share.

    Raises NotAllowed, Stale, ValidationError (by field), AlreadyRegistered, Doubtful.
    """
    refuse_to_change_facts(by, organisation)
    with transaction.atomic():
        locked = lock(Organisation.objects.filter(pk=organisation.pk), version)
        before = {"name": locked.name, "legal_form": locked.legal_form}
        before["org_number"] = locked.org_number
        locked.name, locked.legal_form = " ".join(name.split()), legal_form
        locked.org_number = number_for(legal_form, org_number)
        refuse_taken(locked)
        locked.full_clean()
        changed, earlier = changes(before, locked)
        if changed:
            refuse_doubtful(locked, confirmed)
            locked.also_known_as(*former(before, changed))
            locked.version += 1
            save_facts(locked)
            details = {"changed": changed}
            record("organisation_changed", locked, by=by, details=details, earlier=earlier)
            note_duplicates(locked)


def former(before: dict, changed: dict) -> list[str]:
    """The name and number it had, when they were changed."""
    numbers = [before["org_number"], written(before["org_number"])]
    return [before["name"]] * ("name" in changed) + numbers * ("org_number" in changed)


def save_facts(organisation: Organisation) -> None:
    try:
        with transaction.atomic():
            organisation.save(update_fields=FACTS)
    except IntegrityError:  # somebody took the number in between
        refuse_taken(organisation)
        raise


def describe(
    organisation: Organisation, administration: Administration, *, version: int, by, **description
) -> Profile:
    """Say what the organisation is to the administration; the first time makes it known there.

    version: that of the profile the form was filled from, 0 when there was none. description:
    fields of Profile. Raises NotAllowed, Stale, ValidationError.
    """
    refuse_unless_editor(by, administration)
    with transaction.atomic():
        lock_living(organisation)
        own = Profile.objects.filter(organisation=organisation, administration=administration)
        new = not own.exists()
        profile = Profile(version=0, administration=administration) if new else own.get()
        profile.organisation = organisation
        if profile.version != version:
            raise Stale(profile)
        before = {name: getattr(profile, name) for name in description}
        for name, value in description.items():
            setattr(profile, name, value)
        profile.full_clean()
        changed, earlier = changes(before, profile)
        if changed or new:
            profile.version += 1
            profile.save()
            details = {"administration": administration.pk, "changed": changed}
            record("organisation_described", organisation, by=by, details=details, earlier=earlier)
    return profile


def note_size(
    organisation: Organisation,
    administration: Administration,
    *,
    as_of: date,
    members: int | None,
    employees: int | None,
    volunteers: int | None,
    by,
) -> Size:
    """Note about how large it was that day (G-06). The same figures sent twice are noted once.

    Raises NotAllowed, ValidationError when other figures are noted for the day already.
    """
    refuse_unless_editor(by, administration)
    figures = {"members": members, "employees": employees, "volunteers": volunteers}
    with transaction.atomic():
        lock_living(organisation)
        whose = {"organisation": organisation, "administration": administration, "as_of": as_of}
        if same := Size.objects.filter(**whose, **figures).first():
            return same
        size = Size(**whose, **figures)
        size.full_clean()
        size.save()
        details = {"administration": administration.pk, "as_of": as_of.isoformat(), **figures}
        record("organisation_size_noted", organisation, by=by, details=details)
    return size


def lock(rows, version: int):
    """The one row, locked. Raises Stale when it has another version than the form had."""
    locked = rows.select_for_update().get()
    if locked.version != version:
        raise Stale(locked)
    return locked


def changes(before: dict, thing) -> tuple[dict, dict]:
    """(changed: field → [old, new] with texts as fingerprints, earlier: field → old text)."""
    after = {name: getattr(thing, name) for name in before}
    differing = [name for name in before if before[name] != after[name]]
    changed = {name: [told(name, before[name]), told(name, after[name])] for name in differing}
    return changed, {name: before[name] for name in differing if name in TEXTS}


def told(name: str, value):
    if name in TEXTS:
        return f"text:{fingerprint(value)}"
    return value.isoformat() if isinstance(value, date) else value
