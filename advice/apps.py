from django.apps import AppConfig

from advice.guards import GUARDS


class AdviceConfig(AppConfig):
    name = "advice"
    verbose_name = "Beredningsgruppen"
    guards = GUARDS
