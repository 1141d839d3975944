from django.apps import AppConfig

from checklists.guards import GUARDS


class ChecklistsConfig(AppConfig):
    name = "checklists"
    verbose_name = "Frågor"
    guards = GUARDS
