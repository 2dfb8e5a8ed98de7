"""The demo city, loaded once for all tests of this folder; each test's own changes go away."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import transaction

from ruang.demo.load import Loaded, load
from ruang.kernel import clock
from ruang.territory.facts import forget_city


@dataclass(frozen=True)
class Demo:
    """What was loaded, when, and where the files are."""

    now: datetime
    loaded: Loaded
    folder: Path
    files: Path


@pytest.fixture(scope="module")
def demo(
    django_db_setup: None,
    django_db_blocker: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    request: pytest.FixtureRequest,
) -> Iterator[Demo]:
    folder, files = tmp_path_factory.mktemp("demo"), tmp_path_factory.mktemp("demo-files")
    before = django_settings.FILES_FOLDER
    now: datetime = getattr(request.module, "NOW", None) or clock.now()
    django_settings.FILES_FOLDER = files
    with django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]
        loaded = load(now=now, folder=folder)
        yield Demo(now, loaded, folder, files)
        transaction.set_rollback(True)
    django_settings.FILES_FOLDER = before
    forget_city()


@pytest.fixture
def city(demo: Demo, db: None, settings: object) -> Demo:
    """The demo; what the test changes is taken back, because its transaction is inside."""
    settings.FILES_FOLDER = demo.files  # type: ignore[attr-defined]
    return demo
