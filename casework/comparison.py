"""What somebody typed beside what is saved: for a form that rests on an older version."""

from contextlib import suppress

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from casework.swedish import and_list, long_date


def differences(form, saved_form) -> list[dict]:
    """The fields whose texts differ: {label, yours, saved}, in the form's order.

    form: bound, as it was sent. saved_form: the same kind, filled from the record as it stands.
    """
    rows = []
    for name, field in form.fields.items():
        if field.widget.is_hidden:
            continue
        yours, saved = as_text(form, name), as_text(saved_form, name)
        if yours != saved:
            rows.append({"label": field.label, "yours": yours, "saved": saved})
    return rows


def as_text(form, name: str) -> str:
    """A field's value as it is read: the labels of what was chosen, a day in words, or the text."""
    field, value = form.fields[name], form[name].value()
    if value in (None, "", []):
        return ""
    return and_list(in_words(field, one) for one in as_list(value))


def as_list(value) -> list:
    return list(value) if isinstance(value, list | tuple | QuerySet) else [value]


def in_words(field: forms.Field, value) -> str:
    if hasattr(field, "choices"):
        labels = {str(getattr(code, "value", code)): str(label) for code, label in field.choices}
        return labels.get(str(getattr(value, "pk", value)), str(value))
    if isinstance(field, forms.DateField):
        with suppress(ValidationError):  # what was typed may be no day at all
            return long_date(field.to_python(value))
    return str(value)
