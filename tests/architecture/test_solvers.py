"""Pages stay light: what the solvers weigh is loaded in the worker's child alone."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

RUANG = Path(__file__).parents[2] / "ruang"
HEAVY = ("ruang.solvers", "numpy", "numba", "highspy")

IMPORT = re.compile(r"^\s*(?:from|import)\s+([\w.]+)", re.MULTILINE)


def test_no_page_imports_a_solver() -> None:
    for folder in ("web", "live", "cli", "demo", "kernel", "access"):
        for path in (RUANG / folder).rglob("*.py"):
            found = IMPORT.findall(path.read_text())
            assert not [name for name in found if name.startswith(HEAVY)], path


@pytest.mark.slow
def test_a_web_process_starts_without_solvers() -> None:
    heavy = (*HEAVY, "openpyxl")
    program = (
        "import sys, config.rsgi, config.urls\n"
        f"loaded = [name for name in sys.modules if name.startswith({heavy!r})]\n"
        "sys.exit(' '.join(loaded) or 0)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=RUANG.parent,
        env={"DJANGO_SETTINGS_MODULE": "config.settings_test", "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
