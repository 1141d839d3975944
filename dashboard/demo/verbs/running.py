"""While it runs, and its end: as planned, or broken off."""

from datetime import timedelta
from decimal import Decimal

from agreements import reading
from audit import clock
from collaborations.people import heads_of
from collaborations.steps.after_follow_up import decide_remedy, note_reported, take_stand
from collaborations.steps.break_off import break_off
from collaborations.steps.dialogue import note_dialogue
from collaborations.steps.end import close, end
from collaborations.steps.follow_up import CommitmentInput, GoalInput, follow_up
from collaborations.steps.partnership import read_information
from collaborations.steps.shortcoming import assess, report_shortcoming
from collaborations.steps.tell import start_formal
from dashboard.demo.days import working
from dashboard.demo.organisations import key_of
from dashboard.demo.telling import Telling

EFFECTS = {"ja": "yes", "delvis": "partly", "nej": "no", "vet inte": "unknown"}
EFFECT_FIELDS = ("better_process", "better_result", "higher_quality", "better_use")


def go(telling: Telling) -> None:
    """A formal collaboration begins when its manager says so (G-75)."""
    case, manager = telling.case, telling.declared(telling.manager)
    start_formal(case, by=manager, version=case.version)


def shortcoming(
    telling: Telling,
    *,
    what: str,
    by: str | None = None,
    urgent: bool = False,
    assessment: str = "",
) -> None:
    """Reported, and assessed by the manager where that is told."""
    one = report_shortcoming(
        telling.case,
        form_key=key_of(f"{telling.story.key}:brist:{clock.today()}"),
        what=what,
        seen_on=clock.today(),
        urgent=urgent,
        by=telling.person(by),
    )
    if assessment:
        assess(telling.case, one, assessment=assessment, by=telling.manager)


def note(
    telling: Telling, *, kind: str, who: str, text: str, by: str | None = None, how: str = "meeting"
) -> None:
    note_dialogue(
        telling.case,
        form_key=key_of(f"{telling.story.key}:{kind}:{clock.today()}"),
        kind=kind,
        held_on=clock.today(),
        who=who,
        how=how,
        text=text,
        by=telling.person(by),
    )


def stop(telling: Telling, *, reasons: str, days: int, by_side: str = "us") -> None:
    """days: until the last day."""
    case = telling.case
    break_off(
        case,
        reasons=reasons,
        given_on=clock.today(),
        ended_on=clock.today() + timedelta(days=days),
        by_side=by_side,
        appealable="unclear",
        by=telling.declared(telling.manager),
        version=case.version,
    )


def promises(telling: Telling, results: dict[str, str], kept: list[str]) -> dict:
    """What came of each commitment (done where nothing is said) and of each goal.

    results: the beginning of a goal's words → a number or words. kept: states, in order.
    """
    main = reading.latest_signed(telling.case.terms)
    if main is None:
        return {}
    commitments, goals = reading.promises_of(main)
    states = [*kept, *["done"] * len(commitments)]
    return {
        "commitments": {
            one.pk: CommitmentInput(states[at], one.evidence) for at, one in enumerate(commitments)
        },
        "goals": {goal.pk: result(goal, results) for goal in goals},
    }


def result(goal, results: dict[str, str]) -> GoalInput:
    said = next((said for words, said in results.items() if goal.text.startswith(words)), None)
    if isinstance(said, int | float):
        return GoalInput(number=Decimal(str(said)))
    return GoalInput(text=said or "Går inte att säga än")


def held(
    effects, voice: str, done: str, still: bool = True, theirs: str = "", comply: str = "", **facts
) -> dict:
    """What a follow-up says, as its step wants it."""
    return {
        "organisation_voice": theirs or "Organisationen vill fortsätta på samma sätt.",
        "compliance": comply or "Båda parter gör i huvudsak det som de har lovat.",
        "democracy_holds": True,
        "done": done,
        "target_group_voice": voice,
        "still_meets_requirements": still,
        **{name: EFFECTS[said] for name, said in zip(EFFECT_FIELDS, effects, strict=True)},
        **facts,
    }


def hold_follow_up(
    telling: Telling,
    *,
    next: int,
    results: dict | None = None,
    kept=(),
    stand: str = "",
    measures=(),
    **said,
) -> None:
    """stand: what the manager makes of it, the same day. measures: [what, days until it is due]."""
    held_on = clock.today()
    made = follow_up(
        telling.case,
        held_on=held_on,
        next_on=working(held_on + timedelta(days=next)),
        **held(**said),
        **promises(telling, results or {}, list(kept)),
        by=telling.case.officer,
        version=telling.case.version,
    )
    for what, days in measures:
        decide_remedy(
            telling.case,
            form_key=key_of(f"{telling.story.key}:{what}"),
            what=what,
            owner=telling.case.officer,
            due_on=held_on + timedelta(days=days),
            follow_up=made,
            by=telling.manager,
        )
    if stand:
        stand_on(telling, made, stand)


def stand_on(telling: Telling, made, text: str) -> None:
    """The manager's stand; of a partnership the head reads it, and the board has the report."""
    case, head = telling.case, heads_of(telling.case).first()
    taken = take_stand(case, made, text=text, head=head, by=telling.manager)
    if taken.information:
        read_information(case, taken.information, by=head)
        facts = {"to": "board", "on": clock.today(), "reference": "§ 41"}
        note_reported(case, made, **facts, by=telling.manager)


def finish(telling: Telling, *, reasons: str) -> None:
    case = telling.case
    end(case, reasons=reasons, ended_on=clock.today(), by=telling.manager, version=case.version)


def hold_closing(telling: Telling, **said) -> None:
    close(
        telling.case,
        held_on=clock.today(),
        conclusion="end",
        **held(**said),
        by=telling.case.officer,
        version=telling.case.version,
    )


VERBS = {
    "go": go,
    "note": note,
    "shortcoming": shortcoming,
    "break_off": stop,
    "follow_up": hold_follow_up,
    "end": finish,
    "close": hold_closing,
}
