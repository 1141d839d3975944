"""The tags behind templates/components/: `{% load components %}`. See them all at /komponenter/."""

import re
from datetime import datetime

from django import template
from django.template.loader import get_template
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.safestring import SafeData

from casework.swedish import NARROW, long_date
from casework.swedish import kronor as written_kronor
from dashboard.bars import draw
from dashboard.chosen import chosen_filters
from dashboard.icons import ICONS

register = template.Library()

ALERT_ICONS = {"note": "info", "success": "check", "warning": "warning", "danger": "warning"}
MESSAGE_TONES = {"error": "danger", "warning": "warning", "success": "success"}
STEP_ICONS = {
    "registered": "flag",
    "motivated": "pen",
    "checked": "clipboard",
    "decided": "stamp",
    "documented": "document",
    "told": "envelope",
    "ongoing": "cycle",
    "ended": "stop",
    "closed": "archive",
    "withdrawn": "undo",
    "referred": "archive",
}
TASK_ICONS = {
    "done": "check",
    "waiting": "arrow-right",
    "started": "pen",
    "late": "warning",
    "closed": "lock",
    "other": "clock",
}


@register.inclusion_tag("components/icon.html")
def icon(name: str) -> dict:
    """Draw the picture called `name` in dashboard/icons.py. Raises KeyError for a name it lacks."""
    return {"path": ICONS[name]}


@register.inclusion_tag("components/icon.html")
def step_icon(step: str, refrained=False) -> dict:
    """The picture of a step of the case (its value in collaborations.models.Step)."""
    return {"path": ICONS["minus" if refrained else STEP_ICONS[str(step)]]}


@register.inclusion_tag("components/icon.html")
def task_icon(state: str) -> dict:
    return {"path": ICONS[TASK_ICONS[state]]}


@register.simple_block_tag
def card(content, title="", *, id="", url="", label="", level=2, tone=""):
    """A box with a heading; templates/components/card.html says what each argument is."""
    box = {"content": content, "title": title, "id": id, "url": url, "label": label}
    return get_template("components/card.html").render({**box, "level": level, "tone": tone})


@register.simple_block_tag
def alert(content, title="", *, tone="note"):
    """A message in the page; `tone` is note, success, warning or danger."""
    message = {"content": content, "title": title, "tone": tone, "icon_name": ALERT_ICONS[tone]}
    return get_template("components/alert.html").render(message)


@register.inclusion_tag("components/bars.html")
def bars(title, rows, series=None, *, unit="", one="", id="diagram"):
    """A picture of amounts with its table; dashboard/bars.py says what rows and series are.

    unit: what is counted, of many; one: of one, where that is another word.
    """
    chart = draw(rows, series or [])
    return {"title": title, "chart": chart, "unit": unit, "one": one, "id": id}


@register.simple_tag
def filters_in(filterset) -> list[dict]:
    """What has been chosen in a django-filter panel: label, value and the address without it."""
    return chosen_filters(filterset)


@register.simple_tag
def place_of(reason, places=None) -> str:
    """The address where a casework Reason is mended, or nothing when the page knows of none."""
    return (places or {}).get(getattr(reason, "at", ""), "")


@register.filter
def tone(level_tag: str) -> str:
    """The tone of an alert for a level of Django's messages."""
    return MESSAGE_TONES.get(level_tag, "note")


@register.filter
def anchor(source: str) -> str:
    """The id in Regelverket of a rule or law: G-44 as it is, KL 6:30 as KL-6-30."""
    return re.sub(r"[^\w-]+", "-", source)


@register.filter
def percent(share: float) -> str:
    """A share as an SVG attribute: always with a point, whatever the language."""
    return f"{share:g}%"


@register.filter
def thousands(number: int) -> str:
    """12 500: with the thin space of Swedish print."""
    return f"{number:,}".replace(",", NARROW)


@register.filter
def kronor(amount: int | None) -> str:
    """12 500 kr; empty for None."""
    return written_kronor(amount)


@register.filter
def iso(at) -> str:
    """A date or an aware moment as <time datetime> wants it, in Swedish time."""
    return (timezone.localtime(at) if isinstance(at, datetime) else at).isoformat()


@register.filter
def day_and_time(at) -> str:
    """21 november 2026 kl. 14.05 for a moment (in Swedish time), only the day for a date."""
    if not isinstance(at, datetime):
        return long_date(at)
    local = timezone.localtime(at)
    return f"{long_date(local.date())} kl. {local:%H.%M}"


@register.filter
def first_input(field) -> str:
    """The id that a link to a form field goes to: for radios and check boxes, the first of them."""
    return f"{field.auto_id}_0" if field.use_fieldset else field.id_for_label


@register.filter(is_safe=True)
def without_links(error: str) -> str:
    """An error inside a link: the program's own links fall away, what a person typed is kept."""
    return strip_tags(error) if isinstance(error, SafeData) else error


@register.filter
def before_error(label: str) -> str:
    """A field's label before its error: 'Titel:', but 'Vem tog initiativet?' as it stands."""
    return label if not label or label[-1] in "?!.:" else f"{label}:"
