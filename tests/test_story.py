"""One informal case through every step, and a refrained one, by the people who do it."""

import pytest

from audit.verify import breaks
from collaborations.models import Step
from collaborations.steps.follow_up import follow_up
from documents.store import content_of
from notifications.models import Notice, Obligation, State
from tests.factories.collaborations import FOLLOWED_UP, case_at, go_close, go_end

pytestmark = pytest.mark.django_db(transaction=True)


def told(case) -> list[tuple[str, str]]:
    """What the mailbox has been told of the case, in order: (kind, state)."""
    to = case.administration.mailbox
    return list(
        Notice.objects.about(case.chain)
        .filter(to_address=to)
        .order_by("pk")
        .values_list("kind", "state")
    )


def test_an_informal_collaboration_goes_from_initiative_to_closed():
    case, at = case_at(Step.ONGOING)

    assert told(case) == [("initiative", State.SENT), ("decision", State.SENT)]
    decision = case.decisions.get()
    assert content_of(decision.document.stored).startswith(b"%PDF-1.7")
    due = Obligation.objects.open().get(about=case.chain)
    assert (due.owner, due.due_on) == (at.officer, decision.follow_up_on)

    follow_up(
        case,
        **FOLLOWED_UP,
        conclusion="continue",
        held_on=case.started_on,
        next_on=None,
        by=at.officer,
        version=case.version,
    )
    assert Obligation.objects.open().filter(about=case.chain).count() == 1

    go_end(case, at, "start")
    go_close(case, at, "start")

    assert case.step == Step.CLOSED
    assert told(case)[-1] == ("end", State.SENT)
    assert not Obligation.objects.open().filter(about=case.chain).exists()
    assert list(breaks()) == []


def test_a_refrained_case_is_documented_told_and_stays():
    case, at = case_at(Step.TOLD, outcome="refrain")

    assert case.step == Step.TOLD
    assert told(case) == [("initiative", State.SENT), ("decision", State.SENT)]
    assert case.decisions.get().document.stored.file_name.startswith(f"Beslut {case.number} avstå")
    assert list(breaks()) == []
