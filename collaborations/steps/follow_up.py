"""Följa upp: commitments, goals, effects and voices, which makes the next one due (domain 4.9)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from agreements import reading
from audit import clock
from casework.moves import NotAllowed, moving, refuse_if
from casework.rules import Reason
from collaborations import obligations, running_notices, running_obligations
from collaborations.models import (
    Collaboration,
    CommitmentOutcome,
    FollowUp,
    FollowUpDraft,
    Form,
    GoalResult,
    Step,
)
from collaborations.models.follow_up import LARGEST_RESULT
from collaborations.rules import (
    compliance_is_assessed,
    correction_comes_before_the_next,
    follow_up_comes_after_the_start,
    follow_up_has_been_held,
    follow_up_is_the_latest_version,
    next_follow_up_comes_within_a_year,
    unmet_requirements_are_described,
)
from collaborations.workflow import CORRECT_FOLLOW_UP, FOLLOW_UP, SAVE_FOLLOW_UP

ON_A_FOLLOW_UP = (
    follow_up_has_been_held,
    follow_up_comes_after_the_start,
    next_follow_up_comes_within_a_year,
    correction_comes_before_the_next,
    unmet_requirements_are_described,
    compliance_is_assessed,
)


@dataclass(frozen=True)
class CommitmentInput:
    state: str
    evidence: str = ""
    comment: str = ""


@dataclass(frozen=True)
class GoalInput:
    number: Decimal | None = None
    text: str = ""

    @property
    def is_empty(self) -> bool:
        return self.number is None and not self.text.strip()


def follow_up(
    case: Collaboration,
    *,
    held_on: date,
    next_on: date | None,
    commitments: dict[int, CommitmentInput] | None = None,
    goals: dict[int, GoalInput] | None = None,
    revision: int = 0,
    by,
    version: int,
    **facts,
) -> FollowUp:
    """Record a follow-up. The obligation is met and the next is made, within twelve months.

    next_on: when the next is planned; None means a year after this one. commitments, goals: what
    came of each, by its id in the agreement that holds. revision: of the draft that the page
    showed, 0 for none. facts: the other fields of FollowUp. Raises Stale, NotAllowed.
    """
    details = {}
    with moving(case, FOLLOW_UP, by=by, version=version, details=details) as locked:
        made = recorded(
            locked,
            FollowUp.Kind.REGULAR,
            commitments,
            goals,
            held_on=held_on,
            next_on=next_on or clock.years_after(held_on, 1),
            made_by=by,
            **facts,
        )
        draft_is_done(locked, revision)
        details.update(follow_up=made.pk, conclusion=made.conclusion)
        obligations.follow_up_is_made(locked, made, by=by)
        locked.next_follow_up_on = made.next_on
        obligations.follow_up_is_due(locked, owner=by)
        owe_what_follows(locked, made)
    return made


def owe_what_follows(case: Collaboration, made: FollowUp) -> None:
    """The manager takes a stand where there is one to take; a partnership goes to the board."""
    if case.form == Form.IOP or made.conclusion != "continue" or not made.requirements_hold:
        running_obligations.stand_is_due(case, made)
        running_notices.follow_up_made(case, made)
    if case.form == Form.IOP:
        running_obligations.board_case_is_due(case, made)


def recorded(case: Collaboration, kind: str, commitments, goals, **facts) -> FollowUp:
    """The follow-up with its rows, held to its rules, inside the move."""
    made = FollowUp(collaboration=case, kind=kind, **facts)
    refuse_if([reason for rule in ON_A_FOLLOW_UP for reason in rule.reasons(made)])
    made.save(force_insert=True)
    save_rows(case, made, commitments or {}, goals or {})
    return made


def draft_is_done(case: Collaboration, revision: int) -> None:
    """What was typed so far has become the follow-up. A correction leaves the next one's draft."""
    draft = draft_as_shown(case, revision)
    if draft:
        draft.delete()


