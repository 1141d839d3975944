from datetime import date

from django.core.management.base import BaseCommand

from collaborations.models import AppealText

# Our own words; KL 13 kap. 1, 4, 5 and 8 §§. No last day is given: it runs from an announcement.
FIRST = (
    date(2026, 1, 1),
    "Den som är medlem i kommunen kan få beslutets laglighet prövad av förvaltningsrätten. "
    "Skrivelsen lämnas till förvaltningsrätten inom tre veckor från den dag då det har "
    "tillkännagetts på kommunens anslagstavla att protokollet över beslutet har justerats. "
    "Skriv vilket beslut som överklagas och varför det skulle vara olagligt.",
)


class Command(BaseCommand):
    help = "Lägger in den första texten om hur ett beslut överklagas, om ingen finns."

    def handle(self, **options):
        starts_on, text = FIRST
        _, new = AppealText.objects.get_or_create(starts_on=starts_on, defaults={"text": text})
        self.stdout.write("Text om överklagande inlagd." if new else "Texten finns redan.")
