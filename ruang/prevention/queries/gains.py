"""What tests before and after say, and who came: never a small group, never a person.

No order by gain: with such intervals a ranking would be mostly chance. A facilitator sees the
own line; who plans, and the head, see all. Always the last twelve whole months and all of the
city, without a filter: two tables a day or a programme apart would give a small number away by
subtraction. A log that comes in late makes two tables of one page, so whoever may not read
every session is shown closed batches of ten people or more (``batches``), each from the month
after it closed, counts are rounded, and shares stand in steps (docs/adr/0036).
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet, Sum

from ruang.access.actor import Actor
from ruang.access.require import require
from ruang.identity import directory
from ruang.prevention import small
from ruang.prevention.change import LEAST, Change, Pair, change
from ruang.prevention.looks import Look, Topics, closed_look, exact_look
from ruang.prevention.models import Attendance, Earlier, Part, Programme
from ruang.prevention.naming import programme_name, topic_name
from ruang.prevention.overlapping import Key
from ruang.prevention.policy import may_compare, may_count_all, may_see
from ruang.prevention.reach import Sieve, held
from ruang.prevention.shares import months_before
from ruang.register.states import Band, Sex
from ruang.territory import queries as territory


@dataclass(frozen=True, slots=True)
class Group:
    """A programme, a topic of one or a facilitator; ``change`` is None below ten pairs."""

    name: str
    change: Change | None


@dataclass(frozen=True, slots=True)
class ProgrammeGain:
    """What a programme changed, as a whole and topic by topic."""

    whole: Group
    topics: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Attended:
    """Who came, by age and sex.

    :ivar first_time: None if it, or what is left, is a small number
    :ivar is_about: how many have a disability stands to the nearest five for everybody, since
        some said so to their own phone alone, and whoever counted the rest could subtract
    :ivar unsaid: how many said neither sex nor age and are in no other figure; None if few
    """

    rows: tuple[tuple[Band, tuple[small.Cell, ...]], ...]
    columns: tuple[Sex, ...]
    sums: tuple[int, ...] | None
    rest: tuple[int, ...] | None
    people: int | None
    first_time: int | None
    with_disability: int | None
    unsaid: int | None
    is_about: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of the sessions.

    :ivar pairs: people who answered before and after, of what is shown; None below ten
    :ivar is_rounded: counts to the nearest five, shares in steps, closed batches alone
    """

    since: datetime
    until: datetime
    programmes: tuple[ProgrammeGain, ...]
    facilitators: tuple[Group, ...]
    is_own: bool
    pairs: int | None
    attended: Attended
    is_rounded: bool = False


def outcome(*, actor: Actor, at: datetime) -> Outcome:
    """Return what tests say and who came.

    :raises PermissionDenied: if the actor does not work in prevention
    """
    require(may_see, actor, None)
    zone = territory.city().hours.zone
    until = at.astimezone(zone).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    since = months_before(until, 12)
    is_exact = may_count_all(actor, None)
    sessions = held(actor, Sieve()).filter(village__parent__parent=territory.city().code)
    look = (exact_look if is_exact else closed_look)(sessions, since, until)
    exact = Outcome(
        since=since,
        until=until - timedelta(days=1),
        programmes=_programmes(look, Programme.objects.in_bulk()),
        facilitators=_facilitators(actor, look),
        is_own=not may_compare(actor, None),
        pairs=len(look.shown) if len(look.shown) >= LEAST else None,
        attended=_attended(look),
    )
    return exact if is_exact else _rounded(exact)


def _programmes(look: Look, taught: Mapping[UUID, Programme]) -> tuple[ProgrammeGain, ...]:
    of, shown = look.of, look.shown
    whole: dict[UUID, list[Pair]] = defaultdict(list)
    topics: dict[UUID, dict[str, list[Pair]]] = defaultdict(lambda: defaultdict(list))
    for key, by_topic in {**shown, **look.pairs}.items():
        session, counts = key[0], shown.get(key, {})
        for topic in by_topic:
            found = topics[of[session]][topic]
            if topic in counts:
                found.append(_all(session, {topic: counts[topic]}))
        if counts:
            whole[of[session]].append(_all(session, counts))
    names = {programme: programme_name(taught[programme]) for programme in topics}
    return tuple(
        ProgrammeGain(
            Group(names[programme], change(whole[programme])),
            tuple(
                Group(topic_name(taught[programme], topic), change(found))
                for topic, found in sorted(by_topic.items())
            ),
        )
        for programme, by_topic in sorted(topics.items(), key=lambda one: names[one[0]])
    )


def _facilitators(actor: Actor, look: Look) -> tuple[Group, ...]:
    """Return a line a facilitator, by name."""
    shown = look.shown
    known = {session for session, _code in (*look.pairs, *shown)}
    rows = Part.objects.filter(session__in=known)
    held_by: dict[UUID, set[Key]] = defaultdict(set)
    of_session: dict[UUID, set[Key]] = defaultdict(set)
    for key in shown:
        of_session[key[0]].add(key)
    for session, user in rows.values_list("session", "facilitator__user"):
        held_by[user] |= of_session[session]
    lines = _safe(held_by, look.groups)
    users = held_by if may_compare(actor, None) else held_by.keys() & {actor.user_id}
    names = directory.names(users)
    found = (
        Group(
            names.get(user, ""),
            change(_all(key[0], shown[key]) for key in lines.get(user, ())),
        )
        for user in users
    )
    return tuple(sorted(found, key=lambda group: group.name))


