"""A plan for the next quarter, asked for two hours ago; the worker works it out by itself."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial

from ruang.demo.founding import ADMIN
from ruang.demo.sessions import OFFICER
from ruang.demo.world import Act, World
from ruang.planner import commands
from ruang.planner.queries import ProgrammeChoice, new_page
from ruang.planner.settings import Settings, Share
from ruang.planner.states import Level
from ruang.prevention.states import Unit
from ruang.territory import queries as territory
from ruang.territory.commands import set_days
from ruang.territory.facts import Place
from ruang.territory.spans import Span

SOURCE = "Laporan tahunan layanan (contoh), tabel 3: jumlah per kecamatan, dibulatkan"
MORE, LESS = ("Kasemen", "Serang"), ("Curug",)
SESSIONS = {Unit.RW: 56, Unit.SCHOOL: 12, Unit.COMMUNITY: 8}
SECONDS = 20


def plan_acts(world: World, now: datetime) -> Iterator[Act]:
    """Return what was decided for the year, and the plan that was asked for."""
    begins_on, ends_on = next_quarter(now.date())
    yield Act(now - timedelta(days=21), partial(_no_lessons, world, ends_on))
    yield Act(now - timedelta(days=20), partial(_decide, world, begins_on.year))
    yield Act(now - timedelta(hours=2), partial(_ask, world, begins_on, ends_on))


def next_quarter(today: date) -> tuple[date, date]:
    """Return the first and the last day of the next quarter."""
    month = 3 * ((today.month - 1) // 3) + 4
    begins_on = date(today.year + month // 13, (month - 1) % 12 + 1, 1)
    after = begins_on.month + 3
    ends_on = date(begins_on.year + after // 13, (after - 1) % 12 + 1, 1) - timedelta(days=1)
    return begins_on, ends_on


def _no_lessons(world: World, ends_on: date, at: datetime) -> None:
    """Enter an example of school holidays; when the fasting month is, nobody has said."""
    example = Span(ends_on - timedelta(days=9), ends_on, "Libur sekolah (contoh)")
    with world.stage.staff(ADMIN, at) as admin:
        set_days(actor=admin, school_holidays=(example,), fasting=(), at=at)


def _decide(world: World, year: int, at: datetime) -> None:
    levels = {place.code: _level(place) for place in territory.city().districts}
    with world.stage.staff(OFFICER, at) as officer:
        commands.set_priorities(actor=officer, year=year, levels=levels, source=SOURCE, at=at)


def _ask(world: World, begins_on: date, ends_on: date, at: datetime) -> None:
    with world.stage.staff(OFFICER, at) as officer:
        offered = new_page(actor=officer)
        settings = Settings(
            shares=tuple(
                Share(one.id, SESSIONS[one.unit]) for one in _usual(offered.programmes)
            ),
            facilitators=tuple(one.id for one in offered.people),
            seconds=SECONDS,
        )
        draft = commands.Draft(begins_on, ends_on, settings)
        plan_id = commands.draft_plan(actor=officer, draft=draft, at=at)
        commands.start_solving(actor=officer, plan_id=plan_id, at=at)


def _usual(programmes: tuple[ProgrammeChoice, ...]) -> Iterator[ProgrammeChoice]:
    """Return one programme for RW, one for schools, one for communities, yearly or oftener."""
    for unit in SESSIONS:
        yield next(
            one for one in programmes if one.unit is unit and (one.every_months or 99) <= 12
        )


def _level(place: Place) -> Level:
    if place.name in MORE:
        return Level.HIGH
    return Level.LOW if place.name in LESS else Level.NORMAL
