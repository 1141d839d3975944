import pytest

from tests.factories.collaborations import place


@pytest.fixture
def at(db):
    """A unit with its people: at.manager, at.officer, at.head, at.adviser, at.registrar."""
    return place()
