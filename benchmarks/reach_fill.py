"""Fills an installation for the measurement of reach: a city's RT, then the nation's.

    python -m benchmarks.reach_fill city             an officer, 2,382 RT, a year of sessions
    python -m benchmarks.reach_fill nation 1200000   RT of all other kelurahan, with sessions

The city is made of the official list of regions, everything in it is invented. In bulk: what is
measured are pages, and a command a session would take an hour.
"""

import sys
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import islice
from random import Random
from typing import Any
from uuid import UUID

from benchmarks.installation import PASSWORD
from ruang.cli.keyring import start_django

CITY, RWS, RTS = "36.73", 618, 2_382
SINCE = date(2020, 1, 1)
BATCH = 2_000


def main_fill(arguments: list[str]) -> None:
    """Do what was asked."""
    start_django(with_keys=True)
    if arguments[0] == "city":
        _officer()
        _city(Random(2_382))
    else:
        _nation(int(arguments[1]), Random(83))


def _officer() -> None:
    from ruang.access.actor import SYSTEM
    from ruang.access.roles import Role
    from ruang.identity import commands as identity
    from ruang.kernel.clock import now
    from ruang.territory.queries import city

    desk = city().intake_desk
    assert desk is not None
    invited = identity.invite_member(
        actor=SYSTEM, organisation_id=desk, name="Petugas pencegahan", login="pencegahan-0",
        role=Role.PREVENTION_OFFICER, at=now(),
    )  # fmt: skip
    identity.accept_invitation(actor=SYSTEM, code=invited.code, password=PASSWORD, at=now())


def _city(chance: Random) -> None:
    from ruang.prevention.states import Audience, Unit
    from ruang.register.models import Community, School
    from ruang.register.states import CommunityKind, SchoolLevel
    from ruang.territory.queries import villages

    codes = [place.code for place in villages(city_code=CITY)]
    programmes = [
        _programme("PATBM", Unit.RW, Audience.PARENTS, 12),
        _programme("Nyapeu Wacil", Unit.RW, Audience.CHILDREN, 12),
        _programme("Goes to school", Unit.SCHOOL, Audience.TEENS, 6),
    ]
    rws = list(_rws(codes, RWS))
    _fill(rws, list(_rts(rws, RTS, chance)))
    School.objects.bulk_create(
        School(village_id=codes[n % 67], name=f"Sekolah contoh {n:03}", since=SINCE,
               level=SchoolLevel.JUNIOR, pupils_female=150, pupils_male=150)
        for n in range(220)
    )  # fmt: skip
    Community.objects.bulk_create(
        Community(village_id=codes[n % 67], name=f"PKK contoh {n:03}", since=SINCE,
                  kind=CommunityKind.PKK, members=30)
        for n in range(120)
    )  # fmt: skip
    _sessions(rws, programmes[:2], chance, share=0.45, times=3)


def _nation(wanted: int, chance: Random) -> None:
    """Every other kelurahan and desa of the list, with RW and RT until so many stand."""
    from ruang.prevention.models import Programme
    from ruang.register.models import Rt

    codes = _regions()
    missing = wanted - Rt.objects.count()
    programme = list(Programme.objects.filter(unit="rw"))
    per = -(-missing // len(codes))
    for some in _batches(codes, BATCH):
        rws = list(_rws(some, len(some) * 4))
        rts = list(_rts(rws, min(per * len(some), missing), chance))
        missing -= len(rts)
        _fill(rws, rts)
        _sessions(rws, programme, chance, share=0.2, times=1)


def _regions() -> list[str]:
    from ruang.territory.models import Region
    from ruang.territory.reference import wilayah
    from ruang.territory.states import LEVELS, level_of

    known = set(Region.objects.values_list("code", flat=True))
    names: dict[str, str] = {}
    for province in wilayah.list_wilayah():
        names[province.code] = province.name
        for city in wilayah.list_wilayah(province.code):
            names[city.code] = city.name
            for district in wilayah.list_wilayah(city.code):
                names[district.code] = district.name
                names |= {one.code: one.name for one in wilayah.list_wilayah(district.code)}
    new = [code for code in names if code not in known]
    for level in LEVELS:
        Region.objects.bulk_create(
            [
                Region(code=code, name=names[code][:80], level=level,
                       parent_id=code.rpartition(".")[0] or None)
                for code in new
                if level_of(code) == level
            ],
            BATCH,
        )  # fmt: skip
    return [code for code in new if code.count(".") == 3]


def _programme(name: str, unit: Any, audience: Any, months: int) -> Any:
    from ruang.prevention.models import Programme

    return Programme.objects.create(
        name=name, unit=unit, audiences=[audience.value], every_months=months
    )


def _rws(codes: list[str], count: int) -> Iterator[Any]:
    from ruang.register.models import Rw

    for number in range(count):
        place, turn = number % len(codes), number // len(codes) + 1
        yield Rw(village_id=codes[place], number=turn, since=SINCE)


def _rts(rws: list[Any], count: int, chance: Random) -> Iterator[Any]:
    from ruang.register.models import COUNTS, Rt

    for number in range(count):
        rw, turn = rws[number % len(rws)], number // len(rws) + 1
        counts = {name: chance.randrange(2, 20) for name in COUNTS}
        people = sum(counts.values())
        yield Rt(
            rw=rw, village_id=rw.village_id, number=turn, households=people // 4, people=people,
            since=SINCE, **counts,
        )  # fmt: skip


def _fill(rws: list[Any], rts: list[Any]) -> None:
    from ruang.register.models import Rt, Rw

    Rw.objects.bulk_create(rws, BATCH)
    Rt.objects.bulk_create(rts, BATCH)


def _sessions(
    rws: list[Any], programmes: list[Any], chance: Random, *, share: float, times: int
) -> None:
    """Hold sessions in a share of the RW, each for most of its RT."""
    from ruang.kernel.clock import now
    from ruang.prevention.models import Invited, Session
    from ruang.register.models import Rt

    chosen = [rw for rw in rws if chance.random() < share]
    sessions = [
        _session(
            rw, chance.choice(programmes), now() - timedelta(days=chance.randrange(1, 420))
        )
        for rw in chosen
        for _time in range(chance.randint(1, times))
    ]
    Session.objects.bulk_create(sessions, BATCH)
    of: dict[UUID, list[UUID]] = {}
    for some in _batches([rw.pk for rw in chosen], 500):
        for rt, rw in Rt.objects.filter(rw__in=some).values_list("pk", "rw"):
            of.setdefault(rw, []).append(rt)
    invited = (
        Invited(session=one, rt_id=rt)
        for one in sessions
        for rt in of.get(one.rw_id, ())
        if chance.random() < 0.8
    )
    while batch := list(islice(invited, 20_000)):
        Invited.objects.bulk_create(batch, BATCH)


def _session(rw: Any, programme: Any, starts_at: datetime) -> Any:
    from ruang.prevention.models import Session
    from ruang.prevention.states import State

    ends_at = starts_at + timedelta(minutes=90)
    return Session(
        programme=programme, state=State.HELD, village_id=rw.village_id, rw=rw,
        audience=programme.audiences[0], starts_at=starts_at, ends_at=ends_at, at=starts_at,
        by=UUID(int=1), over_at=ends_at, over_by=UUID(int=1),
    )  # fmt: skip


def _batches(rows: list[Any], size: int) -> Iterator[list[Any]]:
    for first in range(0, len(rows), size):
        yield rows[first : first + size]


if __name__ == "__main__":
    main_fill(sys.argv[1:])
