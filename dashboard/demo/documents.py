"""What the organisations have handed in, in several states, and one request that is under way."""

import io
from collections.abc import Iterator
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile

from audit import clock
from dashboard.demo.organisations import key_of
from documents.pdf import PdfUnavailable
from organisations.choices import DocumentKind
from organisations.hold import hold
from organisations.requests import ask, send

YEARLY = (DocumentKind.ANNUAL_REPORT, DocumentKind.ACCOUNTS, DocumentKind.AUDIT)
# How much an organisation has sent: kind → days before it came that it is dated.
ALL = {
    DocumentKind.ACTIVITIES: 100,
    DocumentKind.STATUTES: 900,
    DocumentKind.MINUTES: 120,
    DocumentKind.ANNUAL_REPORT: 120,
    DocumentKind.ACCOUNTS: 120,
    DocumentKind.AUDIT: 130,
    DocumentKind.PLAN_AND_BOARD: 120,
    DocumentKind.MEMBERS: 60,
}
SOME = {DocumentKind.STATUTES: 700, DocumentKind.MINUTES: 200, DocumentKind.ACTIVITIES: 30}
OLD = {DocumentKind.STATUTES: 2000, DocumentKind.MINUTES: 800}
SENT = (ALL, SOME, OLD, {})
AS_FILE = DocumentKind.STATUTES  # each file is looked through by a process of its own
ASKED = "lyktan"
ASKED_AGO, ANSWER_WITHIN = 10, 21
ONE_CAME_AGO = 4


def handed_in(organisation, administration, number: int, *, by) -> None:
    """What the organisation of that number sent when it became known."""
    for kind, days in SENT[number % len(SENT)].items():
        take_in(organisation, administration, kind, days, by=by, keep=number % len(SENT) == 0)


def all_eight(organisation, administration, *, by) -> None:
    """What a partnership waits for (I-54)."""
    for kind, days in ALL.items():
        take_in(organisation, administration, kind, days, by=by, keep=False)


def take_in(organisation, administration, kind, days: int, *, by, keep: bool) -> None:
    """Kept as a file or noted as shown; shown where this machine cannot tell what a file is."""
    today = clock.today()
    facts = {
        "kind": kind,
        "dated_on": today - timedelta(days=days),
        "received_on": today,
        "form_key": key_of(f"{organisation}:{administration.slug}:{kind}:{today}"),
        "by": by,
        **period(kind, today),
    }
    if keep and kind == AS_FILE:
        file = ContentFile(page_of(f"{kind.label}, {organisation}"), name=f"{kind.label}.pdf")
        try:
            hold(organisation, administration, file=file, **facts)
        except ValidationError:
            pass
        else:
            return
    hold(organisation, administration, shown_on=today, **facts)


def period(kind, today: date) -> dict:
    """What a document of the kind covers when it came today, so that it counts."""
    if kind in YEARLY:
        return {
            "covers_from": date(today.year - 1, 1, 1),
            "covers_to": date(today.year - 1, 12, 31),
        }
    if kind == DocumentKind.PLAN_AND_BOARD:
        return {"covers_from": date(today.year, 1, 1), "covers_to": date(today.year, 12, 31)}
    return {}


def page_of(words: str) -> bytes:
    """A PDF of one page that says what it stands for."""
    import pikepdf

    with pikepdf.new() as made:
        made.add_blank_page(page_size=(595, 842))
        said = words.encode("cp1252", "replace").hex()
        made.pages[0].Contents = made.make_stream(
            f"BT /F1 14 Tf 72 760 Td <{said}> Tj ET".encode("ascii")
        )
        font = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
        font["/Encoding"] = "/WinAnsiEncoding"
        names = {key: pikepdf.Name(value) for key, value in font.items()}
        made.pages[0].Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=names))
        written = io.BytesIO()
        made.save(written, deterministic_id=True)
    return written.getvalue()


def begin_request(organisation, administration, *, by) -> None:
    """Two kinds are asked for. Where no letter can be made it waits for the worker."""
    contact = organisation.contacts.filter(administration=administration).order_by("pk").first()
    asked = ask(
        organisation,
        administration,
        kinds=[DocumentKind.MEMBERS, DocumentKind.INSURANCE],
        due_on=clock.today() + timedelta(days=ANSWER_WITHIN),
        contact=contact,
        by=by,
        form_key=key_of(f"request:{organisation}"),
        message="Försäkringen behöver gälla lokalen på Kvarngatan.",
    )
    try:
        send(asked.pk)
    except PdfUnavailable:
        return


def one_came(organisation, administration, *, by) -> None:
    take_in(organisation, administration, DocumentKind.MEMBERS, 20, by=by, keep=False)


def moments(days) -> Iterator[tuple]:
    """(when, what is done with the organisation that is asked)."""
    yield days.at(ASKED_AGO, 13), begin_request
    yield days.at(ONE_CAME_AGO, 15), one_came
