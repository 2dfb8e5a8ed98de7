"""Logs without people in them: what went wrong and where in the code, never with which value.

A message of an exception may repeat what somebody wrote (PostgreSQL names the offending value,
a parser quotes its input), so only its type and the lines of code are kept. Addresses of
callers are never written.
"""

import json
import logging
import traceback
from datetime import UTC, datetime
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any

OURS = "ruang"
ROLL_AT, KEEP = 5_000_000, 3


class WithoutPeople(logging.Formatter):
    """One line of JSON a record."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line. Arguments are merged in only where the message is our own."""
        at = datetime.fromtimestamp(record.created, UTC)
        line: dict[str, Any] = {
            "at": at.isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
            "said": self._said(record),
        }
        if (status := getattr(record, "status_code", None)) is not None:
            line["status"] = status
            line["page"] = self._page(record)
        if record.exc_info and record.exc_info[1] is not None:
            line["error"] = type(record.exc_info[1]).__qualname__
            frames = traceback.extract_tb(record.exc_info[2])
            line["where"] = [f"{f.filename}:{f.lineno} {f.name}" for f in frames]
        return json.dumps(line, ensure_ascii=False)

    @staticmethod
    def _page(record: logging.LogRecord) -> str:
        """Return the name of the page, never its address."""
        match = getattr(getattr(record, "request", None), "resolver_match", None)
        return str(match.view_name) if match else ""

    @staticmethod
    def _said(record: logging.LogRecord) -> str:
        ours = record.name == OURS or record.name.startswith(f"{OURS}.")
        return record.getMessage() if ours else str(record.msg)


class RolledFile(RotatingFileHandler):
    """A log file that appears with its first line and is rolled over before it grows large."""

    def __init__(self, filename: str) -> None:
        super().__init__(filename, maxBytes=ROLL_AT, backupCount=KEEP, delay=True)

    def _open(self) -> TextIOWrapper:
        Path(self.baseFilename).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        return super()._open()


def logging_for(folder: Path, name: str) -> dict[str, Any]:
    """Return Django's LOGGING: a file a process, and what is wrong on the console too."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": WithoutPeople}},
        "handlers": {
            "console": {
                "class": "logging.StreamHandler",
                "formatter": "json",
                "level": "WARNING",
            },
            "file": {
                "class": "config.logs.RolledFile",
                "formatter": "json",
                "level": "INFO",
                "filename": str(folder / f"{name}.log"),
            },
        },
        "root": {"handlers": ["console", "file"], "level": "INFO"},
        "loggers": {"django.server": {"handlers": [], "propagate": False}},
    }
