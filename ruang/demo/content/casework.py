"""What became of the invented cases: notes, requests to partners, messages, the end."""

from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

from ruang.access.roles import Role
from ruang.cases.states import Closing, Compartment
from ruang.consents.states import Basis, ConsentWay
from ruang.demo.content import notes, requests, says
from ruang.demo.content.desks import WRITTEN, desk_of, messages
from ruang.demo.content.moments import DAY, HOUR, ZONE, Walk, last_open
from ruang.demo.content.people import logins
from ruang.demo.content.shape import (
    VIOLENCE,
    Ask,
    CaseWork,
    Course,
    Line,
    Message,
    Note,
    Reply,
    Subject,
    Tale,
    Wish,
)
from ruang.intake.states import Age, Door, MessageKind, Risk, Side
from ruang.referrals.states import Decline, Need, Result

LIVE = frozenset({Reply.SILENT, Reply.CHECKING, Reply.HANDED_BACK})
"""Replies that are seen only while they last: they lie close to now."""

DECLINES = tuple(requests.DECLINE_NOTES)


def case_of(tale: Tale, opened: datetime, now: datetime, rng: Random, turn: int) -> CaseWork:
    """Return all that became of a case since it was opened."""
    leads = logins(desk_of(tale), Role.CASE_MANAGER)
    manager, deputy = leads[turn % len(leads)], leads[(turn + 1) % len(leads)]
    closed_at = _closed_at(tale, opened, now, rng)
    end = (closed_at or now - 7 * HOUR) - HOUR
    work = CaseWork(
        manager=manager,
        deputy=deputy,
        names=tale.names,
        notes=_notes(tale, Walk(opened, end, rng), rng, (manager, deputy)),
        asks=_asks(tale, opened, end, now, rng, manager),
        thread=_thread(tale, Walk(opened + HOUR, end, rng), rng, manager, turn),
    )
    return _closed(work, tale, closed_at, rng) if closed_at else work


def _closed_at(tale: Tale, opened: datetime, now: datetime, rng: Random) -> datetime | None:
    if tale.course is not Course.CLOSED:
        return None
    room = now - 2 * DAY - opened
    return Walk(opened + min(DAY * rng.randint(21, 100), room * 0.7), now, rng).step(
        HOUR, 4 * HOUR
    )


def _closed(work: CaseWork, tale: Tale, at: datetime, rng: Random) -> CaseWork:
    words = {
        Closing.HER_WISH: says.HER_WISH_WORDS,
        Closing.NO_CONTACT: says.NO_CONTACT_WORDS,
        Closing.MOVED: says.MOVED_WORDS,
    }.get(tale.closing, says.CLOSING_WORDS)
    return replace(
        work,
        closed_at=at,
        closing=tale.closing,
        closing_note=rng.choice(notes.CLOSING_NOTES[tale.closing]),
        closing_message=rng.choice(says.CLOSING_WORDS_EN if tale.language == "en" else words),
    )


def _notes(tale: Tale, walk: Walk, rng: Random, writers: tuple[str, str]) -> tuple[Note, ...]:
    """Return the notes of manager and deputy, put together from parts that do not repeat."""
    said = notes.SAID_CHILD if tale.age is Age.CHILD else notes.SAID
    plan = rng.choice(notes.PLAN_BY_SUBJECT.get(tale.subject, notes.PLAN_OTHER))
    count = min(rng.randint(2, 5), 2 + len(tale.wishes))
    met = [notes.MET[0], *rng.sample(notes.MET[1:], count - 1)]
    parts = [met, rng.sample(said, count), rng.sample(notes.NEXT, count)]
    pace = max(walk.part(0.6 / count), 3 * HOUR)
    found: list[Note] = []
    for together in zip(*parts, strict=True):
        at = walk.step(pace / 2 if found else HOUR, pace if found else DAY)
        found.append(Note(at, writers[0], Compartment.PLAN, " ".join(together)))
    found.insert(1, Note(found[0].at + HOUR / 2, writers[0], Compartment.PLAN, plan))
    if tale.subject in VIOLENCE:
        aside = Walk(found[1].at, found[2].at, rng)
        about = notes.SUSPECT + (notes.SUSPECT_HOME if tale.subject is Subject.HOME else ())
        at, text = aside.step(HOUR, DAY), rng.choice(about)
        found.insert(2, Note(at, writers[1], Compartment.SUSPECT, text))
        if rng.random() < 0.4:
            at, text = aside.step(HOUR, DAY), rng.choice(notes.EVIDENCE)
            found.insert(3, Note(at, writers[1], Compartment.EVIDENCE, text))
    return tuple(found)


def _thread(
    tale: Tale, walk: Walk, rng: Random, manager: str, turn: int
) -> tuple[Message, ...]:
    if tale.door not in WRITTEN and not tale.lines:
        return ()
    if tale.language == "en":
        talks = list(says.CASE_TALKS_EN)
    else:
        opener = says.CASE_OPENERS[turn % len(says.CASE_OPENERS)]
        talks = [opener, *rng.sample(says.CASE_TALKS, rng.randint(0, 3))]
    if tale.closing is Closing.HER_WISH:
        talks.append((Line(Side.REPORTER, says.LEFT_WORDS, MessageKind.WITHDRAW),))
    found: tuple[Message, ...] = ()
    for talk in talks:
        found += messages(talk, walk, manager)
        walk.step(walk.part(0.1), walk.part(0.3))
    return found


