from django.apps import AppConfig

from notifications.guards import GUARDS


class NotificationsConfig(AppConfig):
    name = "notifications"
    verbose_name = "Meddelanden"
    guards = GUARDS
