"""One small city, served for all tests of a worker that abuse it."""

from collections.abc import Iterator

import pytest

from tests.attacks.served import Served, served


@pytest.fixture(scope="session")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The real server over a small city."""
    with served(tmp_path_factory.mktemp("abused")) as one:
        yield one
