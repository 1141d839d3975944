import pytest

from collaborations import rules
from tests.factories.collaborations import place


@pytest.fixture
def at(db):
    """A unit with its people: at.manager, at.officer, at.head, at.adviser, at.registrar."""
    return place()


@pytest.fixture
def forms_open():
    """Every form may go on, also those that are not open to users yet."""
    claim = rules.form_is_open.claim
    object.__setattr__(rules.form_is_open, "claim", lambda case: True)
    yield
    object.__setattr__(rules.form_is_open, "claim", claim)
