"""The register of the demo comes as offices bring theirs: four lists, compared, taken over."""

import csv
import io
from collections.abc import Iterable
from datetime import datetime, timedelta

from ruang.access.roles import Role
from ruang.demo.content.organisations import OFFICE
from ruang.demo.content.people import PEOPLE
from ruang.demo.content.register import (
    community_lines,
    rt_lines,
    school_lines,
    venue_lines,
    villages,
)
from ruang.demo.founding import BEFORE, CITY
from ruang.demo.world import World
from ruang.register.commands import Confirmed, apply_list, stage_list
from ruang.register.queries import staged_page
from ruang.register.states import Kind
from ruang.territory import queries as territory

OFFICER = next(
    p.login for p in PEOPLE if p.role is Role.PREVENTION_OFFICER and p.place == OFFICE
)


def enter_register(world: World, now: datetime) -> None:
    """Let the prevention officer take over the lists of RT, schools, communities and venues."""
    at = now - BEFORE + timedelta(days=1)
    city = villages(territory.villages(city_code=CITY))
    lists = {
        Kind.RT: rt_lines(city),
        Kind.SCHOOL: school_lines(city),
        Kind.COMMUNITY: community_lines(city),
        Kind.VENUE: venue_lines(city),
    }
    with world.stage.staff(OFFICER, at) as officer:
        for kind, lines in lists.items():
            staged = stage_list(actor=officer, kind=kind, content=as_csv(lines), at=at)
            page = staged_page(actor=officer, list_id=staged, at=at)
            confirmed = Confirmed(page.fingerprint, at.date())
            apply_list(actor=officer, list_id=staged, confirmed=confirmed, at=at)


def as_csv(lines: Iterable[list[str]]) -> bytes:
    """Return lines as an office's program writes them."""
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows(lines)
    return out.getvalue().encode()
