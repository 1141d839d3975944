"""Ask the worker to go on with a case once the change is safely committed."""

from celery import current_app
from django.db import transaction


def carry_out_on_commit(case) -> None:
    """By name, since the task imports the steps. A dead broker is no error: see the sweep."""
    transaction.on_commit(
        lambda: current_app.send_task("collaborations.tasks.carry_out", [case.pk]), robust=True
    )
