"""Whole-number programs: whoever starts them hears nothing but the answer."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOLVED = """
from ruang.solvers import mip

program = mip.Program()
for worth in (3.0, 2.0, 2.0):
    program.column(worth)
program.row([(0, 2.0), (1, 1.0), (2, 1.0)], upper=2.0)
found = mip.solve(program, seconds=60)
assert (found.status, found.value) == (mip.Status.OPTIMAL, 4.0)
"""


def test_the_output_of_a_process_that_solves_stays_empty() -> None:
    """A process of its own: what C prints reaches no fixture of the test runner."""
    done = subprocess.run(
        [sys.executable, "-c", SOLVED], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
