from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from dashboard.demo.logins import demo_logins


class Command(BaseCommand):
    help = "Visar demolägets inloggningar, en per roll."

    def handle(self, **options):
        if not settings.DEMO:
            raise CommandError("Listade inloggningar finns bara i demoläget (SAMVERKAN_DEMO=yes).")
        logins = demo_logins()
        wide = max(len(login["email"]) for login in logins)
        self.stdout.write(f"Lösenord för alla: {logins[0]['password']}\n")
        for login in logins:
            self.stdout.write(f"  {login['email']:<{wide}}  {login['role']}")
