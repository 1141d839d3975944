"""A secrecy mark and the mails: of a secret case they tell its number, with a link, and no more.

What is written after the mark asks `secret_numbers`; what was written before and is not sent is
worded anew by `hide_what_is_unsent`; a copy of what was sent is worded by `as_told_now`, and what
the program shows of it by `as_read_by`: what was sent stays as it was.
"""

import re
from collections.abc import Collection

from collaborations.ledger_notices import KIND as LIST_OF_OBLIGATIONS
from collaborations.models import Collaboration, Reexamination
from notifications.digests import worded as digest_of
from notifications.digests import write_anew
from notifications.mail_kinds import DIGEST
from notifications.models import Notice, Obligation
from notifications.outbox import redact
from notifications.secrecy import number_alone


def secret_numbers(chains: Collection[str]) -> dict[str, str]:
    """Chain → the case's number, of the secret cases and their matters. At most two queries."""
    return _numbers_of(secret_cases(), chains)


def _numbers_of(secret, chains: Collection[str]) -> dict[str, str]:
    found = {}
    if cases := numbers(chains, Collaboration):
        rows = secret.filter(pk__in=cases).values_list("pk", "number")
        found |= {Collaboration(pk=pk).chain: number for pk, number in rows}
    if matters := numbers(chains, Reexamination):
        rows = secret.filter(reexaminations__in=matters).values_list("reexaminations", "number")
        found |= {Reexamination(pk=pk).chain: number for pk, number in rows if pk in matters}
    return found


def numbers(chains: Collection[str], model) -> set[int]:
    named = [one.rpartition(":") for one in chains]
    return {int(pk) for label, _, pk in named if label == model._meta.label_lower and pk.isdigit()}


def hide_what_is_unsent(case: Collaboration) -> None:
    """What was written before the mark and is not sent yet tells no more than what comes after:
    of the case and of its matters, reminders too, and in digests and lists of obligations.

    Inside the step that marks it. Its obligations are locked, so that a reminder that is being
    written is either written by now or will see the mark.
    """
    chains = [case.chain, *(matter.chain for matter in case.reexaminations.all())]
    list(Obligation.objects.open().about(*chains).select_for_update().order_by("pk"))
    words = number_alone(case.number, case.get_absolute_url(), case.administration)
    for one in chains:
        redact(one, **words._asdict())
    write_anew(*chains, *_hide_in_lists(case))


def _hide_in_lists(case: Collaboration) -> list[str]:
    """The lists of obligations that were handed over and name the case. What they are about."""
    unsent = Notice.objects.untold().filter(kind=LIST_OF_OBLIGATIONS, body__contains=case.number)
    found = list(unsent.exclude(about=case.chain).select_for_update(of=("self",)))
    for notice in found:
        notice.body = without_lines_of(case.number, notice.body)
        notice.save(update_fields=["body"])
    return [notice.about for notice in found]


def without_lines_of(number: str, text: str) -> str:
    """The text, where each line that names the case holds its number alone."""
    named = re.compile(rf"(?<![\w-]){re.escape(number)}(?![\w-])")
    return "\n".join(
        f"Ärende {number}" if named.search(line) else line for line in text.split("\n")
    )


def as_told_now(notice: Notice) -> dict:
    """{subject, body, attachment} of a notice as they may be sent today: what has become secret
    since is left out, in a digest of each that it gathered.
    """
    gathered = list(notice.gathered.select_related("administration").order_by("created_at", "pk"))
    _word_anew(notice, gathered, secret_cases())
    return {"subject": notice.subject, "body": notice.body, "attachment": notice.attachment}


def as_read_by(person, notice: Notice) -> list[Notice]:
    """Change the words of a notice to what the person may read of it in the program, unsaved: as
    in a copy, but for the secret cases that the person sees. What it gathered, in such words.
    """
    gathered = list(notice.gathered.select_related("administration").order_by("created_at", "pk"))
    _word_anew(notice, gathered, _secret_to(person))
    return gathered


def hide_from(person, notices: list[Notice]) -> None:
    """The same for a list of notices, which shows what they are called."""
    _tell_less(notices, _secret_to(person))


def secret_cases():
    return Collaboration.objects.exclude(secrecy_provision="")


def _secret_to(person):
    seen = Collaboration.objects.wholly_visible_to(person)
    return secret_cases().exclude(pk__in=seen.values("pk"))


def _word_anew(notice: Notice, gathered: list[Notice], hidden) -> None:
    if _tell_less([notice, *gathered], hidden) and notice.kind == DIGEST:
        words = digest_of(notice.person, gathered)
        notice.subject, notice.body = words.subject, words.body


def _tell_less(notices: list[Notice], hidden) -> bool:
    """Change the words of the notices, which are not saved; hidden: cases (query set). Did any?"""
    before = [(one.subject, one.body) for one in notices]
    lists = [one for one in notices if one.kind == LIST_OF_OBLIGATIONS]
    named = set(re.findall(r"[\w-]+-\d+", "\n".join(one.body for one in lists)))
    numbers = hidden.filter(number__in=named).values_list("number", flat=True) if named else ()
    for number in numbers:
        for one in lists:
            one.body = without_lines_of(number, one.body)
    secret = _numbers_of(hidden, {one.about for one in notices})
    for one in notices:
        if number := secret.get(one.about):
            path = link_of(one.about)
            words = number_alone(number, path, one.administration)
            one.subject, one.body, one.attachment = words.subject, words.body, None
    return before != [(one.subject, one.body) for one in notices]


def link_of(about: str) -> str:
    """Where the case is, or the matter."""
    label, _, pk = about.rpartition(":")
    model = Reexamination if label == Reexamination._meta.label_lower else Collaboration
    return model(pk=pk).get_absolute_url()
