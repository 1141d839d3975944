"""What happens after the answer to the browser. Tasks do nothing twice and decide nothing."""

import logging

from celery import shared_task

from audit import clock
from casework.moves import NotAllowed
from collaborations import annual_documents, renewals
from collaborations.models import Collaboration, Step
from collaborations.rules import decision_is_told
from collaborations.steps.document import document
from collaborations.steps.tell import tell
from documents.pdf import PdfUnavailable
from notifications.models import Notice
from notifications.tasks import deliver

log = logging.getLogger(__name__)


@shared_task
def carry_out(case_id: int) -> None:
    """Do what the program owes a decided case: its document, the mail, and then the start."""
    case = Collaboration.objects.owed_by_the_program().filter(pk=case_id).first()
    if case is None:
        return
    try:
        if case.step == Step.DECIDED:
            document(case)
        for notice in Notice.objects.about(case.chain).due(clock.now()).filter(kind="decision"):
            deliver(notice.pk)
        if decision_is_told(case):
            tell(case)
    except PdfUnavailable as problem:
        log.error("%s: the document cannot be made here: %s", case.number, problem)
    except NotAllowed as refusal:
        # Another worker was quicker. What is left, the sweep finds.
        log.info("%s: %s", case.number, refusal)


@shared_task
def carry_out_leftovers() -> int:
    """Every case that still waits for its document or its mail. Returns how many it tried."""
    waiting = list(Collaboration.objects.owed_by_the_program().values_list("pk", flat=True)[:200])
    for case_id in waiting:
        try:
            carry_out(case_id)
        except Exception:
            log.exception("case %s: left for the next sweep", case_id)
    return len(waiting)


@shared_task
def sweep_renewals() -> int:
    """What the organisations in running collaborations must attest and hand in anew."""
    return renewals.sweep(clock.today()) + annual_documents.sweep(clock.today())
