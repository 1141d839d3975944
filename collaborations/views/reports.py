"""Reports, made from the data each time they are asked for; nothing is saved."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe

from collaborations import (
    board_report,
    civil_actor_report,
    follow_up_board_report,
    follow_up_report,
)
from collaborations.models import Form
from collaborations.page import readable_case, visible_case
from documents.pdf import PdfUnavailable
from documents.report import ReportData, report_file_name, report_pdf
from documents.store import answer_with
from documents.word import DOCX, report_docx


def partnership(request, pk: int):
    """Only a partnership goes to the board with a report, and is checked as a civil actor."""
    case = visible_case(request, pk)
    if case.form != Form.IOP:
        raise Http404
    return case


def as_pdf(request, data: ReportData, name: str, back: str, pk: int):
    """The PDF; where this machine can make none, the page it came from with the reason."""
    try:
        return answer_with(report_pdf(data), name, inline=True)
    except PdfUnavailable as problem:
        messages.error(request, str(problem))
        return redirect(f"collaborations:{back}", pk=pk)


@require_safe
def board_pdf(request, pk):
    data = board_report.report_of(partnership(request, pk))
    return as_pdf(request, data, report_file_name(data), "board_decision", pk)


@require_safe
def board_docx(request, pk):
    data = board_report.report_of(partnership(request, pk))
    return answer_with(report_docx(data), report_file_name(data, ".docx"), DOCX)


@require_safe
def civil_actor(request, pk):
    data = civil_actor_report.report_of(partnership(request, pk))
    return as_pdf(request, data, report_file_name(data), "case", pk)


@require_safe
def follow_up(request, pk, follow_up_pk):
    """One follow-up, to those who may read what runs: the case's own page shows it to them too."""
    case = readable_case(request, pk)
    made = get_object_or_404(case.follow_ups.select_related("made_by"), pk=follow_up_pk)
    data = follow_up_report.report_of(case, made, is_whole=case.is_whole)
    return as_pdf(request, data, report_file_name(data, day=made.held_on), "case", pk)


@require_safe
def follow_up_to_board(request, pk, follow_up_pk, ending):
    """The follow-up of a partnership as a case to the board (I-24)."""
    case = partnership(request, pk)
    made = get_object_or_404(case.follow_ups.select_related("made_by"), pk=follow_up_pk)
    data = follow_up_board_report.report_of(case, made)
    if ending == "docx":
        return answer_with(report_docx(data), report_file_name(data, ".docx"), DOCX)
    return as_pdf(request, data, report_file_name(data, day=made.held_on), "case", pk)
