from datetime import date
from decimal import Decimal

from django.core.management.base import BaseCommand

from accounts.models import LegalAmount
from collaborations.models import AppealText

# Our own words; KL 13 kap. 1, 4, 5 and 8 §§. No last day is given: it runs from an announcement.
FIRST = (
    date(2026, 1, 1),
    "Den som är medlem i kommunen kan få beslutets laglighet prövad av förvaltningsrätten. "
    "Skrivelsen lämnas till förvaltningsrätten inom tre veckor från den dag då det har "
    "tillkännagetts på kommunens anslagstavla att protokollet över beslutet har justerats. "
    "Skriv vilket beslut som överklagas och varför det skulle vara olagligt.",
)


BEGINNING, W = date(2024, 1, 1), LegalAmount.What
# What was in force when the program was made (domain 2.6, 2.7). Amounts change every second year:
# the administration adds what has come since, each with its first day.
AMOUNTS = (
    (W.SMALL_AID, "300000", "Förordning (EU) 2023/2831"),
    (W.EURO, "10.8126", "SFS 2024:30: 8 109 450 kronor för 750 000 euro"),
    (W.DIRECT, "700000", "LOU 19 a kap. 2 §"),
    (W.SOCIAL, "8109450", "LOU 5 kap. 1 §, SFS 2024:30"),
    (W.OTHER, "2389585", "LOU 5 kap. 1 §, SFS 2024:30"),
    (W.FEE, "20000000", "LOU 21 kap. 6–11 §§"),
    (W.FEE_SHARE, "10", "LOU 21 kap. 6–11 §§"),
    (W.DOCUMENTED, "100000", "LOU 19 a kap. 11 §"),
)


def load_amounts() -> int:
    """The first amounts, each unless one has been there already. Returns how many were new."""
    made = [
        LegalAmount.objects.create(
            what=what, starts_on=BEGINNING, amount=Decimal(amount), source=source
        )
        for what, amount, source in AMOUNTS
        if not LegalAmount.objects.filter(what=what).exists()
    ]
    return len(made)


class Command(BaseCommand):
    help = "Lägger in den första överklagandetexten och de första beloppen enligt lag."

    def handle(self, **options):
        starts_on, text = FIRST
        _, new = AppealText.objects.get_or_create(starts_on=starts_on, defaults={"text": text})
        self.stdout.write("Text om överklagande inlagd." if new else "Texten finns redan.")
        self.stdout.write(f"Belopp enligt lag inlagda: {load_amounts()}.")
