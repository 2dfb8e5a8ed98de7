"""People to act with."""

import pytest

from tests.identity import house


@pytest.fixture
def people(db: None) -> house.House:
    """A small city, built through the commands."""
    return house.build()
