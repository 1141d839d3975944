from django.core.management.base import BaseCommand, CommandError

from accounts.models import Administration
from notifications.self_test import mailbox_verdict


class Command(BaseCommand):
    help = "Säger om e-postservern kan leverera till varje förvaltnings brevlåda. Inget skickas."

    def handle(self, **options):
        verdicts = [mailbox_verdict(each) for each in Administration.objects.all()]
        for verdict in verdicts:
            self.stdout.write(verdict.sentence)
        if not verdicts:
            raise CommandError("Det finns ingen förvaltning än. Kör manage.py setup.")
        if not all(verdict.will_arrive for verdict in verdicts):
            raise CommandError("Alla brevlådor nås inte.")
