"""What happened, as the contexts tell it: it meets the clocks that wait for it, begins others.

A context names the moment in the transaction of the command that makes it so, after it has
asked who may. It knows no rule; the rules know nothing of reports and cases.
"""

from collections.abc import Callable, Collection
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from ruang.access.actor import Actor
from ruang.clocks import keep, legal
from ruang.clocks.legal import Holder
from ruang.clocks.models import Clock
from ruang.clocks.official import Rule
from ruang.clocks.rules import in_force
from ruang.clocks.states import EACH_TIME, Moment


def happened(
    moment: Moment, subject: UUID, holder: Callable[[], Holder], *, actor: Actor,
    at: datetime, since: datetime | None = None,
) -> None:  # fmt: skip
    """Meet what waits for this moment, then begin what it begins; two reads where nothing does.

    A rule that is off, or has no time any more, begins nothing, but what it began before is
    met all the same. One that runs is not begun anew: no time is won by doing a thing twice.

    :param holder: whose clocks they are; asked for only where one begins
    :param since: from when they count, if not from now
    """
    touched = _touched(moment)
    live = _live(subject, touched) if touched else {}
    for rule in touched:
        clock = live.get(rule.kind)
        if clock is not None and rule.meets is moment:
            keep.meet(clock, actor=actor, at=at)
            clock = None
        if clock is None and rule.starts is moment and rule.is_active:
            legal.begin(
                holder(), kind=rule.kind, since=since or at, actor=actor, at=at,
                again=moment in EACH_TIME,
            )  # fmt: skip


def taken_back(
    moment: Moment, subject: UUID, *, said_at: Collection[datetime], last: datetime | None,
    actor: Actor, at: datetime,
) -> None:  # fmt: skip
    """Let the clocks run again that were met when it was said that something happened.

    What it began runs on: such a clock ends by a reason alone. What a person met stays met.

    :param said_at: when it was said, by a save
    :param last: when it happened last that counts still; one that began since is not met by it
    """
    for rule in _touched(moment):
        met = keep.last_met(subject, rule.kind) if rule.meets is moment else None
        if met is None or met.over_at not in said_at:
            continue
        if last is None or last < met.started_at:
            keep.run_again(met, actor=actor, at=at)


class Kinds(NamedTuple):
    """The kinds of clocks that a moment begins, and those that it meets."""

    begun: tuple[str, ...]
    met: tuple[str, ...]


def kinds_of(moment: Moment) -> Kinds:
    """Return what a moment begins and meets, for who has rules of their own about it."""
    touched = _touched(moment)
    return Kinds(
        tuple(rule.kind for rule in touched if rule.starts is moment),
        tuple(rule.kind for rule in touched if rule.meets is moment),
    )


def _touched(moment: Moment) -> list[Rule]:
    return [rule for rule in in_force().values() if moment in (rule.starts, rule.meets)]


def _live(subject: UUID, rules: list[Rule]) -> dict[str, Clock]:
    rows = Clock.objects.live().select_for_update(of=("self",))
    kinds = [rule.kind for rule in rules]
    return {clock.kind: clock for clock in rows.filter(subject=subject, kind__in=kinds)}
