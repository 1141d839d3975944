from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from checklists.load import CONTENT, load_question_sets
from checklists.marked_yaml import Malformed


class Command(BaseCommand):
    help = (
        "Läser in frågeuppsättningarna i checklists/content. Kan köras hur många gånger som helst."
    )

    def add_arguments(self, parser):
        parser.add_argument("--folder", type=Path, default=CONTENT, help="mapp med YAML-filer")
        parser.add_argument(
            "--starts-on",
            type=date.fromisoformat,
            help="från när en uppsättnings första version gäller (ÅÅÅÅ-MM-DD); annars i dag",
        )

    def handle(self, *, folder, starts_on, verbosity, **options):
        try:
            lines = load_question_sets(folder, starts_on=starts_on)
        except Malformed as fault:
            raise CommandError(f"Ingenting lästes in. {fault}") from None
        if not lines:
            raise CommandError(f"Det finns inga YAML-filer i {folder}.")
        if verbosity:
            self.stdout.write("\n".join(lines))
