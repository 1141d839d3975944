from django.apps import AppConfig

from collaborations.guards import GUARDS


class CollaborationsConfig(AppConfig):
    name = "collaborations"
    verbose_name = "Samverkan"
    guards = GUARDS
    refuses_merge = "collaborations.merging.documents_are_being_made"
