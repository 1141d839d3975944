"""What the worker does for the group, every hour."""

from celery import shared_task

from advice import sweeps


@shared_task
def sweep_questions() -> int:
    """Questions that nobody has any longer, and those that nobody has taken in time."""
    return sweeps.free_what_others_had() + sweeps.tell_of_what_is_late()
