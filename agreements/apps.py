from django.apps import AppConfig

from agreements.guards import GUARDS


class AgreementsConfig(AppConfig):
    name = "agreements"
    verbose_name = "Överenskommelser"
    guards = GUARDS
