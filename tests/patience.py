"""How long tests wait for what has to happen, in one place.

A test that passes never waits so long: the numbers are for a machine that is several times
slower than a developer's, and busy with something else besides.
"""

import time
from collections.abc import Callable
from typing import TypeVar

import psutil

Found = TypeVar("Found")
SECONDS = 60.0
"""For anything: a page, a process, a row, a thread."""
MILLISECONDS = SECONDS * 1000
"""The same, as browsers count it."""
STARTING = 3 * SECONDS
"""For programs that load everything first: a server, a command, a demo city."""
WORKING = 10 * SECONDS
"""For solvers that end before: with a proof, after so many rounds, or because they are told."""


def until(look: Callable[[], Found], seconds: float = SECONDS) -> Found:
    """Look until there is something to be seen, and return it.

    :raises AssertionError: if there is nothing in all that time
    """
    end = time.monotonic() + seconds
    while not (found := look()):
        assert time.monotonic() < end, f"nothing in {seconds:.0f} s: {found!r}"
        time.sleep(0.05)
    return found


def ended(processes: list[psutil.Process], seconds: float = SECONDS) -> list[psutil.Process]:
    """Wait until processes are gone; return those that are not.

    One that is dead and that nobody has asked after yet is gone, too.
    """
    end = time.monotonic() + seconds
    while (left := [one for one in processes if _lives(one)]) and time.monotonic() < end:
        time.sleep(0.02)
    return left


def _lives(process: psutil.Process) -> bool:
    try:
        return bool(process.is_running()) and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
