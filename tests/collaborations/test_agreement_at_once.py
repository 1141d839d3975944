"""Two at the same moment, over two real connections: one saves, nobody overwrites."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection

from agreements import reading
from agreements.models import Agreement, Signature
from agreements.writing import StaleSection
from audit.models import Event
from casework.moves import NotAllowed, Stale
from collaborations.models import Collaboration
from collaborations.steps.agree import begin_agreement, drop, write_section
from tests.factories.agreements import sign_it
from tests.factories.collaborations import place
from tests.factories.formal import told

pytestmark = pytest.mark.django_db(transaction=True)


def both_at_once(first, second) -> list:
    start = Barrier(2, timeout=60)

    def run(act):
        try:
            start.wait()
            return act()
        except (NotAllowed, Stale, StaleSection) as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(run, [first, second]))


@pytest.fixture
def at(transactional_db):
    return place()


def test_two_at_once_lose_nothing_and_sign_once(at):
    """One case for all of it: it is slow to make where every change is committed."""
    case = told(at)
    mine, yours = (Collaboration.objects.get(pk=case.pk) for _ in range(2))
    drafted = reading.being_drafted(case.terms)
    base = drafted.drafts.first().number

    def writing(whose, code, text):
        return lambda: write_section(whose, drafted, code, base=base, text=text, by=at.officer)

    same = both_at_once(writing(mine, "roller", "Min."), writing(yours, "roller", "Din."))
    assert sorted(type(one).__name__ for one in same) == ["Draft", "StaleSection"]

    other = both_at_once(writing(mine, "budget", "Min."), writing(yours, "forsakring", "Din."))
    assert sorted(draft.number for draft in other) == [base + 2, base + 3]
    content = reading.content_of(reading.being_drafted(Collaboration.objects.get(pk=case.pk).terms))
    assert (content.text("budget"), content.text("forsakring")) == ("Min.", "Din.")

    mine, yours = (Collaboration.objects.get(pk=case.pk) for _ in range(2))
    signed = both_at_once(lambda: sign_it(mine, at), lambda: sign_it(yours, at))
    assert sum(isinstance(one, Agreement) for one in signed) == 1
    assert Signature.objects.filter(agreement=drafted).count() == 2
    assert Event.objects.of(case).filter(code="agreement_signed").count() == 1

    def beginning(whose):
        return lambda: begin_agreement(whose, form_key=uuid4(), template="formal", by=at.officer)

    mine, yours = (Collaboration.objects.get(pk=case.pk) for _ in range(2))
    begun = both_at_once(beginning(mine), beginning(yours))
    assert sorted(type(one).__name__ for one in begun) == ["Agreement", "NotAllowed"]
    drop(mine, next(one for one in begun if isinstance(one, Agreement)), by=at.officer)
