import pytest

from checklists.load import load_question_sets
from tests.factories.checklists import LONG_AGO


@pytest.fixture
def loaded(db):
    """The question sets of the repository, in force since long ago."""
    load_question_sets(starts_on=LONG_AGO)


@pytest.fixture(autouse=True)
def _nothing_loaded(nothing_loaded):
    """What is here counts what there is, or makes the first."""
