"""Shares against a recount by hand, in random worlds in which RT split and sessions fail."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random

import pytest

from ruang.access.actor import SYSTEM
from ruang.prevention.models import Invited, Programme, Session
from ruang.prevention.queries.coverage import coverage_map
from ruang.prevention.queries.coverage_list import Show, coverage_list
from ruang.prevention.queries.coverage_place import rw_reach, village_reach
from ruang.prevention.queries.coverage_table import coverage_table
from ruang.prevention.reach import Sieve
from ruang.prevention.shares import Share, months_before
from ruang.prevention.states import Audience, Cancelled, State, Unit
from ruang.register.models import COUNTS, Rt, Rw
from ruang.register.states import Ending
from tests import make
from tests import make_prevention as made

pytestmark = pytest.mark.django_db
VILLAGES = ("36.73.06.1001", "36.73.06.1002", "36.73.01.1001", "36.73.02.1001")
SIEVES = (
    Sieve(),
    Sieve(months=3),
    Sieve(months=24, audience=Audience.PARENTS),
    Sieve(audience=Audience.TEENS),
)


def world(chance: Random) -> list[Programme]:
    """RW in four kelurahan, RT that were split, sessions held, planned and cancelled."""
    make.city()
    programmes = [made.programme(), made.programme(every_months=6)]
    for village in VILLAGES:
        for _rw in range(chance.randint(0, 4)):
            rw = made.rw(village, rts=chance.randint(1, 5), people=chance.randint(0, 300))
            for _session in range(chance.randint(0, 4)):
                hold(rw, chance.choice(programmes), chance)
            if chance.random() < 0.5:
                split(rw, chance)
            if chance.random() < 0.5:
                merge(rw, chance)
    return programmes


def hold(rw: Rw, programme: Programme, chance: Random) -> None:
    state = chance.choice([State.HELD, State.HELD, State.HELD, State.PLANNED, State.CANCELLED])
    days = chance.randint(-20, 0) if state is State.PLANNED else chance.randint(1, 900)
    begins = make.AT - timedelta(days=days)
    over = {} if state is State.PLANNED else {"over_at": begins, "over_by": make.stranger()}
    if state is State.CANCELLED:
        over["cancelled"] = Cancelled.WEATHER
    audience = chance.choice([Audience.PARENTS, Audience.TEENS])
    one = made.session(programme, rw, starts_at=begins, state=state, audience=audience, **over)
    for invited in Invited.objects.filter(session=one):
        if chance.random() < 0.4:
            invited.delete()


def split(rw: Rw, chance: Random) -> None:
    """An RT ends and two come from it; one of those may end again."""
    for turn in range(chance.randint(1, 2)):
        old = chance.choice(list(Rt.objects.filter(rw=rw, ended_on=None)))
        Rt.objects.filter(pk=old.pk).update(ended_on=make.AT.date(), ending=Ending.SPLIT)
        for number in (1, 2):
            Rt.objects.create(
                rw=rw, village_id=rw.village_id, number=100 + 10 * turn + number,
                people=12, since=make.AT.date(), came_from=old, **dict.fromkeys(COUNTS, 1),
            )  # fmt: skip


def merge(rw: Rw, chance: Random) -> None:
    """Some RT end and live on in one that is new."""
    every = list(Rt.objects.filter(rw=rw, ended_on=None))
    made = Rt.objects.create(
        rw=rw, village_id=rw.village_id, number=200, people=12, since=make.AT.date(),
        **dict.fromkeys(COUNTS, 1),
    )  # fmt: skip
    for old in chance.sample(every, min(len(every), chance.randint(1, 3))):
        Rt.objects.filter(pk=old.pk).update(
            ended_on=make.AT.date(), ending=Ending.MERGED, went_into=made
        )


def by_hand(sieve: Sieve) -> Iterator[tuple[Rt, list[datetime]]]:
    """Each standing RT with the sessions that reached it, counted one by one."""
    since = months_before(make.AT, sieve.months)
    every = list(Invited.objects.select_related("session"))
    for rt in Rt.objects.filter(ended_on=None).select_related("came_from__came_from"):
        line = [rt, rt.came_from, rt.came_from and rt.came_from.came_from]
        line += Rt.objects.filter(went_into=rt)
        moments = [
            one.session.starts_at
            for one in every
            if one.rt_id in {ancestor.pk for ancestor in line if ancestor}
            and one.session.state == State.HELD
            and since <= one.session.starts_at <= make.AT
            and sieve.audience in {"", one.session.audience}
            and sieve.programme in {None, one.session.programme_id}
        ]
        yield rt, moments


@pytest.mark.parametrize("seed", range(4))
def test_every_page_says_what_a_recount_says(seed: int) -> None:
    programmes = world(Random(seed))
    for sieve in (*SIEVES, Sieve(programme=programmes[1].pk)):
        counted = list(by_hand(sieve))
        page = coverage_map(actor=SYSTEM, sieve=sieve, at=make.AT)
        for tile in page.tiles:
            here = [(rt, seen) for rt, seen in counted if rt.village_id == tile.code]
            assert tile.rts == Share(sum(bool(seen) for _rt, seen in here), len(here))
            assert tile.people == Share(
                sum(rt.people for rt, seen in here if seen), sum(rt.people for rt, _s in here)
            )
        assert page.rts == Share(sum(bool(seen) for _rt, seen in counted), len(counted))
        table = coverage_table(actor=SYSTEM, sieve=sieve, at=make.AT)
        said = sorted((row.village_code, row.rt, row.times, row.last) for row in table)
        assert said == sorted(
            (rt.village_id, rt.number, len(seen), max(seen, default=None))
            for rt, seen in counted
        )
        listed = coverage_list(
            actor=SYSTEM, unit=Unit.RW, show=Show.ALL, sieve=sieve, at=make.AT
        )
        for line in listed.rows:
            rts = [seen for rt, seen in counted if rt.rw_id == line.id]
            assert line.rts == Share(sum(map(bool, rts)), len(rts))


@pytest.mark.parametrize("seed", [11, 12])
def test_lists_and_places_agree_on_who_never_had_one_and_what_is_overdue(seed: int) -> None:
    programmes = world(Random(seed))
    held = Session.objects.filter(state=State.HELD)
    rws = {rw.pk for rw in Rw.objects.all()}
    had = {one.rw_id for one in held}
    late = {
        pk
        for pk in rws
        for programme in programmes
        if not held.filter(
            rw=pk, programme=programme,
            starts_at__gte=months_before(make.AT, programme.every_months or 0),
        ).exists()
    }  # fmt: skip

    def listed(show: Show) -> set[object]:
        page = coverage_list(actor=SYSTEM, unit=Unit.RW, show=show, sieve=Sieve(), at=make.AT)
        assert page.found == len(page.rows)
        return {line.id for line in page.rows}

    assert listed(Show.ALL) == rws
    assert listed(Show.NEVER) == rws - had
    assert listed(Show.OVERDUE) == late
    for village in VILLAGES:
        page = village_reach(actor=SYSTEM, code=village, sieve=Sieve(), at=make.AT)
        assert {line.id for line in page.rws if line.late} == {
            line.id for line in page.rws if line.id in late
        }
        for line in page.rws:
            rw = rw_reach(actor=SYSTEM, rw_id=line.id, at=make.AT)
            assert rw.reached == line.rts
            assert {one.name for one in rw.rules if one.is_late} == set(line.late)


def test_a_share_is_whole_only_when_it_is() -> None:
    assert [Share(n, 1000).percent for n in (0, 1, 250, 999, 1000)] == [0, 1, 25, 99, 100]
    assert [Share(n, 100).level for n in (0, 1, 25, 26, 50, 51, 75, 76)] == [
        "c0", "c1", "c1", "c2", "c2", "c3", "c3", "c4",
    ]  # fmt: skip
    assert Share(0, 0).percent is None
    assert Share(0, 0).level == "cn"


def test_months_are_counted_backwards_into_shorter_ones() -> None:
    assert months_before(make.AT.replace(month=5, day=31), 3).day == 28
    assert months_before(make.AT, 12) == make.AT.replace(year=make.AT.year - 1)


def test_a_session_for_everybody_reached_each_group() -> None:
    """What is counted by group is places: an RT in which a group lives, and was invited."""
    make.city()
    rw, officer = made.rw(rts=3), make.actor(made.officer())
    begins = make.AT - timedelta(days=9)
    made.session(
        made.programme(), rw, starts_at=begins, state=State.HELD, over_at=begins,
        over_by=make.stranger(), audience=Audience.EVERYBODY,
    )  # fmt: skip
    for audience in (Audience.WOMEN, Audience.TEENS, Audience.EVERYBODY, ""):
        found = coverage_map(actor=officer, sieve=Sieve(audience=audience), at=make.AT)
        assert (found.rts.reached, found.rts.total) == (3, 3), audience
