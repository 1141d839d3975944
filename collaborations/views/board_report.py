"""The board's report, made from the data each time it is asked for; nothing is saved."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from collaborations.board_report import report_of
from collaborations.models import Form
from collaborations.page import visible_case
from documents.board_report import (
    DOCX,
    board_report_docx,
    board_report_file_name,
    board_report_pdf,
)
from documents.pdf import PdfUnavailable


def data_of(request, pk):
    """Only a partnership always goes to the board with a report of its own."""
    case = visible_case(request, pk)
    if case.form != Form.IOP:
        raise Http404
    return report_of(case)


def file(content: bytes, kind: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=kind, headers=headers)


@require_safe
def as_pdf(request, pk):
    data = data_of(request, pk)
    try:
        pdf = board_report_pdf(data)
    except PdfUnavailable as problem:
        messages.error(request, str(problem))
        return redirect("collaborations:board_decision", pk=pk)
    return file(pdf, "application/pdf", board_report_file_name(data, ".pdf"))


@require_safe
def as_docx(request, pk):
    data = data_of(request, pk)
    return file(board_report_docx(data), DOCX, board_report_file_name(data, ".docx"))
