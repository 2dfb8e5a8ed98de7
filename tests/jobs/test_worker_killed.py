"""A worker that is killed in the middle leaves its work to the next one, who does it once."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.patience import STARTING

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.slow


def begin(how: str, place: Path) -> "subprocess.Popen[str]":
    environ = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "RUANG_DATA": str(place / "data"),
        "RUANG_SECRETS": str(place / "secrets"),
    }
    return subprocess.Popen(
        [sys.executable, "tests/jobs/hang_in_the_middle.py", how],
        cwd=ROOT, env=environ, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip


def test_killed_in_the_middle_it_is_done_once_afterwards(tmp_path: Path) -> None:
    first = begin("hang", tmp_path)
    assert first.stdout is not None
    assert first.stdout.readline() == "middle\n"
    first.kill()
    first.communicate()
    for _ in range(2):
        said, _ = begin("work", tmp_path).communicate(timeout=STARTING)
        assert said == "1 0\n"
