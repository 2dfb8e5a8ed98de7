"""Fills an installation for the register's measurement; prints how many RT there are.

    python -m benchmarks.register_fill 0            the city, by the lists of the demo
    python -m benchmarks.register_fill 1200000      and the rest of the country, as rows

The country is regions with codes of their own, below provinces that the city is not in: rows
that nobody brought, made by the database itself.
"""

import sys
from collections.abc import Iterator
from typing import Any

from benchmarks.installation import PASSWORD
from ruang.cli.keyring import start_django

RTS_OF_RW, RWS_OF_VILLAGE, BATCH = 4, 4, 20_000
RWS_OF_THE_COUNTRY = """
INSERT INTO register_rw (id, village_id, number, local_name, since, ending)
SELECT lower(hex(randomblob(16))), code, column1, '', '2026-01-01', ''
FROM territory_region, (VALUES (1), (2), (3), (4)) WHERE level = 'village' AND code > '40'
ORDER BY code, column1"""
RTS_OF_THE_COUNTRY = """
INSERT INTO register_rt (id, rw_id, village_id, number, local_name, households, people, since,
    ending, has_estimated_bands, {})
SELECT lower(hex(randomblob(16))), id, village_id, column1, '', 35, 120, '2026-01-01', '', 0, {}
FROM register_rw, (VALUES (1), (2), (3), (4)) WHERE village_id > '40'"""


def main_fill(arguments: list[str]) -> None:
    """Do what was asked."""
    start_django(with_keys=True)
    _officer()
    _city()
    _country(int(arguments[0]))
    from ruang.register.models import Rt

    sys.stdout.write(f"{Rt.objects.count()}\n")


def _officer() -> None:
    from ruang.access.actor import SYSTEM
    from ruang.access.roles import Role
    from ruang.identity import commands
    from ruang.identity.models import Organisation
    from ruang.kernel.clock import now

    office = Organisation.objects.order_by("created_at")[0]
    invited = commands.invite_member(
        actor=SYSTEM, organisation_id=office.pk, name="Pencegahan", login="pencegahan-0",
        role=Role.PREVENTION_OFFICER, at=now(),
    )  # fmt: skip
    commands.accept_invitation(actor=SYSTEM, code=invited.code, password=PASSWORD, at=now())


def _city() -> None:
    from ruang.access.actor import SYSTEM
    from ruang.demo.content.register import rt_lines, school_lines, villages
    from ruang.demo.register import as_csv
    from ruang.kernel.clock import now
    from ruang.register.commands import Confirmed, apply_list, stage_list
    from ruang.register.queries import staged_page
    from ruang.register.states import Kind
    from ruang.territory.queries import villages as places

    city = villages(places(city_code="36.73"))
    for kind, lines in ((Kind.RT, rt_lines(city)), (Kind.SCHOOL, school_lines(city))):
        made = stage_list(actor=SYSTEM, kind=kind, content=as_csv(lines), at=now())
        page = staged_page(actor=SYSTEM, list_id=made, at=now())
        yes = Confirmed(page.fingerprint, now().date())
        apply_list(actor=SYSTEM, list_id=made, confirmed=yes, at=now())


def _country(rts: int) -> None:
    from django.db import connection

    from ruang.register.models import COUNTS
    from ruang.territory.models import Region

    if not rts:
        return
    villages = -(-rts // (RTS_OF_RW * RWS_OF_VILLAGE))
    regions: list[Any] = list(_regions(villages))
    for level in ("province", "city", "district", "village"):
        some = [one for one in regions if one.level == level]
        Region.objects.bulk_create(some, batch_size=BATCH)
    counts = ", ".join(COUNTS)
    with connection.cursor() as cursor:
        cursor.execute(RWS_OF_THE_COUNTRY)
        cursor.execute(RTS_OF_THE_COUNTRY.format(counts, ", ".join(["10"] * len(COUNTS))))
        cursor.execute("ANALYZE")


def _regions(villages: int) -> Iterator[Any]:
    """Return provinces from 40 on with 20 cities, 20 kecamatan, 20 kelurahan in each."""
    from ruang.territory.models import Region
    from ruang.territory.states import Level

    seen: set[str] = set()
    for number in range(villages):
        village, rest = number % 20 + 1001, number // 20
        parts = [f"{40 + rest // 400:02}", f"{rest // 20 % 20 + 1:02}", f"{rest % 20 + 1:02}",
                 str(village)]  # fmt: skip
        for depth, level in enumerate(
            (Level.PROVINCE, Level.CITY, Level.DISTRICT, Level.VILLAGE), start=1
        ):
            code = ".".join(parts[:depth])
            if code not in seen:
                seen.add(code)
                above = ".".join(parts[: depth - 1]) or None
                yield Region(code=code, name=f"Wilayah {code}", level=level, parent_id=above)


if __name__ == "__main__":
    main_fill(sys.argv[1:])
