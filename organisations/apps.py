from django.apps import AppConfig

from organisations.guards import GUARDS


class OrganisationsConfig(AppConfig):
    name = "organisations"
    verbose_name = "Organisationer"
    guards = GUARDS
