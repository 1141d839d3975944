"""How tasks travel, and the timetable. Celery reads this when it first needs it (celery.py)."""

from django.conf import settings

# Sending to a dead broker must fail at once: the outbox sweep picks up what was not sent. Without
# these a page waits 4 s for a Redis that refuses, and minutes for one that never answers.
fail_at_once = {"max_retries": 1, "interval_start": 0, "socket_connect_timeout": 2}

if settings.REDIS_URL:
    broker_url = settings.REDIS_URL
    broker_transport_options = fail_at_once
else:  # a folder on this machine, which needs nothing installed
    for folder in ("queue", "control"):
        (settings.BROKER_FOLDER / folder).mkdir(parents=True, exist_ok=True)
    broker_url = "filesystem://localhost"  # Celery warns of an address without a host
    broker_transport_options = {
        "data_folder_in": str(settings.BROKER_FOLDER / "queue"),
        "data_folder_out": str(settings.BROKER_FOLDER / "queue"),
        "polling_interval": 0.2,
        "control_folder": str(settings.BROKER_FOLDER / "control"),
    }

timezone = settings.TIME_ZONE
task_ignore_result = True
worker_prefetch_multiplier = 1
worker_hijack_root_logger = False
broker_connection_retry_on_startup = True
task_publish_retry = False
beat_schedule = {
    "sweep-jobs": {"task": "casework.tasks.sweep_jobs", "schedule": 60},
    "carry-out-leftovers": {"task": "collaborations.tasks.carry_out_leftovers", "schedule": 60},
    "deliver-leftovers": {"task": "notifications.tasks.deliver_leftovers", "schedule": 60},
    "scan-leftovers": {"task": "organisations.tasks.scan_leftovers", "schedule": 60},
    "send-requests": {"task": "organisations.tasks.send_leftovers", "schedule": 60},
    "send-digests": {"task": "notifications.tasks.send_digests", "schedule": 600},
    "sweep-reminders": {"task": "notifications.tasks.sweep_reminders", "schedule": 3600},
    "sweep-questions": {"task": "advice.tasks.sweep_questions", "schedule": 3600},
    "sweep-renewals": {"task": "collaborations.tasks.sweep_renewals", "schedule": 3600},
}
