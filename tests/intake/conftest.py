"""A database on the disk, for tests in which several threads write at once."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connections

from ruang.territory.facts import forget_city


@pytest.fixture
def database_on_disk(
    tmp_path: Path, migrated: Path | None, django_db_setup: None, django_db_blocker: Any
) -> Iterator[None]:
    """The real thing: a file with its write-ahead log. On PostgreSQL, a database of its own."""
    with django_db_blocker.unblock():
        if migrated is None:
            yield
            forget_city()
            call_command("flush", verbosity=0, interactive=False)
        else:
            with standing_at(shutil.copy(migrated, tmp_path / "ruang.sqlite3")):
                yield
                forget_city()


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: Any) -> Path | None:
    """An empty database on the disk, migrated once; none on PostgreSQL."""
    if connections["default"].vendor != "sqlite":
        return None
    place = tmp_path_factory.mktemp("migrated") / "ruang.sqlite3"
    with django_db_blocker.unblock(), standing_at(place):
        call_command("migrate", verbosity=0)
    return place


@contextmanager
def standing_at(place: Path) -> Iterator[None]:
    """Let everybody who connects find the database there."""
    was = connections["default"]
    kept = dict(connections.settings["default"])
    connections.settings["default"]["NAME"] = str(place)
    connections["default"] = connections.create_connection("default")
    yield
    connections["default"].close()
    connections.settings["default"].update(kept)
    connections["default"] = was
