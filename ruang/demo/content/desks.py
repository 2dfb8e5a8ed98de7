"""What the invented desk did with each contact, from taking it to deciding."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from random import Random

from ruang.access.roles import Role
from ruang.demo.content import says
from ruang.demo.content.moments import DAY, HOUR, MINUTE, Walk
from ruang.demo.content.organisations import ALTERNATE, NEIGHBOUR, OFFICE
from ruang.demo.content.people import logins
from ruang.demo.content.shape import Course, DeskWork, Line, Message, Tale
from ruang.intake.states import Door, Risk, Side, Who
from ruang.triage.states import Outcome

WRITTEN = frozenset({Door.WEB, Door.WHATSAPP})
"""Doors by which she writes herself, and so writes back."""

OUTCOMES = {
    Course.COUNSELLED: Outcome.COUNSELLING,
    Course.NOT_OURS: Outcome.NOT_OURS,
    Course.HANDED_OVER: Outcome.HAND_OVER,
    Course.OPEN: Outcome.CASE,
    Course.CLOSED: Outcome.CASE,
}


def desk_of(tale: Tale) -> str:
    """Return the desk a tale comes to."""
    return ALTERNATE if tale.office_named else OFFICE


def decided(
    tale: Tale, received: datetime, limit: datetime, rng: Random, turn: int
) -> tuple[datetime, DeskWork, tuple[Message, ...]]:
    """Return when it was decided, what was done until then, and the messages on the way."""
    walk = Walk(received, limit, rng)
    officers = logins(desk_of(tale), Role.INTAKE_OFFICER)
    holder = officers[turn % len(officers)]
    claimed_at = walk.step(4 * MINUTE, (15 if tale.risk is Risk.HIGH else 90) * MINUTE)
    rated_at = walk.step(2 * MINUTE, 12 * MINUTE)
    decider, passed_at = holder, None
    if turn % 9 == 4:
        decider, passed_at = officers[(turn + 1) % len(officers)], walk.step(MINUTE, HOUR)
    thread = messages(first_lines(tale, turn), walk, decider)
    outcome, decided_at = (
        tale.outcome or OUTCOMES[tale.course],
        walk.step(20 * MINUTE, 5 * HOUR),
    )
    work = DeskWork(
        holder=holder,
        claimed_at=claimed_at,
        passed_to=decider if passed_at else "",
        passed_at=passed_at,
        risk=tale.risk,
        rated_by=holder,
        rated_at=rated_at,
        outcome=outcome,
        decided_at=decided_at,
        decided_by=decider,
        told=told_with(tale, outcome, rng),
        to_desk=tale.to,
    )
    return decided_at, work, thread


def handed(
    at: datetime, limit: datetime, work: DeskWork, rng: Random, turn: int
) -> DeskWork | None:
    """Return what the desk it was handed to has done since; nothing if it was just now."""
    if limit - at < 6 * DAY:
        return None
    walk = Walk(at, limit, rng)
    officers = logins(NEIGHBOUR, Role.INTAKE_OFFICER)
    holder = officers[turn % len(officers)]
    return DeskWork(
        holder=holder,
        claimed_at=walk.step(HOUR, 5 * HOUR),
        risk=work.risk,
        rated_by=holder,
        rated_at=walk.step(2 * MINUTE, 9 * MINUTE),
        outcome=Outcome.COUNSELLING,
        decided_at=walk.step(HOUR, 2 * DAY),
        decided_by=holder,
        told=says.TOLD[Outcome.COUNSELLING][turn % 3],
    )


def live(
    tale: Tale, received: datetime, now: datetime, rng: Random, turn: int
) -> tuple[DeskWork, tuple[Message, ...]]:
    """Return what was done with a contact that still lies at the desk."""
    officers = logins(desk_of(tale), Role.INTAKE_OFFICER)
    holder = officers[turn % len(officers)]
    walk = Walk(received, now - 8 * MINUTE, rng)
    if tale.course is Course.RATED:
        rated_at = walk.step(3 * MINUTE, 9 * MINUTE, office=False)
        return DeskWork(risk=tale.risk, rated_by=holder, rated_at=rated_at), ()
    if tale.course in {Course.FRESH, Course.FRESH_LATE}:
        return DeskWork(), ()
    work = DeskWork(
        holder=holder,
        claimed_at=walk.step(4 * MINUTE, 20 * MINUTE, office=False),
        risk=tale.risk if tale.course is not Course.CLAIMED else None,
        rated_by=holder,
        rated_at=walk.step(MINUTE, 6 * MINUTE, office=False),
    )
    if work.risk is None:
        work = DeskWork(holder=holder, claimed_at=work.claimed_at)
    return work, messages(tale.lines, walk, holder, office=False)


def messages(
    lines: Iterable[Line], walk: Walk, writer: str, *, office: bool = True
) -> tuple[Message, ...]:
    """Give lines their times: ours in office hours, hers when she can."""
    found = []
    for line in lines:
        ours = line.side is Side.STAFF
        wait = (12 * MINUTE, 3 * HOUR) if ours else (4 * MINUTE, 11 * HOUR)
        at = walk.step(*_short(wait, office=office), office=ours and office)
        by = writer if ours else ""
        found.append(Message(at=at, side=line.side, text=line.text, by=by, kind=line.kind))
    return tuple(found)


def _short(wait: tuple[timedelta, timedelta], *, office: bool) -> tuple[timedelta, timedelta]:
    return wait if office else (wait[0], wait[0] * 4)


def first_lines(tale: Tale, turn: int) -> tuple[Line, ...]:
    """Return the messages before the decision: the tale's own, or some that fit."""
    if tale.lines:
        return tale.lines
    if tale.language == "en":
        return says.FIRST_TALKS_EN[turn % len(says.FIRST_TALKS_EN)]
    if tale.door not in WRITTEN:
        return ()
    if tale.who in {Who.KNOWN, Who.STRANGER}:
        return says.FOR_OTHERS[turn % len(says.FOR_OTHERS)]
    talk = says.FIRST_TALKS[turn % len(says.FIRST_TALKS)]
    return talk if tale.story else talk[:1]


def told_with(tale: Tale, outcome: Outcome, rng: Random) -> str:
    """Return what she is told with the decision."""
    if tale.key in says.NOT_OURS_TOLD:
        return says.NOT_OURS_TOLD[tale.key]
    english = says.TOLD_EN if tale.language == "en" else {}
    return rng.choice(english.get(outcome) or says.TOLD[outcome])


def counsel_talk(
    tale: Tale, work: DeskWork, end: datetime, rng: Random, turn: int
) -> tuple[Message, ...]:
    """Return the messages after it was agreed to talk, where she writes herself."""
    if tale.course is not Course.COUNSELLED or tale.door not in WRITTEN or not work.decided_at:
        return ()
    walk = Walk(work.decided_at + HOUR, end, rng)
    bank = says.COUNSEL_TALKS_EN if tale.language == "en" else says.COUNSEL_TALKS
    return messages(bank[turn % len(bank)], walk, work.decided_by)
