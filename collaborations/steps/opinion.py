"""Yttrande: procurement, finance or a lawyer is asked and answers (I-26, I-27, S-17).

An opinion on an unclear test settles it (domain 4.4, 4.5). It decides nothing else.
"""

from collections.abc import Iterable
from datetime import date

from accounts.models import User
from accounts.permissions import Permission, holders
from audit import clock
from casework.moves import NotAllowed, moving, refuse_if
from casework.rules import Reason
from checklists.models import Assessment
from checklists.summary import deciding_answers
from collaborations import notices, obligations, standing
from collaborations.holdings import documents_of
from collaborations.models import Collaboration, Function, Opinion
from collaborations.models.opinion import SETTLED_BY, TESTS
from collaborations.rules import last_day_has_passed, opinion_is_no_must
from collaborations.steps.consult import NOT_OF_THE_CASE, all_among
from collaborations.workflow import ASK_OPINION, GIVE_OPINION, GO_ON_WITHOUT_OPINION


def those_of(function: str, case: Collaboration) -> list[User]:
    """The people who can be asked in that function about that case."""
    return list(holders(Permission.OPINION_GIVE, case.unit, function))


def ask_for_opinion(
    case: Collaboration,
    *,
    function: str,
    person: User | None = None,
    test: str = "",
    question: str,
    due_on: date,
    documents: Iterable = (),
    by,
    version: int,
) -> Opinion:
    """Ask the function, or one of its people, by that day.

    documents: those of the case that the asked may read. Raises Stale, NotAllowed.
    """
    details = {"function": function, "test": test}
    with moving(case, ASK_OPINION, by=by, version=version, details=details) as locked:
        people = those_of(function, locked)
        if not people:
            raise NotAllowed([Reason(NOBODY, at="function")])
        if person is not None and person not in people:
            raise NotAllowed([Reason(NOT_OF_THE_FUNCTION, at="person")])
        if test and (test not in TESTS or test not in standing.assessments(locked)):
            raise NotAllowed([Reason(NO_SUCH_TEST, at="test")])
        if test and function not in SETTLED_BY[test]:
            raise NotAllowed([Reason(not_theirs(test), ("I-26", "S-17"), at="function")])
        chosen = all_among(documents_of(locked), documents, NOT_OF_THE_CASE)
        opinion = Opinion.objects.create(
            collaboration=locked,
            function=function,
            person=person,
            test=test,
            question=question.strip(),
            due_on=due_on,
            asked_by=by,
        )
        opinion.documents.set(chosen)
        details["opinion"] = opinion.pk
        obligations.opinion_is_due(opinion)
        notices.opinion_asked(opinion, [person] if person else people)
    return opinion


NOBODY = "Ingen har den rollen för ärendets enhet. Be administratören lägga in någon."
NOT_OF_THE_FUNCTION = "Personen har inte den rollen för ärendets enhet."
NO_SUCH_TEST = "Ärendet har ingen sådan prövning än."


def not_theirs(test: str) -> str:
    names = [one.label for one in Function if one in SETTLED_BY[test]]
    return (
        f"Prövningen avgörs av {' eller '.join(names)}. Fråga dem, eller välj Något annat för att "
        "fråga om något som inte avgör prövningen."
    )


def give_opinion(
    opinion: Opinion,
    *,
    conclusion: str,
    reasons: str,
    free_of_conflict: bool,
    revision: int | None = None,
    by,
) -> None:
    """Give the opinion, dated and never edited afterwards; the asker is told.

    free_of_conflict: the person's own word (KL 6:28). revision: of the test's answers on the page
    that was read. Raises NotAllowed.
    """
    case = opinion.collaboration
    details = {"opinion": opinion.pk, "conclusion": conclusion, "test": opinion.test}
    with moving(case, GIVE_OPINION, by=by, details=details) as locked:
        waiting = Opinion.objects.asked_of(by).select_for_update().filter(pk=opinion.pk).first()
        if waiting is None:
            raise NotAllowed([Reason("Frågan är inte ställd till dig.")])
        if not waiting.waits:
            raise NotAllowed([Reason(ANSWERED if waiting.answered_at else LAPSED)])
        if not free_of_conflict:
            raise NotAllowed([Reason(CONFLICTED, ("G-37", "KL 6:28"), at="free_of_conflict")])
        asked_about = test_of(locked, waiting)
        if asked_about and revision is not None and revision != asked_about.revision:
            raise NotAllowed([Reason(ANSWERS_CHANGED)])
        waiting.conclusion, waiting.reasons = conclusion, reasons.strip()
        waiting.free_of_conflict = True
        waiting.basis = deciding_answers(asked_about) if asked_about else {}
        waiting.answered_by, waiting.answered_at = by, clock.now()
        waiting.save()
        obligations.opinion_is_given(waiting, by=by)
        notices.opinion_given(waiting)
    standing.forget(case)
    opinion.refresh_from_db()


ANSWERED = "Frågan är redan besvarad."
LAPSED = "Frågan är avslutad utan yttrande. Den som behöver svaret frågar på nytt."
CONFLICTED = "Den som är jävig kan inte yttra sig. Låt någon annan svara."
ANSWERS_CHANGED = (
    "Svaren i prövningen har ändrats sedan du öppnade sidan. Läs dem igen och svara sedan. "
    "Inget har sparats."
)


def go_on_without_opinion(opinion: Opinion, *, why: str, by, version: int) -> None:
    """*Inget yttrande*: the manager goes on after the last day, where the opinion is no must.

    Raises Stale, NotAllowed.
    """
    case, details = opinion.collaboration, {"opinion": opinion.pk}
    with moving(case, GO_ON_WITHOUT_OPINION, by=by, version=version, details=details) as locked:
        waiting = Opinion.objects.select_for_update().get(pk=opinion.pk)
        waiting.collaboration = locked
        if not waiting.waits:
            raise NotAllowed([Reason(ANSWERED if waiting.answered_at else LAPSED)])
        refuse_if(opinion_is_no_must.reasons(waiting) + last_day_has_passed.reasons(waiting))
        waiting.lapsed_at, waiting.lapsed_by = clock.now(), by
        waiting.lapsed_why = why.strip()
        waiting.save()
        obligations.opinion_is_no_longer_waited_for(waiting, by=by)
    opinion.refresh_from_db()


def test_of(case: Collaboration, opinion: Opinion) -> Assessment | None:
    """The case's answers to the test that the opinion is about."""
    return standing.assessments(case).get(opinion.test) if opinion.test else None
