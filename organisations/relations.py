"""Everything that points to an organisation, whoever's table it is, and how it is moved.

Found by asking Django, so that an app above this one needs to say nothing. Only a table where an
organisation may stand once beside something else must say how two rows become one: RESOLVERS here,
or `organisation_resolvers` (key → dotted path) of its own app's configuration.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from django.apps import apps
from django.db import models
from django.utils.module_loading import import_string

from organisations.models import Name, Organisation, PossibleDuplicate, Profile, Size

# Made of the names anew after a merge, so never moved.
DERIVED = (Name, PossibleDuplicate)


@dataclass
class Moved:
    """What became of the rows of one relation, for the log.

    ids: of the rows that moved (of the case, for a link between a case and an organisation).
    joined: rows that became one with a row of the other's, with what was in them, as codes.
    earlier: field → text as it was before, kept apart (audit.models.Revision).
    """

    ids: list[int] = field(default_factory=list)
    joined: list[dict] = field(default_factory=list)
    earlier: dict[str, str] = field(default_factory=dict)


def pointing() -> list[models.ForeignKey]:
    """Every foreign key to Organisation, hidden ones and tables between too, in a fixed order."""
    found = [
        relation.field
        for relation in Organisation._meta.get_fields(include_hidden=True)
        if relation.auto_created
        and not relation.concrete
        and (relation.one_to_many or relation.one_to_one)
    ]
    return sorted(found, key=key_of)


def moving_relations() -> Iterator[models.ForeignKey]:
    return (one for one in pointing() if one.model not in DERIVED)


def key_of(relation: models.ForeignKey) -> str:
    """collaborations.collaboration_organisations.organisation"""
    return f"{relation.model._meta.label_lower}.{relation.name}"


def label_of(relation: models.ForeignKey) -> str:
    """What the rows are called, in the plural."""
    if relation.model is Organisation:
        return "tidigare hopslagna organisationer"
    return str(holder_of(relation)._meta.verbose_name_plural)


def holder_of(relation: models.ForeignKey):
    """The model that speaks of the organisation: for a table between, the one that has it."""
    other = other_end(relation)
    return other.related_model if other else relation.model


def other_end(relation: models.ForeignKey) -> models.ForeignKey | None:
    """The other key of a table between (many to many), which nothing else knows of."""
    if not relation.model._meta.auto_created:
        return None
    keys = [one for one in relation.model._meta.fields if one.is_relation and one is not relation]
    return keys[0]


def rows_of(relation: models.ForeignKey, organisation: Organisation) -> models.QuerySet:
    return relation.model._base_manager.filter(**{relation.name: organisation})


def unique_sets(relation: models.ForeignKey) -> list[tuple[str, ...]]:
    """The sets of fields that must be unique together and hold the relation."""
    meta = relation.model._meta
    found = [tuple(one) for one in meta.unique_together]
    found += [one.fields for one in meta.constraints if isinstance(one, models.UniqueConstraint)]
    return [fields for fields in found if relation.name in fields] + [
        (relation.name,)
    ] * relation.unique


def move(relation: models.ForeignKey, goes: Organisation, stays: Organisation) -> Moved:
    """Let what points to the one that goes point to the one that stays."""
    moved = Moved()
    rows = rows_of(relation, goes).order_by("pk")
    between = other_end(relation)
    if between:
        both = rows_of(relation, stays).values(between.attname)
        doubled = rows.filter(**{f"{between.attname}__in": both})
        moved.joined = [{"id": pk} for pk in doubled.values_list(between.attname, flat=True)]
        doubled.delete()
    elif resolve := resolvers().get(key_of(relation)):
        moved = resolve(goes, stays)
    moved.ids = list(rows.values_list(between.attname if between else "pk", flat=True))
    rows.update(**{relation.name: stays})
    return moved


Resolver = Callable[[Organisation, Organisation], Moved]


def resolvers() -> dict[str, Resolver]:
    """key_of(relation) → what makes two rows one, before the rest is moved."""
    found = dict(RESOLVERS)
    for config in apps.get_app_configs():
        named = getattr(config, "organisation_resolvers", {})
        found |= {key: import_string(path) for key, path in named.items()}
    return found


def join_profiles(goes: Organisation, stays: Organisation) -> Moved:
    """Where both are known: all roles and relations, both texts, the later assessment."""
    moved = Moved()
    kept = {one.administration_id: one for one in Profile.objects.filter(organisation=stays)}
    for gone in Profile.objects.filter(organisation=goes, administration__in=kept).order_by("pk"):
        one = kept[gone.administration_id]
        for name in ("description", "relation_note"):
            moved.earlier[f"{name}:{one.pk}"] = getattr(one, name)
            moved.earlier[f"{name}:{gone.pk}"] = getattr(gone, name)
            setattr(one, name, both_texts(getattr(one, name), getattr(gone, name)))
        was = {"roles": one.roles, "relations": one.relations}
        one.roles = list(dict.fromkeys([*one.roles, *gone.roles]))
        one.relations = list(dict.fromkeys([*one.relations, *gone.relations]))
        days = [day for day in (one.procurement_assessed_on, gone.procurement_assessed_on) if day]
        one.procurement_assessed_on = max(days, default=None)
        one.version += 1
        one.save()
        moved.joined.append(
            {
                "id": gone.pk,
                "into": one.pk,
                "administration": gone.administration_id,
                "roles": gone.roles,
                "relations": gone.relations,
                "into_had": was,
                "assessed": [day.isoformat() for day in days],
            }
        )
        gone.delete()
    return moved


def both_texts(one: str, other: str) -> str:
    """Nothing is lost, and nothing is said twice."""
    if not other.strip() or other.strip() in one:
        return one
    return f"{one.rstrip()}\n\n{other}" if one.strip() else other


def keep_one_size(goes: Organisation, stays: Organisation) -> Moved:
    """Where both have figures for a day, those of the one that stays; the others are logged."""
    moved = Moved()
    kept = {(one.administration_id, one.as_of) for one in Size.objects.filter(organisation=stays)}
    for gone in Size.objects.filter(organisation=goes).order_by("pk"):
        if (gone.administration_id, gone.as_of) in kept:
            moved.joined.append(
                {
                    "id": gone.pk,
                    "administration": gone.administration_id,
                    "as_of": gone.as_of.isoformat(),
                    "members": gone.members,
                    "employees": gone.employees,
                    "volunteers": gone.volunteers,
                }
            )
            gone.delete()
    return moved


RESOLVERS: dict[str, Resolver] = {
    "organisations.profile.organisation": join_profiles,
    "organisations.size.organisation": keep_one_size,
}
