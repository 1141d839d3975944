"""A published version is replaced, never edited (product.md §5, domain 0.12).

Numbers and starts grow together: a new version starts after every one that is published, so what
was in force on a day stays what it was.
"""

from datetime import date

from django.db import transaction

from audit import clock
from audit.record import record_in_register
from casework.swedish import long_date
from checklists.models import Question, QuestionSet, Version

REGISTER = "question_sets"


class CannotPublish(Exception):
    """Why the version cannot be published, or drafted, in Swedish."""


class CannotWithdraw(Exception):
    """Why the publication stays, in Swedish."""


class NothingInForce(Exception):
    """No version of the set is in force that day."""


@transaction.atomic
def draft_next(
    question_set: QuestionSet, *, by=None, empty: bool = False, like: Version | None = None
) -> Version:
    """Make the next draft, a copy of `like` (the latest published version) unless empty.

    like: a version of any set, such as the common one that an administration begins from.
    Raises CannotPublish when there is a draft already. Lock: the set.
    """
    locked(question_set)
    last = question_set.versions.order_by("-number").first()
    if last and not last.is_published:
        raise CannotPublish(f"Version {last.number} är redan ett utkast.")
    like = like or question_set.versions.published().order_by("-number").first()
    draft = Version.objects.create(
        question_set=question_set,
        number=last.number + 1 if last else 1,
        proposal=like.proposal if like else False,
    )
    if like and not empty:
        copies = list(like.questions.order_by("position"))
        for copy in copies:
            copy.pk, copy.version, copy._state.adding = None, draft, True
            copy.same_question, copy.revision = False, 1
        Question.objects.bulk_create(copies)
    record_in_register(REGISTER, "version_drafted", by=by, details=told(draft))
    return draft


@transaction.atomic
def discard(draft: Version, *, by) -> None:
    """Throw a draft away, with its questions; one that is gone already stays so.

    Raises CannotPublish for a published version.
    """
    locked(draft.question_set)
    draft = Version.objects.select_for_update().filter(pk=draft.pk).first()
    if draft is None:
        return
    if draft.is_published:
        raise CannotPublish(f"Version {draft.number} är publicerad och kan inte kastas.")
    details = {**told(draft), "questions": draft.questions.count()}
    draft.delete()
    record_in_register(REGISTER, "draft_discarded", by=by, details=details)


@transaction.atomic
def publish(version: Version, *, starts_on: date, by=None) -> Version:
    """Freeze the draft and let it be in force from that day (Stockholm).

    by: a person, or None when the program loads its own files. A set's first version may have
    begun earlier; a later one starts today or after, and after all that are published. Raises
    CannotPublish; then nothing has changed.
    """
    question_set = locked(version.question_set)
    version = Version.objects.select_for_update().get(pk=version.pk)
    latest = question_set.versions.published().order_by("-starts_on").first()
    refuse_start(version, latest, starts_on)
    if not version.questions.exists():
        raise CannotPublish("En version utan frågor kan inte publiceras.")
    version.starts_on, version.published_at, version.published_by = starts_on, clock.now(), by
    version.save(update_fields=["starts_on", "published_at", "published_by"])
    record_in_register(REGISTER, "version_published", by=by, details=told(version))
    return version


@transaction.atomic
def withdraw(version: Version, *, reason: str, by) -> Version:
    """Take back a publication that has not begun and that no case uses. Its start is free again.

    The version stays as history, its questions too. Raises CannotWithdraw.
    """
    locked(version.question_set)
    version = Version.objects.select_for_update().get(pk=version.pk)
    refuse_withdrawal(version, reason)
    version.withdrawn_on, version.withdrawn_by = clock.today(), by
    version.withdrawn_reason = reason.strip()
    version.save(update_fields=["withdrawn_on", "withdrawn_by", "withdrawn_reason"])
    record_in_register(REGISTER, "version_withdrawn", by=by, details=told(version))
    return version


def refuse_withdrawal(version: Version, reason: str) -> None:
    if not version.is_published:
        raise CannotWithdraw(f"Version {version.number} är ett utkast. Kasta det i stället.")
    if version.is_withdrawn:
        raise CannotWithdraw(f"Version {version.number} är redan tillbakadragen.")
    if version.starts_on <= clock.today():
        raise CannotWithdraw(
            f"Version {version.number} gäller sedan {long_date(version.starts_on)}. "
            "Publicera en ny version i stället."
        )
    if version.assessments.exists():
        raise CannotWithdraw(f"Version {version.number} används redan i ett ärende.")
    if not reason.strip():
        raise CannotWithdraw("Skriv varför publiceringen dras tillbaka.")


def refuse_start(version: Version, latest: Version | None, starts_on: date) -> None:
    if version.is_published:
        raise CannotPublish(f"Version {version.number} är redan publicerad och kan inte ändras.")
    if latest and starts_on <= latest.starts_on:
        raise CannotPublish(
            f"Version {latest.number} gäller från {long_date(latest.starts_on)}. "
            "En ny version måste börja gälla senare."
        )
    if latest and starts_on < clock.today():
        raise CannotPublish("En ny version kan inte börja gälla bakåt i tiden.")


def in_force(code: str, rule_set: str, day: date) -> Version:
    """The latest published version whose start has come that day, questions not fetched.

    The administration's own set goes before the common one (rule_set ""). One query.
    Raises NothingInForce.
    """
    version = (
        Version.objects.begun(day)
        .filter(question_set__code=code, question_set__rule_set__in=[rule_set, ""])
        .select_related("question_set")
        .order_by("-question_set__rule_set", "-starts_on")
        .first()
    )
    if version is None:
        raise NothingInForce(
            f"Det finns inga frågor med koden {code} som gäller {long_date(day)}. "
            "Läs in dem med `manage.py load_question_sets`."
        )
    return version


def all_in_force(rule_set: str, day: date) -> dict[str, Version]:
    """Set code → its version in force that day, questions not fetched. One query."""
    rows = (
        Version.objects.begun(day)
        .filter(question_set__rule_set__in=[rule_set, ""])
        .select_related("question_set")
        .order_by("question_set__rule_set", "starts_on")
    )
    return {row.question_set.code: row for row in rows}


def locked(question_set: QuestionSet) -> QuestionSet:
    return QuestionSet.objects.select_for_update().get(pk=question_set.pk)


def told(version: Version) -> dict:
    """How a version stands in the log: codes, numbers and dates, no texts."""
    return {
        "set": version.question_set.code,
        "rule_set": version.question_set.rule_set,
        "number": version.number,
        "starts_on": version.starts_on.isoformat() if version.starts_on else None,
    }
