"""Publish a draft when it is ready, and take back a publication that has not begun."""

from datetime import date

from django.db import transaction

from casework.moves import NotAllowed, Stale
from casework.rules import Reason
from checklists.models import Version
from checklists.readiness import Problem, problems
from checklists.rights import refuse_unless_editor
from checklists.versions import CannotPublish, locked, publish, withdraw

NO_NOTE = "Skriv vad som ändrats sedan förra versionen."


class NotReady(Exception):
    """The draft has problems. Nothing was published."""

    def __init__(self, found: list[Problem]):
        self.problems = found
        super().__init__(" ".join(problem.sentence for problem in found))


@transaction.atomic
def publish_draft(
    draft: Version, *, starts_on: date, change_note: str, proposal: bool, revision: int, by
) -> Version:
    """Publish the draft from that day, if it is as the page showed it and nothing is amiss.

    revision: that of the draft on the page. Published already from the same day by the same
    person (a double click): given back as it is. Raises NotAllowed, Stale, NotReady, CannotPublish.
    """
    refuse_unless_editor(by, draft.question_set.rule_set)
    locked(draft.question_set)
    current = Version.objects.with_questions().filter(pk=draft.pk).first()
    if current is None:
        raise NotAllowed([Reason("Utkastet finns inte längre.")])
    if current.is_published and (current.starts_on, current.published_by) == (starts_on, by):
        return current
    if not current.is_published:
        if current.revision != revision:
            raise Stale(current)
        if found := problems(current):
            raise NotReady(found)
        note = " ".join(change_note.split())
        if not note and current.question_set.versions.published().exists():
            raise CannotPublish(NO_NOTE)
        current.change_note, current.proposal = note, proposal
        current.save(update_fields=["change_note", "proposal"])
    return publish(current, starts_on=starts_on, by=by)


def take_back(version: Version, *, reason: str, by) -> Version:
    """Withdraw a publication that has not begun. Raises NotAllowed, CannotWithdraw."""
    refuse_unless_editor(by, version.question_set.rule_set)
    return withdraw(version, reason=" ".join(reason.split()), by=by)
