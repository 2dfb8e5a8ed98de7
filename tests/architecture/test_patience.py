"""Tests wait as long as a slow machine needs: the numbers stand in one place."""

import re
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
OWN = {TESTS / "patience.py", TESTS / "screens.py", Path(__file__).resolve()}
HURRIED = re.compile(
    r"timeout=\d(?! \*)|\.join\(\d(?! \*)|\.wait\(\d+\)"
    r"|set_default_timeout\(|wait_procs\(|chromium\.launch\w*\("
)
"""A limit of a test's own, or a browser started in a way of its own."""
MAY = {"tests/journeys/test_reporter.py": "timeout=3"}
"""Where nothing may come, and nothing is expected: going back from the first page."""


def test_no_test_has_a_patience_of_its_own() -> None:
    found = {
        f"{path.relative_to(TESTS.parent)}:{number}": fault[0]
        for path in TESTS.rglob("*.py")
        if path not in OWN
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if (fault := HURRIED.search(line))
    }
    hurried = {
        where: what for where, what in found.items() if MAY.get(where.partition(":")[0]) != what
    }
    assert hurried == {}, "use tests/patience.py or tests/screens.py"


def test_what_is_let_through_is_still_there() -> None:
    for name, what in MAY.items():
        assert what in (TESTS.parent / name).read_text(encoding="utf-8"), name
