"""Whatever is pressed while it runs: what is open is owed, and what is owed can be done."""

from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from audit.verify import first_break
from casework.moves import NotAllowed, Stale
from collaborations.models import Collaboration, Step
from collaborations.steps import after_follow_up, shortcoming
from collaborations.steps.break_off import break_off
from collaborations.steps.dialogue import note_dialogue
from collaborations.steps.end import close, end
from collaborations.steps.follow_up import correct_follow_up
from collaborations.steps.hand_over import hand_over
from notifications.models import Obligation
from tests.collaborations.test_no_way_around import undone
from tests.factories.accounts import UserFactory
from tests.factories.collaborations import (
    FOLLOWED_UP,
    case_at,
    deliver_everything,
    followed_up,
    place,
)
from tests.factories.follow_up import a_remedy
from tests.factories.once import made_once
from tests.factories.shortcoming import reported

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.fixture(scope="module")
def city(django_db_setup, django_db_blocker):
    with made_once(django_db_blocker):
        at = place()
        case, _ = case_at("ongoing", at)
        at.employee = UserFactory(employee_at=at.unit)
        at.unit_manager = UserFactory(unit_manager_at=at.unit)
        yield SimpleNamespace(at=at, case=case.pk)


def latest(rows):
    found = rows.order_by("pk").last()
    if found is None:
        raise NotAllowed([])
    return found


def correct(case, at, by):
    said = {**FOLLOWED_UP, "conclusion": "change", "held_on": TODAY()}
    wrong = latest(case.follow_ups.standing())
    correct_follow_up(case, wrong, **said, by=by, version=case.version)


def ends(case, at, by):
    end(case, reasons="Klart.", ended_on=TODAY(), by=by, version=case.version)


def breaks_off(case, at, by):
    days = {"ended_on": TODAY(), "given_on": TODAY()}
    said = {"reasons": "Det brister.", "by_side": "us", "appealable": "no"}
    break_off(case, **days, **said, by=by, version=case.version)


def closes(case, at, by):
    deliver_everything(case)
    said = {**FOLLOWED_UP, "conclusion": "end", "lessons": "Mycket.", "held_on": TODAY()}
    close(case, **said, by=by, version=case.version)


def notes(case, at, by):
    said = {"kind": "dialogue", "who": "styrelsen", "how": "phone", "text": "Sagt."}
    note_dialogue(case, form_key=uuid4(), held_on=TODAY(), **said, by=by)


def concludes(case, at, by, outcome):
    one = latest(case.shortcomings)
    shortcoming.conclude(case, one, outcome=outcome, reasons="Så.", by=by)


DEEDS = {
    "follow up": lambda case, at, by: followed_up(case, at),
    "change": lambda case, at, by: followed_up(case, at, conclusion="change"),
    "correct": correct,
    "stand": lambda case, at, by: after_follow_up.take_stand(
        case, latest(case.follow_ups), text="Ja.", by=by
    ),
    "measure": lambda case, at, by: a_remedy(case, at, by=by),
    "done": lambda case, at, by: after_follow_up.finish_remedy(
        case, latest(case.remedies), outcome="done", note="Ja.", by=by
    ),
    "not done": lambda case, at, by: after_follow_up.finish_remedy(
        case, latest(case.remedies), outcome="not_done", note="Nej.", by=by
    ),
    "report": lambda case, at, by: reported(case, at, by=by),
    "pass on": lambda case, at, by: shortcoming.pass_on(case, latest(case.shortcomings), by=by),
    "assess": lambda case, at, by: shortcoming.assess(
        case, latest(case.shortcomings), assessment="Ja.", by=by
    ),
    "nothing": lambda case, at, by: concludes(case, at, by, "nothing"),
    "note": notes,
    "hand over": lambda case, at, by: hand_over(
        case, manager=at.head, reason="Ledig.", by=by, version=case.version
    ),
    "end": ends,
    "break off": breaks_off,
    "close": closes,
}
PEOPLE = ["officer", "manager", "manager", "head", "employee", "unit_manager"]
# What waits for a record of its own, and the query for those that are still open.
OPEN = {
    "remedy": lambda case: case.remedies.open(),
    "shortcoming_assessed": lambda case: case.shortcomings.open().filter(
        received_at__isnull=False, assessed_at=None
    ),
    "shortcoming_received": lambda case: case.shortcomings.open().filter(received_at=None),
    "shortcoming_concluded": lambda case: case.shortcomings.assessed(),
}


def owed(case, kind):
    return Obligation.objects.open().filter(about=case.chain, kind=kind)


def keeps_its_books(case):
    """Each open record is owed once, and nothing is owed for one that is closed."""
    for kind, still_open in OPEN.items():
        numbers = {int(row.key.rpartition(":")[2]) for row in owed(case, kind)}
        assert numbers == set(still_open(case).values_list("pk", flat=True)), kind
    kinds = set(Obligation.objects.open().filter(about=case.chain).values_list("kind", flat=True))
    if case.step == Step.ONGOING:
        assert owed(case, "follow_up").count() == 1
    else:
        # Measures that the end itself calls for, or the last follow-up, are owed after it.
        last = {"closing_follow_up"} if case.step == Step.ENDED else set()
        assert kinds - {"remedy"} == last
    if case.decisions.filter(kind="break_off").exists():
        assert case.shortcomings.filter(outcome="ending", assessed_at__isnull=False).exists()
        assert case.dialogue_notes.filter(kind="dialogue").exists()
    assert first_break(case) is None


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    st.lists(
        st.tuples(st.sampled_from(list(DEEDS)), st.sampled_from(PEOPLE)), min_size=3, max_size=14
    )
)
@example([("report", "employee"), ("assess", "manager"), ("note", "officer"),
          ("measure", "manager"), ("report", "officer"), ("break off", "manager"),
          ("close", "officer")])  # fmt: skip
@example([("report", "employee"), ("assess", "manager")])
@example([("change", "officer"), ("measure", "head"), ("correct", "officer"),
          ("hand over", "manager"), ("stand", "head"), ("done", "officer"),
          ("follow up", "officer"), ("end", "head"), ("close", "officer")])  # fmt: skip
def test_any_order_of_deeds_leaves_nothing_owed_without_an_end(city, deeds):
    with undone():
        for name, role in deeds:
            case = Collaboration.objects.get(pk=city.case)
            was = case.chain_count
            try:
                with undone(keep=True):
                    DEEDS[name](case, city.at, getattr(city.at, role))
            except (NotAllowed, Stale):
                assert Collaboration.objects.get(pk=city.case).chain_count == was
        keeps_its_books(Collaboration.objects.get(pk=city.case))