def draft_as_shown(case: Collaboration, revision: int) -> FollowUpDraft | None:
    """The draft, locked. NotAllowed when another has saved since the page showed that revision."""
    kept = FollowUpDraft.objects.select_for_update().filter(collaboration=case).first()
    if (kept.revision if kept else 0) != revision:
        who = kept.saved_by if kept else "Någon annan"
        sentence = f"{who} har sparat sedan du öppnade sidan. Jämför, och spara igen."
        raise NotAllowed([Reason(sentence)])
    return kept


def asked_about(case: Collaboration, wrong: FollowUp | None = None) -> tuple[list, list]:
    """(commitments, goals) that hold now; of a correction, those of the follow-up it corrects."""
    if wrong:
        outcomes = wrong.commitments.select_related("commitment__party")
        results = wrong.goals.select_related("goal")
        return [one.commitment for one in outcomes], [one.goal for one in results]
    main = reading.latest_signed(case.terms)
    return reading.promises_of(main) if main else ([], [])


def save_rows(case: Collaboration, made: FollowUp, commitments: dict, goals: dict) -> None:
    promised, wanted = asked_about(case, made.supersedes)
    refuse_if(
        strangers(commitments, promised, "commitment")
        + strangers(goals, wanted, "goal")
        + insane(goals)
    )
    CommitmentOutcome.objects.bulk_create(
        CommitmentOutcome(
            follow_up=made,
            commitment_id=pk,
            state=one.state,
            evidence=one.evidence.strip(),
            comment=one.comment.strip(),
        )
        for pk, one in commitments.items()
    )
    GoalResult.objects.bulk_create(
        GoalResult(follow_up=made, goal_id=pk, number=one.number, text=one.text.strip())
        for pk, one in goals.items()
        if not one.is_empty
    )


def strangers(given: dict, known: list, what: str) -> list[Reason]:
    """Of what it is not about: of another agreement, or since replaced; see `asked_about`."""
    if set(given) <= {one.pk for one in known}:
        return []
    words = {"commitment": "Ett åtagande", "goal": "Ett mål"}[what]
    sentence = f"{words} hör inte till den överenskommelse som gäller. Öppna sidan på nytt."
    return [Reason(sentence, ("G-80",))]


def insane(goals: dict[int, GoalInput]) -> list[Reason]:
    return [
        Reason(
            "Resultatet är orimligt. Skriv ett tal som är noll eller mer.", at=f"goal_{pk}_number"
        )
        for pk, one in goals.items()
        if one.number is not None and not 0 <= one.number <= LARGEST_RESULT
    ]


def correct_follow_up(
    case: Collaboration,
    wrong: FollowUp,
    *,
    commitments: dict[int, CommitmentInput] | None = None,
    goals: dict[int, GoalInput] | None = None,
    by,
    version: int,
    **facts,
) -> FollowUp:
    """A new follow-up in the place of one that was wrong, which is kept. Raises Stale, NotAllowed.

    When the next one is held does not change by it. A stand that is taken already is not asked for
    again.
    """
    details = {"corrects": wrong.pk}
    with moving(case, CORRECT_FOLLOW_UP, by=by, version=version, details=details) as locked:
        refuse_if(follow_up_is_the_latest_version.reasons(wrong))
        facts = {**facts, "next_on": wrong.next_on, "supersedes": wrong, "made_by": by}
        made = recorded(locked, wrong.kind, commitments, goals, **facts)
        details["follow_up"] = made.pk
        if locked.step == Step.ONGOING:
            owe_what_follows(locked, made)
    return made


def save_draft(case: Collaboration, *, content: dict, revision: int, by) -> FollowUpDraft:
    """Keep what has been typed. revision: of the draft that the page showed, 0 for none.

    Raises NotAllowed when another has saved since, or the case is closed.
    """
    with moving(case, SAVE_FOLLOW_UP, by=by, details={}) as locked:
        kept = draft_as_shown(locked, revision) or FollowUpDraft(collaboration=locked, revision=0)
        kept.content, kept.revision = content, revision + 1
        kept.saved_by, kept.saved_at = by, clock.now()
        kept.save()
    return kept
