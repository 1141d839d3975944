"""The worker and its timetable."""

import os

from celery import Celery
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samverkan.settings")
app = Celery("samverkan")


def broker() -> dict:
    """Redis where there is one; otherwise a folder on this machine: nothing to install."""
    if settings.REDIS_URL:
        return {"broker_url": settings.REDIS_URL}
    folder = settings.BROKER_FOLDER
    for name in ("queue", "control"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    return {
        "broker_url": "filesystem://",
        "broker_transport_options": {
            "data_folder_in": str(folder / "queue"),
            "data_folder_out": str(folder / "queue"),
            "control_folder": str(folder / "control"),
        },
    }


app.conf.update(
    **broker(),
    timezone=settings.TIME_ZONE,
    task_ignore_result=True,
    worker_prefetch_multiplier=1,
    broker_connection_retry_on_startup=True,
    # Sending to a dead broker must fail at once: the outbox sweep picks up what was not sent.
    task_publish_retry=False,
    worker_hijack_root_logger=False,
    beat_schedule={
        "carry-out-leftovers": {
            "task": "collaborations.tasks.carry_out_leftovers",
            "schedule": 60,
        },
        "deliver-leftovers": {"task": "notifications.tasks.deliver_leftovers", "schedule": 60},
        "sweep-reminders": {"task": "notifications.tasks.sweep_reminders", "schedule": 3600},
    },
)
app.autodiscover_tasks()
