from django.apps import AppConfig

from collaborations.guards import GUARDS


class CollaborationsConfig(AppConfig):
    name = "collaborations"
    verbose_name = "Samverkan"
    guards = GUARDS
