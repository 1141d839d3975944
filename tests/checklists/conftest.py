import pytest

from checklists.load import load_question_sets
from tests.factories.checklists import LONG_AGO


@pytest.fixture
def loaded(db):
    """The question sets of the repository, in force since long ago."""
    load_question_sets(starts_on=LONG_AGO)
