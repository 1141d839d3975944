from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from dashboard.printed import PAGES


class Command(BaseCommand):
    help = "Writes docs/rules.md and docs/workflow.md from the code; --check only compares."

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true")

    def handle(self, *, check, **options):
        for name, page in PAGES.items():
            file = settings.BASE_DIR / name
            text = page()
            if check and (not file.exists() or file.read_text(encoding="utf-8") != text):
                raise CommandError(f"{name} is not what the code says. Run `make docs`.")
            if not check:
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(text, encoding="utf-8")
        self.stdout.write("The printed pages equal the code." if check else "Printed.")
