from django.apps import AppConfig

from documents.guards import GUARDS


class DocumentsConfig(AppConfig):
    name = "documents"
    verbose_name = "Dokument"
    guards = GUARDS
