"""The worker. Its settings are in queue.py."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samverkan.settings")
app = Celery("samverkan")
# By name, so that settings which build on ours can import this package before they are complete.
app.config_from_object("samverkan.queue")
app.autodiscover_tasks()
