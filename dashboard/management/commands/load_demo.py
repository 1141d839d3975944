import time

from celery import current_app
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from collaborations.models import Collaboration
from dashboard.demo.load import NotEmpty, load
from notifications.models import Notice
from organisations.models import Organisation


def refusal(*, demo: bool, vendor: str) -> str:
    """Why demonstration data may not be loaded here, in Swedish; empty when it may."""
    if not demo:
        return "Demodata läses bara in i demoläget (SAMVERKAN_DEMO=yes), som make run använder."
    if vendor != "sqlite":
        return (
            "Demodata läses aldrig in i en databasserver: den fyller databasen med påhittade "
            "ärenden och öppna konton. Det går bara i den inbäddade SQLite-databasen."
        )
    return ""


class Command(BaseCommand):
    help = "Läser in påhittade förvaltningar, organisationer och ärenden. Bara i demoläget."

    def handle(self, **options):
        if words := refusal(demo=settings.DEMO, vendor=connection.vendor):
            raise CommandError(words)
        began = time.monotonic()
        try:
            new = load()
        except NotEmpty as fault:
            raise CommandError(str(fault)) from None
        if not new:
            self.stdout.write("Demodata finns redan.")
            return
        # What the steps asked of the worker has been done on the told days.
        current_app.control.purge()
        self.stdout.write(
            f"Demodata: {Collaboration.objects.count()} ärenden, "
            f"{Organisation.objects.count()} organisationer och {Notice.objects.count()} "
            f"meddelanden på {time.monotonic() - began:.0f} sekunder."
        )
