"""What a page under the words holds besides the key: what was typed and is not sent yet.

It travels sealed with the page, like the answers of the reporting form. A message that was
typed when the half hour was over travels the same way through entering the words again.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Self

from ruang.intake.attachments import StoredFile
from ruang.intake.states import MessageKind
from ruang.vault import carry
from ruang.vault.suites import Tampered, new_secret

_PURPOSE = "held"
PAGES = ("main", "contact", "files", "stop", "openings", "feedback", "consents")


@dataclass(frozen=True, slots=True, repr=False)
class Held:
    """A page under the words.

    :ivar once: random; the same message sent from this page twice is written once
    :ivar drafts: what was typed on each page and is not sent yet
    :ivar kind: of the message that waits to be written: for the words, or for the database;
        ``text`` is what it says
    :ivar mark: by what was sent, the message is known again: sent twice, it has the same one
    """

    page: str = "main"
    language: str = "id"
    once: bytes = field(default_factory=new_secret)
    drafts: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    files: tuple[StoredFile, ...] = ()
    kind: MessageKind | None = None
    text: str = ""
    mark: str = ""

    @property
    def tag(self) -> bytes:
        """Return by what this message from this page is known again; another one is another."""
        return carry.tag(self.once, f"message|{self.mark}")

    def typed(self, values: Mapping[str, Any]) -> Self:
        """Return it with what was typed on its page."""
        return replace(self, drafts={**self.drafts, self.page: dict(values)})

    def sent(self) -> Self:
        """Return a fresh hold after a message was written from this one's page."""
        kept = {page: said for page, said in self.drafts.items() if page != self.page}
        return type(self)(language=self.language, drafts=kept)

    def seal(self) -> str:
        """Return the hidden field."""
        said = {
            "p": self.page,
            "b": self.language,
            "o": self.once.hex(),
            "d": {page: dict(values) for page, values in self.drafts.items()},
            "f": [one.to_text() for one in self.files],
            "k": self.kind.value if self.kind else "",
            "t": self.text,
            "m": self.mark,
        }
        return carry.pack(_PURPOSE, json.dumps(said, ensure_ascii=False).encode())

    @classmethod
    def open(cls, sealed: str) -> Self | None:
        """Return what a hidden field holds; None for what did not come from here."""
        try:
            said: dict[str, Any] = json.loads(carry.unpack(_PURPOSE, sealed))
        except Tampered:
            return None
        return cls(
            page=said["p"],
            language=said["b"],
            once=bytes.fromhex(said["o"]),
            drafts=said["d"],
            files=tuple(StoredFile.from_text(one) for one in said["f"]),
            kind=MessageKind(said["k"]) if said["k"] else None,
            text=said["t"],
            mark=said["m"],
        )
