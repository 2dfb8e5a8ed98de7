"""A mail server that is set up, and one that is not."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.notify.sink import Sink, sink


@pytest.fixture
def post(settings: Any) -> Iterator[Sink]:
    """The city's mail server."""
    with sink() as server:
        settings.SMTP = {
            "host": "127.0.0.1", "port": server.port, "security": "none", "user": "",
            "password": "", "sender": "layanan@kota.example",
        }  # fmt: skip
        yield server
