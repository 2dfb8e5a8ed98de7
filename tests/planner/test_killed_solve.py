"""A worker killed over a plan takes its child with it; the next one ends the work, once."""

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tests.patience import STARTING, ended
from tests.planner.killed_solve import RWS

ROOT = Path(__file__).resolve().parents[2]
pytestmark = [pytest.mark.slow, pytest.mark.alone]


@contextlib.contextmanager
def begin(how: str, place: Path) -> "Iterator[subprocess.Popen[str]]":
    """A worker; whatever happens, it is gone afterwards."""
    environ = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "RUANG_DATA": str(place / "data"),
        "RUANG_SECRETS": str(place / "secrets"),
    }
    worker = subprocess.Popen(
        [sys.executable, "tests/planner/killed_solve.py", how],
        cwd=ROOT, env=environ, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    with worker:
        try:
            yield worker
        finally:
            worker.kill()


def test_killed_in_the_middle_it_is_taken_up_again(tmp_path: Path) -> None:
    with begin("begin", tmp_path) as first:
        assert first.stdout is not None
        found = next(line.split()[1] for line in first.stdout if line.startswith("found"))
        children = psutil.Process(first.pid).children()
        assert len(children) == 1
        first.kill()
        first.wait()
        assert ended(children) == []
    with begin("go_on", tmp_path) as second:
        said, _ = second.communicate(timeout=2 * STARTING)
    assert "HiGHS" not in said, "what a child prints lands in the log of the worker"
    state, visits, due = said.split("\n")[-2].split()
    assert (state, due) == ("proposed", "0")
    assert 0 < int(found) <= int(visits) < RWS
