"""Long work: asked for once, carried out once, and never lost."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from audit import clock
from casework import jobs
from casework.models import Job, JobState
from samverkan.celery import app
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
done: list[int] = []


def work(job, progress):
    progress("Räknar", 1, 2)
    done.append(job.pk)
    jobs.finish(job, found={"answer": 42})


def refusing(job, progress):
    raise jobs.JobRefused("Det går inte i dag.")


def broken(job, progress):
    raise ZeroDivisionError


@pytest.fixture(autouse=True)
def kinds(monkeypatch):
    done.clear()
    named = {"test.work": work, "test.refusing": refusing, "test.broken": broken}
    monkeypatch.setattr(jobs, "work_of", named.__getitem__)


def asked(kind="test.work", **facts) -> Job:
    return jobs.ask(kind, by=UserFactory(), **{"form_key": uuid4(), **facts})


def state(job) -> str:
    job.refresh_from_db()
    return job.state


def later(minutes: int):
    return clock.telling(timezone.now() + timedelta(minutes=minutes))


def test_the_same_form_asks_once_and_the_job_is_done_once():
    key = uuid4()
    job = asked(form_key=key)

    assert asked(form_key=key) == job
    assert [jobs.run(job.pk), jobs.run(job.pk)] == [True, False]
    assert (state(job), job.found, done) == (JobState.DONE, {"answer": 42}, [job.pk])


@pytest.mark.parametrize(
    ("kind", "said"), [("test.refusing", "Det går inte i dag."), ("test.broken", jobs.BROKEN)]
)
def test_what_cannot_be_done_says_why(kind, said):
    job = asked(kind)

    jobs.run(job.pk)

    assert (state(job), job.said) == (JobState.FAILED, said)


def test_a_dead_broker_is_no_error_and_the_sweep_takes_the_job(
    monkeypatch, django_capture_on_commit_callbacks
):
    def dead(*_, **__):
        raise ConnectionError

    monkeypatch.setattr(app, "send_task", dead)
    with django_capture_on_commit_callbacks(execute=True):
        job = asked()
    jobs.sweep()
    assert state(job) == JobState.WAITING

    with later(1):
        jobs.sweep()

    assert state(job) == JobState.DONE


def test_a_worker_that_fell_silent_has_stopped_and_can_be_begun_anew():
    job = asked()
    Job.objects.filter(pk=job.pk).update(state=JobState.RUNNING, attempt=1, heard_at=timezone.now())
    with later(1):
        jobs.sweep()
    assert state(job) == JobState.RUNNING

    with later(3):
        jobs.sweep()
    assert state(job) == JobState.STOPPED
    assert not jobs.run(job.pk)
    assert [jobs.again(job), jobs.again(job)] == [True, False]
    assert jobs.run(job.pk)
    assert (state(job), job.attempt) == (JobState.DONE, 2)


def test_an_attempt_that_was_given_up_can_neither_finish_nor_speak():
    job = asked()
    Job.objects.filter(pk=job.pk).update(state=JobState.RUNNING, attempt=2, heard_at=timezone.now())
    job.refresh_from_db()
    job.attempt = 1

    for act in (lambda: jobs.finish(job), lambda: jobs.Progress(job)("Räknar", 1, 2)):
        with pytest.raises(jobs.Superseded):
            act()


def test_files_are_thrown_away_after_a_week():
    job = asked(source=b"Namn")
    jobs.run(job.pk)
    kept = job.source
    with later(60 * 24 * 6):
        jobs.sweep()
    assert default_storage.exists(kept)

    with later(60 * 24 * 8):
        jobs.sweep()

    assert not default_storage.exists(kept)
    job.refresh_from_db()
    assert (job.source, job.state) == ("", JobState.DONE)
