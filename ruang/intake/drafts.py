"""A draft as a value: what an officer has typed so far, and the page it was typed on.

What was typed is kept as it stands in the fields, also where it is not an answer yet.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Self
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from ruang.intake.arrival import Form
from ruang.intake.attachments import StoredFile
from ruang.kernel.errors import Refused

Fields = Mapping[str, tuple[str, ...]]
KEY = "draft"
"""The one key of a draft."""
RESTING = "draft_resting"
"""The due time of a draft: when it has rested, its desk is told."""
LONGEST = 2 * 1024 * 1024
"""Bytes of one draft. A text that is longer than a book comes as a file."""
RESTS = timedelta(minutes=15)
"""After so long without a word a colleague may go on with a draft …"""
RESTS_IN_DANGER = timedelta(minutes=3)
"""… and much sooner when there is danger: the call may have been cut off."""
TOO_LONG = _("This is too long for one report. Divide it into several.")


class Overtaken(Exception):  # noqa: N818 - what the person is told
    """Something else was saved since this page was made, or somebody else writes now.

    :ivar is_mine: the actor still writes it: another page of hers saved it
    """

    def __init__(self, *, is_mine: bool) -> None:
        super().__init__()
        self.is_mine = is_mine


class Gone(Exception):  # noqa: N818 - what the person is told
    """The draft was discarded, or it is finished: there is nothing to save into."""


@dataclass(frozen=True, slots=True, repr=False)
class Sheet:
    """One page on which a draft is typed, as it was sent.

    :ivar secret: the draft's own; its report and the receipt are known by it
    :ivar version: what the page was made from; 0 before anything was saved
    :ivar window: the page itself: over what it saved last it may save again
    """

    draft_id: UUID
    secret: bytes
    version: int
    window: UUID
    fields: Fields = field(default_factory=dict)
    files: tuple[StoredFile, ...] = ()
    is_danger: bool = False
    office_named: bool = False

    def to_text(self) -> str:
        """Return the text to seal.

        :raises Refused: if it is longer than anybody types
        """
        said = {
            "secret": self.secret.hex(),
            "fields": dict(self.fields),
            "files": [one.to_text() for one in self.files],
        }
        text = json.dumps(said, ensure_ascii=False, sort_keys=True)
        if len(text.encode()) > LONGEST:
            raise Refused(TOO_LONG)
        return text

    @property
    def form(self) -> Form:
        """Return by what finishing it twice is known to be once.

        A file that came with both presses was stored twice: it counts by name and size.
        """
        files = [(one.card.name, one.card.size) for one in self.files]
        page = json.dumps([dict(self.fields), files], sort_keys=True)
        return Form(self.secret, sha256(page.encode()).digest())


@dataclass(frozen=True, slots=True, repr=False)
class Stored:
    """What a draft holds.

    :ivar saved_at: when it was saved last
    """

    draft_id: UUID
    secret: bytes
    version: int
    saved_at: datetime
    fields: Fields
    files: tuple[StoredFile, ...] = ()

    @classmethod
    def of(cls, *, draft_id: UUID, version: int, saved_at: datetime, text: str) -> Self:
        """Read what :meth:`Sheet.to_text` wrote."""
        said = json.loads(text)
        fields = {name: tuple(values) for name, values in said["fields"].items()}
        files = tuple(StoredFile.from_text(one) for one in said.get("files", ()))
        return cls(draft_id, bytes.fromhex(said["secret"]), version, saved_at, fields, files)


def rests_at(*, changed_at: datetime, danger: bool) -> datetime:
    """Return from when a colleague may go on with a draft that is left alone."""
    return changed_at + (RESTS_IN_DANGER if danger else RESTS)


def rests(*, changed_at: datetime, danger: bool, at: datetime) -> bool:
    """Say whether a draft has been left alone for so long that a colleague may go on."""
    return at >= rests_at(changed_at=changed_at, danger=danger)
