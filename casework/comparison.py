"""What somebody typed beside what is saved: for a form that rests on an older version."""

from datetime import date

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
    values = value if isinstance(value, list | tuple) else [value]
    if hasattr(field, "choices"):
        labels = {str(getattr(code, "value", code)): str(label) for code, label in field.choices}
        return and_list(labels.get(str(getattr(one, "pk", one)), str(one)) for one in values)
    return and_list(long_date(one) if isinstance(one, date) else one for one in values)
