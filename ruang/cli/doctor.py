"""``ruang doctor``: what of this machine and this installation is not as it should be."""

import argparse
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

from ruang.cli.keyring import folders, start_django
from ruang.cli.processes import BASE
from ruang.vault.root import FILE as ROOT_FILE

Finding = tuple[str, str]
"""How bad it is (``ok``, ``note``, ``BAD``), and a sentence."""

SPACE, SCARCE = 0.10, 0.20
"""Shares of the disk that are free: below, files are put off; below, it is time to act."""
LATE = timedelta(minutes=5)


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options: none."""


def run(given: argparse.Namespace) -> int:
    """Look at everything; exit code 1 if anything is bad."""
    start_django()
    findings = [finding for look in LOOKS for finding in look()]
    for grade, sentence in findings:
        print(f"{grade:<5} {sentence}")
    return 1 if any(grade == "BAD" for grade, _ in findings) else 0


def _secrets() -> Iterator[Finding]:
    data, secrets = folders()
    path = secrets / ROOT_FILE
    if not path.exists():
        yield "BAD", f"ROOT is missing: {path}"
    elif path.stat().st_mode & 0o077 or secrets.stat().st_mode & 0o022:
        yield "BAD", f"others can read or replace {path}: chmod 600, folder 700"
    else:
        yield "ok", "ROOT is there, for its owner alone"
    if secrets == data or data in secrets.parents:
        yield "BAD", "RUANG_SECRETS is inside RUANG_DATA: a copy of the data would contain ROOT"


def _places() -> Iterator[Finding]:
    data, _ = folders()
    if not data.is_dir() or not os.access(data, os.W_OK):
        yield "BAD", f"{data} cannot be written"
        return
    usage = shutil.disk_usage(data)
    share = usage.free / usage.total
    grade = "BAD" if share < SPACE else "note" if share < SCARCE else "ok"
    yield grade, f"{share:.0%} of the disk is free; below {SPACE:.0%} files are put off"
    if data.stat().st_mode & 0o007:
        yield "note", f"others on this machine can look into {data}: chmod 700"


def _machine() -> Iterator[Finding]:
    swap = Path("/proc/swaps").read_text(encoding="ascii").splitlines()[1:]
    if swap:
        yield (
            "note",
            "there is swap: opened texts may reach the disk; switch it off, or encrypt it",
        )
    else:
        yield "ok", "no swap"
    if sqlite3.sqlite_version_info < (3, 37):
        yield "BAD", f"SQLite {sqlite3.sqlite_version} is too old"


def _database() -> Iterator[Finding]:
    from django.db import DatabaseError, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connection)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if missing:
            yield "BAD", f"{len(missing)} migrations are missing; `ruang serve` runs them"
            return
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA quick_check")
                verdict = cursor.fetchone()[0]
            yield ("ok" if verdict == "ok" else "BAD"), f"SQLite says: {verdict}"
        yield from _work()
    except DatabaseError as error:
        yield "BAD", f"the database does not answer: {type(error).__name__}"


def _work() -> Iterator[Finding]:
    from ruang.audit import due
    from ruang.demo.accounts import is_half_a_demo
    from ruang.kernel import clock
    from ruang.vault import pairs

    parked = due.parked()
    for kind, _, since in parked[:10]:
        yield "BAD", f"given up: {kind}, {since:%Y-%m-%d %H:%M} UTC; see the log of jobs"
    late = due.late(at=clock.now(), by=LATE)
    if late:
        yield "BAD", f"{late} things are overdue: is `ruang serve` running?"
    if not parked and not late:
        yield "ok", "nothing is overdue or given up"
    if is_half_a_demo():
        yield "BAD", "a real city stands on a demo's keys: set it up anew in empty folders"
    elif pairs.is_demo():
        yield "note", "this is a demo: passwords are cheap to guess; keep nothing real here"


def _previews() -> Iterator[Finding]:
    from ruang.previews.previewer import Previewer

    previewer = Previewer()
    try:
        found = previewer.available()
    finally:
        previewer.close()
    yield ("ok" if found.works else "note"), f"previews: {found.detail}"


def _mail() -> Iterator[Finding]:
    from ruang.notify import sending

    if sending.is_set_up():
        yield "ok", "those on duty are told by mail, without content"
    else:
        yield "note", "RUANG_SMTP_HOST or RUANG_SMTP_SENDER is missing: nobody is told by mail"


def _build() -> Iterator[Finding]:
    if not (BASE / ".build/static/staticfiles.json").exists():
        yield "BAD", "the static files are not collected: `make run` does it"
    sources = list((BASE / "ruang").rglob("django.po"))
    if any(not po.with_suffix(".mo").exists() for po in sources):
        yield "BAD", "translations are not compiled: `make messages`"
    else:
        yield "ok", f"{len(sources)} catalogues of translations"


LOOKS: tuple[Callable[[], Iterator[Finding]], ...] = (
    _secrets,
    _places,
    _machine,
    _database,
    _previews,
    _mail,
    _build,
)
