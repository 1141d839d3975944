"""What somebody has chosen in a filter panel, so that each choice can be taken away by itself."""

from django import forms


def chosen_filters(filterset) -> list[dict]:
    """One entry per chosen value: {"label", "value", "url"}; `url` is the list without it.

    Takes a bound django-filter FilterSet. Values that were not understood are left out: the panel
    shows what is wrong with them beside the field. A kept order or page number is not a filter.
    """
    form = filterset.form
    if not filterset.is_bound or not form.is_valid():
        return []
    chosen = []
    for field in form:
        if field.field.label is None or field.is_hidden:
            continue
        for name, raw in _raw_values(filterset.data, field.html_name):
            chosen.append(
                {
                    "label": field.label,
                    "value": _in_words(field.field, raw),
                    "url": _address_without(filterset.data, name, raw),
                }
            )
    return chosen


def _raw_values(data, name: str) -> list[tuple[str, str]]:
    """The filled-in values of a field; ranges send theirs as name_min, name_max, name_after …"""
    names = [name, *(f"{name}_{end}" for end in ("min", "max", "after", "before"))]
    return [(key, raw) for key in names for raw in data.getlist(key) if raw.strip()]


def _in_words(field, raw: str) -> str:
    if isinstance(field, forms.NullBooleanField):
        return "ja"
    for value, words in getattr(field, "choices", ()):
        if isinstance(words, (list, tuple)):
            words = {str(key): label for key, label in words}.get(raw)
            if words:
                return str(words)
        elif str(value) == raw:
            return str(words)
    return raw


def _address_without(data, name: str, raw: str) -> str:
    rest = data.copy()
    rest.setlist(name, [value for value in data.getlist(name) if value != raw])
    rest.pop("sida", None)
    return f"?{rest.urlencode()}"
