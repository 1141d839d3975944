"""How a change of reference data stands in the log: codes as they are, texts as fingerprints."""

import json
from datetime import date, datetime
from decimal import Decimal

from django.db import models

from audit.record import fingerprint, record_in_register

REGISTER = "referensdata"
UNTOLD = {"id", "path", "last_login", "group_seen_at"}


def values(thing: models.Model) -> dict:
    """Field → value as the log may hold it."""
    fields = [f for f in thing._meta.concrete_fields if f.name not in UNTOLD]
    return {field.name: told(field, field.value_from_object(thing)) for field in fields}


def told(field: models.Field, value):
    if field.name == "password":
        return f"text:{fingerprint(fingerprint(value))}"  # tells that it changed, and no more
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if value is None or isinstance(value, bool | int):
        return value
    if field.choices or isinstance(field, models.SlugField):
        return value
    if isinstance(value, list):  # codes of forms of collaboration
        return value
    if isinstance(value, dict):
        value = json.dumps(value, sort_keys=True) if value else ""
    return f"text:{fingerprint(value)}"


def record_change(action: str, thing: models.Model, before: dict, *, by) -> None:
    """Write what became of the thing. action: added, changed or deleted. Nothing new: no event."""
    after = values(thing) if action != "deleted" else {}
    names = [name for name in before | after if before.get(name) != after.get(name)]
    if action == "changed" and not names:
        return
    details = {
        "model": thing._meta.label_lower,
        "id": thing.pk,
        "changed": {name: [before.get(name), after.get(name)] for name in names},
    }
    record_in_register(REGISTER, f"reference_data_{action}", by=by, details=details)
