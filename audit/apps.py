from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate

from audit.guards import after_migrate, append_only, before_migrate


class AuditConfig(AppConfig):
    name = "audit"
    verbose_name = "Händelselogg"
    guards = append_only("audit_event")

    def ready(self):
        pre_migrate.connect(before_migrate, dispatch_uid="audit.guards")
        post_migrate.connect(after_migrate, dispatch_uid="audit.guards")
