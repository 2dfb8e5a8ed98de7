"""A year of prevention in the demo: planned by the quarter, held, logged from paper lists.

Each batch is one sign-in: a person plans a quarter in an afternoon and logs a month of lists.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from random import Random
from uuid import UUID

from ruang.access.actor import ANYBODY, Actor
from ruang.access.roles import Role
from ruang.demo.content import sessions as told
from ruang.demo.content.organisations import OFFICE
from ruang.demo.content.people import logins
from ruang.demo.regrouping import AGO, grew, split_what_grew
from ruang.demo.world import Act, World
from ruang.prevention import commands
from ruang.prevention.arrivals import arrival_code
from ruang.prevention.queries import ask_choices, city_hosts, programme_page, requests_page
from ruang.prevention.queries.planning import CityHost
from ruang.prevention.states import (
    Audience,
    Cancelled,
    Declined,
    Language,
    Phase,
    RequestState,
    Unit,
)
from ruang.register.states import Band, Sex
from ruang.territory import queries as territory
from ruang.territory.facts import Place
from ruang.territory.hours import is_holiday

DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
OFFICER = logins(OFFICE, Role.PREVENTION_OFFICER)[0]
TEAM = logins(OFFICE, Role.FACILITATOR)
CADRES = logins("patbm", Role.CADRE)
YEAR, HALF, QUARTER, MONTH = 362, 185, 91, 30
AHEAD = 30
SCHOOLS, CIRCLES, CALLED_OFF, LATELY = 22, 8, 12, 3
SLOTS = (time(9), time(13, 30), time(15, 30))
"""Hours at which a session of at most two hours meets neither a prayer nor the next one."""
UNLOGGED = 5
"""Days back from now in which the lists still lie on the desk."""
SCANNED = 45 * DAY
"""Since when halls have a code at the door."""
REASONS = (Cancelled.WEATHER, Cancelled.HOST, Cancelled.VENUE, Cancelled.NOBODY_CAME)
USUAL = {
    Audience.PARENTS: {Band.ADULT: 15, Band.YOUNG: 4, Band.ELDER: 3},
    Audience.TEENS: {Band.TEEN: 18, Band.YOUNG: 6, Band.PUPIL: 2},
    Audience.CHILDREN: {Band.PUPIL: 26, Band.TEEN: 2, Band.ADULT: 1},
    Audience.CADRES: {Band.ADULT: 9, Band.YOUNG: 3},
    Audience.WOMEN: {Band.ADULT: 12, Band.YOUNG: 4, Band.ELDER: 3},
}


Stop = tuple[Unit, CityHost, tuple[UUID, ...]]


@dataclass(slots=True)
class Year:
    """What the acts of the year know of each other."""

    programmes: dict[str, UUID] = field(default_factory=dict)
    questions: dict[UUID, tuple[tuple[UUID, int], ...]] = field(default_factory=dict)
    team: list[UUID] = field(default_factory=list)
    visits: "list[Visit]" = field(default_factory=list)


@dataclass(slots=True)
class Visit:
    """One session: for whom, when, by whom; and its id once it is planned."""

    host: CityHost
    unit: Unit
    rts: tuple[UUID, ...]
    programme: str
    audience: Audience
    starts_at: datetime
    pair: int
    seed: int
    session: UUID | None = None


def prevention_acts(world: World, now: datetime) -> Iterator[Act]:
    """Return the year of prevention, each batch at its moment."""
    year = Year()
    yield Act(now - 380 * DAY, partial(_begin, world, year))
    yield Act(now - 379 * DAY, partial(_draw, world, year, now))
    yield Act(now - AGO * DAY, partial(split_what_grew, world, year.visits))
    for days in range(370, 0, -QUARTER):
        until = now - (days - QUARTER) * DAY + 5 * DAY
        yield Act(now - days * DAY, partial(_plan, world, year, until))
    for days in range(YEAR - MONTH, UNLOGGED, -MONTH):
        yield Act(now - days * DAY + HOUR, partial(_log, world, year))
    yield Act(now - UNLOGGED * DAY, partial(_log, world, year))
    for n, wish in enumerate(told.WISHES):
        yield Act(now - wish.ago * DAY - n * HOUR, partial(_ask, n, wish))
    yield Act(now - 10 * DAY + HOUR, partial(_answer, world, year))
    yield Act(now - DAY, partial(_away, world, year))


def _begin(world: World, year: Year, at: datetime) -> None:
    """Programmes, what is asked, what is taught with, the team and the cadres."""
    villages = {one.name: one.code for one in _villages()}
    with world.stage.staff(OFFICER, at) as officer:
        for key, taught in told.PROGRAMMES.items():
            made = commands.save_programme(actor=officer, taught=taught, at=at)
            year.programmes[key] = made
            commands.add_material(
                actor=officer, programme_id=made, title="Lembar balik", name="lembar-balik.txt",
                data=f"{taught.name}\n\n{taught.about}\n".encode(), at=at,
            )  # fmt: skip
            for one in told.QUESTIONS.get(key, ()):
                commands.add_question(
                    actor=officer, programme_id=made, topic=one.topic, text=one.text,
                    english=one.english, choices=one.choices, right=0, at=at,
                    choices_english=[told.IN_ENGLISH.get(said, said) for said in one.choices],
                )  # fmt: skip
            asked = programme_page(actor=officer, programme_id=made).questions
            year.questions[made] = tuple((one.id, len(one.choices)) for one in asked)
        for login, helper in zip(TEAM, told.TEAM, strict=True):
            profile = commands.Profile(
                helper.sex, helper.languages, villages[helper.home],
                tuple(year.programmes.values()), sessions_a_week=5,
            )  # fmt: skip
            person = commands.save_facilitator(
                actor=officer, user=world.people[login], profile=profile, at=at
            )
            hours = [commands.Hours(n, helper.begins, helper.ends) for n in range(1, 7)]
            commands.set_working(actor=officer, facilitator_id=person, hours=hours, at=at)
            year.team.append(person)
        _give_areas(world, officer, at)


def _give_areas(world: World, officer: Actor, at: datetime) -> None:
    """Each cadre looks after two RW of one kelurahan."""
    codes = {one.name: one.code for one in _villages()}
    hosts = city_hosts(actor=officer, unit=Unit.RW)
    for login, village in zip(CADRES, ("Unyur", "Kilasah", "Cipare"), strict=True):
        own = [one.id for one in hosts if one.village == codes[village]][:2]
        commands.set_cadre_area(actor=officer, user=world.people[login], rws=own, at=at)


def _draw(world: World, year: Year, now: datetime, at: datetime) -> None:
    """Draw where the year leads, the same each time; what was called off comes on top."""
    random = Random(20)  # noqa: S311 - a demo, the same each time
    with world.stage.staff(OFFICER, at) as officer:
        rws = city_hosts(actor=officer, unit=Unit.RW)
        schools = city_hosts(actor=officer, unit=Unit.SCHOOL)
        circles = city_hosts(actor=officer, unit=Unit.COMMUNITY)
    early: list[Stop] = []
    wanted: list[Stop] = []
    for one, is_early in _reached(rws, random):
        (early if is_early else wanted).append((Unit.RW, *one))
    wanted += [(Unit.SCHOOL, one, ()) for one in random.sample(schools, SCHOOLS)]
    wanted += [(Unit.COMMUNITY, one, ()) for one in random.sample(circles, CIRCLES)]
    random.shuffle(wanted)
    past, lately = _slots(now, YEAR, UNLOGGED), _slots(now, UNLOGGED - 1, 0)
    ahead = _slots(now, -1, -AHEAD - 12)
    half = [slot for slot in past if slot[0] < now - HALF * DAY]
    chosen = sorted(random.sample(half, len(early)))
    rest = sorted(set(past) - set(chosen))
    late = random.sample(rest, len(wanted) + CALLED_OFF)
    soon = random.sample(ahead, AHEAD) + random.sample(lately, min(LATELY, len(lately)))
    extra = random.sample(rws, CALLED_OFF + len(soon))
    more: list[Stop] = [(Unit.RW, one, one.rts[:4]) for one in extra]
    for place, (moment, pair) in zip(
        [*early, *wanted, *more], [*chosen, *late, *soon], strict=True
    ):
        year.visits.append(_visit(place, moment, pair, len(year.visits)))
    for visit in year.visits[len(early) + len(wanted) : len(early) + len(wanted) + CALLED_OFF]:
        visit.seed = -1


def _reached(
    rws: tuple[CityHost, ...], random: Random
) -> Iterator[tuple[tuple[CityHost, tuple[UUID, ...]], bool]]:
    """Return RW with the RT that a session reaches, until each kelurahan has its share.

    The RW that is split later on was reached long before.
    """
    large = grew(rws).id
    for district, shares in told.SHARES.items():
        code = next(one.code for one in territory.city().districts if one.name == district)
        for village in territory.villages(district_code=code):
            own = [one for one in rws if one.village == village.code]
            left = round(shares[village.name] * sum(len(one.rts) for one in own) / 100)
            random.shuffle(own)
            own.sort(key=lambda one: one.id != large)
            for one in own:
                if left <= 0:
                    break
                is_early = village.name in told.LONG_AGO or one.id == large
                yield (one, one.rts[:left]), is_early
                left -= len(one.rts[:left])


def _visit(place: Stop, moment: datetime, pair: int, n: int) -> Visit:
    unit, host, rts = place
    programme, audience = told.NYAPEU, Audience.PARENTS
    if unit is Unit.SCHOOL:
        programme, audience = told.SCHOOLS, Audience.CHILDREN if n % 2 else Audience.TEENS
    elif unit is Unit.COMMUNITY:
        programme, audience = told.PUSPAGA, Audience.WOMEN
    elif n % 6 == 0:
        programme, audience = told.TEENS, Audience.TEENS
    elif n % 17 == 0:
        programme, audience = told.PATBM, Audience.CADRES
    return Visit(host, unit, rts, programme, audience, moment, pair, n)


def _slots(now: datetime, back: int, until: int) -> list[tuple[datetime, int]]:
    """Return the hours of working days, each for one of three pairs: none meets itself."""
    zone = territory.city().hours.zone
    found = []
    for days in range(back, until, -1):
        day: date = (now.astimezone(zone) - days * DAY).date()
        if day.isoweekday() == 7 or is_holiday(day):
            continue
        for n, begins in enumerate(SLOTS):
            moment = datetime.combine(day, begins, tzinfo=zone).astimezone(UTC)
            found.append((moment, (n + day.toordinal()) % 3))
    return found


def _plan(world: World, year: Year, until: datetime, at: datetime) -> None:
    """Plan what lies before this day and is not planned yet."""
    with world.stage.staff(OFFICER, at) as officer:
        for visit in year.visits:
            if visit.session is None and visit.starts_at < until:
                visit.session = commands.plan_session(
                    actor=officer, wanted=_wanted(year, visit), at=at
                )


def _wanted(year: Year, visit: Visit, request: UUID | None = None) -> commands.Wanted:
    pair = year.team[2 * visit.pair : 2 * visit.pair + 2]
    return commands.Wanted(
        programme=year.programmes[visit.programme], unit=visit.unit, host=visit.host.id,
        rts=visit.rts, venue=None if visit.unit is Unit.SCHOOL else visit.host.venue,
        place="Aula sekolah" if visit.unit is Unit.SCHOOL else "",
        audience=visit.audience, language=Language.INDONESIAN, starts_at=visit.starts_at,
        facilitators=pair, request=request, is_promised=request is not None,
    )  # fmt: skip


def _log(world: World, year: Year, at: datetime) -> None:
    """Log the lists of everything that was held before this moment."""
    with world.stage.staff(OFFICER, at) as officer:
        held = [v for v in year.visits if v.session and v.starts_at + 3 * HOUR < at]
        for visit in held:
            if visit.seed < 0:
                reason = REASONS[visit.starts_at.day % len(REASONS)]
                commands.cancel_session(
                    actor=officer, session_id=_id(visit), reason=reason, at=at
                )
            else:
                if visit.unit is Unit.RW and visit.starts_at > at - SCANNED:
                    _scan(visit)
                log = _came(year, visit)
                commands.log_session(actor=officer, session_id=_id(visit), log=log, at=at)
            year.visits.remove(visit)


def _scan(visit: Visit) -> None:
    """Some who have a phone are counted by the code at the door before it begins."""
    code, at = arrival_code(_id(visit)), visit.starts_at - 10 * MINUTE
    random = Random(visit.seed)  # noqa: S311 - a demo, the same each time
    for n in range(random.randint(3, 9)):
        band = random.choice((Band.YOUNG, Band.ADULT, Band.ADULT))
        said = commands.Arriver(Sex.FEMALE, band, is_first=random.random() < 0.6)
        commands.check_in(
            actor=ANYBODY, code=code, arriver=said if n else commands.Arriver(),
            once=f"demo {visit.seed} {n}", at=at + n * MINUTE,
        )  # fmt: skip


def _id(visit: Visit) -> UUID:
    if visit.session is None:
        raise LookupError("a session that was not planned")
    return visit.session


def _came(year: Year, visit: Visit) -> commands.Log:
    """Return how many came: more women, most for the first time, few of a band at times."""
    random = Random(visit.seed)  # noqa: S311 - a demo, the same each time
    counted = []
    for band, usual in USUAL[visit.audience].items():
        for sex, share in ((Sex.FEMALE, 1.0), (Sex.MALE, 0.5)):
            people = round(usual * share * random.uniform(0.5, 1.5))
            first = round(people * random.uniform(0.5, 0.9))
            counted.append(
                commands.Counted(sex, band, people, first, int(random.random() < 0.1 < people))
            )
    return commands.Log(visit.rts, tuple(counted), _sheets(year, visit, random))


def _sheets(year: Year, visit: Visit, random: Random) -> tuple[commands.SheetTold, ...]:
    """Return sheets of every third session: one knows more afterwards, mostly."""
    asked = year.questions[year.programmes[visit.programme]]
    if not asked or visit.seed % 3:
        return ()
    return tuple(
        commands.SheetTold(
            f"kode {pair}", phase,
            tuple((pk, _choice(random, right, offered)) for pk, offered in asked),
        )
        for pair in range(random.randint(8, 14))
        for phase, right in ((Phase.BEFORE, 0.45), (Phase.AFTER, 0.8))
    )  # fmt: skip


def _choice(random: Random, right: float, offered: int) -> int | None:
    drawn = random.random()
    if drawn < right:
        return 0
    return None if drawn > 0.97 else random.randrange(1, offered)


def _ask(n: int, wish: told.Wish, at: datetime) -> None:
    """Ask for a session on the public page."""
    code = next(one.code for one in _villages() if one.name == wish.village)
    choices = ask_choices(village=code)
    asked = commands.Asked(
        unit=wish.unit, village=code, audience=wish.audience, name=wish.name,
        phone=f"0899-0000-{7100 + n}", rt_number=wish.rt, host=wish.host, people=wish.people,
        wished=wish.wished,
        rw=choices.rws[1][0] if choices and wish.unit is Unit.RW else None,
    )  # fmt: skip
    commands.request_session(actor=ANYBODY, asked=asked, once=f"demo-permintaan-{n:04}", at=at)


def _answer(world: World, year: Year, at: datetime) -> None:
    """Answer the oldest three: two with a session ahead, one with a reason."""
    ahead = [one for one in year.visits if one.session is None and one.unit is Unit.RW]
    with world.stage.staff(OFFICER, at) as officer:
        hosts = {one.id: one for one in city_hosts(actor=officer, unit=Unit.RW)}
        page = requests_page(actor=officer, state=RequestState.WAITING)
        for row in page.rows[:3]:
            if row.unit is not Unit.RW:
                commands.decline_request(
                    actor=officer, request_id=row.id, reason=Declined.NO_FACILITATOR, at=at
                )
                continue
            visit = ahead.pop(0)
            code = next(one.code for one in _villages() if row.area.startswith(one.name))
            choices = ask_choices(village=code)
            if choices is not None:
                visit.host = hosts[choices.rws[1][0]]
                visit.rts, visit.audience = visit.host.rts, Audience.PARENTS
                visit.programme = told.NYAPEU
                visit.session = commands.plan_session(
                    actor=officer, wanted=_wanted(year, visit, row.id), at=at
                )


def _away(world: World, year: Year, at: datetime) -> None:
    """Somebody will be away for a week; why is nobody's business."""
    with world.stage.staff(TEAM[-1], at) as actor:
        first = (at + 60 * DAY).date()
        commands.add_away(
            actor=actor, facilitator_id=year.team[-1], begins_on=first,
            ends_on=first + 6 * DAY, at=at,
        )  # fmt: skip


def _villages() -> tuple[Place, ...]:
    return territory.villages(city_code=territory.city().code)
