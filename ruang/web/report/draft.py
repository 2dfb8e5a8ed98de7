"""What was answered so far: it travels with the page, sealed, and the server keeps nothing."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any, Self

from ruang.intake.attachments import StoredFile
from ruang.vault import carry
from ruang.vault.suites import Tampered, new_secret
from ruang.web.report.steps import Step

PURPOSE = "form"
SHOWN = timedelta(hours=2)
"""After this, earlier answers are kept but never shown again."""
SENDABLE = timedelta(days=7)
"""After this, nothing can be sent any more: the files go after eight days."""


class TooOld(Exception):  # noqa: N818 - what she is told
    """The form was begun more than seven days ago."""


@dataclass(frozen=True, slots=True, repr=False)
class Draft:
    """A form on its way.

    :ivar step: the page that was made with it; what comes back answers that page
    :ivar secret: random, this form's own: its files and its receipt are known by it
    :ivar checking: the page was opened from the check of all answers and leads back there
    """

    step: Step
    secret: bytes
    started: datetime
    language: str = "id"
    answers: Mapping[str, Any] = ()  # type: ignore[assignment]  # empty until the first answer
    files: tuple[StoredFile, ...] = ()
    checking: bool = False

    @classmethod
    def begin(cls, *, language: str, at: datetime) -> Self:
        """Return a new form at its first question."""
        return cls(Step.SAFETY, new_secret(), at, language, {})

    def at_step(self, step: Step, **changes: Any) -> Self:
        """Return the form at another page."""
        return replace(self, step=step, **changes)

    def is_shown(self, at: datetime) -> bool:
        """Say whether earlier answers may still be shown."""
        return at - self.started <= SHOWN

    def seal(self) -> str:
        """Return the hidden field."""
        said = {
            "p": self.step.value,
            "s": self.secret.hex(),
            "t": int(self.started.timestamp()),
            "b": self.language,
            "a": dict(self.answers),
            "f": [one.to_text() for one in self.files],
            "c": self.checking,
        }
        plain = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
        return carry.pack(PURPOSE, plain.encode())


def opened(sealed: str, at: datetime) -> Draft | None:
    """Return the form that a hidden field holds; None for what did not come from here.

    :raises TooOld: after seven days
    """
    try:
        said = json.loads(carry.unpack(PURPOSE, sealed))
    except Tampered:
        return None
    started = datetime.fromtimestamp(said["t"], UTC)
    if at - started > SENDABLE:
        raise TooOld
    return Draft(
        step=Step(said["p"]),
        secret=bytes.fromhex(said["s"]),
        started=started,
        language=said["b"],
        answers=said["a"],
        files=tuple(StoredFile.from_text(one) for one in said["f"]),
        checking=said["c"],
    )


def fingerprint(sealed: str) -> bytes:
    """Return what two posts of the very same page have in common."""
    return sha256(sealed.encode("utf-8", "replace")).digest()
