"""What stands inside the sealed columns that hold more than one text, and how it is written.

Intake writes them, triage seals them anew into a case, cases read them: so the form is here,
below all of them.
"""

import json
from dataclasses import asdict, dataclass, fields
from datetime import time
from typing import Any, Self

from ruang.kernel.codes import IfOthersAnswer, Way


class Sealed:
    """A value of short texts that is sealed as one text; what is empty is left out."""

    def to_text(self) -> str:
        """Return the text to seal; empty if nothing was said."""
        said = {name: value for name, value in self._values().items() if value}
        return json.dumps(said, ensure_ascii=False, sort_keys=True) if said else ""

    @classmethod
    def from_text(cls, text: str) -> Self:
        """Return the value that a sealed text holds; the empty text is the empty value."""
        said = json.loads(text) if text else {}
        known = {f.name for f in fields(cls)}  # type: ignore[arg-type]  # each is a dataclass
        return cls(**{name: value for name, value in said.items() if name in known})

    def _values(self) -> dict[str, Any]:
        return asdict(self)  # type: ignore[call-overload, no-any-return]


@dataclass(frozen=True, slots=True)
class Contact(Sealed):
    """How she can be reached safely. Codes are those of ``states``; hours are ``HH:MM``."""

    way: str = ""
    reach: str = ""
    safe_from: str = ""
    safe_until: str = ""
    if_others: str = ""
    note: str = ""

    @classmethod
    def of(
        cls,
        *,
        way: Way,
        reach: str = "",
        safe_from: time | None = None,
        safe_until: time | None = None,
        if_others: IfOthersAnswer | None = None,
        note: str = "",
    ) -> Self:
        """Return the value for typed answers."""
        return cls(
            way=way.value,
            reach=reach,
            safe_from=f"{safe_from:%H:%M}" if safe_from else "",
            safe_until=f"{safe_until:%H:%M}" if safe_until else "",
            if_others=if_others.value if if_others else "",
            note=note,
        )


@dataclass(frozen=True, slots=True)
class Details(Sealed):
    """The optional answers, in her words; the age as she put it."""

    age: str = ""
    village: str = ""
    when: str = ""
    by_whom: str = ""
    helper_language: str = ""


@dataclass(frozen=True, slots=True)
class Feedback(Sealed):
    """How the help was for her: three times ``yes``, ``partly``, ``no`` or nothing."""

    safe: str = ""
    heard: str = ""
    helped: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class MustNotRead(Sealed):
    """Who must not read the report. ``office`` sent it to the alternate desk."""

    office: bool = False
    names: str = ""
