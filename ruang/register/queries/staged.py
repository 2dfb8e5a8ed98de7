"""A list that waits, beside the register: what is new, different, missing, wrong."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from ruang.access import sight
from ruang.access.actor import Actor
from ruang.access.require import require
from ruang.register.comparing import MOST_ENDED, Comparison, Gone, Homeless, New, compared
from ruang.register.faults import sentence
from ruang.register.models import COUNTS, StagedList
from ruang.register.policy import may_keep
from ruang.register.reading import Entry
from ruang.register.states import Kind
from ruang.register.words import Difference, Words, differences, value
from ruang.territory import queries as territory

PAGE = 50


class Section(StrEnum):
    """Which lines are shown."""

    NEW = "new"
    CHANGED = "changed"
    WRONG = "wrong"
    GONE = "gone"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class StagedLine:
    """One line of the list, or one place that the list does not name.

    :ivar number: of the line in the file; 0 for a place that is missing in it
    :ivar contact: somebody else is to be rung; by whom is not said in a list
    """

    number: int
    what: str
    where: str
    said: Words
    differences: tuple[Difference, ...] = ()
    contact: bool = False
    place: UUID | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """A list that somebody brought and has not taken over."""

    id: UUID
    kind: Kind
    at: datetime
    lines: int


@dataclass(frozen=True, slots=True)
class StagedPage:
    """A list beside the register.

    :ivar counts: how many lines each section has
    :ivar new_rws: how many RW are made with it
    :ivar older: the last line, if there are more after it
    :ivar fingerprint: what the confirmation has to name
    """

    id: UUID
    kind: Kind
    at: datetime
    until: datetime
    is_applied: bool
    counts: dict[Section, int]
    section: Section
    lines: tuple[StagedLine, ...]
    older: str
    new_rws: int
    gone: tuple[StagedLine, ...]
    is_too_much_gone: bool
    fingerprint: str

    @property
    def has_anything(self) -> bool:
        """Say whether there is anything to take over."""
        return any(self.counts[s] for s in (Section.NEW, Section.CHANGED, Section.GONE))


def waiting_lists(*, actor: Actor, at: datetime) -> tuple[Waiting, ...]:
    """Return the actor's own lists that wait, the newest first.

    :raises PermissionDenied: if the actor does not keep the register
    """
    require(may_keep, actor, None)
    rows = StagedList.objects.visible_to(actor).filter(applied_at=None, until__gt=at)
    return tuple(
        Waiting(row.pk, Kind(row.kind), row.at, len(row.entries) + len(row.faults))
        for row in rows.order_by("-at")
    )


def staged_page(
    *, actor: Actor, list_id: UUID, at: datetime, section: str = "", after: str = ""
) -> StagedPage:
    """Return a list beside the register of this moment.

    :raises PermissionDenied: if the actor does not keep the register
    :raises NotInSight: if the actor did not bring it, or its day is over
    """
    require(may_keep, actor, None)
    in_time = StagedList.objects.visible_to(actor).filter(until__gt=at)
    staged = sight.one(in_time, list_id)
    found = compared(staged, actor)
    counts = _counts(found, staged)
    first = next((s for s in Section if counts[s]), Section.NEW)
    chosen = Section(section) if section in set(Section) else first
    say = _Say(Kind(staged.kind))
    lines = _lines(say, found, staged, chosen)
    start = int(after) if after.isdecimal() and len(after) < 9 else 0
    begun = lines[start : start + PAGE]
    return StagedPage(
        id=staged.pk,
        kind=Kind(staged.kind),
        at=staged.at,
        until=staged.until,
        is_applied=staged.applied_at is not None,
        counts=counts,
        section=chosen,
        lines=tuple(say.line(one) for one in begun),
        older=str(start + PAGE) if len(lines) > start + PAGE else "",
        new_rws=len(found.new_rws),
        gone=tuple(say.line(one) for one in found.gone[:MOST_ENDED]),
        is_too_much_gone=len(found.gone) > MOST_ENDED,
        fingerprint=found.fingerprint,
    )


def _counts(found: Comparison, staged: StagedList) -> dict[Section, int]:
    return {
        Section.NEW: len(found.new),
        Section.CHANGED: len(found.changed),
        Section.WRONG: len(staged.faults) + len(found.homeless),
        Section.GONE: len(found.gone),
        Section.SAME: len(found.same),
    }


def _lines(say: "_Say", found: Comparison, staged: StagedList, section: Section) -> list[Any]:
    wrong = [*staged.faults, *(say.homeless(one) for one in found.homeless)]
    lines: dict[Section, list[Any]] = {
        Section.NEW: list(found.new),
        Section.CHANGED: list(found.changed),
        Section.WRONG: sorted(wrong),
        Section.GONE: list(found.gone),
        Section.SAME: list(found.same),
    }
    return lines[section]


class _Say:
    """Says what a line is about."""

    def __init__(self, kind: Kind) -> None:
        self._kind = kind
        city = territory.city().code
        self._names = {v.code: v.name for v in territory.villages(city_code=city)}

    def homeless(self, one: Homeless) -> list[Any]:
        """Return a line of an RW or RT that is not there as a line that is wrong."""
        return [one.entry["line"], one.why.value, "", one.value]

    def line(self, one: Any) -> StagedLine:
        """Return a line as it is shown."""
        if isinstance(one, list):
            return StagedLine(one[0], "", "", sentence(*one[1:]))
        if isinstance(one, Gone):
            return self._gone(one)
        entry: Entry = one if isinstance(one, dict) else one.entry
        changes = differences(one.old, one.new) if hasattr(one, "old") else ()
        ring = bool(one.contact) if hasattr(one, "old") else "contact" in entry
        return StagedLine(
            number=entry["line"],
            what=self._what(entry),
            where=self._where(entry["village"], entry.get("rw", 0)),
            said=self._said(entry, one.values if isinstance(one, New) else {}),
            differences=changes,
            contact=ring,
        )

    def _gone(self, one: Gone) -> StagedLine:
        what = one.name or f"RT {one.number:02}"
        where = self._where(one.village, one.rw)
        return StagedLine(0, what, where, str(one.people), place=one.pk)

    def _what(self, entry: Entry) -> str:
        return f"RT {entry['rt']:02}" if self._kind is Kind.RT else str(entry["name"])

    def _where(self, village: str, rw: int) -> str:
        name = self._names.get(village, village)
        return f"RW {rw:02}, {name}" if rw else name

    def _said(self, entry: Entry, values: dict[str, Any]) -> Words:
        """Return the one number or word by which a new line is recognised."""
        if self._kind is Kind.RT:
            return str(sum(count for name, count in values.items() if name in COUNTS))
        if self._kind is Kind.SCHOOL:
            return value("level", entry["level"])
        return value("kind", entry["kind"])
