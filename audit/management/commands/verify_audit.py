from django.core.management.base import BaseCommand, CommandError

from audit.models import Event
from audit.verify import breaks


class Command(BaseCommand):
    help = "Kontrollerar att händelseloggen är hel. Säger var den första länken brister."

    def handle(self, **options):
        faults = list(breaks())
        for fault in faults:
            self.stderr.write(str(fault))
        if faults:
            raise CommandError(f"Loggen är bruten i {len(faults)} kedjor.")
        self.stdout.write(f"Loggen är hel: {Event.objects.count()} händelser.")
