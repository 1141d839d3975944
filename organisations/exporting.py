"""The list of organisations as a file: what all share, and what one's own administrations know."""

import csv
import io
import tempfile
from collections.abc import Iterable, Iterator
from types import SimpleNamespace

from django.db import transaction
from django.db.models import Prefetch
from django.http import QueryDict

from audit import clock
from casework.jobs import Progress, finish, keep_result
from casework.models import Job
from organisations.filters import OrganisationFilter
from organisations.import_plan import HEADINGS
from organisations.models import Organisation, Profile
from organisations.table_file import harmless

EXPORT = "organisations.export"
AT_ONCE = 1000  # so many rows are written while the reader waits
CHUNK = 500
SAY_EVERY = 200
TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
COLUMNS = [words[0] for words in HEADINGS.values()] + ["Känd hos"]
WIDTHS = (44, 20, 34, 40, 40, 60, 40)


def chosen(person, asked: QueryDict):
    """The rows (query set) that the list shows for the filters in its address."""
    visible = Organisation.objects.visible_to(person)
    return OrganisationFilter(asked, visible, request=SimpleNamespace(user=person)).qs


def lines_of(person, rows) -> Iterator[list[str]]:
    """One line for each organisation, in the order of the list; read in portions."""
    own = Profile.objects.visible_to(person).select_related("administration")
    ready = rows.order_by("sort_key", "pk").prefetch_related(
        Prefetch("profiles", own, to_attr="own_profiles")
    )
    for organisation in ready.iterator(chunk_size=CHUNK):
        yield [harmless(text) for text in line_of(organisation)]


def line_of(organisation) -> list[str]:
    profiles = organisation.own_profiles
    return [
        organisation.name,
        organisation.number_written,
        organisation.get_legal_form_display(),
        ", ".join(unique(role for one in profiles for role in one.roles_written)),
        ", ".join(unique(relation for one in profiles for relation in one.relations_written)),
        " / ".join(unique(" ".join(one.description.split()) for one in profiles)),
        ", ".join(one.administration.name for one in profiles),
    ]


def unique(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(text for text in texts if text))


def file_name(form: str) -> str:
    return f"organisationer-{clock.today().isoformat()}.{form}"


def write(form: str, lines: Iterable[list[str]]):
    """A temporary file with the lines, at its beginning. Memory does not grow with the lines."""
    return as_workbook(lines) if form == "xlsx" else as_csv(lines)


def as_csv(lines: Iterable[list[str]]):
    """With a mark and semicolons: what Excel with Swedish settings opens rightly."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the one who sends it closes it
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
    writer = csv.writer(text, delimiter=";")
    writer.writerow(COLUMNS)
    writer.writerows(lines)
    text.flush()
    text.detach()
    file.seek(0)
    return file


def as_workbook(lines: Iterable[list[str]]):
    from openpyxl import Workbook  # when it is needed: it takes long to load
    from openpyxl.utils.escape import escape

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Organisationer")
    for at, width in enumerate(WIDTHS):
        sheet.column_dimensions["ABCDEFG"[at]].width = width
    sheet.freeze_panes = "A2"
    sheet.append(COLUMNS)
    for line in lines:
        sheet.append([escape(text) for text in line])
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the one who sends it closes it
    book.save(file)
    book.close()
    file.seek(0)
    return file


def template():
    """A file with the headings and one invented row, to fill in and import."""
    example = ["Läxhjälpen Exemplet", "899990-0007", "ideell förening", "service", "", "Läxhjälp."]
    return as_csv([[*example, ""]])


def carry_out(job: Job, progress: Progress) -> None:
    person, form = job.created_by, job.given["form"]
    rows = chosen(person, QueryDict(job.given["asked"]))
    total = rows.order_by().count()
    file = write(form, followed(lines_of(person, rows), total, progress))
    with file, transaction.atomic():
        finish(job, done=total, total=total, **keep_result(job, file, file_name(form)))


def followed(lines: Iterable, total: int, progress: Progress) -> Iterator:
    for at, line in enumerate(lines):
        if at % SAY_EVERY == 0:
            progress("Skriver filen", at, total)
        yield line
