"""The import carried out by a real worker, in a process of its own."""

from uuid import uuid4

import pytest

from casework.models import Job, JobState
from organisations import importing
from organisations.models import Organisation
from tests.factories.accounts import UnitFactory, UserFactory
from tests.factories.organisations import org_number
from tests.worker import wait_until

pytestmark = pytest.mark.timeout(120)


def state(job) -> str:
    return Job.objects.get(pk=job.pk).state


def test_a_worker_checks_and_imports_what_is_confirmed(worker):
    unit = UnitFactory()
    admin = UserFactory(admin_at=unit.administration.root_unit)
    lines = [f"Förening {n};{org_number(n)};stiftelse" for n in range(300)]
    content = "\n".join(["Namn;Organisationsnummer;Organisationsform", *lines]).encode()
    facts = {"administration": unit.administration, "form_key": uuid4()}
    checked = importing.ask_for_check(content, "fil.csv", **facts, by=admin)
    assert state(checked) == JobState.WAITING

    worker.start()
    wait_until(lambda: state(checked) == JobState.DONE)
    checked.refresh_from_db()
    job = importing.confirm(checked, overwrite=False, by=admin)
    wait_until(lambda: state(job) == JobState.DONE)

    assert Organisation.objects.count() == 300
