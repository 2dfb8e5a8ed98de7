"""The invented year of contacts, relative to a given moment. The same moment, the same year."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from random import Random

from ruang.demo.content import (
    tales_children,
    tales_family,
    tales_home,
    tales_sexual,
    tales_young,
)
from ruang.demo.content.casework import case_of
from ruang.demo.content.desks import counsel_talk, decided, handed, live
from ruang.demo.content.moments import (
    DAY,
    HOUR,
    MINUTE,
    last_working_mornings,
    on_day,
)
from ruang.demo.content.shape import OPEN_AT_DESK, Contact, Course, Tale
from ruang.intake.states import Door, Way
from ruang.intake.told import Told
from ruang.triage.states import Outcome

SEED = 20261015
TALES: tuple[Tale, ...] = (
    *tales_home.TALES,
    *tales_children.TALES,
    *tales_sexual.TALES,
    *tales_family.TALES,
    *tales_young.TALES,
)

SPANS = {
    Course.OPEN: (5, 80),
    Course.CLOSED: (50, 358),
    Course.COUNSELLED: (3, 360),
    Course.NOT_OURS: (4, 350),
    Course.HANDED_OVER: (2, 300),
}
"""From how many to how many days ago those came in that are decided."""

JUST_NOW = {
    Course.FRESH: 12,
    Course.RATED: 48,
    Course.CLAIMED: 95,
    Course.ASKED: 150,
    Course.ANSWERED: 190,
}
"""Minutes ago that the first of those came in which are not."""


def contacts(*, now: datetime) -> tuple[Contact, ...]:
    """Return the contacts of the year before ``now``, in the order in which they came in."""
    rng = Random(SEED)  # noqa: S311 - a demo that is the same every time
    placed = sorted(_placed(now, rng), key=lambda pair: pair[0])
    return tuple(_contact(tale, at, now, rng, n) for n, (at, tale) in enumerate(placed))


def _placed(now: datetime, rng: Random) -> Iterator[tuple[datetime, Tale]]:
    for course, span in SPANS.items():
        group = [tale for tale in TALES if tale.course is course]
        rng.shuffle(group)
        for n, tale in enumerate(group):
            days = span[0] + (span[1] - span[0]) * (n + rng.random()) / len(group)
            office = tale.door not in {Door.WEB, Door.WHATSAPP}
            yield on_day(now, days, rng, office=office), tale
    late = [t for t in TALES if t.course in {Course.FRESH_LATE, Course.CLAIMED_LATE}]
    for morning, tale in zip(last_working_mornings(now, len(late)), late, strict=True):
        yield morning, tale
    for course, ago in JUST_NOW.items():
        for n, tale in enumerate(t for t in TALES if t.course is course):
            yield now - MINUTE * (ago + n * 37), tale


def _contact(tale: Tale, at: datetime, now: datetime, rng: Random, turn: int) -> Contact:
    told = _told(tale, turn)
    if tale.course in OPEN_AT_DESK:
        work, thread = live(tale, at, now, rng, turn)
        return Contact(tale.key, tale.subject, tale.course, at, told, thread, work)
    limit = min(now - 20 * HOUR, at + 6 * DAY)
    decided_at, work, thread = decided(tale, at, limit, rng, turn)
    thread += counsel_talk(tale, work, min(now - HOUR, decided_at + 9 * DAY), rng, turn)
    case = None
    if work.outcome in {Outcome.CASE, Outcome.REFER}:
        case = case_of(tale, decided_at, now, rng, turn)
    if work.outcome is Outcome.HAND_OVER:
        work = replace(work, then=handed(decided_at, now - DAY, work, rng, turn))
    return Contact(tale.key, tale.subject, tale.course, at, told, thread, work, case)


def _told(tale: Tale, turn: int) -> Told:
    reach = tale.reach
    if not reach and tale.way in {Way.PHONE, Way.WHATSAPP}:
        reach = f"0899-0000-{1000 + turn * 17}"
    hours = tale.safe_hours or (None, None)
    return Told(
        safety=tale.safety,
        who=tale.who,
        way=tale.way,
        helps=tale.helps,
        age=tale.age,
        age_said=tale.age_said,
        reach=reach,
        safe_from=hours[0],
        safe_until=hours[1],
        if_others=tale.if_others,
        office_named=tale.office_named,
        must_not_read=tale.must_not_read,
        story=tale.story,
        district=tale.district,
        village=tale.village,
        when=tale.when,
        by_whom=tale.by_whom,
        helper_sex=tale.helper_sex,
        helper_language=tale.helper_language,
        language=tale.language,
        door=tale.door,
    )
