"""The minutes are closed (*justeras*) by the chair, and then kept as they are (G-09)."""

from collections.abc import Callable

from advice.minutes import data_of
from advice.models import Meeting
from advice.workflow import CLOSE_MINUTES
from audit import clock
from casework.moves import Stale, closed, missing, moving, refuse_if
from documents.minutes import MinutesData, minutes_file_name, minutes_pdf
from documents.models import Kind
from documents.store import keep


def close_minutes(
    meeting: Meeting, *, by, version: int, render: Callable[[MinutesData], bytes] = minutes_pdf
) -> None:
    """Make the minutes' PDF, keep it, and close the meeting. Rendered with no transaction open.

    version: of the page that was read. What was noted meanwhile makes it stale: nothing is kept.
    Raises Stale, NotAllowed, documents.pdf.PdfUnavailable.
    """
    now = Meeting.objects.get(pk=meeting.pk)
    if now.version != version:
        raise Stale(now)
    refuse_if(closed(now, CLOSE_MINUTES, by) + missing(now, CLOSE_MINUTES))
    data = data_of(now, closed_by=str(now.chair), closed_on=clock.today())
    pdf = render(data)
    with moving(meeting, CLOSE_MINUTES, by=by, version=version) as locked:
        locked.minutes = keep(
            pdf,
            administration=locked.administration,
            kind=Kind.MINUTES,
            title=f"Protokoll från beredningsgruppens möte {locked.held_on}",
            public_title=f"Protokoll, beredningsgruppen {locked.held_on}",
            file_name=minutes_file_name(data),
            data=data.to_json(),
            created_by=by,
        )
        locked.closed_by, locked.closed_at = by, clock.now()
