import pytest


@pytest.fixture(autouse=True)
def _nothing_loaded(nothing_loaded):
    """What is here counts what there is, or makes the first."""
