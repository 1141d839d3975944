"""What the worker would have done, done on the told day: documents, mails and reminders.

Mails always go to the embedded folder, never to a mail server. Documents are rendered ahead by
processes of their own, since that is most of the work.
"""

import multiprocessing
import os
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import AbstractContextManager
from datetime import timedelta

import django
from django.core.mail import get_connection

from audit import clock
from collaborations.decision_document import data_of
from collaborations.models import Collaboration
from collaborations.rules import decision_is_told
from collaborations.steps.document import deciding, document
from collaborations.steps.tell import tell
from documents.decision import DecisionDocumentData, decision_html
from documents.pdf import render_pdf
from notifications import digests, outbox, reminders
from notifications.models import Notice, Obligation, Outcome
from notifications.outbox import NO_ANSWER, Answer
from notifications.post import post

MOST_PROCESSES = 4
A_MONTH = timedelta(days=30)  # before the day, as the first reminder comes


class Printer(AbstractContextManager):
    """Renders documents while the stories go on. Called with a decision's data it gives its PDF."""

    def __init__(self):
        self.pool = ProcessPoolExecutor(
            # One processor is left to the telling itself; each process costs seconds to begin.
            max(1, min(MOST_PROCESSES, (os.cpu_count() or 1) - 1)),
            # Not forked: a child must not hold our connection to the database.
            mp_context=multiprocessing.get_context("spawn"),
            initializer=django.setup,
        )
        self.coming: dict[str, Future] = {}

    def __exit__(self, *problem):
        self.pool.shutdown(cancel_futures=True)

    def begin(self, data: DecisionDocumentData) -> None:
        html = decision_html(data)
        self.coming[html] = self.pool.submit(render_pdf, html)

    def __call__(self, data: DecisionDocumentData) -> bytes:
        """Raises documents.pdf.PdfUnavailable."""
        html = decision_html(data)
        return self.coming.pop(html).result() if html in self.coming else render_pdf(html)


class Worker:
    def __init__(self, printer: Printer):
        self.printer = printer
        self.line = get_connection("notifications.folder.EmailBackend")

    def deliver(self) -> None:
        """Send all that is due at the told time, and the digests of that day."""
        digests.sweep()
        for notice_id in list(Notice.objects.due(clock.now()).values_list("pk", flat=True)):
            attempt = outbox.claim(notice_id)
            outbox.settle(attempt, post(attempt, self.line))

    def fail(self, notice: Notice, answer: Answer) -> None:
        outbox.settle(outbox.claim(notice.pk), answer)

    def lose_answer(self, notice: Notice) -> None:
        """As when the line breaks: it is unclear, and will be sent once more."""
        self.fail(notice, Answer(Outcome.UNANSWERED, NO_ANSWER))

    def prepare_document(self, case: Collaboration) -> None:
        self.printer.begin(data_of(deciding(case)))

    def carry_out(self, case: Collaboration, *, refused: str = "") -> None:
        """Make the document and tell the mailbox; the case starts when it is told.

        refused: what the mail server says instead of yes. Raises documents.pdf.PdfUnavailable.
        """
        document(case, render=self.printer)
        if refused:
            notice = Notice.objects.about(case.chain).get(kind="decision")
            self.fail(notice, Answer(Outcome.REFUSED, refused))
        self.deliver()
        if decision_is_told(case):
            tell(case)

    def sweep(self, without=()) -> None:
        """The reminders of that day, each once. Asks first, since most weeks have none."""
        if Obligation.objects.open().filter(due_on__lte=clock.today() + A_MONTH).exists():
            reminders.sweep(clock.today(), without=without)
        self.deliver()
