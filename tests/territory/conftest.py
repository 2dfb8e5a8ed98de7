"""A city to change."""

from uuid import UUID

import pytest

from ruang.access.actor import SYSTEM
from ruang.territory.commands import set_up_city
from tests.make import AT


@pytest.fixture
def kota_serang(db: None) -> UUID:
    """Kota Serang, as the demo sets it up."""
    return set_up_city(
        actor=SYSTEM, code="36.73", unit_name="DP3AKB Kota Serang", is_demo=True, at=AT
    )