def _safe(
    held_by: Mapping[UUID, set[Key]], groups: Sequence[set[Key]]
) -> Mapping[UUID, set[Key]]:
    """Return what of each line can be shown, beside the lines of programmes and topics.

    Those who answered the same of a programme count in a line only where that gives no few of
    them away; and no line lies within another of which it leaves a few.
    """
    lines: dict[UUID, set[Key]] = defaultdict(set)
    for whole in groups:
        parts = {user: keys & whole for user, keys in held_by.items()}
        for user in _safe_parts(parts, whole):
            lines[user] |= parts[user]
    return {
        user: keys
        for user, keys in lines.items()
        if not any(keys < other and len(other - keys) < LEAST for other in lines.values())
    }


def _safe_parts(parts: Mapping[UUID, set[Key]], whole: set[Key]) -> set[UUID]:
    """Return whose part of a group is large and leaves no small rest, nor all together.

    None lies within another of which it leaves a few: groups come and go one by one.
    """
    found = {
        user
        for user, keys in parts.items()
        if len(keys) >= LEAST and _leaves_no_few(keys, whole)
    }
    while found and not _leaves_no_few(set().union(*(parts[one] for one in found)), whole):
        found.remove(min(found, key=lambda user: (len(parts[user]), user)))
    return {
        user
        for user in found
        if not any(
            parts[user] < parts[other] and len(parts[other] - parts[user]) < LEAST
            for other in found
        )
    }


def _leaves_no_few(keys: set[Key], whole: set[Key]) -> bool:
    return not 0 < len(whole - keys) < LEAST


def _all(session: UUID, topics: Topics) -> Pair:
    return Pair(
        session,
        _share([both.before for both in topics.values()]),
        _share([both.after for both in topics.values()]),
    )


def _share(counted: Sequence[tuple[int, int]]) -> float:
    """Left out counts as not right: nobody is made better by leaving out."""
    return sum(right for _asked, right in counted) / sum(asked for asked, _right in counted)


def _attended(look: Look) -> Attended:
    """Return who came."""
    here = _rows_of(look)
    counted = Counter[tuple[str, str]]()
    for rows in here:
        for band, sex, people in rows.values_list("band", "sex").annotate(Sum("people")):
            counted[band, sex] += people
    table = {
        band.value: tuple(counted.get((band.value, sex.value), 0) for sex in Sex)
        for band in Band
    }
    shown = small.protect(table)
    whole = Counter[str]()
    for rows in here:
        whole.update(
            rows.aggregate(
                people=Sum("people", default=0),
                first=Sum("first_time", default=0),
                disability=Sum("with_disability", default=0),
                by_code=Sum("by_code", default=0),
            )
        )
    unsaid = look.sessions.aggregate(n=Sum("unsaid", default=0))["n"]
    is_open, is_about = shown.sums is not None, whole["by_code"] > 0
    disability = small.part(whole["disability"], whole["people"]) if is_open else None
    return Attended(
        rows=tuple((band, shown.rows[band.value]) for band in Band),
        columns=tuple(Sex),
        sums=shown.sums,
        rest=shown.rest,
        people=whole["people"] if is_open else None,
        first_time=small.part(whole["first"], whole["people"]) if is_open else None,
        with_disability=_five(disability) if is_about else disability,
        unsaid=unsaid if unsaid >= small.LEAST else None,
        is_about=is_about,
    )


def _rows_of(look: Look) -> tuple[QuerySet[Any], ...]:
    """Return what was counted, and what stood where a correction came too late to count."""
    rows = Attendance.objects.filter(session__in=look.sessions)
    if not look.late:
        return (rows,)
    then = Earlier.objects.filter(correction__in=list(look.late.values()))
    return rows.exclude(session__in=list(look.late)), then


def _rounded(exact: Outcome) -> Outcome:
    """Return the same with counts to the nearest five, each by itself, and shares in steps."""
    return replace(
        exact,
        programmes=tuple(
            ProgrammeGain(_about(one.whole), tuple(_about(topic) for topic in one.topics))
            for one in exact.programmes
        ),
        facilitators=tuple(_about(one) for one in exact.facilitators),
        pairs=_five(exact.pairs),
        attended=_attended_about(exact.attended),
        is_rounded=True,
    )


def _about(group: Group) -> Group:
    change = group.change
    if change is None:
        return group
    return replace(group, change=change.about(small.rounded(change.pairs)))


def _attended_about(exact: Attended) -> Attended:
    return replace(
        exact,
        rows=tuple(
            (band, tuple(replace(cell, count=_five(cell.count)) for cell in cells))
            for band, cells in exact.rows
        ),
        sums=_fives(exact.sums),
        rest=_fives(exact.rest),
        people=_five(exact.people),
        first_time=_five(exact.first_time),
        with_disability=_five(exact.with_disability),
        unsaid=_five(exact.unsaid),
    )


def _five(count: int | None) -> int | None:
    return None if count is None else small.rounded(count)


def _fives(counts: tuple[int, ...] | None) -> tuple[int, ...] | None:
    return None if counts is None else tuple(small.rounded(one) for one in counts)
