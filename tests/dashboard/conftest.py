from datetime import date

import pytest

from checklists.load import load_question_sets
from tests.factories.collaborations import place


@pytest.fixture
def at(db):
    """A unit with its people: at.manager, at.officer, at.head, at.adviser, at.registrar.

    The question sets count since long, so that a test may tell of earlier days.
    """
    load_question_sets(starts_on=date(2020, 1, 1))
    return place()
