"""What tests before and after say, and who came: never a small group, never a person.

No order by gain: with such intervals a ranking would be mostly chance. A facilitator sees the
own line; who plans, and the head, see all. Always the last twelve whole months and all of the
city, without a filter: two tables a day or a programme apart would give a small number away by
subtraction.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Sum

from ruang.access.actor import Actor
from ruang.access.require import require
from ruang.identity import directory
from ruang.prevention import small
from ruang.prevention.change import LEAST, Change, Pair, change
from ruang.prevention.models import Answer, Attendance, Part, SessionQuerySet
from ruang.prevention.policy import may_compare, may_see
from ruang.prevention.reach import Sieve, held, rules
from ruang.prevention.shares import months_before
from ruang.prevention.states import Phase
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
    """

    rows: tuple[tuple[Band, tuple[small.Cell, ...]], ...]
    columns: tuple[Sex, ...]
    sums: tuple[int, ...] | None
    rest: tuple[int, ...] | None
    people: int | None
    first_time: int | None
    with_disability: int | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of the sessions.

    :ivar pairs: people who answered before and after; None below ten
    """

    since: datetime
    until: datetime
    programmes: tuple[ProgrammeGain, ...]
    facilitators: tuple[Group, ...]
    is_own: bool
    pairs: int | None
    attended: Attended


_Key = tuple[UUID, str]
"""Session and code of a pair of sheets."""


def outcome(*, actor: Actor, at: datetime) -> Outcome:
    """Return what tests say and who came.

    :raises PermissionDenied: if the actor does not work in prevention
    """
    require(may_see, actor, None)
    zone = territory.city().hours.zone
    until = at.astimezone(zone).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    since = months_before(until, 12)
    sessions = held(actor, Sieve()).filter(
        village__parent__parent=territory.city().code,
        starts_at__gte=since,
        starts_at__lt=until,
    )
    of = dict(sessions.values_list("pk", "programme"))
    pairs = _pairs(_answers(sessions))
    names = {rule.id: rule.name for rule in rules(at, with_ended=True)}
    return Outcome(
        since=since,
        until=until - timedelta(days=1),
        programmes=_programmes(pairs, of, names),
        facilitators=_facilitators(actor, pairs, of),
        is_own=not may_compare(actor, None),
        pairs=len(pairs) if len(pairs) >= LEAST else None,
        attended=_attended(sessions),
    )


_Answered = Mapping[_Key, Mapping[str, Mapping[str, list[bool]]]]
"""Pair → phase → topic → whether each answer was right."""
_Topics = Mapping[str, tuple[list[bool], list[bool]]]
"""Topic → whether each answer was right, before and after."""
_Pairs = Mapping[_Key, _Topics]


def _answers(sessions: SessionQuerySet) -> _Answered:
    rows = Answer.objects.filter(sheet__session__in=sessions).values_list(
        "sheet__session", "sheet__pair", "sheet__phase", "question__topic", "is_right"
    )
    found: dict[_Key, dict[str, dict[str, list[bool]]]] = defaultdict(
        lambda: defaultdict(lambda: defaultdict(list))
    )
    for session, pair, phase, topic, is_right in rows:
        found[session, pair][phase][topic].append(is_right)
    return found


def _pairs(answered: _Answered) -> _Pairs:
    """Return, for who answered before and after, the answers by topic asked both times."""
    both = {}
    for key, phases in answered.items():
        before, after = phases.get(Phase.BEFORE, {}), phases.get(Phase.AFTER, {})
        topics = {one: (before[one], after[one]) for one in before if one in after}
        if topics:
            both[key] = topics
    return both


def _open(pairs: _Pairs, of: Mapping[UUID, UUID]) -> _Pairs:
    """Keep, programme by programme, the topics that ten people answered before and after.

    What is hidden counts in nothing else either, or a sum would give it back.
    """
    counted = Counter((of[key[0]], topic) for key, topics in pairs.items() for topic in topics)
    kept = {
        key: {
            topic: both for topic, both in topics.items() if counted[of[key[0]], topic] >= LEAST
        }
        for key, topics in pairs.items()
    }
    return {key: topics for key, topics in kept.items() if topics}


def _programmes(
    pairs: _Pairs, of: Mapping[UUID, UUID], names: Mapping[UUID, str]
) -> tuple[ProgrammeGain, ...]:
    shown = _open(pairs, of)
    whole: dict[UUID, list[Pair]] = defaultdict(list)
    topics: dict[UUID, dict[str, list[Pair]]] = defaultdict(lambda: defaultdict(list))
    for (session, _code), by_topic in pairs.items():
        for topic, (before, after) in by_topic.items():
            pair = Pair(session, _share(before), _share(after))
            topics[of[session]][topic].append(pair)
    for (session, _code), by_topic in shown.items():
        whole[of[session]].append(_all(session, by_topic))
    return tuple(
        ProgrammeGain(
            Group(names[programme], change(whole[programme])),
            tuple(Group(topic, change(found)) for topic, found in sorted(by_topic.items())),
        )
        for programme, by_topic in sorted(topics.items(), key=lambda one: names[one[0]])
    )


def _facilitators(actor: Actor, pairs: _Pairs, of: Mapping[UUID, UUID]) -> tuple[Group, ...]:
    """Return a line a facilitator, by name."""
    shown = _open(pairs, of)
    rows = Part.objects.filter(session__in={session for session, _code in pairs})
    held_by: dict[UUID, set[_Key]] = defaultdict(set)
    of_session: dict[UUID, set[_Key]] = defaultdict(set)
    for key in shown:
        of_session[key[0]].add(key)
    for session, user in rows.values_list("session", "facilitator__user"):
        held_by[user] |= of_session[session]
    safe = _safe(held_by, len(shown))
    if not may_compare(actor, None):
        held_by = {user: keys for user, keys in held_by.items() if user == actor.user_id}
    names = directory.names(held_by)
    found = (
        Group(
            names.get(user, ""),
            change(_all(key[0], shown[key]) for key in keys) if user in safe else None,
        )
        for user, keys in held_by.items()
    )
    return tuple(sorted(found, key=lambda group: group.name))


def _safe(held_by: Mapping[UUID, set[_Key]], everybody: int) -> set[UUID]:
    """Return whose lines can be shown: none, and not all together, may leave a small rest."""
    found = {
        user
        for user, keys in held_by.items()
        if len(keys) >= LEAST and not 0 < everybody - len(keys) < LEAST
    }
    while found:
        together = set().union(*(held_by[user] for user in found))
        if not 0 < everybody - len(together) < LEAST:
            break
        found.remove(min(found, key=lambda user: (len(held_by[user]), user)))
    return found


def _all(session: UUID, topics: _Topics) -> Pair:
    before = [one for answers in topics.values() for one in answers[0]]
    after = [one for answers in topics.values() for one in answers[1]]
    return Pair(session, _share(before), _share(after))


def _share(answers: list[bool]) -> float:
    """Left out counts as not right: nobody is made better by leaving out."""
    return sum(answers) / len(answers)


def _attended(sessions: SessionQuerySet) -> Attended:
    here = Attendance.objects.filter(session__in=sessions)
    counted = {
        (band, sex): people
        for band, sex, people in here.values_list("band", "sex").annotate(Sum("people"))
    }
    table = {
        band.value: tuple(counted.get((band.value, sex.value), 0) for sex in Sex)
        for band in Band
    }
    shown = small.protect(table)
    whole = here.aggregate(
        people=Sum("people", default=0),
        first=Sum("first_time", default=0),
        disability=Sum("with_disability", default=0),
    )
    is_open = shown.sums is not None
    return Attended(
        rows=tuple((band, shown.rows[band.value]) for band in Band),
        columns=tuple(Sex),
        sums=shown.sums,
        rest=shown.rest,
        people=whole["people"] if is_open else None,
        first_time=small.part(whole["first"], whole["people"]) if is_open else None,
        with_disability=small.part(whole["disability"], whole["people"]) if is_open else None,
    )
