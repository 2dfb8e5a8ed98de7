"""``ruang bench NAME``: runs a measurement of the folder ``benchmarks``.

Each is a program of its own that prints what it finds and ends with one line of JSON.
"""

import argparse
import subprocess
import sys
from pathlib import Path

from ruang.cli import Stop
from ruang.cli.processes import BASE

FOLDER = BASE / "benchmarks"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("name", choices=["all", *names()], help="which one")
    parser.add_argument("--data", type=Path, help="folder with public instances")


def names() -> list[str]:
    """Return what can be measured."""
    programs = FOLDER.glob("[a-z]*.py")
    return sorted(p.stem for p in programs if "\ndef main(" in p.read_text(encoding="utf-8"))


def reads_data(name: str) -> bool:
    """Return whether a measurement is one of public instances."""
    return '"--data"' in (FOLDER / f"{name}.py").read_text(encoding="utf-8")


def run(given: argparse.Namespace) -> int:
    """Measure."""
    if given.data and not given.data.is_dir():
        raise Stop(f"{given.data} is not a folder.")
    worst = 0
    for name in names() if given.name == "all" else [given.name]:
        command = [sys.executable, "-m", f"benchmarks.{name}"]
        if given.data and reads_data(name):
            command += ["--data", str(given.data.resolve())]
        done = subprocess.run(command, cwd=BASE, check=False)  # noqa: S603 - our own programs
        worst = max(worst, abs(done.returncode))
    return worst
