"""`manage.py setup`: lies here because it may look both at accounts and at the mail server."""

import getpass
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.db.models import Field
from django.utils.text import slugify

from accounts.beginning import AlreadyBegun, Beginning, begin, refuse_if_begun
from accounts.models import Administration, Unit, User
from audit.admin.told import record_change
from notifications.self_test import mailbox_verdict


@dataclass(frozen=True)
class Question:
    """One fact: how it is asked for, which field knows what is acceptable, what is proposed."""

    fact: str
    text: str
    field: Field
    proposal: Callable[[dict], str] = lambda known: ""

    @property
    def option(self) -> str:
        return "--" + self.fact.replace("_", "-")

    def checked(self, answer: str) -> str:
        """Raises CommandError in Swedish."""
        try:
            return self.field.clean(answer.strip(), None)
        except ValidationError as refusal:
            raise CommandError(
                f"{self.text} ({self.option}): {' '.join(refusal.messages)}"
            ) from None


def field(model, name: str) -> Field:
    return model._meta.get_field(name)


QUESTIONS = (
    Question("administration", "Förvaltningens namn", field(Administration, "name")),
    Question(
        "short_name",
        "Kortnamn",
        field(Administration, "short_name"),
        lambda known: known["administration"][:40],
    ),
    Question(
        "code",
        "Kod som inleder ärendenumren",
        field(Administration, "slug"),
        lambda known: slugify(known["short_name"])[:12].strip("-"),
    ),
    Question("unit", "Den första enheten", field(Unit, "name")),
    Question("mailbox", "Beredningsgruppens brevlåda", field(Administration, "mailbox")),
    Question(
        "ascii_alias",
        "Reservadress utan å, ä och ö (får vara tom)",
        field(Administration, "mailbox_ascii_alias"),
    ),
    Question("name", "Administratörens namn", field(User, "name")),
    Question("email", "Administratörens e-postadress", field(User, "email")),
)


class Command(BaseCommand):
    help = (
        "Gör den första förvaltningen, enheten, brevlådan och administratören i en riktig "
        "installation. Frågar efter det som inte anges. Lösenordet frågas efter eller läses ur en "
        "fil, aldrig från kommandoraden."
    )

    def add_arguments(self, parser):
        for question in QUESTIONS:
            parser.add_argument(question.option, help=question.text)
        parser.add_argument("--password-file", type=Path, help="Fil med lösenordet på första raden")
        parser.add_argument(
            "--noinput", action="store_false", dest="interactive", help="Fråga inte om något"
        )

    def handle(self, *, interactive, password_file, **options):
        try:
            self.refuse_where_it_makes_no_sense()
            facts = self.facts(options, interactive)
            password = self.password(password_file, interactive)
            with transaction.atomic():
                person, rows = begin(facts, password=password)
                for row in rows:
                    record_change("added", row, {}, by=person)
        except AlreadyBegun as refusal:
            raise CommandError(str(refusal)) from None
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from None
        administration = Administration.objects.get()
        self.stdout.write(
            f"{administration} är upplagd. {mailbox_verdict(administration).sentence}"
        )
        self.stdout.write(
            f"Logga in på {settings.BASE_URL} som {person.email} och lägg till enheter, personer "
            "och roller."
        )

    def refuse_where_it_makes_no_sense(self):
        if settings.DEMO:
            raise CommandError("Det här är demoläget, med egna påhittade konton. Inget att göra.")
        refuse_if_begun()

    def facts(self, options: dict, interactive: bool) -> Beginning:
        known = {}
        for question in QUESTIONS:
            given = options[question.fact]
            if given is None and interactive:
                known[question.fact] = self.ask(question, question.proposal(known))
            else:
                known[question.fact] = question.checked(given or question.proposal(known))
        return Beginning(**known)

    def ask(self, question: Question, proposal: str) -> str:
        """Until the answer will do. An empty answer accepts the proposal."""
        shown = f" [{proposal}]" if proposal else ""
        while True:
            try:
                return question.checked(input(f"{question.text}{shown}: ") or proposal)
            except CommandError as refusal:
                self.stderr.write(str(refusal))
            except EOFError:
                raise CommandError(f"Inget svar på: {question.text} ({question.option})") from None

    def password(self, file: Path | None, interactive: bool) -> str:
        if file:
            try:
                return file.read_text(encoding="utf-8").partition("\n")[0].strip()
            except OSError as failure:
                raise CommandError(f"Lösenordet kunde inte läsas: {failure}") from None
        if not interactive:
            raise CommandError("Ange lösenordet i en fil: --password-file")
        first = getpass.getpass("Administratörens lösenord: ")
        if first != getpass.getpass("En gång till: "):
            raise CommandError("Lösenorden är olika. Inget är ändrat.")
        return first
