"""What every test stands on."""

import gc
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from time import monotonic

import pytest
import time_machine
from django.template import Template
from django.test.utils import _TestState
from django.utils import translation
from hypothesis import HealthCheck, settings

from ruang.identity.queries.readiness import forget_readiness
from ruang.territory.facts import forget_city
from ruang.vault import root
from tests.left import ROOT

settings.register_profile(
    "unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("unhurried")  # a machine that does much else is no fault of an example

SLOW_FOLDERS = {"attacks", "journeys", "platform", "previews"}
"""Whole folders whose tests start processes: they run one after the other, not in parallel."""


@pytest.fixture(scope="session")
def _folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Folders, each made when it is asked for: ``mktemp`` would count all of them each time."""
    place = tmp_path_factory.mktemp("files")

    def made() -> Iterator[Path]:
        for number in count():
            folder = place / str(number)
            folder.mkdir()
            yield folder

    return made()


@pytest.fixture(scope="session", autouse=True)
def _plain_templates(django_test_environment: None) -> None:
    """Render as in service: nobody asks which templates made an answer, and with what.

    Django would copy the context of each part of each page for whoever might.
    """
    Template._render = _TestState.saved_data.template_render


@pytest.fixture(autouse=True)
def _fast_and_lonely(settings: object, _folders: Iterator[Path]) -> None:
    """Every test has a folder of sealed files of its own, and asks anew which city it is."""
    forget_city()
    forget_readiness()
    settings.FILES_FOLDER = next(_folders)  # type: ignore[attr-defined]


TODAY = datetime(2026, 11, 29, 7, 30, tzinfo=UTC)
"""A Sunday six days after ``make.AT``, half past two in the afternoon in Serang."""
BEGAN = monotonic()
ANY_DAY = SLOW_FOLDERS | {"demo"}


@pytest.fixture(autouse=True)
def _one_day(request: pytest.FixtureRequest) -> Iterator[None]:
    """Let pages be asked for on one day, not on a midnight or after a consent has ended.

    Its clock goes on from test to test: what was put back is older than what is written now.

    What starts processes or a browser keeps their time, and the demo has to stand any day.
    """
    item = request.node
    marked = any(item.get_closest_marker(name) for name in ("browser", "slow", "alone"))
    if marked or item.path.parent.name in ANY_DAY:
        yield
        return
    with time_machine.travel(TODAY + timedelta(seconds=monotonic() - BEGAN), tick=True):
        yield


@pytest.fixture
def in_english() -> Iterator[None]:
    """Sentences as they stand in the code, for tests that look for one."""
    with translation.override("en"):
        yield


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what starts processes as slow."""
    for item in items:
        if item.path.parent.name in SLOW_FOLDERS:
            item.add_marker(pytest.mark.slow)


def pytest_collection_finish() -> None:
    """What was collected stays: the collector of garbage need not look at it each time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture
def a_web_process() -> Iterator[None]:
    """The sub-keys of a web process of a ROOT of its own; ``tests.left`` takes another's."""
    before = root._installed
    root.install(root.subkeys(ROOT, "web"))
    yield
    root.install(before)
