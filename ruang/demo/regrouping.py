"""One RW of the demo was split: its register, its coverage and its cadre show what follows."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from ruang.demo.content.register import GREW, Village, rts_that_stay, villages
from ruang.demo.founding import CITY
from ruang.demo.register import OFFICER
from ruang.demo.world import World
from ruang.prevention.queries import city_hosts
from ruang.prevention.queries.planning import CityHost
from ruang.prevention.states import Unit
from ruang.register.commands import NewRw, split_rw
from ruang.territory import queries as territory

AGO = 150
"""Days since it was split: it had been reached before."""
NOTE = "Surat keputusan lurah (contoh)"


class Visit(Protocol):
    """A session that is planned later on."""

    host: CityHost
    rts: tuple[UUID, ...]
    session: UUID | None


def grew(hosts: Sequence[CityHost]) -> CityHost:
    """Return the RW that is split, of all RW of the city as they stood before."""
    return [one for one in hosts if one.village == _village().code][GREW[1] - 1]


def split_what_grew(world: World, visits: Sequence[Visit], at: datetime) -> None:
    """Let the RW split; what is planned from now on names RT that it still has."""
    village = _village()
    with world.stage.staff(OFFICER, at) as officer:
        rw = grew(city_hosts(actor=officer, unit=Unit.RW))
        stay, went = rw.rts[: rts_that_stay(village)], rw.rts[rts_that_stay(village) :]
        split_rw(
            actor=officer, rw_id=rw.id, parts=[NewRw(village.rws, went)], on=at.date(), at=at,
            numbers={rt: n for n, rt in enumerate(went, start=1)}, note=NOTE,
        )  # fmt: skip
    for visit in visits:
        if visit.session is None and visit.host.id == rw.id:
            visit.rts = tuple(rt for rt in visit.rts if rt in stay)


def _village() -> Village:
    city = villages(territory.villages(city_code=CITY))
    return next(one for one in city if one.name == GREW[0])
