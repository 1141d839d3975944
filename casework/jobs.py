"""Long work in the worker: asked for once, carried out once, its progress seen meanwhile.

    job = ask("organisations.check", by=person, form_key=key, source=content)

An app names its work in its configuration: `jobs = {"organisations.check": "dotted.path"}`. What
is named takes (job, progress), and ends by `finish(job, …)` in the transaction that changes
anything: so a worker that was given up and comes back late changes nothing.
"""

import hashlib
import logging
import time
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

from celery import current_app
from django.apps import apps
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import F
from django.utils.module_loading import import_string

from audit import clock
from casework.models import Job, JobState

log = logging.getLogger(__name__)

SILENT = timedelta(minutes=2)  # after which a worker that has not been heard of has stopped
UNHEARD = timedelta(seconds=20)  # after which a job waits for no message any more
KEPT = timedelta(days=7)  # for files
SAID_EVERY = 0.5  # seconds
BROKEN = "Något gick fel i programmet. Inget har ändrats. Kontakta den som sköter systemet."


class JobRefused(Exception):
    """The work cannot be done; the sentence is for the one who asked. Nothing was changed."""


class Superseded(Exception):
    """Somebody else has taken the job over, or given it up."""


def ask(
    kind: str,
    *,
    by,
    form_key: UUID,
    administration=None,
    given: dict | None = None,
    source: bytes | None = None,
    source_name: str = "",
    of: Job | None = None,
) -> Job:
    """Write the job and tell the worker once that is committed. The same form asks once.

    source: the bytes of a file that came along, or of: another job whose file it uses. A dead
    broker is no error: the job waits, and the sweep takes it.
    """
    if already := Job.objects.filter(form_key=form_key).first():
        return already
    facts = {"kind": kind, "administration": administration, "given": given or {}}
    facts |= {"created_by": by, "source_name": source_name[:200], "created_at": clock.now()}
    if source is not None:
        facts["source"] = default_storage.save(f"jobs/{uuid4()}", ContentFile(source))
        facts["source_sha256"] = hashlib.sha256(source).hexdigest()
    if of is not None:
        facts |= {name: getattr(of, name) for name in ("source", "source_name", "source_sha256")}
    with transaction.atomic():
        job, new = Job.objects.get_or_create(form_key=form_key, defaults=facts)
        if new:
            tell_the_worker(job)
    return job


def tell_the_worker(job: Job) -> None:
    send = "casework.tasks.carry_out_job"
    transaction.on_commit(lambda: current_app.send_task(send, [job.pk]), robust=True)


def again(job: Job) -> bool:
    """Let a job that stopped begin anew. False when it has not stopped."""
    with transaction.atomic():
        stopped = Job.objects.filter(pk=job.pk, state=JobState.STOPPED)
        begun = stopped.update(state=JobState.WAITING, done=0, created_at=clock.now())
        if begun:
            tell_the_worker(job)
    return bool(begun)


class Progress:
    """progress("Läser", 120, 5000): how far it has come, written a few times a second at most.

    Never inside the transaction that changes things: nobody would see it before the end.
    """

    def __init__(self, job: Job):
        self.job, self.said, self.phase = job, 0.0, None

    def __call__(self, phase: str, done: int = 0, total: int = 0) -> None:
        now = time.monotonic()
        if phase == self.phase and now - self.said < SAID_EVERY:
            return
        self.phase, self.said = phase, now
        heard = mine(self.job).update(phase=phase, done=done, total=total, heard_at=clock.now())
        if not heard:
            raise Superseded


def mine(job: Job):
    """The row, as long as this attempt is the one that counts."""
    return Job.objects.filter(pk=job.pk, attempt=job.attempt, state=JobState.RUNNING)


def finish(job: Job, **facts) -> None:
    """It is done. In the transaction that changes anything. Raises Superseded: roll back then."""
    if not mine(job).update(state=JobState.DONE, finished_at=clock.now(), phase="", **facts):
        raise Superseded


def keep_result(job: Job, file, name: str) -> dict:
    """Keep a file that came of it; returns the facts for `finish`."""
    return {"result": default_storage.save(f"jobs/{uuid4()}", File(file)), "result_name": name}


def work_of(kind: str) -> Callable[[Job, Progress], None]:
    named: dict[str, str] = {}
    for config in apps.get_app_configs():
        named |= getattr(config, "jobs", {})
    return import_string(named[kind])


def run(job_id: int) -> bool:
    """Carry out a job that waits. False when another has it, or it is over."""
    waiting = Job.objects.filter(pk=job_id, state=JobState.WAITING)
    if not waiting.update(
        state=JobState.RUNNING, attempt=F("attempt") + 1, heard_at=clock.now(), phase="Börjar"
    ):
        return False
    job = Job.objects.select_related("created_by", "administration").get(pk=job_id)
    try:
        work_of(job.kind)(job, Progress(job))
    except JobRefused as refusal:
        fail(job, str(refusal))
    except Superseded:
        log.warning("job %s: attempt %s was given up", job.pk, job.attempt)
    except Exception:
        log.exception("job %s", job.pk)
        fail(job, BROKEN)
    return True


def fail(job: Job, sentence: str) -> None:
    mine(job).update(state=JobState.FAILED, said=sentence[:400], finished_at=clock.now())


def sweep() -> None:
    """Every minute: jobs whose worker fell silent have stopped; what nobody heard of is done."""
    now = clock.now()
    silent = Job.objects.filter(state=JobState.RUNNING, heard_at__lt=now - SILENT)
    silent.update(state=JobState.STOPPED)
    waiting = Job.objects.filter(state=JobState.WAITING, created_at__lt=now - UNHEARD)
    for job_id in list(waiting.order_by("created_at").values_list("pk", flat=True)[:5]):
        run(job_id)
    throw_away_old_files(now)


def throw_away_old_files(now) -> None:
    """A week after it was over. The file of what was carried out from it goes too: see its hash."""
    old = Job.objects.filter(created_at__lt=now - KEPT).exclude(source="", result="")
    for job in old.exclude(state__in=[JobState.WAITING, JobState.RUNNING])[:100]:
        throw_away(job)


def throw_away(job: Job) -> None:
    forget_source(job)
    if job.result:
        default_storage.delete(job.result)
        Job.objects.filter(pk=job.pk).update(result="")


def forget_source(job: Job) -> None:
    """Delete the file that came with it, also for other jobs that share it."""
    if job.source:
        default_storage.delete(job.source)
        Job.objects.filter(source=job.source).update(source="")