def _asks(
    tale: Tale, opened: datetime, end: datetime, now: datetime, rng: Random, manager: str
) -> tuple[Ask, ...]:
    walk = Walk(opened, end, rng)
    found = []
    for wish in tale.wishes:
        is_live = wish.reply in LIVE and tale.course is Course.OPEN
        at = last_open(now - HOUR * 26) if is_live else walk.step(2 * HOUR, 2 * DAY)
        if wish.reply is Reply.SILENT and is_live:
            at = last_open(now - HOUR * rng.randint(2, 18))
        asked = _asked(tale, wish, max(at, opened + HOUR), rng, manager)
        if is_live:
            found.append(_waiting(asked, now, rng))
        else:
            found.append(_answered(asked, tale, Walk(asked.at, end, rng), rng))
    return tuple(sorted(found, key=lambda ask: ask.at))


def _asked(tale: Tale, wish: Wish, at: datetime, rng: Random, manager: str) -> Ask:
    words = requests.words_for(wish.need)
    basis = _basis(tale, wish.need)
    banks = {
        Basis.CONSENT: requests.CONSENT_NOTES[: 3 if tale.age is Age.CHILD else 2],
        Basis.LAW: requests.LAW_NOTES,
        Basis.VITAL: requests.VITAL_NOTES,
        Basis.PUBLIC: requests.PUBLIC_NOTES,
    }
    agreed = basis is Basis.CONSENT
    return Ask(
        at=at,
        by=manager,
        to=wish.to,
        need=wish.need,
        text=rng.choice(words.asks),
        basis=basis,
        basis_note=rng.choice(banks[basis]),
        compartments=words.shared,
        answer_by=at + DAY * (1 if tale.risk is Risk.HIGH else 3),
        reply=wish.reply,
        consent_on=at.astimezone(ZONE).date() if agreed else None,
        consent_way=_consent_way(tale) if agreed else None,
        share_until=at + 180 * DAY if agreed else None,
    )


def _basis(tale: Tale, need: Need) -> Basis:
    if need is Need.POLICE and tale.age is Age.CHILD:
        return Basis.LAW
    if need is Need.SCHOOL and tale.subject is Subject.SCHOOL:
        return Basis.PUBLIC
    brought = tale.door in {Door.PHONE, Door.REFERRED, Door.CADRE, Door.SESSION}
    if need in {Need.SHELTER, Need.HEALTH} and brought and tale.risk is Risk.HIGH:
        return Basis.VITAL
    return Basis.CONSENT


def _consent_way(tale: Tale) -> ConsentWay:
    if tale.lines and tale.door in WRITTEN:
        return ConsentWay.THREAD
    return ConsentWay.WRITTEN if tale.door is Door.WALK_IN else ConsentWay.SPOKEN


def _waiting(ask: Ask, now: datetime, rng: Random) -> Ask:
    """Return a request that lies open at this moment, as its reply says."""
    people = logins(ask.to, Role.PARTNER_DESK)
    ask = replace(ask, answer_by=now + HOUR * rng.randint(2, 30))
    lately = max(now - HOUR * rng.randint(1, 5), ask.at + HOUR / 2)
    if ask.reply is Reply.CHECKING:
        return replace(ask, taken_by=people[0], taken_at=lately)
    if ask.reply is Reply.HANDED_BACK:
        return replace(ask, seen_by=people[0], seen_at=lately)
    return ask


def _answered(ask: Ask, tale: Tale, walk: Walk, rng: Random) -> Ask:
    """Return a request with the answer it got, and what was done after it."""
    people = logins(ask.to, Role.PARTNER_DESK)
    if ask.reply is Reply.EXPIRED:
        return replace(ask, ended_at=ask.answer_by)
    if ask.reply is Reply.DECLINED:
        code = DECLINES[len(tale.key) % len(DECLINES)]
        return replace(
            ask,
            ended_at=_in_time(ask, walk),
            decline=code,
            decline_note=rng.choice(requests.DECLINE_NOTES[Decline(code)]),
        )
    if ask.reply in {Reply.HANDED_BACK, Reply.SECOND}:
        ask = replace(ask, seen_by=people[0], seen_at=_in_time(ask, walk))
    if ask.reply in {Reply.HANDED_BACK, Reply.WITHDRAWN}:
        return replace(ask, ended_at=walk.step(2 * HOUR, 4 * HOUR))
    worker = people[1 % len(people)] if ask.seen_by else people[rng.randrange(len(people))]
    if ask.reply is Reply.UNDER_WAY and tale.course is Course.OPEN:
        worker = people[0]  # whose account is named first: her desk is never empty
    taken_at = _in_time(ask, walk)
    return _worked(replace(ask, taken_by=worker, taken_at=taken_at), walk, rng)


def _in_time(ask: Ask, walk: Walk) -> datetime:
    """Return when somebody answered: before the time given was over."""
    at = walk.step(HOUR / 2, 8 * HOUR)
    earliest = ask.seen_at or ask.at
    latest = earliest + (ask.answer_by - earliest) * 0.8
    if at > latest:
        at = last_open(latest) if last_open(latest) > earliest else latest
    walk.at = at
    return at


def _worked(ask: Ask, walk: Walk, rng: Random) -> Ask:
    words = requests.words_for(ask.need)
    chosen = rng.sample(range(len(words.notes)), min(len(words.notes), rng.randint(1, 2)))
    texts = [words.notes[n] for n in sorted(chosen)]
    walk.step(timedelta(minutes=10), HOUR)
    written = tuple(
        Note(walk.step(5 * HOUR, 8 * DAY), ask.taken_by, words.writes_in, text)
        for text in texts
    )
    if ask.reply is not Reply.DONE:
        return replace(ask, notes=written)
    result = Result.PARTLY if rng.random() < 0.12 else Result.GIVEN
    return replace(
        ask,
        notes=written,
        ended_at=walk.step(DAY, 20 * DAY),
        result=result,
        result_text=rng.choice(words.results),
    )
