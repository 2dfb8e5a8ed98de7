"""Worlds that many tests begin with: built by the commands once a process, then put back.

What a builder wrote is noted statement by statement, ids and sealed texts included. The next
test that calls the same builders in the same order, from an empty database on, has the same
statements run again in its own transaction: everything is there, only nothing is made anew.

Whoever writes anything in between has what follows built as well. What a builder returns is
copied; an argument that cannot be a key is never kept. Sealed files are put back too.
"""

import copy
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from django.conf import settings
from django.db import connection, models, transaction

Given = ParamSpec("Given")
Made = TypeVar("Made")
Steps = tuple[object, ...]

NOTHING_WRITTEN = ("SELECT", "PRAGMA", "BEGIN", "SAVEPOINT", "RELEASE", "COMMIT")
COUNTED = ("vault_keypair", "vault_wrap", "audit_fact", "cases_entry", "identity_organisation")
"""Every builder leaves a row in one of these."""
UNKNOWN = None


@dataclass
class Kept:
    """What a builder wrote and returned."""

    statements: list[tuple[str, Any, bool]]
    files: dict[str, bytes]
    made: Any

    @property
    def is_fit(self) -> bool:
        """Whether nothing was taken back, and taking all of it back would show in a count."""
        written = [sql for sql, _params, _many in self.statements]
        return not any(sql.startswith("ROLLBACK") for sql in written) and any(
            sql.startswith("INSERT") and table in sql for sql in written for table in COUNTED
        )


@dataclass
class Noted:
    """How the database came to what it is: the builders called since it was empty, if known."""

    steps: Steps | None = UNKNOWN
    mark: object = None


_kept: dict[Steps, Kept] = {}
_noted = Noted()


def replayed(build: Callable[Given, Made]) -> Callable[Given, Made]:
    """Let a builder put back what it wrote before, for the same arguments in the same place."""

    @wraps(build)
    def built(*args: Given.args, **kwargs: Given.kwargs) -> Made:
        steps = _steps_so_far()
        key = _key((build.__module__, build.__name__, *args, *sorted(kwargs.items())))
        if steps is UNKNOWN or key is None:
            return build(*args, **kwargs)
        steps = (*steps, key)
        if steps not in _kept:
            fresh = _record(lambda: build(*args, **kwargs))
            if not fresh.is_fit:
                return fresh.made  # type: ignore[no-any-return]
            _kept[steps] = fresh
        else:
            _put_back(_kept[steps])
        _noted.steps, _noted.mark = steps, _mark()
        return copy.deepcopy(_kept[steps].made)  # type: ignore[no-any-return]

    return built


def _steps_so_far() -> Steps | None:
    if _is_empty():
        return ()
    return _noted.steps if _noted.mark == _mark() is not None else UNKNOWN


def _is_empty() -> bool:
    """Say whether nothing was built yet: every builder leaves a vault or a fact."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT 1 FROM vault_vault) OR EXISTS (SELECT 1 FROM audit_fact)"
        )
        return not cursor.fetchone()[0]


def _mark() -> object:
    """What is not the same after a write, ours or another's, or after one was taken back."""
    if connection.vendor != "sqlite":
        return None
    counts = ", ".join(f"(SELECT count(*) FROM {table})" for table in COUNTED)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT data_version, {counts} FROM pragma_data_version")
        seen = cursor.fetchone()
    held = connection.connection
    return id(held), held.total_changes, seen


def _key(given: object) -> object:
    """What stands for an argument: a row for all its values; None if nothing can."""
    if isinstance(given, tuple):
        parts = tuple(_key(part) for part in given)
        return None if None in parts else parts
    if isinstance(given, models.Model):
        return type(given), repr(
            [getattr(given, field.attname) for field in given._meta.concrete_fields]
        )
    try:
        hash(given)
    except TypeError:
        return None
    return type(given), given


def _record(build: Callable[[], Any]) -> Kept:
    """Build, and note what is written meanwhile."""
    statements: list[tuple[str, Any, bool]] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        params = list(params) if many else params
        if not sql.lstrip().upper().startswith(NOTHING_WRITTEN):
            statements.append((sql, params, many))
        return execute(sql, params, many, context)

    before = _files()
    with connection.execute_wrapper(note):
        made = build()
    top = Path(settings.FILES_FOLDER)
    files = {place: (top / place).read_bytes() for place in _files() - before}
    return Kept(statements, files, made)


def _put_back(kept: Kept) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        for sql, params, many in kept.statements:
            (cursor.executemany if many else cursor.execute)(sql, params)
    for place, content in kept.files.items():
        path = Path(settings.FILES_FOLDER) / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _files() -> set[str]:
    """The place of every sealed file of this test."""
    top = Path(settings.FILES_FOLDER)
    return {str(path.relative_to(top)) for path in top.rglob("*") if path.is_file()}
