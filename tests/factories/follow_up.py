"""Follow-ups in full: what came of every commitment and goal that holds."""

from decimal import Decimal
from types import SimpleNamespace
from uuid import uuid4

from django.utils import timezone

from agreements import reading
from collaborations.models import Collaboration, FollowUp, Form, Remedy
from collaborations.steps.after_follow_up import decide_remedy
from collaborations.steps.amend import amend
from collaborations.steps.follow_up import CommitmentInput, GoalInput, follow_up
from tests.factories.agreements import fill, sign_it
from tests.factories.collaborations import FOLLOWED_UP, case_at, place
from tests.factories.formal import ongoing

WHOLE = {
    **FOLLOWED_UP,
    "means_of_ours": "Lokalen och en handläggare.",
    "means_of_theirs": "Tolv volontärer.",
    "principles": ["dialogue", "quality"],
    "principles_why": "Mångfalden kan bli större.",
    "compliance": "Båda parter gör det de har lovat.",
    "conclusion": "continue",
}


def promising(at) -> Collaboration:
    """Running, and signed: what each party has promised, and a goal with an indicator."""
    case = ongoing(at)
    main = reading.latest_signed(case.terms)
    sections = ["ataganden", "mal"]
    amendment = amend(case, main, form_key=uuid4(), sections=sections, by=at.officer)
    fill(case, amendment, at, sections)
    sign_it(case, at, amendment)
    return case


def in_three_forms() -> SimpleNamespace:
    """One that runs in each of three forms: at, and the numbers of informal, formal and iop."""
    at = place()
    informal, _ = case_at("ongoing", at)
    formal, iop = promising(at), ongoing(at, Form.IOP)
    return SimpleNamespace(at=at, informal=informal.pk, formal=formal.pk, iop=iop.pk)


def outcomes(case: Collaboration, number: str | None = "64", text: str = "") -> dict:
    """Every commitment done, and every goal with that result."""
    commitments, goals = reading.promises_of(reading.latest_signed(case.terms))
    said = GoalInput(Decimal(number) if number else None, text)
    return {
        "commitments": {one.pk: CommitmentInput("done", "Närvarolistor") for one in commitments},
        "goals": {one.pk: said for one in goals},
    }


def wholly_followed_up(case: Collaboration, at, *, number="64", **facts) -> FollowUp:
    return follow_up(
        case,
        **{
            **WHOLE,
            **outcomes(case, number),
            "held_on": timezone.localdate(),
            "next_on": None,
            "by": at.officer,
            "version": case.version,
            **facts,
        },
    )


def a_remedy(case: Collaboration, at, **facts) -> Remedy:
    return decide_remedy(
        case,
        **{
            "form_key": uuid4(),
            "what": "Öppna en kväll till",
            "owner": at.officer,
            "due_on": timezone.localdate(),
            "by": at.manager,
            **facts,
        },
    )
