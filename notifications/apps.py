from django.apps import AppConfig

from notifications.guards import GUARDS
from notifications.mail_kinds import MAIL_KINDS


class NotificationsConfig(AppConfig):
    name = "notifications"
    verbose_name = "Meddelanden"
    mail_kinds = MAIL_KINDS
    guards = GUARDS
