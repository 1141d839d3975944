"""Bring the question sets of the repository (checklists/content/*.yaml) into the database.

The same content changes nothing. Changed content becomes a new version; a published one is never
edited. Where a person has made the latest version, the file stands back and says so.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

from django.db import transaction

from audit import clock
from checklists.marked_yaml import Malformed
from checklists.models import Question, QuestionSet, Version
from checklists.reading import SetContent, read_set
from checklists.versions import draft_next, locked, publish

CONTENT = Path(__file__).resolve().parent / "content"


def load_question_sets(folder: Path = CONTENT, *, starts_on: date | None = None) -> list[str]:
    """Load all files of the folder, all or none. Returns a Swedish line about each.

    starts_on: from when the first version of a set counts (today when left out); demo data
    begins earlier. Raises Malformed (file, line, reason) before anything is changed.
    """
    contents = {}
    for path in sorted(folder.glob("*.yaml")):
        content = read_set(path)
        if (content.code, content.rule_set) in contents:
            raise Malformed(path.name, 1, f"uppsättningen {content.code} står i två filer.")
        contents[content.code, content.rule_set] = content
    with transaction.atomic():
        return list(load_all(contents.values(), starts_on or clock.today()))


def load_all(contents: Iterable[SetContent], starts_on: date) -> Iterable[str]:
    for content in contents:
        yield f"{content.name}: {load(content, starts_on)}"


def load(content: SetContent, starts_on: date) -> str:
    """Bring one set up to its file. Returns what happened, in Swedish."""
    question_set, _ = QuestionSet.objects.get_or_create(
        code=content.code,
        rule_set=content.rule_set,
        defaults={"name": content.name, "about": content.about},
    )
    locked(question_set)
    made = list(question_set.versions.order_by("-number"))
    loaded = next((version for version in made if version.content_hash), None)
    if loaded and loaded.content_hash == content.fingerprint:
        return "oförändrad."
    latest = made[0] if made else None
    if latest and not latest.content_hash:
        return (
            f"filen är ändrad, men version {latest.number} är gjord i programmet och står kvar. "
            "Jämför och gör ändringen där."
        )
    version = make(question_set, content, starts_on)
    return f"version {version.number}, {len(content.questions)} rader, gäller {version.starts_on}."


def make(question_set, content: SetContent, starts_on: date) -> Version:
    QuestionSet.objects.filter(pk=question_set.pk).update(name=content.name)
    published = question_set.versions.published()
    taken = list(published.values_list("starts_on", flat=True))
    draft = draft_next(question_set, empty=True)
    draft.proposal, draft.change_note = content.proposal, content.change_note
    draft.content_hash = content.fingerprint
    draft.save(update_fields=["proposal", "change_note", "content_hash"])
    Question.objects.bulk_create(Question(version=draft, **fields) for fields in content.questions)
    if taken:
        # Two versions cannot begin on one day: a file changed twice in a day begins tomorrow.
        starts_on = max([clock.today(), *(one + timedelta(days=1) for one in taken)])
    return publish(draft, starts_on=starts_on)
